/* Files of one session: a few at a time, and others are spared.
 * Must not sleep.
 * Run by meson test. */
#include "service/session/files.h"
#include "support/test.h"

#define BEGIN INT64_C(1795478400000)

TEST(a_session_is_given_a_dozen_files_in_half_a_minute_and_another_is_spared)
{
    TEST_ARENA(arena);
    Files *files = NULL;
    const Hash one = {{1}}, other = {{2}};

    EXPECT_OK(files_new(arena, &files));
    for (int i = 0; i < FILES_MAX; i++) {
        EXPECT_OK(files_begin(files, &one, BEGIN + i));
        files_end(files);
    }
    EXPECT_ERR(files_begin(files, &one, BEGIN + 1000), E_BUSY);
    EXPECT_OK(files_begin(files, &other, BEGIN + 1000));
    EXPECT_OK(files_begin(files, &one, BEGIN + 2 * FILES_MS));
    files_done(files);
}

TEST(no_more_than_three_files_are_opened_at_once_whoever_asks)
{
    TEST_ARENA(arena);
    Files *files = NULL;

    EXPECT_OK(files_new(arena, &files));
    for (uint8_t i = 0; i < FILES_AT_ONCE; i++)
        EXPECT_OK(files_begin(files, &(Hash){{1, i}}, BEGIN));
    EXPECT_ERR(files_begin(files, &(Hash){{2}}, BEGIN), E_BUSY);
    files_end(files);
    EXPECT_OK(files_begin(files, &(Hash){{2}}, BEGIN));
    files_done(files);
}

RUN_TESTS("files")
