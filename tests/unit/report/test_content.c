#include "report/content.h"

#include <stdio.h>
#include <unistd.h>

#include "sample.h"

/* What a command says of the document, whose name stands between its two parts. *ret_status is how it ended. */
static Str asked(Str document, const char *const command[static 2], Arena *arena, int *ret_status)
{
    char path[] = "/tmp/stafettlogg-report-XXXXXX", line[256], chunk[4096];
    int handle = mkstemp(path);
    Buf said = buf_new(arena, (size_t)1 << 20);
    Str text = STR_NONE;
    size_t length = 0;

    EXPECT(handle >= 0 && write(handle, document.data, document.length) == (ssize_t)document.length && close(handle) == 0);
    snprintf(line, sizeof line, "%s %s %s", command[0], path, command[1]);
    FILE *pipe = popen(line, "r");
    EXPECT(pipe != NULL);
    while ((length = fread(chunk, 1, sizeof chunk, pipe)) > 0)
        buf_add_bytes(&said, chunk, length);
    *ret_status = pclose(pipe);
    (void)unlink(path);
    EXPECT_OK(buf_done(&said, &text));
    return text;
}

static const char *const reader[] = {"pdftotext -enc UTF-8", "-"};
static const char *const checker[] = {"python3 tools/check_pdf.py", ""};

static Str read_of(const Report *report, Arena *arena)
{
    Str document = STR_NONE;
    int status = 0;

    EXPECT_OK(content_print(report, NULL, arena, &document));
    Str text = asked(document, reader, arena, &status);
    EXPECT(status == 0);
    return text;
}

/* Where the words begin, from a place on; the test fails where they are not. */
static size_t place_of(Str text, const char *words, size_t from)
{
    Str wanted = str_from_c(words);

    for (size_t at = from; at + wanted.length <= text.length; at++)
        if (memcmp(text.data + at, wanted.data, wanted.length) == 0)
            return at;
    print_error("\"%s\" does not stand there\n", words);
    EXPECT(false);
    return 0;
}

TEST(the_document_holds_by_every_clause_of_its_standards_in_each_language)
{
    TEST_ARENA(arena);
    static const char *const languages[] = {"nb", "nn", "en"};
    Report report = sample_report(arena);

    for (size_t i = 0; i < COUNT_OF(languages); i++) {
        Str document = STR_NONE;
        int status = 0;
        report.made.language = str_from_c(languages[i]);
        EXPECT_OK(content_print(&report, NULL, arena, &document));
        EXPECT_STR(asked(document, checker, arena, &status), "");
        EXPECT(status == 0);
    }
}

TEST(every_page_says_that_it_is_sensitive_who_made_it_and_for_whom)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Str text = read_of(&report, arena);
    size_t at = 0, pages = 0;

    for (size_t i = 0; i < text.length; i++)
        pages += text.data[i] == '\f';
    EXPECT(pages > 1);
    for (size_t i = 0; i < pages; i++) {
        at = place_of(text, "Sensitivt", at) + 1;
        at = place_of(text, "Nordv\xc3\xa6r kommune \xc2\xb7 Laget av N\xc3\xb8ye Strand", at) + 1;
    }
}

TEST(what_an_entry_said_before_stands_below_what_it_says_now)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Str text = read_of(&report, arena);

    size_t now = place_of(text, "Blid smilte og lo.", 0);
    place_of(text, "Blid smilte.", now);
    place_of(text, "Skrevet i feil logg", now);
}

TEST(a_measure_stands_below_its_goal_and_an_evaluation_below_its_measure_whatever_was_written_first)
{
    TEST_ARENA(arena);
    Report report = sample_report(arena);
    Values evaluation = sample_values(KIND_EVALUATION), measure = sample_values(KIND_MEASURE), goal = sample_values(KIND_GOAL);
    ReportEntry *items = NULL;

    EXPECT_OK(ARENA_NEW(arena, ReportEntry, 16, &items));
    memcpy(items, report.entries.items, report.entries.count * sizeof *items);
    report.entries.items = items;
    values_put(&evaluation, EVALUATION_MEASURE, sample_ref(arena, 12));
    values_put(&evaluation, EVALUATION_TEXT, STR("Det virker."));
    sample_entry(&report.entries, 11, 11, evaluation);
    values_put(&measure, MEASURE_GOAL, sample_ref(arena, 13));
    values_put(&measure, MEASURE_DESCRIPTION, STR("Lese sammen hver kveld."));
    sample_entry(&report.entries, 12, 12, measure);
    values_put(&goal, GOAL_TEXT, STR("Blid leser trygt."));
    sample_entry(&report.entries, 13, 13, goal);

    Str text = read_of(&report, arena);
    size_t first = place_of(text, "Blid leser trygt.", 0);
    size_t second = place_of(text, "Lese sammen hver kveld.", first);
    size_t third = place_of(text, "Det virker.", second);
    place_of(text, "Lese h\xc3\xb8yt.", third);
}

TEST(somebody_without_a_name_ends_no_report)
{
    TEST_ARENA(arena);
    Report report = sample_report(arena);

    values_put(&report.people.items[1].values, GUARDIAN_NAME, STR(""));
    place_of(read_of(&report, arena), "Dokumenter i pakken", 0);
}

typedef struct Heard {
    uint32_t times, last, total, stop_after;
} Heard;

static Err hear(void *self, uint32_t done, uint32_t total)
{
    Heard *heard = self;

    heard->last = done;
    heard->total = total;
    return ++heard->times > heard->stop_after ? (Err){.id = E_STOPPED} : ok();
}

TEST(whoever_waits_for_a_document_hears_how_far_it_is_and_may_end_it)
{
    TEST_ARENA(arena);
    const Report report = sample_report(arena);
    Heard heard = {.stop_after = 1000}, ends = {.stop_after = 0};
    Str document = STR_NONE, alone = STR_NONE;

    EXPECT_OK(content_print(&report, &(ReportWatch){&heard, hear}, arena, &document));
    EXPECT(heard.times > 0 && heard.last < heard.total && heard.total == report.entries.count);
    EXPECT_OK(content_print(&report, NULL, arena, &alone));
    EXPECT(str_equal(document, alone));
    EXPECT_ERR(content_print(&report, &(ReportWatch){&ends, hear}, arena, &document), E_STOPPED);
}

RUN_TESTS("report content")
