#include "report/moment.h"
#include "report/read.h"
#include "report/write.h"
#include "sample.h"

static Str written(const Report *report, Arena *arena)
{
    Str data = STR_NONE;

    EXPECT_OK(report_write(report, arena, &data));
    return data;
}

static Report back(Str data, Arena *arena)
{
    Report report = {0};

    EXPECT_OK(report_read(data, arena, &report));
    return report;
}

static bool same_values(const Values *a, const Values *b)
{
    return a->kind == b->kind && values_diff(a, b) == 0;
}

TEST(data_that_are_cut_changed_or_followed_by_something_are_refused)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Str data = written(&report, arena), changed = STR_NONE;
    Report read;

    for (size_t length = 0; length < data.length; length += 97)
        EXPECT(!is_ok(report_read(str_slice(data, 0, length), arena, &read)));
    EXPECT_OK(str_format(arena, &changed, "%.*s ", STR_ARGS(data)));
    EXPECT_ERR(report_read(changed, arena, &read), E_MALFORMED);
    EXPECT_OK(str_format(arena, &changed, " %.*s", STR_ARGS(data)));
    EXPECT_ERR(report_read(changed, arena, &read), E_MALFORMED);
}

TEST(data_of_another_format_are_refused)
{
    TEST_ARENA(arena);
    Report report = sample_report(arena), read;

    report.format = STR("stafettlogg-report-2");
    EXPECT_ERR(report_read(written(&report, arena), arena, &read), E_MALFORMED);
}

TEST(every_version_of_every_entry_is_read_back)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena), read = back(written(&report, arena), arena);

    EXPECT(read.entries.count == report.entries.count && report.entries.count == 6);
    for (uint32_t i = 0; i < report.entries.count; i++) {
        const ReportEntry *a = &report.entries.items[i], *b = &read.entries.items[i];
        EXPECT(id_equal(a->id, b->id) && id_equal(a->entry, b->entry) && id_equal(a->supersedes, b->supersedes));
        EXPECT(a->version == b->version && id_equal(a->author, b->author) && a->author_role == b->author_role);
        EXPECT(id_equal(a->author_unit, b->author_unit) && a->at == b->at && a->due == b->due && a->removed == b->removed);
        EXPECT(str_equal(a->reason, b->reason) && same_values(&a->values, &b->values));
    }
}

TEST(people_with_their_periods_are_read_back)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena), read = back(written(&report, arena), arena);

    EXPECT(read.people.count == 3);
    for (uint32_t i = 0; i < 3; i++) {
        const ReportPerson *a = &report.people.items[i], *b = &read.people.items[i];
        EXPECT(id_equal(a->id, b->id) && id_equal(a->person, b->person) && a->role == b->role && a->service == b->service);
        EXPECT(id_equal(a->unit, b->unit) && a->from_at == b->from_at && a->to_at == b->to_at && a->let_in == b->let_in);
        EXPECT(a->version == b->version && same_values(&a->values, &b->values));
    }
}

TEST(consents_with_what_became_of_them_and_documents_are_read_back)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena), read = back(written(&report, arena), arena);

    EXPECT(read.consents.count == 2 && read.documents.count == 2);
    for (uint32_t i = 0; i < 2; i++) {
        const ReportConsent *a = &report.consents.items[i], *b = &read.consents.items[i];
        EXPECT(id_equal(a->id, b->id) && id_equal(a->participant, b->participant) && a->method == b->method);
        EXPECT(a->given_at == b->given_at && a->valid_to == b->valid_to && a->withdrawn_at == b->withdrawn_at);
        EXPECT(a->units.count == b->units.count && (a->units.count == 0 || id_equal(a->units.ids[0], b->units.ids[0])));
        EXPECT(id_equal(a->document, b->document) && same_values(&a->values, &b->values));
        EXPECT(id_equal(report.documents.items[i].id, read.documents.items[i].id));
    }
}

TEST(the_log_who_made_it_and_every_name_are_read_back)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena), read = back(written(&report, arena), arena);

    EXPECT(id_equal(read.made.report, report.made.report) && read.made.at == report.made.at && read.made.role == report.made.role);
    EXPECT(memcmp(read.made.content.bytes, report.made.content.bytes, HASH_BYTES) == 0);
    EXPECT(read.log.flags == report.log.flags && read.log.state == report.log.state && read.log.number == 12345678);
    EXPECT(read.log.passive_at == report.log.passive_at && read.log.closed_reason == CLOSING_MOVED);
    EXPECT_STR(report_person_name(&read, sample_id(45)), "N\xc3\xb8ye Strand");
    EXPECT_STR(report_unit_name(&read, sample_id(50)), "Bj\xc3\xb8rkelia skole");
    EXPECT_STR(read.municipality.name, "Nordv\xc3\xa6r kommune");
}

TEST(a_moment_is_read_back_to_the_millisecond)
{
    static const int64_t moments[] = {1, -1, 1764000000123, -2208988800000, 32503679999999};

    for (size_t i = 0; i < COUNT_OF(moments); i++) {
        int64_t ms = 0;
        EXPECT_OK(moment_read(str_from_c(moment_text(moments[i]).text), &ms));
        EXPECT(ms == moments[i]);
    }
}

TEST(a_moment_of_another_form_is_refused)
{
    static const char *const wrong[] = {"2026-11-23T09:42:05Z", "2026-11-23 09:42:05.123Z", "2026-02-30T09:42:05.123Z",
                                        "2026-11-23T24:42:05.123Z", "2026-11-23T09:42:05.12+Z", "21.11.2026T09:42:05.123Z"};
    int64_t ms;

    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        EXPECT(!is_ok(moment_read(str_from_c(wrong[i]), &ms)));
}

RUN_TESTS("report data")
