/* What has been typed about a new log so far, sealed, to travel in the page and nowhere else (rules: consent 1, 2).
 * Must not be stored: the key stands in the session's row, the sealed text only in the form.
 * Called by web. */
#ifndef SERVICE_SESSION_WIZARD_STATE_H
#define SERVICE_SESSION_WIZARD_STATE_H

#include "service/service.h"

#define WIZARD_STATE_MAX ((size_t)64 << 10)
#define WIZARD_MINUTES 60

/* Begins a wizard: a fresh random key in the session's row; what an earlier one sealed cannot be opened any more. */
MUST_USE Err wizard_begin(Service *service, const Actor *actor);

/* Seals state (at most WIZARD_STATE_MAX bytes) as base64url text in keep, with the time it was sealed.
 * Errors: E_NOT_FOUND when no wizard is under way. */
MUST_USE Err wizard_seal(Service *service, const Actor *actor, Str state, Arena *keep, Str *ret_text);

typedef struct WizardOpened {
    Str state;
    Str key;  /* of the wizard that sealed it: what wizard_use asks for */
} WizardOpened;

/* Opens it again. Errors: E_NOT_FOUND (no wizard, or older than 60 minutes), E_FORGED (of another session, or changed). */
MUST_USE Err wizard_open(Service *service, const Actor *actor, Str text, Arena *keep, WizardOpened *ret_opened);

/* Ends the wizard: its key is gone, and with it everything that was typed. */
MUST_USE Err wizard_end(const Actor *actor);

/* In the work that carries out what was typed: ends the wizard of this key there, so that two windows that send it at the
 * same moment carry it out once. Errors: E_REPLAYED when it has ended already. */
MUST_USE Err wizard_use(Tx *tx, const Actor *actor, Str key, Arena *scratch);

#endif
