/* Numbers that are stored for ever.
 * Must not know the numbers: the golden file does.
 * Called by meson test. */
#include "support/golden.h"

#include "cli/numbers.h"

TEST(every_stored_number_is_what_it_always_was)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, GOLDEN_MAX);
    Str text;

    numbers_print(&buf);
    EXPECT_OK(buf_done(&buf, &text));
    golden_expect("tests/golden/numbers.txt", text);
}

RUN_TESTS("stored numbers")
