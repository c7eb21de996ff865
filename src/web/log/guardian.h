/* Another guardian in a log that lives: the consent and the person in one form, because nothing of a person is stored
 * before the consent is (rules: consent 1).
 * Must not lose what was typed, nor decide who may.
 * Called through the table of routes. */
#ifndef WEB_LOG_GUARDIAN_H
#define WEB_LOG_GUARDIAN_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err guardian_page(Call *call);
MUST_USE Err guardian_send(Call *call);

#endif
