/* A share that slides: what no span may ever pass.
 * Must not sleep.
 * Run by meson test. */
#include "domain/share.h"
#include "support/test.h"

#define SPAN ((int64_t)60000)
#define BEGIN (INT64_C(1795478400000) + 7)

TEST(no_span_has_more_than_the_limit_wherever_it_begins)
{
    Share share = {0};
    int64_t times[4000];
    int count = 0;

    for (int64_t now = BEGIN; now < BEGIN + 5 * SPAN; now += 150)
        if (share_take(&share, 20, SPAN, now))
            times[count++] = now;
    for (int i = 0; i + 20 < count; i++)
        EXPECT(times[i + 20] - times[i] >= SPAN);
    EXPECT(count >= 80);
}

TEST(what_was_taken_is_given_back_when_its_span_is_over)
{
    Share share = {0};

    for (int i = 0; i < 20; i++)
        EXPECT(share_take(&share, 20, SPAN, BEGIN));
    EXPECT(!share_take(&share, 20, SPAN, BEGIN + SPAN - 1));
    EXPECT(share_left(&share, 20, SPAN, BEGIN + 2 * SPAN) == 20);
    EXPECT(share_take(&share, 20, SPAN, BEGIN + INT64_C(1000) * SPAN));
    EXPECT(share_left(&share, 20, SPAN, BEGIN + INT64_C(1000) * SPAN) == 19);
}

TEST(the_time_that_is_told_is_one_at_which_something_is_left)
{
    Share share = {0};

    EXPECT(share_free_at(&share, 20, SPAN, BEGIN) == BEGIN);
    for (int i = 0; i < 20; i++)
        EXPECT(share_take(&share, 20, SPAN, BEGIN + i * 1000));
    int64_t free_at = share_free_at(&share, 20, SPAN, BEGIN + 20000);
    EXPECT(free_at > BEGIN + 20000 && free_at <= BEGIN + 2 * SPAN);
    EXPECT(share_left(&share, 20, SPAN, free_at - 1) == 0);
    EXPECT(share_take(&share, 20, SPAN, free_at));
}

TEST(a_clock_that_was_set_back_gives_nothing_anew)
{
    Share share = {0};

    for (int i = 0; i < 20; i++)
        EXPECT(share_take(&share, 20, SPAN, BEGIN));
    EXPECT(!share_take(&share, 20, SPAN, BEGIN - 10 * SPAN));
}

RUN_TESTS("share")
