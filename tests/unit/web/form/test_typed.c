/* What travels between the wizard's pages: refusals first.
 * Run by meson test. */
#include "support/test.h"

#include "web/form/typed.h"

#define FORM(...)                                                              \
    (Form){.fields = (FormField[]){__VA_ARGS__}, .count = COUNT_OF(((FormField[]){__VA_ARGS__}))}
#define FIELD(field_name, field_value) {.name = STR(field_name), .value = STR(field_value)}

static const char *const nothing[] = {NULL};

static Str encoded(Arena *arena, const Typed *typed)
{
    Buf buf = buf_new(arena, 4096);
    Str bytes = STR_NONE;

    typed_encode(&buf, typed);
    EXPECT_OK(buf_done(&buf, &bytes));
    return bytes;
}

static Typed two_pages(void)
{
    Typed typed = {0};
    Form second = FORM(FIELD("name", "Varm Bjørk"), FIELD("phone", ""));
    Form first = FORM(FIELD("name", "Blid Bjørk"));

    EXPECT_OK(typed_put(&typed, 5, &second, nothing));
    EXPECT_OK(typed_put(&typed, 2, &first, nothing));
    return typed;
}

TEST(bytes_that_end_too_early_are_refused_wherever_they_end)
{
    TEST_ARENA(arena);
    Typed typed = two_pages();
    Str bytes = encoded(arena, &typed);

    for (size_t length = 0; length < bytes.length; length++) {
        Typed read = {.count = 77};
        EXPECT_ERR(typed_decode(str_slice(bytes, 0, length), &read), E_TRUNCATED);
        EXPECT(read.count == 77);
    }
}

TEST(bytes_that_typed_encode_never_writes_are_refused)
{
    Typed read = {.count = 77};
    static const Str bad[] = {
        STR("\2\0\0"),                                       /* another version */
        STR("\1\0\0x"),                                      /* something left over */
        STR("\1\0\1\x10\1a\0\0\0\0"),                        /* a page that is none */
        STR("\1\0\1\1\0\0\0\0\0"),                           /* no name */
        STR("\1\0\1\1\1A\0\0\0\0"),                          /* a name of other characters */
        STR("\1\0\1\1\1a\0\0\0\1\xFF"),                      /* not UTF-8 */
        STR("\1\0\1\1\1a\0\0\0\1\0"),                        /* a NUL */
        STR("\1\0\2\1\1a\0\0\0\0\1\1a\0\0\0\0"),             /* a name twice */
        STR("\1\0\2\2\1a\0\0\0\0\1\1a\0\0\0\0"),             /* pages not in order */
    };

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT_ERR(typed_decode(bad[i], &read), E_MALFORMED);
    EXPECT_ERR(typed_decode(STR("\1\xFF\xFF"), &read), E_MALFORMED);
    EXPECT_ERR(typed_decode(STR("\1\0\1\1\1a\xFF\xFF\xFF\xFF"), &read), E_TRUNCATED);
    EXPECT(read.count == 77);
}

TEST(more_fields_than_there_is_room_for_are_refused_and_nothing_changes)
{
    TEST_ARENA(arena);
    FormField fields[TYPED_FIELDS_MAX + 1];
    Typed typed = two_pages();

    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        fields[i] = (FormField){0};
        EXPECT_OK(str_format(arena, &fields[i].name, "n%zu", i));
    }
    EXPECT_ERR(typed_put(&typed, 3, &(Form){.fields = fields, .count = COUNT_OF(fields)}, nothing), E_TOO_LARGE);
    EXPECT(typed.count == 3);
}

TEST(what_was_typed_comes_back_page_by_page)
{
    TEST_ARENA(arena);
    Typed typed = two_pages();
    Typed read = {0};
    Form form;

    EXPECT_OK(typed_decode(encoded(arena, &typed), &read));
    EXPECT_OK(typed_form(&read, 2, arena, &form));
    EXPECT(form.count == 1);
    EXPECT_STR(form_value(&form, STR("name")), "Blid Bjørk");
    EXPECT_OK(typed_form(&read, 5, arena, &form));
    EXPECT(form.count == 2);
    EXPECT_STR(form_value(&form, STR("name")), "Varm Bjørk");
    EXPECT_OK(typed_form(&read, 3, arena, &form));
    EXPECT(form.count == 0);
}

TEST(a_page_that_is_sent_again_replaces_itself_and_no_other)
{
    TEST_ARENA(arena);
    Typed typed = two_pages();
    Form again = FORM(FIELD("email", "varm@example.invalid"));
    Form form;

    EXPECT_OK(typed_put(&typed, 5, &again, nothing));
    EXPECT_OK(typed_form(&typed, 5, arena, &form));
    EXPECT(form.count == 1);
    EXPECT_OK(typed_form(&typed, 2, arena, &form));
    EXPECT(form.count == 1);
    typed_forget(&typed, 2);
    EXPECT(typed.count == 1);
}

TEST(files_and_the_names_that_are_ours_are_left_out)
{
    Typed typed = {0};
    Form form = FORM(FIELD("state", "sealed"), FIELD("name", "Blid Bjørk"),
                     {.name = STR("document"), .value = STR("%PDF-"), .is_file = true});

    EXPECT_OK(typed_put(&typed, 1, &form, (const char *const[]){"state", NULL}));
    EXPECT(typed.count == 1);
    EXPECT_STR(typed.fields[0].name, "name");
}

RUN_TESTS("typed")
