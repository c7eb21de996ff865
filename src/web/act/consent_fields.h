/* What the forms about a consent offer and check: whose it is, of which services, its days, its witness and its paper; by name where
 * the reader reads the log, else by what whoever may do it must know.
 * Must not open anything: it is given what was asked, and the log where it was opened.
 * Called by act.c. Rules: consent 5, 7, 12, 13, access 21. */
#ifndef WEB_ACT_CONSENT_FIELDS_H
#define WEB_ACT_CONSENT_FIELDS_H

#include "service/acts/procedure.h"
#include "service/log/view.h"
#include "web/form/kind_form.h"

/* A form about a consent. */
typedef struct ConsentForm {
    const Procedure *procedure;
    const ProcedureAsked *asked;
    const LogView *log;  /* NULL where the reader does not read it now */
} ConsentForm;

MUST_USE Err consent_choices(Call *call, const ConsentForm *form, Choices *ret_choices);

/* What an empty form shows: what there is no choice of is chosen; as long as a consent may hold, and the services of before. */
MUST_USE Err consent_start(Call *call, const ConsentForm *form, const Choices *choices, Values *ret_start);
/* After the fields were added: of services none is spoken where there is none; a file where the row takes one. */
void consent_fields(const ConsentForm *form, const Choices *choices, Inputs *inputs);

/* What the field table does not know: a message at its field, and *good becomes false. */
MUST_USE Err consent_check(const ConsentForm *form, Inputs *inputs, const Values *typed, bool *good);

#endif
