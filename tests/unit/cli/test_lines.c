/* The lines of ledgers that a restore carries out: what the copy lacks, of each server, in the order of their times.
 * Must not open a database.
 * Run by meson test. */
#include "cli/backup/lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/test.h"

#define DAY INT64_C(86400000)
#define BACKED_UP 80    /* how far the chain was in the copy */
#define MADE_AT (10 * DAY)

static Id id_of(uint8_t byte)
{
    Id id;
    memset(id.bytes, byte, sizeof id.bytes);
    return id;
}

static LedgerLine line_at(int64_t at, int64_t chain)
{
    return (LedgerLine){.at = at, .tenant = id_of(2), .chain = chain, .kind = LEDGER_LOG_GONE, .object = id_of((uint8_t)chain)};
}

/* Two ledgers in a folder of their own. */
typedef struct Files {
    char folder[64];
    char paths[2][96];
    Ledger *ledgers[2];
} Files;

static void files_begin(Files *files)
{
    *files = (Files){.folder = "/tmp/stafettlogg-test-XXXXXX"};
    EXPECT(mkdtemp(files->folder) != NULL);
    for (int i = 0; i < 2; i++) {
        snprintf(files->paths[i], sizeof files->paths[i], "%s/%d", files->folder, i);
        EXPECT_OK(ledger_open(&(LedgerPlaces){{files->paths[i]}}, false, &files->ledgers[i]));
    }
}

static void files_end(Files *files)
{
    for (int i = 0; i < 2; i++) {
        ledger_free(files->ledgers[i]);
        unlink(files->paths[i]);
    }
    rmdir(files->folder);
}

static void add(Ledger *ledger, LedgerLine line)
{
    EXPECT_OK(ledger_add(ledger, &line));
    ledger_hold(ledger);
    EXPECT_OK(ledger_write(ledger));
    ledger_let_go(ledger);
}

/* What is carried out of both, as the numbers of their lines: "81 82 ". */
static void expect_gathered(const Files *files, uint64_t own, const char *wanted)
{
    TEST_ARENA(keep);
    const CopyOf database = {.tenant = id_of(2), .newest = BACKED_UP};
    const CopyState copy = {.databases = &database, .count = 1, .own = own, .made_at = MADE_AT};
    const OtherLedgers others = {.items = {files->ledgers[1]}, .count = 1};
    LedgerLines lines = {0};
    char told[200] = "";

    EXPECT_OK(lines_gather(&copy, files->ledgers[0], &others, keep, &lines));
    for (uint32_t i = 0; i < lines.count; i++)
        snprintf(told + strlen(told), sizeof told - strlen(told), "%d ", (int)lines.items[i].chain);
    assert_string_equal(told, wanted);
}

TEST(what_two_servers_ended_is_carried_out_in_the_order_of_its_times)
{
    AUTO(files_end) Files files;

    files_begin(&files);
    add(files.ledgers[0], line_at(MADE_AT + 1, 81));
    add(files.ledgers[0], line_at(MADE_AT + 4, 84));
    add(files.ledgers[1], line_at(MADE_AT + 2, 82));
    add(files.ledgers[1], line_at(MADE_AT + 3, 83));
    add(files.ledgers[1], line_at(MADE_AT + 5, 85));
    expect_gathered(&files, 0, "81 82 83 84 85 ");
}

TEST(what_the_copy_has_and_what_is_of_no_database_in_it_is_left_out)
{
    AUTO(files_end) Files files;
    LedgerLine elsewhere = line_at(MADE_AT + 2, 99);

    files_begin(&files);
    elsewhere.tenant = id_of(9);
    add(files.ledgers[0], line_at(1, 90)); /* before a restore, and in the copy: it is the first line of the ledger that lay beside it */
    add(files.ledgers[0], line_at(MADE_AT + 1, 81));
    add(files.ledgers[1], line_at(MADE_AT - 1, BACKED_UP));
    add(files.ledgers[1], elsewhere);
    add(files.ledgers[1], line_at(MADE_AT + 2, 82));
    expect_gathered(&files, 1, "81 82 ");
}

TEST(what_another_server_ended_before_an_earlier_restore_is_in_a_backup_of_after_it_and_not_in_one_of_before)
{
    static const struct {
        int64_t restored_at;
        const char *wanted;
    } cases[] = {{MADE_AT - DAY, "81 "}, {MADE_AT + DAY, "95 81 "}};

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        AUTO(files_end) Files files;
        LedgerLine stands = line_at(cases[i].restored_at, 70);

        files_begin(&files);
        stands.kind = LEDGER_STANDS;
        add(files.ledgers[1], line_at(cases[i].restored_at - DAY, 95));
        add(files.ledgers[1], stands);
        add(files.ledgers[1], line_at(MADE_AT + 3 * DAY, 81));
        expect_gathered(&files, 0, cases[i].wanted);
    }
}

RUN_TESTS("lines of ledgers for a restore")
