/* The agent's own journal: chained, whole after a cut, broken when touched, forgotten when taken in.
 * Must not leave a file behind. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "keyd/journal.h"
#include "support/agent.h"
#include "sys/file.h"

#define RECORD_AT(n) (48 + (n) * JOURNAL_RECORD_BYTES)

typedef struct Kept {
    char folder[64], path[96];
    Journal *journal;
    JournalRecord records[JOURNAL_RECORDS];
    uint32_t count;
} Kept;

static void kept_end(Kept *k)
{
    journal_close(k->journal);
    unlink(k->path);
    rmdir(k->folder);
}

static void open_again(Kept *k)
{
    journal_close(k->journal);
    k->journal = NULL;
    EXPECT_OK(journal_open(k->path, MODE_TEST, 7, &k->journal));
    k->count = journal_read(k->journal, 0, k->records);
}

static void kept_begin(Kept *k)
{
    snprintf(k->folder, sizeof k->folder, "/tmp/stafettlogg-journal-XXXXXX");
    EXPECT(mkdtemp(k->folder) != NULL);
    snprintf(k->path, sizeof k->path, "%s/journal", k->folder);
    open_again(k);
    EXPECT(k->count == 0);
    for (uint8_t i = 1; i <= 3; i++)
        EXPECT_OK(journal_add(k->journal, JOURNAL_SHARE, i == 2 ? E_WRONG_SHARE : E_OK, (Id){{i}}, 1000 + i));
}
#define KEPT(k)                  \
    AUTO(kept_end) Kept k = {0}; \
    kept_begin(&k)

static void change(Kept *k, long at, int by)
{
    FILE *file = fopen(k->path, "r+b");
    EXPECT(file != NULL && fseek(file, at, SEEK_SET) == 0);
    int byte = fgetc(file);
    EXPECT(fseek(file, at, SEEK_SET) == 0 && fputc(byte + by, file) != EOF && fclose(file) == 0);
}

TEST(acts_are_numbered_and_stand_there_after_a_restart)
{
    KEPT(k);
    open_again(&k);
    EXPECT(k.count == 3);
    for (uint8_t i = 0; i < 3; i++)
        EXPECT(k.records[i].seq == i + 1U && k.records[i].at == 1001 + i && id_equal(k.records[i].subject, (Id){{(uint8_t)(i + 1)}}));
    EXPECT(k.records[1].error == E_WRONG_SHARE && k.records[2].error == E_OK);
}

TEST(a_record_that_was_cut_in_the_writing_is_left_out_and_the_next_follows)
{
    KEPT(k);
    EXPECT(truncate(k.path, RECORD_AT(3) - 1) == 0);
    open_again(&k);
    EXPECT(k.count == 2);
    EXPECT_OK(journal_add(k.journal, JOURNAL_SEALED, E_OK, (Id){{0}}, 2000));
    open_again(&k);
    EXPECT(k.count == 3 && k.records[2].event == JOURNAL_SEALED);
}

TEST(any_changed_byte_of_a_record_breaks_the_chain_there_and_says_so)
{
    for (long byte = RECORD_AT(1); byte < RECORD_AT(2); byte += 7) {
        KEPT(k);
        change(&k, byte, 1);
        open_again(&k);
        EXPECT(k.count == 2 && k.records[0].event == JOURNAL_SHARE && k.records[1].event == JOURNAL_BROKEN);
    }
}

TEST(a_record_taken_out_breaks_the_chain)
{
    KEPT(k);
    TEST_ARENA(arena);
    Str all, kept;
    EXPECT_OK(file_read(k.path, 10000, arena, &all));
    Buf buf = buf_new(arena, 10000);
    buf_add(&buf, str_slice(all, 0, RECORD_AT(1)));
    buf_add(&buf, str_slice(all, RECORD_AT(2), all.length));
    EXPECT_OK(buf_done(&buf, &kept));
    EXPECT_OK(file_write(k.path, kept, 0600));
    open_again(&k);
    EXPECT(k.count == 2 && k.records[1].event == JOURNAL_BROKEN);
}

TEST(what_was_taken_in_is_forgotten_and_the_numbers_go_on)
{
    KEPT(k);
    EXPECT_OK(journal_taken(k.journal, 2));
    EXPECT_OK(journal_taken(k.journal, 1));
    EXPECT_ERR(journal_taken(k.journal, 9), E_RANGE);
    EXPECT_OK(journal_add(k.journal, JOURNAL_SEALED, E_OK, (Id){{0}}, 2000));
    open_again(&k);
    EXPECT(k.count == 2 && k.records[0].seq == 3 && k.records[1].seq == 4);
}

TEST(a_full_journal_says_so_in_its_last_place_and_drops_what_follows)
{
    KEPT(k);
    for (int i = 3; i < JOURNAL_MAX; i++)
        EXPECT_OK(journal_add(k.journal, JOURNAL_SHARE, E_OK, (Id){{1}}, 2000));
    EXPECT_ERR(journal_add(k.journal, JOURNAL_SHARE, E_OK, (Id){{1}}, 2000), E_TOO_LARGE);
    k.count = journal_read(k.journal, JOURNAL_MAX - 1, k.records);
    EXPECT(k.count == 1 && k.records[0].event == JOURNAL_FULL);
}

TEST(a_journal_of_another_mode_is_refused)
{
    KEPT(k);
    Journal *other = NULL;
    EXPECT_ERR(journal_open(k.path, MODE_PRODUCTION, 7, &other), E_MODE);
}

TEST(the_agent_notes_its_start_each_share_and_each_refusal_while_it_is_sealed)
{
    static const uint8_t wanted[] = {JOURNAL_STARTED, JOURNAL_SHARE, JOURNAL_SHARE, JOURNAL_SHARE, JOURNAL_UNSEALED, JOURNAL_SEALED,
                                     JOURNAL_SHARE, JOURNAL_SHARE, JOURNAL_UNSEALED};
    AUTO(test_agent_stop) TestAgent a = {0};
    JournalRecord records[JOURNAL_RECORDS];
    KeysStatus status;
    uint32_t count = 0;

    test_agent_start_sealed(&a);
    EXPECT_ERR(keys_journal(a.keys, 0, records, &count), E_SEALED);
    EXPECT_OK(test_agent_share(&a, 0, &status));
    EXPECT_ERR(test_agent_share(&a, 0, &status), E_SAME_CUSTODIAN);
    EXPECT_OK(test_agent_share(&a, 1, &status));
    EXPECT_OK(keys_seal(a.keys));
    test_agent_unseal(&a);
    EXPECT_OK(keys_journal(a.keys, 0, records, &count));
    EXPECT(count == COUNT_OF(wanted));
    for (uint32_t i = 0; i < count; i++)
        EXPECT(records[i].event == wanted[i]);
    EXPECT(records[2].error == E_SAME_CUSTODIAN && id_equal(records[2].subject, a.shares[0].custodian));
}

RUN_TESTS("journal")
