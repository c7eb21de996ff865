/* How far a backup or a restore is, and how long it still takes, in words.
 * Must not read a clock.
 * Called by meson test. */
#include "support/test.h"

#include "cli/control/backup.h"

static Str words(Arena *arena, BackupFar far)
{
    Str text = STR_NONE;

    EXPECT_OK(backup_progress_words(&far, arena, &text));
    return text;
}

TEST(how_long_it_still_takes_follows_from_how_long_it_took)
{
    TEST_ARENA(arena);
    const uint64_t mb = (uint64_t)1 << 20;

    EXPECT_STR(words(arena, (BackupFar){.done = 25 * mb, .total = 100 * mb, .took_ms = 10000}), "25 of 100 MB, about 30 seconds left\n");
    EXPECT_STR(words(arena, (BackupFar){.done = 10 * mb, .total = 100 * mb, .took_ms = 60000}), "10 of 100 MB, about 9 minutes left\n");
    EXPECT_STR(words(arena, (BackupFar){.done = 1000, .total = 4000, .took_ms = 1000, .of = "lines and rows"}),
               "1000 of 4000 lines and rows, about 3 seconds left\n");
}

TEST(where_the_end_is_not_known_or_passed_nothing_is_promised)
{
    TEST_ARENA(arena);
    const uint64_t mb = (uint64_t)1 << 20;

    EXPECT_STR(words(arena, (BackupFar){.done = 7 * mb, .took_ms = 10000}), "7 MB\n");
    EXPECT_STR(words(arena, (BackupFar){.done = 12 * mb, .total = 10 * mb, .took_ms = 10000}), "12 of 12 MB\n");
    EXPECT_STR(words(arena, (BackupFar){.total = 10 * mb}), "0 of 10 MB\n");
}

RUN_TESTS("backup_words")
