/* The names of the settings form's fields, for the table of routes.
 * Must not hold a rule.
 * Used by settings_page.c and web/routes.c. */
#ifndef WEB_MUNICIPALITY_SETTINGS_PAGE_H
#define WEB_MUNICIPALITY_SETTINGS_PAGE_H

#include "base/err.h"
#include "web/call/call.h"

/* The settings that a built rule reads, in the order of the page; others come with their rules. `seen` is what the page
 * showed, so that nobody overwrites what somebody else has changed meanwhile. */
#define SETTINGS_SHOWN \
    "consent_age_years", "child_decides", "highest_age_years", "consent_lifetime_months", "consent_grace_days", "inactivity_months", "guardians_write", "second_approver", "deletion_delay_hours", \
    "coarse_facts", "publication_quarters"
#define SETTINGS_FIELDS SETTINGS_SHOWN, "seen"
/* Handlers of the table of routes. */
MUST_USE Err settings_page(Call *call);
MUST_USE Err settings_send(Call *call);

#endif
