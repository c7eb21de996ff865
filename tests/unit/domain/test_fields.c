#include "support/test.h"

#include "base/calendar.h"
#include "domain/fields.h"

static Day day(const char *text)
{
    Day result = -999999;
    EXPECT_OK(day_parse(str_from_c(text), &result));
    return result;
}

TEST(a_day_that_does_not_exist_is_refused)
{
    static const char *const bad[] = {"31.02.2026", "29.02.2026", "2026-02-29", "2026-13-01", "00.01.2026", "1.1", "",
                                      "21.11-2026", "2026-1-1", "21.11.126", "21.11.2026 ", "x"};
    Day ignored = 7;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT_ERR(day_parse(str_from_c(bad[i]), &ignored), E_MALFORMED);
    EXPECT(ignored == 7);
}

TEST(the_norwegian_ways_to_write_a_date_mean_the_same_day)
{
    EXPECT(day("2026-11-21") == day("21.11.2026"));
    EXPECT(day("2026-11-21") == day("21.11.26"));
    EXPECT(day("2026-11-21") == day("21/11-2026"));
    EXPECT(day("29.02.2028") == day("28.2.2028") + 1);
}

TEST(no_day_that_can_be_written_is_the_number_that_means_none)
{
    EXPECT(day("1800-01-01") > 0 && day("1970-01-01") == day("1969-12-31") + 1 && day("1970-01-01") > 0);
    EXPECT(oslo_day(0) == day("1970-01-01") && oslo_time(day("1970-01-01"), 60) == 0);
    EXPECT(day_weekday(day("1800-01-01")) == 2 && day_weekday(day("1970-01-01")) == 3);
}

TEST(a_time_that_does_not_exist_or_has_no_day_is_refused)
{
    static const char *const bad[] = {"21.11.2026", "14.00", "21.11.2026 24.00", "21.11.2026 14.60", "21.11.2026 14.0",
                                      "29.02.2026 14.00", "21.11.2026 14.00 x", "21.11.2026 kl.", "", "21.11.2026 14"};
    unsigned minute = 7;
    Day ignored = 7;
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT_ERR(datetime_parse(str_from_c(bad[i]), &ignored, &minute), E_MALFORMED);
    EXPECT(ignored == 7 && minute == 7);
}

TEST(the_ways_to_write_a_time_mean_the_same_minute)
{
    static const char *const good[] = {"21.11.2026 14.05", "21.11.26 14:05", "21.11.2026 kl. 14.05", "21/11-2026 og 14.05",
                                       "21.11.2026, kl 14.05", "2026-11-21T14:05", "2026-11-21 14:05"};
    for (size_t i = 0; i < COUNT_OF(good); i++) {
        unsigned minute = 0;
        Day found = 0;
        EXPECT_OK(datetime_parse(str_from_c(good[i]), &found, &minute));
        EXPECT(found == day("2026-11-21") && minute == 14 * 60 + 5);
    }
}

TEST(every_day_of_three_centuries_goes_to_a_date_and_back)
{
    for (Day d = day("1850-01-01"); d < day("2150-01-01"); d++)
        EXPECT(day_from_date(date_from_day(d)) == d && date_valid(date_from_day(d)));
}

TEST(months_end_at_the_last_day_and_leap_children_come_of_age_on_the_first_of_march)
{
    EXPECT(day_add_months(day("2026-01-31"), 1) == day("2026-02-28"));
    EXPECT(day_add_months(day("2028-03-31"), -1) == day("2028-02-29"));
    EXPECT(day_add_months(day("2026-12-15"), 12) == day("2027-12-15"));
    EXPECT(day_of_age(day("2008-02-29"), 18) == day("2026-03-01"));
    EXPECT(day_of_age(day("2008-02-28"), 18) == day("2026-02-28"));
    EXPECT(day_weekday(day("2026-11-27")) == 4);
}

TEST(norwegian_time_follows_both_clock_changes)
{
    int64_t spring = (int64_t)(day("2026-03-29") - DAY_1970) * 86400000 + 3600000;
    int64_t autumn = (int64_t)(day("2026-10-25") - DAY_1970) * 86400000 + 3600000;
    EXPECT(oslo_offset(spring - 1) == 60 && oslo_offset(spring) == 120);
    EXPECT(oslo_offset(autumn - 1) == 120 && oslo_offset(autumn) == 60);
    EXPECT(oslo_minute(spring) == 180 && oslo_minute(autumn) == 120);
    EXPECT(oslo_time(day("2026-10-25"), 150) == autumn - 1800000);
    EXPECT(oslo_minute(oslo_time(day("2026-03-29"), 150)) == 210);
    EXPECT(oslo_day(oslo_time(day("2026-11-21"), 0)) == day("2026-11-21"));
    EXPECT(oslo_day(oslo_time(day("2026-11-21"), 0) - 1) == day("2026-11-20"));
}

TEST(every_field_has_an_ascending_id_and_a_code_list_exactly_when_it_is_a_code)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++) {
        const Kind *kind = kind_of(id);
        EXPECT(kind != NULL && kind->id == id);
        for (unsigned i = 0; i < kind->count; i++) {
            const Field *field = &kind->fields[i];
            EXPECT(i == 0 ? field->id == 1 : field->id > kind->fields[i - 1].id);
            EXPECT((field->type == FIELD_CODE) == (field->codes != CODES_NONE));
            bool counted = field->type == FIELD_TEXT || field->type == FIELD_LONG || field->multiple;
            EXPECT(!counted || field->maximum > 0);
        }
    }
    EXPECT(kind_of(0) == NULL && kind_of(KIND_LIMIT) == NULL);
}

TEST(a_key_names_the_field_that_stands_under_its_name)
{
    static const struct {
        FieldKey key;
        KindId kind;
        const char *name;
    } keys[] = {
#define F(key_, id, name_, ...) {.key = key_, .name = name_},
#define X(name_, number, code, act, title, section) FIELDS_OF_##name_(F) {.kind = KIND_##name_},
        KINDS(X)
#undef X
#undef F
    };
    unsigned at = 0;

    for (size_t i = 0, kind = 1; i < COUNT_OF(keys); i++) {
        if (!keys[i].name) { /* the end of a kind */
            EXPECT(keys[i].kind == kind && at == kind_of((unsigned)kind)->count);
            kind++;
            at = 0;
            continue;
        }
        EXPECT(keys[i].key == (FieldKey)(kind << 8 | at++));
        EXPECT_STR(str_from_c(field_at(keys[i].key)->name), keys[i].name);
    }
}

TEST(a_value_is_read_and_written_by_its_key_and_by_nobody_elses)
{
    Values note = {.kind = kind_of(KIND_NOTE)};

    values_put(&note, NOTE_TEXT, STR("words"));
    values_put(&note, MEASURE_DESCRIPTION, STR("of another kind"));
    EXPECT_STR(values_at(&note, NOTE_TEXT), "words");
    EXPECT_STR(values_get(&note, "text"), "words");
    EXPECT(values_at(&note, MEASURE_DESCRIPTION).length == 0 && values_at(&note, GOAL_TEXT).length == 0);
    EXPECT(values_at(&note, NOTE_KIND).length == 0 && values_at(&note, NOTE_ENTRY).length == 0);
}

TEST(a_day_is_put_as_it_is_stored)
{
    TEST_ARENA(arena);
    Values goal = {.kind = kind_of(KIND_GOAL)};

    EXPECT_OK(values_put_day(&goal, GOAL_TARGET_DATE, day("21.11.2026"), arena));
    EXPECT_STR(values_at(&goal, GOAL_TARGET_DATE), "2026-11-21");
}

TEST(a_name_from_outside_finds_its_field_or_nothing)
{
    Values note = {.kind = kind_of(KIND_NOTE)};

    values_put(&note, NOTE_TEXT, STR("words"));
    EXPECT_STR(values_get(&note, "text"), "words");
    EXPECT(values_get(&note, "no_such_field").length == 0);
}

TEST(only_an_entry_refers_to_a_kind_and_only_a_person_takes_part)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++)
        for (unsigned i = 0; i < kind_of(id)->count; i++) {
            const Field *field = &kind_of(id)->fields[i];
            EXPECT(!field->refers || (field->type == FIELD_ENTRY && kind_of(field->refers)));
            EXPECT(!field->present || field->type == FIELD_PERSON);
        }
}

TEST(a_code_a_yes_and_a_day_are_read_only_where_they_stand)
{
    Values measure = {.kind = kind_of(KIND_MEASURE)};
    Values attention = {.kind = kind_of(KIND_ATTENTION)};
    Day deadline = -1;

    EXPECT(values_code(&measure, MEASURE_STATE) == CODE_NONE && !values_day(&measure, MEASURE_DEADLINE, &deadline));
    values_put(&measure, MEASURE_STATE, STR("2"));
    values_put(&measure, MEASURE_CATEGORY, STR("2")); /* of another list */
    values_put(&measure, MEASURE_DEADLINE, STR("2026-11-21"));
    EXPECT(values_code(&measure, MEASURE_STATE) == MEASURE_STATE_RUNNING);
    EXPECT(values_code(&measure, MEASURE_CATEGORY) == CODE_NONE && values_code(&attention, MEASURE_STATE) == CODE_NONE);
    EXPECT(values_day(&measure, MEASURE_DEADLINE, &deadline) && deadline == day("2026-11-21"));
    EXPECT(!values_yes(&attention, ATTENTION_DISCUSSED_CHILD));
    values_put(&attention, ATTENTION_DISCUSSED_CHILD, STR("0"));
    EXPECT(!values_yes(&attention, ATTENTION_DISCUSSED_CHILD));
    values_put(&attention, ATTENTION_DISCUSSED_CHILD, STR("1"));
    EXPECT(values_yes(&attention, ATTENTION_DISCUSSED_CHILD));
}

TEST(every_code_has_the_text_that_names_it)
{
    for (unsigned list = CODES_NONE + 1; list < CODES_COUNT; list++)
        for (uint32_t i = 0; i < codes_of((CodeList)list).count; i++) {
            uint16_t code = codes_of((CodeList)list).items[i], found = 0;
            EXPECT_OK(code_from_str((CodeList)list, code_text(code), &found));
            EXPECT(found == code);
        }
    EXPECT(code_text(100).length == 0);
}

TEST(a_kind_is_named_by_a_field_of_its_own_and_written_by_an_act_exactly_where_it_stands_on_the_page_and_is_no_record_of_one)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++) {
        const Kind *kind = kind_of(id);
        EXPECT(kind->title == FIELD_NONE || (unsigned)kind->title >> 8 == id);
        EXPECT((kind->act != ACT_NONE) == (kind->section != SECTION_NONE && kind->section != SECTION_LIFE));
        EXPECT(kind->act == ACT_NONE || act_effect(kind->act) == CHANGE);
    }
}

TEST(diagnosis_and_free_text_never_become_facts)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++)
        for (unsigned i = 0; i < kind_of(id)->count; i++) {
            const Field *field = &kind_of(id)->fields[i];
            EXPECT(!field->fact || field->type == FIELD_CODE || field->type == FIELD_DATE || field->fact == FACT_ACTORS);
            EXPECT(field->fact != FACT_ACTORS || field->type == FIELD_PERSON);
        }
}

static Fault fault_of(KindId kind, const char *name, Str raw)
{
    TEST_ARENA(arena);
    Fault fault = FAULT_COUNT;
    Str text = STR_NONE;
    int at = kind_find(kind_of(kind), str_from_c(name));
    EXPECT(at >= 0);
    EXPECT_OK(field_check(&kind_of(kind)->fields[at], raw, arena, &fault, &text));
    return fault;
}

TEST(a_bad_field_is_refused_with_its_reason)
{
    EXPECT(fault_of(KIND_ATTENTION, "category", STR("")) == FAULT_MISSING);
    EXPECT(fault_of(KIND_ATTENTION, "category", STR("14")) == FAULT_BAD_CODE);
    EXPECT(fault_of(KIND_ATTENTION, "category", STR("010")) == FAULT_BAD_CODE);
    EXPECT(fault_of(KIND_ATTENTION, "date", STR("31.02.2026")) == FAULT_BAD_DATE);
    EXPECT(fault_of(KIND_NOTE, "text", STR("\xff")) == FAULT_BAD_UTF8);
    EXPECT(fault_of(KIND_NOTE, "text", STR("a\0b")) == FAULT_BAD_UTF8);
    EXPECT(fault_of(KIND_NOTE, "text", STR("a\x1b[b")) == FAULT_BAD_CHARACTER);
    EXPECT(fault_of(KIND_CHILD, "name", STR("a\x1b[b")) == FAULT_BAD_CHARACTER);
    EXPECT(fault_of(KIND_NOTE, "entry", STR("zz")) == FAULT_BAD_REFERENCE);
    EXPECT(fault_of(KIND_RESOURCE, "link", STR("http://a.no")) == FAULT_BAD_LINK);
    EXPECT(fault_of(KIND_CHILD, "email", STR("a@b")) == FAULT_BAD_EMAIL);
    EXPECT(fault_of(KIND_CHILD, "phone", STR("12a45")) == FAULT_BAD_PHONE);
    EXPECT(fault_of(KIND_CHILD, "national_id", STR("123")) == FAULT_BAD_NUMBER);
    EXPECT(fault_of(KIND_CONSENT, "required_persons", STR("5")) == FAULT_BAD_NUMBER);
    EXPECT(fault_of(KIND_MEETING, "time", STR("2026-11-21T24:00")) == FAULT_BAD_TIME);
}

TEST(a_text_that_shows_nothing_is_missing_where_text_is_required)
{
    static const char *const nothing[] = {"\xC2\xA0", "\xE2\x80\x8B", " \xE2\x81\xA0\xEF\xBB\xBF", "\xE2\xA0\x80"};

    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        EXPECT(fault_of(KIND_NOTE, "text", str_from_c(nothing[i])) == FAULT_MISSING &&
               fault_of(KIND_CHILD, "name", str_from_c(nothing[i])) == FAULT_MISSING &&
               fault_of(KIND_CHILD, "address", str_from_c(nothing[i])) == FAULT_FINE);
}

TEST(a_name_that_turns_the_words_beside_it_round_is_refused_with_a_reason_of_its_own)
{
    EXPECT(fault_of(KIND_CHILD, "name", STR("Kari \xE2\x80\xAEnnamdroN")) == FAULT_BAD_DIRECTION);
    EXPECT(fault_of(KIND_NOTE, "text", STR("Kari \xE2\x81\xA7nnamdroN")) == FAULT_BAD_DIRECTION);
    EXPECT(fault_of(KIND_NOTE, "text", STR("a\x01")) == FAULT_BAD_CHARACTER);
}

TEST(a_text_from_a_word_processor_is_taken_as_it_looked)
{
    TEST_ARENA(arena);
    Fault fault = FAULT_FINE;
    Str text = STR_NONE;

    EXPECT_OK(field_check(field_at(NOTE_TEXT), STR("First\vSecond\xC2\xAD\xC2\xA0 A\xCC\x8Ase "), arena, &fault, &text));
    EXPECT(fault == FAULT_FINE);
    EXPECT_STR(text, "First\nSecond  \xC3\x85se");
    EXPECT_OK(field_check(field_at(CHILD_NAME), STR("A\xCC\x8Ase\vLi"), arena, &fault, &text));
    EXPECT_STR(text, "\xC3\x85se Li");
}

/* What a field makes of something typed; "" when it is refused. */
static Str canonical(Arena *arena, FieldKey key, const char *raw)
{
    Fault fault = FAULT_COUNT;
    Str text = STR_NONE;

    EXPECT_OK(field_check(field_at(key), str_from_c(raw), arena, &fault, &text));
    return fault == FAULT_FINE ? text : STR_NONE;
}

TEST(a_number_has_one_form_however_it_was_copied)
{
    static const char *const companies[] = {"974760673", "974 760 673", "974\xC2\xA0" "760\xC2\xA0" "673 ", "NO 974 760 673 MVA",
                                            "974760673mva", "974.760.673", "\xE2\x80\xAA" "974760673\xE2\x80\xAC"};
    static const char *const people[] = {"15828510085", "158285 10085", "158285-10085", " 158285\xE2\x80\x89" "10085"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(companies); i++)
        EXPECT_STR(canonical(arena, ORGANISATION_NUMBER, companies[i]), "974760673");
    for (size_t i = 0; i < COUNT_OF(people); i++)
        EXPECT_STR(canonical(arena, CHILD_NATIONAL_ID, people[i]), "15828510085");
    EXPECT_STR(canonical(arena, CONSENT_REQUIRED_PERSONS, " 2\xC2\xA0"), "2");
    EXPECT(fault_of(KIND_ORGANISATION, "organisation_number", STR("SE 974 760 673")) == FAULT_BAD_NUMBER);
}

TEST(a_telephone_number_has_one_form_however_it_was_copied)
{
    static const char *const home[] = {"22334455", "22 33 44 55", "(+47) 22 33 44 55", "+4722334455", "0047 22 33 44 55", "223 34 455",
                                       "tel:+47-22-33-44-55", "22.33.44.55", "\xE2\x80\xAA+47 22334455\xE2\x80\xAC", "22/33 44 55"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(home); i++)
        EXPECT_STR(canonical(arena, CHILD_PHONE, home[i]), "22 33 44 55");
    EXPECT_STR(canonical(arena, CHILD_PHONE, "+46 (0)70-123 45 67"), "+46701234567");
    EXPECT_STR(canonical(arena, CHILD_PHONE, "02800"), "02800");
    EXPECT(fault_of(KIND_CHILD, "phone", STR("22 33 44 55 eller 12")) == FAULT_BAD_PHONE);
    EXPECT(fault_of(KIND_CHILD, "phone", STR("22+334455")) == FAULT_BAD_PHONE);
    EXPECT(fault_of(KIND_CHILD, "phone", STR("1234")) == FAULT_BAD_PHONE);
    EXPECT(fault_of(KIND_CHILD, "phone", STR("+1234567890123456")) == FAULT_BAD_PHONE);
}

TEST(an_address_of_mail_has_one_form_however_it_was_copied)
{
    static const char *const addresses[] = {"kari@nord.no", "kari@nord.no\xC2\xA0", "mailto:kari@nord.no", "<kari@nord.no>", "kari@nord.no,",
                                            "Kari Nordmann <kari@nord.no>", "kari@Nord.NO", "mailto:kari@nord.no?subject=hei",
                                            "kari@\xE2\x80\x8Bnord.no", "kari@nord.no."};
    static const char *const bad[] = {"kari@nord", "kari nord@nord.no", "kari@nord..no", "@nord.no", "kari@.no", "kari@nord.no ola@nord.no",
                                      "kari@@nord.no", "kari@nord.no, ola@nord.no", "kari@nord.no\x01", "ka\"ri@nord.no", "kari(x)@nord.no",
                                      "a@b@nord.no"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        EXPECT_STR(canonical(arena, STAFF_PERSON_EMAIL, addresses[i]), "kari@nord.no");
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT(fault_of(KIND_STAFF_PERSON, "email", str_from_c(bad[i])) != FAULT_FINE);
    EXPECT_STR(canonical(arena, STAFF_PERSON_EMAIL, "Kari@nord.no"), "Kari@nord.no");
}

TEST(a_link_has_one_form_and_says_what_is_wrong_with_it)
{
    static const struct {
        const char *pasted, *kept;
    } links[] = {
        {"https://kart.no/@59.91,10.75,12z", "https://kart.no/@59.91,10.75,12z"},
        {"HTTPS://WWW.Kart.NO/Sti", "https://www.kart.no/Sti"},
        {"<https://a.no/x>", "https://a.no/x"},
        {"www.udir.no/x", "https://www.udir.no/x"},
        {"https://a.no/en plan \"b\".pdf\xC2\xA0", "https://a.no/en%20plan%20%22b%22.pdf"},
        {"https://a.no?q=a@b.no", "https://a.no?q=a@b.no"},
    };
    static const char *const bad[] = {"http://a.no", "a.no/x", "https://", "https:///x", "javascript:alert(1)", "https://a.no\\b",
                                      "https://a b.no/", "ftp://a.no"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(links); i++)
        EXPECT_STR(canonical(arena, RESOURCE_LINK, links[i].pasted), links[i].kept);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        EXPECT(fault_of(KIND_RESOURCE, "link", str_from_c(bad[i])) == FAULT_BAD_LINK);
    EXPECT(fault_of(KIND_RESOURCE, "link", STR("https://nav.no@ond.no/")) == FAULT_LINK_NAME);
    EXPECT(fault_of(KIND_RESOURCE, "link", STR("https://nav.no:x@ond.no")) == FAULT_LINK_NAME);
}

TEST(length_is_counted_in_code_points)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 4096);
    Str text;
    for (int i = 0; i < 120; i++)
        buf_add(&buf, STR("ø"));
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT(fault_of(KIND_CHILD, "name", text) == FAULT_FINE);
    buf_add(&buf, STR("ø"));
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT(fault_of(KIND_CHILD, "name", text) == FAULT_TOO_LONG);
}

/* What an account is found by has a fixed width in bytes, whatever is written there. */
TEST(an_address_is_counted_in_bytes_and_that_of_staff_may_be_no_longer_than_what_finds_an_account)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 4096);
    Str text;
    for (int i = 0; i < 60; i++)
        buf_add(&buf, STR("ø"));
    buf_add(&buf, STR("@post.no"));
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT(text.length == 128);
    EXPECT(fault_of(KIND_STAFF_PERSON, "email", text) == FAULT_FINE);
    buf_add_char(&buf, 'a');
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT(fault_of(KIND_STAFF_PERSON, "email", text) == FAULT_TOO_LONG);
    EXPECT(fault_of(KIND_CHILD, "email", text) == FAULT_FINE);
    while (buf.length < 254)
        buf_add(&buf, STR("a"));
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT(fault_of(KIND_GUARDIAN, "email", text) == FAULT_FINE);
    buf_add_char(&buf, 'a');
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT(fault_of(KIND_GUARDIAN, "email", text) == FAULT_TOO_LONG);
}

TEST(good_fields_become_canonical)
{
    TEST_ARENA(arena);
    Fault fault;
    Str text = STR_NONE;
    EXPECT_OK(field_check(&kind_of(KIND_ATTENTION)->fields[2], STR(" 21.11.26 "), arena, &fault, &text));
    EXPECT_STR(text, "2026-11-21");
    EXPECT_OK(field_check(&kind_of(KIND_NOTE)->fields[1], STR("a\r\nb\rc"), arena, &fault, &text));
    EXPECT_STR(text, "a\nb\nc");
    EXPECT(fault_of(KIND_MEETING, "time", STR("2026-11-21T14:00")) == FAULT_FINE);
    EXPECT(fault_of(KIND_MEETING, "time", STR("21.11.2026 kl. 14.00")) == FAULT_FINE);
    EXPECT(fault_of(KIND_RESOURCE, "link", STR("https://a.no/x")) == FAULT_FINE);
    EXPECT(fault_of(KIND_CHILD, "email", STR("a@b.no")) == FAULT_FINE);
    EXPECT(fault_of(KIND_CHILD, "phone", STR("+47 999 99 999")) == FAULT_FINE);
}

TEST(values_survive_encoding_and_anything_else_is_malformed)
{
    TEST_ARENA(arena);
    Values values = {.kind = kind_of(KIND_NOTE), .text = {STR("1"), STR("hei <b>")}};
    Values back = {0};
    Buf buf = buf_new(arena, 4096);
    Buf json = buf_new(arena, 4096);
    Str bytes;
    Str text;
    values_encode(&buf, &values);
    EXPECT_OK(buf_done(&buf, &bytes));
    for (size_t cut = 0; cut < bytes.length; cut++)
        EXPECT_ERR(values_decode(str_slice(bytes, 0, cut), &back), E_TRUNCATED);
    EXPECT(back.kind == NULL);
    EXPECT_ERR(values_decode(STR("\0\x06\x01\x09\0\0\0\x01x"), &back), E_MALFORMED);
    EXPECT_ERR(values_decode(STR("\0\x06\x02\x02\0\0\0\x01x\x01\0\0\0\x01x"), &back), E_MALFORMED);
    EXPECT_ERR(values_decode(STR("\0\x63\0"), &back), E_MALFORMED);
    EXPECT_ERR(values_decode(STR("\0\x06\0x"), &back), E_MALFORMED);
    EXPECT_OK(values_decode(bytes, &back));
    EXPECT(values_diff(&values, &back) == 0);
    back.text[1] = STR("nei");
    EXPECT(values_diff(&values, &back) == 2);
    EXPECT_STR(values_get(&values, "note_kind"), "1");
    values_json(&json, &values);
    EXPECT_OK(buf_done(&json, &text));
    EXPECT_STR(text, "{\"kind\":\"note\",\"note_kind\":\"1\",\"text\":\"hei \\u003cb\\u003e\"}");
}

/* ---- days ---- */

static Fault fault_of_day(FieldKey key, const char *typed, bool again)
{
    const Written written = {.today = day("2026-11-30"), .again = again};
    TEST_ARENA(arena);
    Values values = {.kind = kind_of((unsigned)key >> 8)};
    Fault faults[FIELDS_MAX] = {FAULT_FINE};

    values_put(&values, key, str_from_c(typed));
    EXPECT(dates_check(&values, written, faults) == (faults[key & 0xFF] == FAULT_FINE) && dates_good(&values, written) == (faults[key & 0xFF] == FAULT_FINE));
    return faults[key & 0xFF];
}

TEST(every_day_of_every_kind_is_kept_to_its_column)
{
    for (unsigned id = 1; id < KIND_LIMIT; id++)
        for (unsigned i = 0; i < kind_of(id)->count; i++) {
            const Field *field = &kind_of(id)->fields[i];
            FieldKey key = field_key(kind_of(id), i);
            bool past = field->days == DAYS_PAST || field->days == DAYS_OF_MINOR;
            if (field->type != FIELD_DATE) {
                EXPECT(field->days == DAYS_ANY && !field->not_before);
                continue;
            }
            EXPECT(!field->not_before || (field->not_before >> 8 == (int)id && field_at((FieldKey)field->not_before)->type == FIELD_DATE));
            EXPECT(fault_of_day(key, "2026-11-30", false) == FAULT_FINE);
            EXPECT(fault_of_day(key, "2026-12-01", false) == (past ? FAULT_DATE_TO_COME : FAULT_FINE));
            EXPECT(fault_of_day(key, "2026-12-01", true) == (past ? FAULT_DATE_TO_COME : FAULT_FINE));
            EXPECT(fault_of_day(key, "2026-11-29", false) == (field->days == DAYS_COMING ? FAULT_DATE_GONE : FAULT_FINE));
            EXPECT(fault_of_day(key, "2026-11-29", true) == FAULT_FINE);
            EXPECT(fault_of_day(key, "2062-11-30", true) == (past ? FAULT_DATE_TO_COME : FAULT_DATE_YEAR));
            EXPECT(fault_of_day(key, "1826-11-30", true) == (field->days == DAYS_OF_MINOR ? FAULT_DATE_OF_AGE : FAULT_DATE_YEAR));
        }
    EXPECT(fault_of_day(MEETING_TIME, "2266-02-01T10:00", false) == FAULT_DATE_YEAR);
}

TEST(what_is_a_date_of_something_that_happened_lies_in_the_past)
{
    static const FieldKey happened[] = {ATTENTION_DATE, ATTENTION_DISCUSSED_LEADER_ON, ATTENTION_DISCUSSED_GUARDIANS_ON,
                                        ATTENTION_DISCUSSED_CHILD_ON, EVALUATION_DATE, LEVEL_DATE, CONSENT_GIVEN_ON,
                                        CONSENT_WITHDRAWN_ON, STAFF_PERSON_CONFIDENTIALITY_ON, STAFF_PERSON_INSTRUCTION_ON};

    for (size_t i = 0; i < COUNT_OF(happened); i++)
        EXPECT(field_at(happened[i])->days == DAYS_PAST);
}

TEST(a_child_of_a_log_is_not_of_age_and_the_birthday_is_the_edge)
{
    EXPECT(fault_of_day(CHILD_BIRTH_DATE, "2008-11-30", false) == FAULT_DATE_OF_AGE);
    EXPECT(fault_of_day(CHILD_BIRTH_DATE, "2008-12-01", false) == FAULT_FINE);
    EXPECT(fault_of_day(CHILD_BIRTH_DATE, "1916-05-17", false) == FAULT_DATE_OF_AGE);
    EXPECT(fault_of_day(CHILD_BIRTH_DATE, "1970-01-01", true) == FAULT_DATE_OF_AGE);
    EXPECT(fault_of_day(CHILD_BIRTH_DATE, "2026-12-01", false) == FAULT_DATE_TO_COME);
}

TEST(an_end_does_not_lie_before_its_beginning)
{
    const Written written = {.today = day("2026-11-30")};
    Values measure = {.kind = kind_of(KIND_MEASURE)};
    Fault faults[FIELDS_MAX] = {FAULT_FINE};

    values_put(&measure, MEASURE_START, STR("2026-12-05"));
    values_put(&measure, MEASURE_DEADLINE, STR("2026-12-04"));
    EXPECT(!dates_check(&measure, written, faults));
    EXPECT(faults[MEASURE_DEADLINE & 0xFF] == FAULT_DATE_ORDER && faults[MEASURE_START & 0xFF] == FAULT_FINE);
    values_put(&measure, MEASURE_DEADLINE, STR("2026-12-05"));
    EXPECT(dates_good(&measure, written));
}

RUN_TESTS("fields")
