/* Texts that are longer than their field, in the forms about staff, units and the family: refused at the field, and kept.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "support/test.h"

#include <stdio.h>

#include "base/buf.h"
#include "domain/roles.h"
#include "support/browser.h"

#define EMAIL_END "@example.invalid"

/* An e-mail address of this many bytes. */
static const char *email_of(Browser *browser, size_t bytes)
{
    Buf text = buf_new(browser->arena, bytes + 1);
    char *written = NULL;
    Str email;

    while (text.length + strlen(EMAIL_END) < bytes)
        buf_add_char(&text, 'a');
    buf_add(&text, STR(EMAIL_END));
    EXPECT_OK(buf_done(&text, &email));
    EXPECT_OK(str_to_c(browser->arena, email, &written));
    return written;
}

static void is_refused(const Browser *browser, const char *field, const char *typed)
{
    char link[64];

    snprintf(link, sizeof link, "href=\"#%s\"", field);
    EXPECT(browser->status == 422 && browser_sees(browser, link) && browser_sees(browser, typed));
}

TEST(staff_are_not_appointed_with_an_address_longer_than_what_finds_an_account)
{
    AUTO(browser_end) Browser browser = {0};
    browser_begin(&browser);
    const char *longest = email_of(&browser, 128), *longer = email_of(&browser, 129);

    browser_become(&browser, ROLE_ORG_MANAGER);
    browser_get(&browser, "/ansatte");
    browser_post(&browser, "/ansatte", "name", "Blank Sky", "email", longer, "role", "actor", NULL);
    is_refused(&browser, "email", longer);
    browser_keep(&browser, "staff_long_email");
    browser_post(&browser, "/ansatte", "name", "Blank Sky", "email", longest, "role", "actor", NULL);
    EXPECT(browser.status == 303);
    browser_become(&browser, ROLE_MUNICIPALITY_ADMIN);
    browser_get(&browser, "/enheter/leder");
    browser_post(&browser, "/enheter/leder", "name", "Blank Sky", "email", longer, "role", "org_manager", NULL);
    is_refused(&browser, "email", longer);
}

TEST(no_text_of_a_unit_that_is_too_long_gives_an_error_page)
{
    AUTO(browser_end) Browser browser = {0};
    browser_begin(&browser);
    const char *email = email_of(&browser, 255), *name = email_of(&browser, 121), *address = email_of(&browser, 201);

    browser_become(&browser, ROLE_MUNICIPALITY_ADMIN);
    browser_get(&browser, "/enheter/ny");
    browser_post(&browser, "/enheter/ny", "name", name, "service", "2", "address", address, "email", email, "phone",
                 "99 99 99 99 99 99 99 99 99 99 99", "organisation_number", "9999999999", NULL);
    is_refused(&browser, "name", name);
    is_refused(&browser, "address", address);
    is_refused(&browser, "email", email);
    is_refused(&browser, "phone", "99 99 99 99 99 99 99 99 99 99 99");
    is_refused(&browser, "organisation_number", "9999999999");
    browser_post(&browser, "/enheter/ny", "name", "Lys skole", "service", "2", "email", email_of(&browser, 254), NULL);
    EXPECT(browser.status == 303);
}

RUN_TESTS("long texts")
