/* Drafts of entries, through the pages of a whole installation: refusals first.
 * Run by meson test. */
#include "support/test.h"

#include <stdio.h>

#include "base/calendar.h"
#include "base/world.h"
#include "domain/roles.h"
#include "support/browser.h"

#define BROWSER(name)                      \
    AUTO(browser_end) Browser name = {0};  \
    browser_begin(&name);                  \
    browser_become(&name, ROLE_RELAY_HOLDER)

static const char *day_text(Browser *browser, int days)
{
    Buf buf = buf_new(browser->arena, 16);
    Str text = STR_NONE;
    char *today = NULL;
    int64_t now = 0;

    EXPECT_OK(world_now(&browser->fixture.world, &now));
    buf_add_day(&buf, oslo_day(now) + days);
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT_OK(str_to_c(browser->arena, text, &today));
    return today;
}

/* A log made through the wizard; its address without a slash at the end. */
static const char *new_log(Browser *browser)
{
    /* A test that begins in the evening ends on the day after. */
    const char *today = day_text(browser, 0);
    const char *end = day_text(browser, 30);
    Str address = STR_NONE;
    char *text = NULL;

    browser_get(browser, "/ny");
    browser_post(browser, "/ny/information", NULL);
    browser_post(browser, "/ny/consent", "required_persons", "1", "valid_to", end, NULL);
    browser_post(browser, "/ny/consent", "answer", "1", "method", "3", "given_on", today, "witness", "Rolig Vind", NULL);
    browser_post(browser, "/ny/child", "name", "Blid Kanarifugl", NULL);
    browser_post(browser, "/ny/guardian", "name", "Varm Kanarifugl", "relationship", "1", "responsibility", "1", NULL);
    browser_post(browser, "/ny/create", NULL);
    EXPECT(browser->status == 303);
    EXPECT_OK(str_format(browser->arena, &address, "/logg/%.*s", STR_ARGS(str_slice(browser->location, 9, SIZE_MAX))));
    EXPECT_OK(str_to_c(browser->arena, address, &text));
    return text;
}

static const char *under(Browser *browser, const char *log, const char *rest)
{
    Str text = STR_NONE;
    char *path = NULL;

    EXPECT_OK(str_format(browser->arena, &text, "%s%s", log, rest));
    EXPECT_OK(str_to_c(browser->arena, text, &path));
    return path;
}

TEST(a_draft_is_shown_again_to_its_author_and_to_nobody_else)
{
    BROWSER(browser);
    const char *log = new_log(&browser);

    browser_get(&browser, under(&browser, log, "/ny/goal"));
    EXPECT(browser.status == 200 && browser_sees(&browser, "data-autosave=\"/logg/"));
    browser_post(&browser, under(&browser, log, "/utkast/goal"), "text", "Halve Målet", "target_date", "31.", NULL);
    EXPECT(browser.status == 204);
    browser_get(&browser, under(&browser, log, "/ny/goal"));
    EXPECT(browser_sees(&browser, "Halve Målet") && browser_sees(&browser, "value=\"31.\"") && browser_sees(&browser, "hentet fram"));
    browser_keep(&browser, "draft_goal");
    browser_become(&browser, ROLE_ORG_MANAGER);
    browser_get(&browser, "/mine");
    browser_post(&browser, under(&browser, log, "/utkast/goal"), "text", "Fremmed", NULL);
    EXPECT(browser.status == 404);
}

TEST(what_was_sent_is_no_draft_any_more_even_when_the_draft_comes_late)
{
    BROWSER(browser);
    const char *log = new_log(&browser);

    browser_get(&browser, under(&browser, log, "/ny/goal"));
    Str page = browser.page;
    browser_post(&browser, under(&browser, log, "/utkast/goal"), "text", "Halve Målet", NULL);
    browser.page = page;
    browser_post(&browser, under(&browser, log, "/ny/goal"), "text", "Hele Målet", NULL);
    EXPECT(browser.status == 303);
    browser.page = page;
    browser_post(&browser, under(&browser, log, "/utkast/goal"), "text", "Halve Målet", NULL);
    EXPECT(browser.status == 204);
    browser_get(&browser, under(&browser, log, "/ny/goal"));
    EXPECT(browser.status == 200 && !browser_sees(&browser, "Halve Målet") && !browser_sees(&browser, "hentet fram"));
}

static uint64_t commits_of(Browser *browser)
{
    Store *store = NULL;

    EXPECT_OK(store_of(browser->fixture.service.stores, browser->fixture.tenant, &store));
    return store_commits(store);
}

TEST(a_form_its_answer_and_the_end_of_its_draft_are_one_commit)
{
    BROWSER(browser);
    const char *log = new_log(&browser);

    browser_get(&browser, under(&browser, log, "/ny/goal"));
    Str page = browser.page;
    browser_post(&browser, under(&browser, log, "/utkast/goal"), "text", "Halve Målet", NULL);
    browser.page = page;
    uint64_t before = commits_of(&browser);
    browser_post(&browser, under(&browser, log, "/ny/goal"), "text", "Hele Målet", NULL);
    EXPECT(browser.status == 303 && commits_of(&browser) == before + 1);
    Str first = browser.location;
    browser.page = page;
    browser_post(&browser, under(&browser, log, "/ny/goal"), "text", "Hele Målet", NULL);
    EXPECT(browser.status == 303 && str_equal(browser.location, first));
}

/* The address of the first correction that the page offers, and of its form. */
static const char *first_correction(Browser *browser)
{
    const char *at = memmem(browser->page.data, browser->page.length, "/rett/", strlen("/rett/"));
    char *text = NULL;

    EXPECT(at != NULL);
    EXPECT_OK(str_to_c(browser->arena, str_from_bytes(at, strlen("/rett/") + ID_TEXT), &text));
    return text;
}

TEST(a_correction_with_a_fault_or_a_draft_still_knows_which_version_it_was_written_from)
{
    BROWSER(browser);
    const char *log = new_log(&browser);

    browser_get(&browser, under(&browser, log, "/ny/goal"));
    browser_post(&browser, under(&browser, log, "/ny/goal"), "text", "Første", NULL);
    browser_get(&browser, log);
    const char *correct = under(&browser, log, first_correction(&browser));
    const char *send = under(&browser, correct, "/goal");
    browser_get(&browser, correct);
    Str mine = browser.page;
    browser_post(&browser, send, "text", "Andre var først", NULL);
    EXPECT(browser.status == 303);
    browser.page = mine;
    browser_post(&browser, send, "text", "", NULL);
    EXPECT(browser.status == 422);
    browser_post(&browser, send, "text", "Min tekst", NULL);
    EXPECT(browser.status == 409 && browser_sees(&browser, "Andre var først") && browser_sees(&browser, "Min tekst"));
}

TEST(the_note_on_the_logs_page_is_kept_too)
{
    BROWSER(browser);
    const char *log = new_log(&browser);

    browser_get(&browser, log);
    EXPECT(browser.status == 200 && browser_sees(&browser, "/utkast/note\""));
    browser_post(&browser, under(&browser, log, "/utkast/note"), "note_kind", "1", "text", "Halve Notatet", NULL);
    EXPECT(browser.status == 204);
    browser_get(&browser, log);
    EXPECT(browser_sees(&browser, "Halve Notatet") && browser_sees(&browser, "hentet fram"));
    browser_keep(&browser, "draft_note");
}

#define MINUTES(n) (INT64_C(n) * 60 * 1000)

TEST(what_is_sent_after_idle_time_is_not_carried_out_but_kept_and_given_back)
{
    BROWSER(browser);
    const char *log = new_log(&browser);

    browser_get(&browser, under(&browser, log, "/ny/goal"));
    fixture_advance(&browser.fixture, MINUTES(16));
    browser_post(&browser, under(&browser, log, "/ny/goal"), "text", "Sent for sent", NULL);
    EXPECT(browser.status == 403 && browser_sees(&browser, "lagret som utkast"));
    browser_keep(&browser, "draft_after_idle");
    browser_get(&browser, log);
    EXPECT(browser.status == 403 && !browser_sees(&browser, "Sent for sent"));
    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, log);
    EXPECT(browser.status == 200 && !browser_sees(&browser, "Sent for sent"));
    browser_get(&browser, under(&browser, log, "/ny/goal"));
    EXPECT(browser.status == 200 && browser_sees(&browser, "Sent for sent"));
}

TEST(after_eight_hours_signing_out_or_without_the_forms_token_nothing_is_kept)
{
    BROWSER(browser);
    const char *log = new_log(&browser);
    const char *goal = under(&browser, log, "/ny/goal");

    browser_get(&browser, goal);
    fixture_advance(&browser.fixture, MINUTES(16));
    browser_post(&browser, goal, "form_token", "AAAA", "text", "Forfalsket", NULL);
    EXPECT(browser.status == 403 && !browser_sees(&browser, "lagret som utkast"));
    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, goal);
    EXPECT(!browser_sees(&browser, "Forfalsket"));
    Str page = browser.page;
    browser_post(&browser, "/logg-ut", NULL);
    browser.page = page;
    browser_post(&browser, goal, "text", "Etter utlogging", NULL);
    EXPECT(browser.status == 403 && !browser_sees(&browser, "lagret som utkast"));
    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, goal);
    fixture_advance(&browser.fixture, MINUTES(481));
    browser_post(&browser, goal, "text", "Dagen etter", NULL);
    EXPECT(browser.status == 403 && !browser_sees(&browser, "lagret som utkast"));
    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, goal);
    EXPECT(browser.status == 200 && !browser_sees(&browser, "Dagen etter") && !browser_sees(&browser, "Etter utlogging"));
}

TEST(a_draft_far_too_long_or_with_a_field_of_another_kind_is_refused)
{
    BROWSER(browser);
    const char *log = new_log(&browser);
    static char text[60001];

    memset(text, 'a', sizeof text - 1);
    browser_get(&browser, log);
    browser_post(&browser, under(&browser, log, "/utkast/note"), "text", text, NULL);
    EXPECT(browser.status == 413);
    browser_get(&browser, log);
    browser_post(&browser, under(&browser, log, "/utkast/note"), "outcome", "1", NULL);
    EXPECT(browser.status == 400);
    browser_get(&browser, log);
    browser_post(&browser, under(&browser, log, "/utkast/ukjent"), "text", "x", NULL);
    EXPECT(browser.status == 400);
}

RUN_TESTS("draft")
