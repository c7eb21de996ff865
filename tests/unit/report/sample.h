/* A report of an invented log: a child, two guardians, staff, consents, entries with former versions, a removal, documents.
 * Must not hold a number of anybody: they are synthetic.
 * Used by the tests of report. */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include "domain/lifecycle.h"
#include "report/report.h"
#include "support/test.h"

static inline Id sample_id(uint8_t number)
{
    return (Id){.bytes = {[0] = 0xA0, [1] = number, [15] = number}};
}

/* "a0070000000000000000000000000007" */
static inline Str sample_ref(Arena *arena, uint8_t number)
{
    char text[ID_TEXT + 1];
    Str copy = STR_NONE;

    id_to_text(sample_id(number), text);
    EXPECT_OK(str_copy(arena, str_from_c(text), &copy));
    return copy;
}

static inline Id sample_none(void)
{
    const Id none = {0};

    return none;
}

static inline Values sample_values(KindId kind)
{
    return (Values){.kind = kind_of(kind)};
}

static inline ReportEntry *sample_entry(ReportEntries *entries, uint8_t id, uint8_t entry, Values values)
{
    ReportEntry *made = &entries->items[entries->count++];

    *made = (ReportEntry){.id = sample_id(id), .entry = sample_id(entry), .version = id == entry ? 1 : 2, .author = sample_id(40),
                          .author_role = ROLE_RELAY_HOLDER, .author_unit = sample_id(50), .at = INT64_C(1764000000123) + id * 60000,
                          .values = values};
    if (id != entry)
        made->supersedes = sample_id(entry);
    return made;
}

static inline void sample_people(Report *report, Arena *arena)
{
    static const char *const names[] = {"Klok Elv", "Varm Bj\xc3\xb8rk", "\xc5\xa0\xc3\xa1rka \xc5\x81\xc4\x85" "cka"};

    EXPECT_OK(ARENA_NEW(arena, ReportPerson, 3, &report->people.items));
    report->people.count = 3;
    for (uint8_t i = 0; i < 3; i++) {
        ReportPerson *person = &report->people.items[i];
        *person = (ReportPerson){.id = sample_id(30 + i), .person = sample_id(40 + i), .role = i == 0 ? ROLE_RELAY_HOLDER : ROLE_GUARDIAN,
                                 .service = i == 0 ? 2 : 0, .unit = i == 0 ? sample_id(50) : sample_none(), .from_at = INT64_C(1763000000000),
                                 .to_at = i == 2 ? INT64_C(1763900000000) : 0, .version = 1,
                                 .values = sample_values(i == 0 ? KIND_PARTICIPANT : KIND_GUARDIAN)};
        values_put(&person->values, PARTICIPANT_NAME, str_from_c(names[i]));
        values_put(&person->values, GUARDIAN_NAME, str_from_c(names[i]));
        values_put(&person->values, GUARDIAN_NATIONAL_ID, STR("47906701517"));
        values_put(&person->values, GUARDIAN_RELATIONSHIP, STR("1"));
    }
}

static inline void sample_consents(Report *report, Arena *arena)
{
    Id *units = NULL;

    EXPECT_OK(ARENA_NEW(arena, ReportConsent, 2, &report->consents.items));
    EXPECT_OK(ARENA_NEW(arena, Id, 1, &units));
    units[0] = sample_id(50);
    report->consents.count = 2;
    for (uint8_t i = 0; i < 2; i++) {
        ReportConsent *consent = &report->consents.items[i];
        *consent = (ReportConsent){.id = sample_id(60 + i), .participant = sample_id(31 + i), .method = 1, .given_at = INT64_C(1763000000000),
                                   .valid_to = INT64_C(1790000000000), .withdrawn_at = i == 0 ? INT64_C(1763999999999) : 0, .version = 1,
                                   .units = {.ids = units, .count = i == 0 ? 1 : 0}, .document = i == 0 ? sample_id(70) : sample_none(),
                                   .values = sample_values(KIND_CONSENT)};
        values_put(&consent->values, CONSENT_GIVEN_ON, STR("2026-11-12"));
        values_put(&consent->values, CONSENT_UNITS, sample_ref(arena, 50));
        values_put(&consent->values, CONSENT_REQUIRED_PERSONS, STR("2"));
    }
}

static inline void sample_entries(Report *report, Arena *arena)
{
    Values child = sample_values(KIND_CHILD), note = sample_values(KIND_NOTE), measure = sample_values(KIND_MEASURE);
    ReportEntries *entries = &report->entries;
    Str two = STR_NONE;

    EXPECT_OK(ARENA_NEW(arena, ReportEntry, 8, &entries->items));
    values_put(&child, CHILD_NAME, STR("Blid Bj\xc3\xb8rk & <S\xc3\xb8nn>"));
    values_put(&child, CHILD_NATIONAL_ID, STR("14851650181"));
    sample_entry(entries, 1, 1, child);
    EXPECT_OK(str_format(arena, &two, "%.*s\n%.*s", STR_ARGS(sample_ref(arena, 30)), STR_ARGS(sample_ref(arena, 31))));
    values_put(&measure, MEASURE_CATEGORY, STR("10"));
    values_put(&measure, MEASURE_RESPONSIBLE, two);
    values_put(&measure, MEASURE_DESCRIPTION, STR("Lese h\xc3\xb8yt.\nTre ganger i uka \"alene\"."));
    values_put(&measure, MEASURE_DEADLINE, STR("2026-12-18"));
    sample_entry(entries, 2, 2, measure);
    values_put(&note, NOTE_KIND, STR("1"));
    values_put(&note, NOTE_TEXT, STR("Blid smilte."));
    sample_entry(entries, 3, 3, note);
    values_put(&note, NOTE_TEXT, STR("Blid smilte og lo."));
    sample_entry(entries, 4, 3, note);
    sample_entry(entries, 5, 5, note);
    ReportEntry *removed = sample_entry(entries, 6, 5, sample_values(KIND_NOTE));
    removed->removed = true;
    removed->reason = STR("Skrevet i feil logg");
    removed->author = sample_id(45);
    removed->author_role = ROLE_ORG_MANAGER;
}

static inline Report sample_report(Arena *arena)
{
    Report report = {
        .format = REPORT_FORMAT,
        .made = {.report = sample_id(90), .at = INT64_C(1764003600456), .by = sample_id(45), .name = STR("N\xc3\xb8ye Strand"),
                 .role = ROLE_ORG_MANAGER, .language = STR("nb"), .content = {.bytes = {1, 2, 3}}},
        .municipality = {.id = sample_id(80), .number = STR("4637"), .name = STR("Nordv\xc3\xa6r kommune")},
        .log = {.id = sample_id(20), .number = 12345678, .state = STATE_PASSIVE, .flags = FLAG_MOVED | FLAG_LEGAL_HOLD,
                .created_at = INT64_C(1763000000000), .last_activity_at = INT64_C(1763999999999), .passive_at = INT64_C(1764000000000),
                .closed_reason = CLOSING_MOVED, .unit = sample_id(50), .holder = sample_id(40)},
    };

    sample_people(&report, arena);
    sample_consents(&report, arena);
    sample_entries(&report, arena);
    EXPECT_OK(ARENA_NEW(arena, ReportDocument, 2, &report.documents.items));
    report.documents.count = 2;
    report.documents.items[0] = (ReportDocument){.id = sample_id(70), .media = 1};
    report.documents.items[1] = (ReportDocument){.id = sample_id(71), .media = 3};
    EXPECT_OK(ARENA_NEW(arena, ReportName, 1, &report.units.items));
    report.units.items[0] = (ReportName){sample_id(50), STR("Bj\xc3\xb8rkelia skole")};
    report.units.count = 1;
    EXPECT_OK(ARENA_NEW(arena, ReportName, 1, &report.names.items));
    report.names.items[0] = (ReportName){sample_id(45), STR("N\xc3\xb8ye Strand")};
    report.names.count = 1;
    return report;
}

#endif
