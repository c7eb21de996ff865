/* The page on which a visitor lets a day pass: there in mode test, absent everywhere else.
 * Must not wait for a night.
 * Run by meson test. */
#include "support/browser.h"
#include "support/test.h"

#include "service/jobs/day.h"

#define BROWSER(name)                       \
    AUTO(browser_end) Browser name = {0};   \
    browser_begin(&name)
#define PAGE "/k/9901/dag"

static Err move(void *self, int64_t by_ms)
{
    Fixture *fixture = self;

    TRY(keys_clock_advance(fixture->agent.keys, by_ms));
    fixture->later += by_ms;
    return ok();
}

static void can_move(Browser *browser)
{
    EXPECT_OK(days_new((TimeMover){&browser->fixture, move}, browser->arena, &browser->fixture.service.days));
}

TEST(outside_mode_test_there_is_no_such_page_no_button_and_no_day_that_passes)
{
    BROWSER(browser);
    int64_t before = 0, after = 0;

    can_move(&browser);
    EXPECT_OK(world_now(browser.fixture.service.world, &before));
    for (Mode mode = MODE_PRODUCTION; mode <= MODE_DEMO; mode++) {
        browser.fixture.service.mode = mode;
        browser_get(&browser, "/");
        EXPECT(browser.status == 200 && !browser_sees(&browser, PAGE));
        browser_post(&browser, PAGE, NULL);
        EXPECT(browser.status == 404);
        browser_get(&browser, PAGE);
        EXPECT(browser.status == 404);
    }
    browser.fixture.service.mode = MODE_PRODUCTION;
    browser_get(&browser, "/k/9901");
    EXPECT(browser.status == 200 && !browser_sees(&browser, PAGE));
    EXPECT_OK(world_now(browser.fixture.service.world, &after));
    EXPECT(after < before + 3600000);
    days_freep(&browser.fixture.service.days);
}

TEST(in_mode_test_a_day_passes_and_the_page_says_which_day_it_is_and_what_it_brought)
{
    BROWSER(browser);

    can_move(&browser);
    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, "/mine");
    EXPECT(browser.status == 200 && browser_sees(&browser, PAGE));
    browser_get(&browser, PAGE);
    EXPECT(browser.status == 200 && browser_sees(&browser, "La én dag gå") && !browser_sees(&browser, "Én dag har gått"));
    browser_post(&browser, PAGE, NULL);
    EXPECT(browser.status == 303 && str_equal(browser.location, STR(PAGE)));
    browser_follow(&browser);
    EXPECT(browser_sees(&browser, "Én dag har gått. Det er nå ") && browser_sees(&browser, "Ingenting hadde frist den dagen."));
    browser_get(&browser, "/mine");
    EXPECT(browser.status == 403);
    days_freep(&browser.fixture.service.days);
}

RUN_TESTS("a day on a page")
