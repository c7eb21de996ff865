/* The pages of the first sign-in against a whole installation: refusals first.
 * Run by meson test. */
#include "support/test.h"

#include "base/id.h"
#include "domain/roles.h"
#include "service/session/demo.h"
#include "support/browser.h"

#define BROWSER(name)                     \
    AUTO(browser_end) Browser name = {0}; \
    browser_begin(&name)

static const char *code_of(const Browser *browser)
{
    return browser->fixture.code.text;
}

static const char *digits(Browser *browser, int64_t steps)
{
    char *text = NULL;

    EXPECT_OK(str_to_c(browser->arena, fixture_totp(&browser->fixture, str_from_c(code_of(browser)), steps), &text));
    return text;
}

static void open_account_page(Browser *browser)
{
    browser_get(browser, "/k/9901/ny");
    browser_post(browser, "/k/9901/ny", "enrolment", code_of(browser), NULL);
}

TEST(a_code_that_is_none_is_refused_at_its_field_and_stays_there)
{
    BROWSER(browser);

    browser_get(&browser, "/k/9901/ny");
    EXPECT(browser.status == 200);
    browser_keep(&browser, "enrol");
    browser_post(&browser, "/k/9901/ny", "enrolment", "abcd-efgh", NULL);
    EXPECT(browser.status == 422);
    EXPECT(browser_sees(&browser, "<title>Feil: ") && browser_sees(&browser, "href=\"#enrolment\""));
    EXPECT(browser_sees(&browser, "value=\"abcd-efgh\""));
    browser_keep(&browser, "enrol_refused");
}

TEST(a_code_that_is_good_opens_the_page_of_the_account_and_stands_in_the_form_only)
{
    BROWSER(browser);

    open_account_page(&browser);
    EXPECT(browser.status == 200);
    EXPECT(browser_hidden(&browser, "enrolment").length > 0);
    EXPECT(browser_sees(&browser, "otpauth://totp/Stafettlogg:Pr%C3%B8vevik?secret=") && browser_sees(&browser, "<svg class=\"sl-qr\""));
    EXPECT(browser_sees(&browser, "value=\"kari.kommune@example.invalid\""));
    browser_keep(&browser, "enrol_account");
}

TEST(a_weak_password_or_a_wrong_first_code_is_refused_at_its_field_and_no_password_comes_back)
{
    BROWSER(browser);

    open_account_page(&browser);
    browser_post(&browser, "/k/9901/ny/konto", "user_name", "kari", "password", "kort", "code", digits(&browser, 0), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#password\"") && !browser_sees(&browser, "\"kort\""));
    EXPECT(browser_sees(&browser, "value=\"kari\""));
    browser_keep(&browser, "enrol_account_refused");
    browser_post(&browser, "/k/9901/ny/konto", "user_name", "kari", "password", "tre raske rev hopper over isen", "code",
                 digits(&browser, 9), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#code\"") && !browser_sees(&browser, "raske rev"));
    browser_post(&browser, "/k/9901/ny/konto", "user_name", "k i", "password", "tre raske rev hopper over isen", "code",
                 digits(&browser, 0), NULL);
    EXPECT(browser.status == 422 && browser_sees(&browser, "href=\"#user_name\""));
}

TEST(an_account_is_made_once_and_leads_to_signing_in_with_a_receipt)
{
    BROWSER(browser);

    open_account_page(&browser);
    browser_post(&browser, "/k/9901/ny/konto", "user_name", "kari", "password", "tre raske rev hopper over isen", "code",
                 digits(&browser, -1), NULL);
    EXPECT(browser.status == 303);
    EXPECT_STR(browser.location, "/k/9901/klar");
    browser_follow(&browser);
    EXPECT(browser.status == 200 && browser_sees(&browser, "Kontoen er klar"));
    browser_keep(&browser, "enrolled");
    browser_post(&browser, "/k/9901", "user_name", "kari", "password", "tre raske rev hopper over isen", "code",
                 digits(&browser, 0), NULL);
    EXPECT(browser.status == 303);
    open_account_page(&browser);
    EXPECT(browser.status == 422);
}

TEST(whoever_signs_in_again_in_the_same_browser_leaves_no_session_behind)
{
    BROWSER(browser);
    const DemoChoice *people = NULL;
    char id[ID_TEXT + 1];
    uint32_t count = 0;

    EXPECT_OK(session_demo_people(&browser.fixture.service, browser.fixture.tenant, browser.arena, &people, &count));
    id_to_text(people[0].person, id);
    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, "/mine");
    EXPECT(browser.status == 200);
    browser_post(&browser, "/k/9901/demo", "person", id, NULL);
    EXPECT(browser.status == 303);
    browser_get(&browser, "/mine"); /* with the cookie from before */
    EXPECT(browser.status == 403);
}

RUN_TESTS("enrol")
