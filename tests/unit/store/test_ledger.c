/* The file of what ended: its bytes, its two places, and what a cut or a stranger leaves of it.
 * Must fail when the format changes: a ledger is read for as long as there are backups. */
#include "support/stores.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "store/ledger/file.h"

static Id full_of(uint8_t byte)
{
    Id id;
    memset(id.bytes, byte, sizeof id.bytes);
    return id;
}

static LedgerLine first_line(void)
{
    return (LedgerLine){.seq = 1, .at = NOW, .tenant = full_of(2), .chain = 7, .kind = LEDGER_LOG_GONE, .object = full_of(5)};
}

static LedgerLine second_line(void)
{
    return (LedgerLine){.seq = 2, .at = NOW + 1, .tenant = full_of(2), .chain = 8, .kind = LEDGER_PARTICIPANT_ENDED,
                        .object = full_of(6), .value = NOW};
}

static void expect_hex(const uint8_t *bytes, const char *expected)
{
    TEST_ARENA(keep);
    Buf text = buf_new(keep, 512);
    Str hex;

    buf_add_hex(&text, str_from_bytes(bytes, LEDGER_LINE_BYTES));
    EXPECT_OK(buf_done(&text, &hex));
    EXPECT_STR(hex, expected);
}

TEST(a_line_has_its_documented_bytes_and_follows_the_one_before)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    LedgerLine first = first_line(), second = second_line(), read;
    uint8_t bytes[2][LEDGER_LINE_BYTES];
    Hash start;

    EXPECT_OK(sha256_new(&sha));
    EXPECT_OK(ledger_start(sha, &start));
    EXPECT_OK(ledger_line_write(sha, &start, &first, bytes[0]));
    EXPECT_OK(ledger_line_write(sha, &first.hash, &second, bytes[1]));
    expect_hex(bytes[0], "0000000000000001000001a20ada2c0002020202020202020202020202020202000000000000000701"
                         "050505050505050505050505050505050000000000000000e65b77fc607715f30df1d4e6475a6dcc120246520a7e353a72d504879693933d");
    expect_hex(bytes[1], "0000000000000002000001a20ada2c0102020202020202020202020202020202000000000000000806"
                         "06060606060606060606060606060606000001a20ada2c00dd3e24ea197dcbbfb0c94b94b4b790a43b5cf92fec69026fad1ecfb35f66acae");
    EXPECT_OK(ledger_line_follow(sha, &first.hash, 2, str_from_bytes(bytes[1], LEDGER_LINE_BYTES), &read));
    EXPECT(read.value == NOW && id_equal(read.object, full_of(6)));
    EXPECT_ERR(ledger_line_follow(sha, &start, 2, str_from_bytes(bytes[1], LEDGER_LINE_BYTES), &read), E_FORGED);
    EXPECT_ERR(ledger_line_follow(sha, &first.hash, 3, str_from_bytes(bytes[1], LEDGER_LINE_BYTES), &read), E_FORGED);
}

/* ---- files ---- */

typedef struct Files {
    char folder[64];
    char paths[2][96];
    Ledger *ledger;
} Files;

static void files_remove(Files *files)
{
    ledger_free(files->ledger);
    for (int i = 0; i < 2; i++)
        unlink(files->paths[i]);
    rmdir(files->folder);
}

static Files files_new(void)
{
    Files files = {.folder = "/tmp/stafettlogg-test-XXXXXX"};

    if (!mkdtemp(files.folder))
        abort();
    for (int i = 0; i < 2; i++)
        snprintf(files.paths[i], sizeof files.paths[i], "%s/ledger%d", files.folder, i);
    return files;
}
#define FILES(name) AUTO(files_remove) Files name = files_new()

static LedgerPlaces both(const Files *files)
{
    return (LedgerPlaces){{files->paths[0], files->paths[1]}};
}

static Err again(Files *files, LedgerPlaces places)
{
    ledger_free(files->ledger);
    files->ledger = NULL;
    return ledger_open(&places, false, &files->ledger);
}

static void put(Files *files, LedgerLine line)
{
    EXPECT_OK(ledger_add(files->ledger, &line));
    ledger_hold(files->ledger);
    EXPECT_OK(ledger_write(files->ledger));
    ledger_let_go(files->ledger);
}

static int64_t size_of(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 ? about.st_size : -1;
}

static void change_byte(const char *path, off_t at)
{
    uint8_t byte = 0;
    int file = open(path, O_RDWR);

    EXPECT(file >= 0 && pread(file, &byte, 1, at) == 1);
    byte ^= 1;
    EXPECT(pwrite(file, &byte, 1, at) == 1);
    close(file);
}

TEST(lines_stand_in_both_places_and_are_there_again)
{
    FILES(files);
    Hash head = {{0}}, before;

    EXPECT_OK(again(&files, both(&files)));
    EXPECT(ledger_stands(files.ledger, full_of(2), 0) == 0);
    put(&files, first_line());
    put(&files, second_line());
    EXPECT(size_of(files.paths[0]) == 2 * LEDGER_LINE_BYTES && size_of(files.paths[1]) == 2 * LEDGER_LINE_BYTES);
    EXPECT_OK(again(&files, both(&files)));
    EXPECT(ledger_stands(files.ledger, full_of(2), 0) == 8);
    EXPECT_OK(ledger_head(files.ledger, full_of(2), 8, &head));
    EXPECT_OK(ledger_head(files.ledger, full_of(2), 7, &before));
    EXPECT(memcmp(&head, &before, sizeof head) != 0);
    EXPECT_OK(ledger_head(files.ledger, full_of(3), 8, &head));
    EXPECT(memcmp(&head, &(Hash){{0}}, sizeof head) == 0);
}

TEST(a_place_that_was_lost_or_is_shorter_is_made_the_same_again)
{
    FILES(files);

    EXPECT_OK(again(&files, both(&files)));
    put(&files, first_line());
    put(&files, second_line());
    EXPECT(unlink(files.paths[0]) == 0);
    EXPECT_OK(again(&files, both(&files)));
    EXPECT(size_of(files.paths[0]) == 2 * LEDGER_LINE_BYTES);
    EXPECT(truncate(files.paths[1], LEDGER_LINE_BYTES) == 0);
    EXPECT_OK(again(&files, both(&files)));
    EXPECT(size_of(files.paths[1]) == 2 * LEDGER_LINE_BYTES);
}

TEST(what_a_cut_left_behind_the_last_line_is_taken_away)
{
    FILES(files);
    const LedgerPlaces one = {{files.paths[0], NULL}};

    EXPECT_OK(again(&files, one));
    put(&files, first_line());
    put(&files, second_line());
    EXPECT(truncate(files.paths[0], 2 * LEDGER_LINE_BYTES - 1) == 0);
    EXPECT_OK(again(&files, one));
    EXPECT(size_of(files.paths[0]) == LEDGER_LINE_BYTES);
    EXPECT(ledger_stands(files.ledger, full_of(2), 0) == 7);
    put(&files, second_line());
    EXPECT(ledger_stands(files.ledger, full_of(2), 0) == 8);
}

TEST(a_changed_line_with_many_behind_it_was_not_left_by_a_cut_and_nothing_is_opened)
{
    FILES(files);
    const LedgerPlaces one = {{files.paths[0], NULL}};

    EXPECT_OK(again(&files, one));
    for (int i = 0; i < 1000; i++)
        put(&files, first_line());
    change_byte(files.paths[0], 50);
    EXPECT_ERR(again(&files, one), E_FORGED);
    EXPECT(size_of(files.paths[0]) == 1000 * LEDGER_LINE_BYTES);
}

TEST(two_places_that_went_different_ways_are_refused)
{
    FILES(files);

    EXPECT_OK(again(&files, (LedgerPlaces){{files.paths[0], NULL}}));
    put(&files, first_line());
    EXPECT_OK(again(&files, (LedgerPlaces){{files.paths[1], NULL}}));
    put(&files, second_line());
    EXPECT_ERR(again(&files, both(&files)), E_FORGED);
}

TEST(what_waits_and_is_dropped_is_never_written)
{
    FILES(files);
    const LedgerLine line = first_line();

    EXPECT_OK(again(&files, both(&files)));
    EXPECT_OK(ledger_add(files.ledger, &line));
    ledger_drop(files.ledger, 0);
    put(&files, second_line());
    EXPECT(size_of(files.paths[0]) == LEDGER_LINE_BYTES);
}

TEST(whoever_only_reads_sees_what_is_added_and_makes_no_file)
{
    FILES(files);
    Ledger *reading = NULL;
    const LedgerPlaces places = both(&files);
    Hash head;

    EXPECT_OK(ledger_open(&places, true, &reading));
    EXPECT(size_of(files.paths[0]) == -1);
    EXPECT_OK(again(&files, both(&files)));
    put(&files, first_line());
    EXPECT_OK(ledger_head(reading, full_of(2), 7, &head));
    EXPECT(memcmp(&head, &(Hash){{0}}, sizeof head) != 0);
    EXPECT_OK(ledger_add(reading, &(LedgerLine){.kind = LEDGER_STANDS}));
    ledger_hold(reading);
    EXPECT_ERR(ledger_write(reading), E_INTERNAL);
    ledger_let_go(reading);
    ledger_free(reading);
}

RUN_TESTS("store_ledger")
