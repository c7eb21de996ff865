#include "support/test.h"

#include "api/invited.h"
#include "service/log/refs.h"

#define ID "0123456789abcdef0123456789abcdef"

static Err read_as(KindId kind, Str body, Arena *arena, ApiDocument *document)
{
    return api_read(body, kind_of(kind), arena, document);
}

static Err read_note(Str body, ApiDocument *document)
{
    TEST_ARENA(arena);
    return read_as(KIND_NOTE, body, arena, document);
}

/* The fault of a field in a note that says everything else. */
static Fault fault_of(KindId kind, const char *field, const char *json)
{
    TEST_ARENA(arena);
    ApiDocument document;
    Str body;

    EXPECT_OK(str_format(arena, &body, "{\"%s\":%s}", field, json));
    EXPECT_OK(read_as(kind, body, arena, &document));
    return document.faults[kind_find(kind_of(kind), str_from_c(field))];
}

TEST(what_is_not_one_object_is_malformed)
{
    static const char *const bad[] = {"", " ", "null", "true", "1", "\"x\"", "[]", "[{}]", "{", "{}{}", "{} x", "{,}", "{\"text\"}",
                                      "{\"text\":}", "{\"text\":\"x\",}", "{'text':'x'}", "{text:\"x\"}", "\xef\xbb\xbf{}", "//x\n{}"};
    ApiDocument document;

    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT_ERR(read_note(str_from_c(bad[i]), &document), E_MALFORMED);
}

TEST(a_field_that_is_unknown_or_stands_twice_is_malformed)
{
    ApiDocument document;

    EXPECT_ERR(read_note(STR("{\"finnes_ikke\":\"1\"}"), &document), E_MALFORMED);
    EXPECT_ERR(read_note(STR("{\"\":\"1\"}"), &document), E_MALFORMED);
    EXPECT_ERR(read_note(STR("{\"TEXT\":\"1\"}"), &document), E_MALFORMED);
    EXPECT_ERR(read_note(STR("{\"text\":\"1\",\"text\":\"1\"}"), &document), E_MALFORMED);
    EXPECT_ERR(read_note(STR("{\"text\":\"1\",\"t\\u0065xt\":\"2\"}"), &document), E_MALFORMED);
}

TEST(a_field_that_the_system_makes_itself_is_no_field)
{
    TEST_ARENA(arena);
    ApiDocument document;

    EXPECT_ERR(read_as(KIND_CONSENT, STR("{\"document_hash\":\"x\"}"), arena, &document), E_MALFORMED);
}

TEST(a_value_of_another_type_is_malformed)
{
    static const char *const bad[] = {"1", "1.5", "true", "null", "{}", "[]", "[\"x\"]", "1e999", "99999999999999999999"};
    TEST_ARENA(arena);
    ApiDocument document;
    Str body;

    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        EXPECT_OK(str_format(arena, &body, "{\"text\":%s}", bad[i]));
        EXPECT_ERR(read_note(body, &document), E_MALFORMED);
    }
    EXPECT_ERR(read_as(KIND_MEASURE, STR("{\"responsible\":\"" ID "\"}"), arena, &document), E_MALFORMED);
    EXPECT_ERR(read_as(KIND_MEASURE, STR("{\"responsible\":[[\"" ID "\"]]}"), arena, &document), E_MALFORMED);
}

TEST(an_item_that_could_be_taken_for_two_is_malformed)
{
    TEST_ARENA(arena);
    ApiDocument document;

    EXPECT_ERR(read_as(KIND_MEASURE, STR("{\"responsible\":[\"" ID "\\n" ID "\"]}"), arena, &document), E_MALFORMED);
    EXPECT_ERR(read_as(KIND_MEASURE, STR("{\"responsible\":[\"" ID "\\r" ID "\"]}"), arena, &document), E_MALFORMED);
    EXPECT_ERR(read_as(KIND_MEASURE, STR("{\"responsible\":[\"\"]}"), arena, &document), E_MALFORMED);
}

TEST(what_is_not_utf8_or_holds_a_nul_is_told_apart)
{
    ApiDocument document;

    EXPECT_ERR(read_note(STR("{\"text\":\"\xff\xfe\"}"), &document), E_BAD_UTF8);
    EXPECT_ERR(read_note(STR("{\"text\":\"\xed\xa0\x80\"}"), &document), E_BAD_UTF8);
    EXPECT_ERR(read_note(STR("{\"text\":\"\xc0\xaf\"}"), &document), E_BAD_UTF8);
    EXPECT_ERR(read_note(STR("{\"text\":\"a\\u0000b\"}"), &document), E_BAD_UTF8);
    EXPECT_ERR(read_note(STR("{\"te\\u0000xt\":\"a\"}"), &document), E_BAD_UTF8);
    EXPECT_ERR(read_note(STR("{\"text\":\"\\ud800\"}"), &document), E_MALFORMED);
    EXPECT_ERR(read_note(STR("{\"text\":\"a\0b\"}"), &document), E_BAD_UTF8);
}

TEST(what_is_deep_is_refused_where_it_begins)
{
    TEST_ARENA(arena);
    Buf deep = buf_new(arena, (size_t)1 << 20);
    ApiDocument document;
    Str body;

    for (size_t i = 0; i < 500000; i++)
        buf_add_char(&deep, '[');
    EXPECT_OK(buf_done(&deep, &body));
    size_t used = arena_used(arena);
    EXPECT_ERR(read_as(KIND_NOTE, body, arena, &document), E_MALFORMED);
    EXPECT(arena_used(arena) == used);
}

TEST(a_wrong_value_is_a_fault_at_its_field)
{
    EXPECT(fault_of(KIND_NOTE, "note_kind", "\"1\"") == FAULT_FINE);
    EXPECT(fault_of(KIND_NOTE, "note_kind", "\"9999\"") == FAULT_BAD_CODE);
    EXPECT(fault_of(KIND_NOTE, "text", "\"\"") == FAULT_MISSING);
    EXPECT(fault_of(KIND_NOTE, "text", "\"a\\u0001b\"") == FAULT_BAD_CHARACTER);
    EXPECT(fault_of(KIND_NOTE, "entry", "\"x\"") == FAULT_BAD_REFERENCE);
    EXPECT(fault_of(KIND_LEVEL, "date", "\"31.02.2026\"") == FAULT_BAD_DATE);
    EXPECT(fault_of(KIND_LEVEL, "date", "\"2025-02-29\"") == FAULT_BAD_DATE);
    EXPECT(fault_of(KIND_RESOURCE, "link", "\"javascript:alert(1)\"") == FAULT_BAD_LINK);
}

TEST(a_list_with_too_many_items_is_a_fault)
{
    TEST_ARENA(arena);
    Buf list = buf_new(arena, 65536);
    char *text = NULL;
    Str whole;

    buf_add(&list, STR("["));
    for (int i = 0; i < 21; i++)
        buf_format(&list, "%s\"" ID "\"", i ? "," : "");
    buf_add(&list, STR("]"));
    EXPECT_OK(buf_done(&list, &whole));
    EXPECT_OK(str_to_c(arena, whole, &text));
    EXPECT(fault_of(KIND_MEASURE, "responsible", text) == FAULT_TOO_MANY);
}

TEST(a_million_characters_are_too_long_and_do_no_harm)
{
    TEST_ARENA(arena);
    Buf body = buf_new(arena, (size_t)2 << 20);
    ApiDocument document;
    Str whole;

    buf_add(&body, STR("{\"note_kind\":\"1\",\"text\":\""));
    for (size_t i = 0; i < 1000000; i++)
        buf_add_char(&body, 'x');
    buf_add(&body, STR("\"}"));
    EXPECT_OK(buf_done(&body, &whole));
    EXPECT_OK(read_as(KIND_NOTE, whole, arena, &document));
    EXPECT(!document.good && document.faults[kind_find(kind_of(KIND_NOTE), STR("text"))] == FAULT_TOO_LONG);
}

TEST(an_arena_that_is_too_small_is_no_memory_and_nothing_else)
{
    TEST_ARENA(arena);
    Str body;
    int refused = 0;

    EXPECT_OK(str_format(arena, &body, "{\"note_kind\":\"1\",\"text\":\"%01500d\"}", 7));
    for (size_t cap = 1024; cap < 16384; cap += 16) {
        AUTO(arena_freep) Arena *small = NULL;
        ApiDocument document = {0};
        EXPECT_OK(arena_new(cap, &small));
        Err read = read_as(KIND_NOTE, body, small, &document);
        refused += !is_ok(read);
        EXPECT(is_ok(read) ? document.good : read.id == E_NO_MEMORY && !document.values.kind);
    }
    EXPECT(refused > 0);
}

TEST(a_document_is_read_into_canonical_values)
{
    TEST_ARENA(arena);
    ApiDocument document;

    EXPECT_OK(read_as(KIND_MEASURE,
                      STR(" {\"category\":\"10\",\"arena\":\"3\",\"description\":\" \\u00e6\\r\\n\\ud83d\\ude00 \",\n\"responsible\":[\"" ID
                          "\",\"" ID "\"],\"deadline\":\"21.11.2026\",\"state\":\"1\"}"),
                      arena, &document));
    EXPECT(document.good);
    EXPECT_STR(values_get(&document.values, "description"), "æ\n😀");
    EXPECT_STR(values_get(&document.values, "deadline"), "2026-11-21");
    EXPECT_STR(values_get(&document.values, "responsible"), ID "\n" ID);
    EXPECT_STR(values_get(&document.values, "goal"), "");
}

TEST(what_the_values_of_an_entry_are_given_as_is_read_back_as_the_same)
{
    TEST_ARENA(arena);
    Buf json = buf_new(arena, 4096);
    ApiDocument first, again;
    Str body;

    EXPECT_OK(read_as(KIND_NOTE, STR("{\"kind\":\"note\",\"note_kind\":\"3\",\"text\":\"<b>\\\"\\u2028\\n\\t\"}"), arena, &first));
    values_json(&json, &first.values);
    EXPECT_OK(buf_done(&json, &body));
    EXPECT_OK(read_as(KIND_NOTE, body, arena, &again));
    EXPECT(again.good && values_diff(&first.values, &again.values) == 0);
}

TEST(a_document_that_names_another_kind_is_malformed)
{
    ApiDocument document;

    EXPECT_ERR(read_note(STR("{\"kind\":\"level\",\"note_kind\":\"1\",\"text\":\"x\"}"), &document), E_MALFORMED);
    EXPECT_ERR(read_note(STR("{\"kind\":1,\"note_kind\":\"1\",\"text\":\"x\"}"), &document), E_MALFORMED);
}

static void expect_asked_as(FieldKey key)
{
    const Field *sent = &api_invitation_yes.fields[api_yes_at(key)], *field = field_at(key);

    EXPECT(sent->type == field->type && sent->maximum == field->maximum && sent->required == field->required);
    EXPECT(sent->codes == field->codes && sent->days == field->days && sent->class == field->class);
}

TEST(what_a_yes_asks_for_in_one_document_is_asked_as_on_the_pages)
{
    const Kind *kinds[] = {kind_of(KIND_CHILD), kind_of(KIND_GUARDIAN)};

    EXPECT(api_invitation_yes.count == kinds[0]->count + kinds[1]->count + 1);
    for (unsigned i = 0; i < COUNT_OF(kinds); i++)
        for (unsigned at = 0; at < kinds[i]->count; at++)
            expect_asked_as(field_key(kinds[i], at));
    expect_asked_as(CONSENT_VALID_TO);
}

TEST(no_field_is_called_kind)
{
    for (unsigned kind = KIND_NONE + 1; kind < KIND_LIMIT; kind++)
        EXPECT(kind_find(kind_of(kind), STR("kind")) < 0);
}

TEST(no_kind_that_is_written_asks_for_a_number_whose_mode_must_be_checked)
{
    for (unsigned id = KIND_NONE + 1; id < KIND_LIMIT; id++) {
        const Kind *kind = kind_of(id);
        for (uint8_t i = 0; log_is_written((KindId)id) && i < kind->count; i++)
            EXPECT(kind->fields[i].type != FIELD_NATIONAL_ID && kind->fields[i].type != FIELD_ORGANISATION_NUMBER);
    }
}

RUN_TESTS("api read")
