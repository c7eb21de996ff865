/* The language of the pages: chosen by a button, kept in a cookie, refused when it is anything else.
 * Must not look at more than the words of a page.
 * Run by meson. */
#include "support/test.h"

#include "domain/roles.h"
#include "support/browser.h"
#include "text/text.h"

#define BROWSER(name)                      \
    AUTO(browser_end) Browser name = {0};  \
    browser_begin(&name)

/* What is in the browser's jar beside the session. */
static void keep_cookie(Browser *browser, const char *language)
{
    Str text = STR_NONE;

    EXPECT_OK(str_format(browser->arena, &text, "__Host-stafettlogg-language=%s%s%.*s", language,
                         browser->cookie.length ? "; " : "", STR_ARGS(browser->cookie)));
    browser->cookie = text;
}

TEST(a_choice_without_the_forms_token_or_of_another_language_changes_nothing)
{
    BROWSER(browser);

    browser_get(&browser, "/");
    browser_post(&browser, "/sprak", "form_token", "AAAA", "language", "nn", "back", "/", NULL);
    EXPECT(browser.status == 403 && browser.given.length == 0);
    browser_get(&browser, "/");
    browser_post(&browser, "/sprak", "language", "se", "back", "/", NULL);
    EXPECT(browser.status == 400 && browser.given.length == 0);
    browser_get(&browser, "/sprak");
    EXPECT(browser.status == 404);
}

TEST(a_cookie_with_anything_but_a_language_reads_as_none)
{
    static const char *const values[] = {"", "NN", "nn-NO", "xx", "nn; __Host-stafettlogg-language=en"};

    for (size_t i = 0; i < COUNT_OF(values); i++) {
        BROWSER(browser);
        keep_cookie(&browser, values[i]);
        browser_get(&browser, "/");
        EXPECT(browser.status == 200 && browser_sees(&browser, "<html lang=\"nb\""));
    }
}

TEST(a_choice_leads_back_to_a_page_of_ours_and_nowhere_else)
{
    static const char *const others[] = {"https://example.invalid/", "//example.invalid", "/finnes-ikke", "", "/\r\nX: y", "/?a=b"};
    BROWSER(browser);

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        browser_get(&browser, "/");
        browser_post(&browser, "/sprak", "language", "nn", "back", others[i], NULL);
        EXPECT(browser.status == 303 && str_equal(browser.location, STR("/")));
    }
    browser_get(&browser, "/");
    browser_post(&browser, "/sprak", "language", "nn", "back", "/om/personvern", NULL);
    EXPECT(str_equal(browser.location, STR("/om/personvern")));
    EXPECT(str_equal(browser.given, STR("__Host-stafettlogg-language=nn; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=31536000")));
}

TEST(whoever_has_chosen_reads_every_page_in_that_language_signed_in_or_not)
{
    BROWSER(browser);

    keep_cookie(&browser, "nn");
    browser_get(&browser, "/finst-ikkje");
    EXPECT(browser.status == 404 && browser_sees(&browser, "Fann ikkje sida") && browser_sees(&browser, "<html lang=\"nn\""));
    browser_get(&browser, "/mine");
    EXPECT(browser.status == 403 && browser_sees(&browser, "Du er logga ut"));
    browser_become(&browser, ROLE_RELAY_HOLDER);
    keep_cookie(&browser, "en");
    browser_get(&browser, "/mine");
    EXPECT(browser.status == 200 && browser_sees(&browser, "<html lang=\"en\"") && browser_sees(&browser, "Sign out"));
}

TEST(a_refusal_names_no_address_in_a_choice_of_language)
{
    BROWSER(browser);

    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, "/logg/abababababababababababababababab");
    EXPECT(browser.status == 404 && !browser_sees(&browser, "/sprak") && !browser_sees(&browser, "abababab"));
}

TEST(the_choice_stands_on_pages_that_can_be_shown_again_and_not_on_answers_to_forms)
{
    BROWSER(browser);

    browser_become(&browser, ROLE_RELAY_HOLDER);
    browser_get(&browser, "/mine?valgt=gjetning");
    EXPECT(browser_sees(&browser, "action=\"/sprak\"") && !browser_sees(&browser, "gjetning"));
    browser_get(&browser, "/ny");
    EXPECT(browser_sees(&browser, "action=\"/sprak\"") && browser_sees(&browser, "value=\"nn\"") && !browser_sees(&browser, "value=\"nb\""));
    browser_post(&browser, "/ny/information", NULL);
    EXPECT(browser.status == 200 && !browser_sees(&browser, "action=\"/sprak\""));
}

RUN_TESTS("language")
