/* Forms: every refusal of both kinds, then what browsers send.
 * Must not open a socket.
 * Run by meson. */
#include "support/test.h"

#include "gateway/content_type.h"
#include "gateway/form.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=XyZ"
#define TEXT_PART(name, value) "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, file, type, value)                                                             \
    "--XyZ\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\nContent-Type: " type \
    "\r\n\r\n" value "\r\n"
#define LAST "--XyZ--\r\n"

static Err parse_bytes(Arena *arena, const char *type, Str body, Form *ret_form)
{
    Request request = {.method = METHOD_POST, .body = body, .arena = arena};

    request.headers[HEADER_CONTENT_TYPE] = str_from_c(type);
    return form_parse(&request, ret_form);
}

static void expect_refused(const char *type, const char *const *bodies, size_t count, enum err_id error)
{
    for (size_t i = 0; i < count; i++) {
        TEST_ARENA(arena);
        Form form = {.count = 77};
        Err got = parse_bytes(arena, type, str_from_c(bodies[i]), &form);
        if (got.id != error)
            print_error("body: %s\n", bodies[i]);
        EXPECT_ERR(got, error);
        EXPECT(form.count == 77);
    }
}
#define EXPECT_REFUSED(type, error, ...)                                             \
    expect_refused((type), (const char *const[]){__VA_ARGS__},                       \
                   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), (error))

TEST(a_content_type_that_is_no_form_is_refused)
{
    static const char *const types[] = {"", "text/plain", "application/json", URLENCODED "; charset=latin1",
                                        URLENCODED ", text/plain", "multipart/form-data", "multipart/form-data; boundary=",
                                        "multipart/form-data; boundary=a b", "multipart/form-data; boundary=\"a",
                                        "multipart/form-data; charset=utf-8; boundary=a", "multipart/mixed; boundary=XyZ"};

    for (size_t i = 0; i < COUNT_OF(types); i++) {
        TEST_ARENA(arena);
        Form form;
        EXPECT_ERR(parse_bytes(arena, types[i], STR("a=b"), &form), E_MALFORMED);
    }
}

TEST(a_content_type_is_read_as_programs_write_it)
{
    static const char *const types[] = {"application/json", "Application/JSON", "application/json;charset=UTF-8",
                                        "application/json; charset=utf-8", "application/json ; charset=\"utf-8\"",
                                        "application/json;", "application/json; charset=Utf-8;"};
    static const char *const others[] = {"", "application/jsonp", "text/json", "application/json; charset=latin1", "application/json, a/b",
                                         "application/json; charset", "application/json; charset=\"utf-8", "application/json; q=1",
                                         "application/problem+json"};

    for (size_t i = 0; i < COUNT_OF(types); i++)
        EXPECT(content_type_is(str_from_c(types[i]), STR("application/json")));
    for (size_t i = 0; i < COUNT_OF(others); i++)
        EXPECT(!content_type_is(str_from_c(others[i]), STR("application/json")));
}

TEST(a_broken_urlencoding_is_refused)
{
    EXPECT_REFUSED(URLENCODED, E_MALFORMED, "a", "a=%", "a=%1", "a=%zz", "a=%+1", "%4=a", "a=b&", "&a=b", "a=b&&c=d", "=b",
                   "a=b c", "a=b\n", "a=\xc3\xa5", "a\x7f=b", "%61%20=b", "a/b=c", "%C3%A5=b");
}

TEST(a_text_that_is_not_utf8_or_holds_a_nul_is_refused)
{
    EXPECT_REFUSED(URLENCODED, E_BAD_UTF8, "a=%00", "a=b%00c", "a=%ff", "a=%C3", "a=%C0%80", "a=%ED%A0%80");
    EXPECT_REFUSED(MULTIPART, E_BAD_UTF8, TEXT_PART("a", "\xff") LAST, TEXT_PART("a", "\xc0\x80") LAST);
}

TEST(a_field_that_comes_again_later_is_refused)
{
    EXPECT_REFUSED(URLENCODED, E_MALFORMED, "a=1&b=2&a=3", "a=1&b=2&b=3&a=4", "a=x%0Ay&a=z", "a=x&a=y%0Az", "a=x&a=y&a=z%0D");
    EXPECT_REFUSED(MULTIPART, E_MALFORMED, TEXT_PART("a", "1") TEXT_PART("b", "2") TEXT_PART("a", "3") LAST,
                   FILE_PART("f", "x", "a/b", "1") FILE_PART("f", "y", "a/b", "2") LAST,
                   TEXT_PART("f", "1") FILE_PART("f", "y", "a/b", "2") LAST);
}

static Str many_fields(Arena *arena, int count, const char *pattern)
{
    Buf body = buf_new(arena, 1 << 16);
    Str text = STR_NONE;

    for (int i = 0; i < count; i++) {
        buf_add(&body, i ? STR("&") : STR(""));
        buf_format(&body, "%s%d=x", pattern, i);
    }
    EXPECT_OK(buf_done(&body, &text));
    return text;
}

TEST(more_than_200_fields_are_refused)
{
    TEST_ARENA(arena);
    Form form;

    EXPECT_ERR(query_parse(many_fields(arena, 201, "f"), arena, &form), E_TOO_LARGE);
    EXPECT_OK(query_parse(many_fields(arena, 200, "f"), arena, &form));
    EXPECT(form.count == 200);
    Buf body = buf_new(arena, 4096);
    Str text = STR_NONE;
    for (int i = 0; i < 200; i++)
        buf_add(&body, STR("a=&"));
    buf_add(&body, STR("a="));
    EXPECT_OK(buf_done(&body, &text));
    EXPECT_ERR(query_parse(text, arena, &form), E_TOO_LARGE);
}

TEST(a_multipart_body_of_another_form_is_refused)
{
    EXPECT_REFUSED(
        MULTIPART, E_MALFORMED, "", "--XyZ", "--XyZ\r\n", "--XyZ--", "--XyZ--\r\nmore", "\r\n" TEXT_PART("a", "b") LAST,
        "preamble\r\n" TEXT_PART("a", "b") LAST, TEXT_PART("a", "b"), TEXT_PART("a", "b") "--XyZ--",
        TEXT_PART("a", "b") "--XyZ-\r\n", TEXT_PART("a", "b") LAST "epilogue", "--XyZ \r\n" LAST,
        "--XyZ\r\n\r\nb\r\n" LAST, "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nb\r\n" LAST,
        "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\nb\n--XyZ--\n");
}

TEST(a_part_that_no_browser_would_name_so_is_refused)
{
    EXPECT_REFUSED(
        MULTIPART, E_MALFORMED, TEXT_PART("", "b") LAST, TEXT_PART("a b", "c") LAST, TEXT_PART("a\\\"b", "c") LAST,
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n" LAST,
        "--XyZ\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nb\r\n" LAST,
        "--XyZ\r\nContent-Disposition: form-data; filename=\"x\"; name=\"a\"\r\n\r\nb\r\n" LAST,
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename*=utf-8''x\r\n\r\nb\r\n" LAST,
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nc\r\n" LAST,
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nYg==\r\n" LAST,
        "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain\r\n\r\nb\r\n" LAST,
        FILE_PART("f", "x", "text", "b") LAST, FILE_PART("f", "x", "text/plain; charset=x", "b") LAST,
        FILE_PART("f", "x", "a/b/c", "b") LAST, FILE_PART("f", "x\" y", "a/b", "b") LAST,
        FILE_PART("f", "x\"; z=\"y", "a/b", "b") LAST);
}

TEST(a_part_whose_head_is_too_long_is_refused)
{
    TEST_ARENA(arena);
    Buf body = buf_new(arena, 1 << 16);
    Str text = STR_NONE;
    Form form;

    buf_add(&body, STR("--XyZ\r\nContent-Disposition: form-data; name=\"a\"; filename=\""));
    for (int i = 0; i < 2048; i++)
        buf_add_char(&body, 'x');
    buf_add(&body, STR("\"\r\n\r\nb\r\n" LAST));
    EXPECT_OK(buf_done(&body, &text));
    EXPECT_ERR(parse_bytes(arena, MULTIPART, text, &form), E_MALFORMED);
}

TEST(an_urlencoded_form_gives_its_fields)
{
    TEST_ARENA(arena);
    Form form;

    EXPECT_OK(parse_bytes(arena, URLENCODED "; charset=UTF-8", STR("navn=K%C3%A5re+%26+co&tom=&linjer=a%0D%0Ab%0Dc"), &form));
    EXPECT(form.count == 3);
    EXPECT_STR(form_value(&form, STR("navn")), "K\xc3\xa5re & co");
    EXPECT_STR(form_value(&form, STR("linjer")), "a\nb\nc");
    EXPECT(form_value(&form, STR("tom")).length == 0 && form_value(&form, STR("Navn")).length == 0);
    EXPECT_OK(query_parse(STR_NONE, arena, &form));
    EXPECT(form.count == 0);
}

TEST(a_group_of_boxes_is_joined_by_line_ends)
{
    TEST_ARENA(arena);
    Form form;

    EXPECT_OK(query_parse(STR("a=1&b=x&b=y&b=z&c=2"), arena, &form));
    EXPECT(form.count == 3);
    EXPECT_STR(form_value(&form, STR("b")), "x\ny\nz");
    EXPECT_OK(parse_bytes(arena, MULTIPART, STR(TEXT_PART("b", "x") TEXT_PART("b", "y") LAST), &form));
    EXPECT_STR(form_value(&form, STR("b")), "x\ny");
}

TEST(a_multipart_form_gives_texts_and_files)
{
    TEST_ARENA(arena);
    Form form;
    Str body = STR(TEXT_PART("tekst", "a\r\nb") FILE_PART("fil", "C:\\x\xc3\xa5.pdf", "application/pdf",
                                                          "\0\xff --XyZ\r\n") FILE_PART("tom", "", "a/b", "") LAST);

    EXPECT_OK(parse_bytes(arena, "Multipart/Form-Data; Boundary=\"XyZ\"", body, &form));
    EXPECT(form.count == 2);
    EXPECT_STR(form_value(&form, STR("tekst")), "a\nb");
    EXPECT(form_value(&form, STR("fil")).length == 0 && form_file(&form, STR("tekst")) == NULL);
    EXPECT(form_file(&form, STR("tom")) == NULL);
    const FormField *file = form_file(&form, STR("fil"));
    EXPECT(file && str_equal(file->value, STR("\0\xff --XyZ\r\n")));
    EXPECT_STR(file->media_type, "application/pdf");
    EXPECT_OK(parse_bytes(arena, MULTIPART, STR(LAST), &form));
    EXPECT(form.count == 0);
}

RUN_TESTS("form")
