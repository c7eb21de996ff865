/* The days of a consent, as the wizard and the page of another guardian ask for them: one rule, said once.
 * Must not decide whether a consent is good: the service does, with the same rule of domain/consent.
 * Used by web/wizard/pages.c and guardian.c. */
#ifndef WEB_FORM_CONSENT_FORM_H
#define WEB_FORM_CONSENT_FORM_H

#include "domain/consent.h"
#include "web/form/inputs.h"

/* A message at given_on and at valid_to for days that cannot be; a day of 0 is not asked for here. months is the
 * municipality's (log_consent_months). *good becomes false, never true. */
MUST_USE Err consent_days_check(Inputs *inputs, Day given_on, Day until, unsigned months, bool *good);

#endif
