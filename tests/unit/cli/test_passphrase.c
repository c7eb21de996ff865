/* A passphrase file as an editor of another system leaves it.
 * Must not ask at a terminal.
 * Run by meson test. */
#include "support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/command/passphrase.h"

static Str read_from(Arena *arena, Str content)
{
    char path[] = "/tmp/stafettlogg-passphrase-XXXXXX";
    Str line = STR_NONE;
    int fd = mkstemp(path);

    EXPECT(fd >= 0 && write(fd, content.data, content.length) == (ssize_t)content.length);
    EXPECT(close(fd) == 0);
    Err read_it = passphrase_read(path, arena, &line);
    EXPECT(unlink(path) == 0);
    EXPECT_OK(read_it);
    return line;
}

TEST(a_passphrase_is_the_first_line_however_an_editor_ended_it)
{
    static const char *const contents[] = {"two words", "two words\n", "two words\r\n", "\xEF\xBB\xBFtwo words\r\n", "two words\rmore",
                                           "two words\r\n\r\nmore"};
    TEST_ARENA(arena);

    for (size_t i = 0; i < COUNT_OF(contents); i++)
        EXPECT_STR(read_from(arena, str_from_c(contents[i])), "two words");
}

TEST(spaces_belong_to_a_passphrase)
{
    TEST_ARENA(arena);

    EXPECT_STR(read_from(arena, STR(" two  words \n")), " two  words ");
}

RUN_TESTS("passphrase")
