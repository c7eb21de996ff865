/* The wizard of a new log: its places in order, what is typed there, and the pages. Consent comes first, and nothing is
 * stored before the last page is sent (rules: consent 1, 2): what was typed travels sealed in the page.
 * Must not store anything before the last page is sent.
 * wizard.c resumes and answers, pages.c has fields and checks, check.c looks over and creates. */
#ifndef WEB_WIZARD_WIZARD_H
#define WEB_WIZARD_WIZARD_H

#include "domain/fields.h"
#include "pages/views.h"
#include "web/form/inputs.h"
#include "web/form/typed.h"

#define WIZARD_PERSONS_MAX 4

/* WIZARD_YOUNG stands there for a child who answers for itself. */
enum wizard_step { WIZARD_INFORMATION, WIZARD_SCOPE, WIZARD_CONSENT, WIZARD_CHILD, WIZARD_YOUNG, WIZARD_GUARDIAN, WIZARD_CHECK };

/* A page of the wizard. number: 1 .. WIZARD_PERSONS_MAX for the consent of one person and for a guardian, else 0. */
typedef struct Place {
    enum wizard_step step;
    uint8_t number;
} Place;

typedef struct Wizard {
    Call *call;
    Form posted;      /* as it was sent; call->form is that of the place which is looked at */
    Typed typed;
    Str key;          /* its own: what is created uses it up */
    Options units;    /* that may take part, besides the holder's own */
    OptionView own_unit;
    unsigned months;  /* that a consent may hold here */
    int consent_age;  /* from which a child answers for itself */
    /* What was read; valid after wizard_first_open has passed the place. */
    uint32_t persons; /* who must consent, 1 .. WIZARD_PERSONS_MAX */
    Values scope;     /* KIND_CONSENT: how many, units, last day */
    Values consents[WIZARD_PERSONS_MAX];
    Values child;
    bool asks_child;  /* it has that age */
    Values young;     /* KIND_CONSENT: what it said */
    Values guardians[WIZARD_PERSONS_MAX];
} Wizard;

/* Opens what was typed so far. Errors: E_NOT_FOUND for anybody but a relay holder, for no wizard under way, and past its
 * hour; E_FORGED when the text is not of this wizard; those of people_units. */
MUST_USE Err wizard_resume(Call *call, Wizard *ret_wizard);
/* Whether resuming failed because there is nothing to resume: over, changed, or of another session. To the relay holder
 * who sits there it is the same. */
bool wizard_is_over(const Call *call, Err resumed);
/* Shows the place that a button "change" names; never one past a place that is not filled in, so that consent stays
 * first. "stop" forgets everything. */
MUST_USE Err wizard_go_to(Wizard *wizard, Str asked);
/* Shows a place. From status 422 on its faults are shown too. */
MUST_USE Err wizard_show(Wizard *wizard, Place place, int status);
/* The hidden field with everything that was typed, sealed anew. */
MUST_USE Err wizard_state_field(Wizard *wizard, Inputs *inputs);
/* The button "stop", which forgets everything. */
ChangeView wizard_stop_button(const Call *call);
MUST_USE Err wizard_previous_button(const Wizard *wizard, Place place, ChangeView *ret_button);
/* What a handler returns. After an error the whole form is there again, so that it can be given back (web/form/posted.h). */
MUST_USE Err wizard_answered(Wizard *wizard, Err answered);
/* What is shown when the wizard's hour is over. */
MUST_USE Err wizard_over(Call *call);
/* Handlers of the table of routes. */
MUST_USE Err wizard_information(Call *call);
MUST_USE Err wizard_information_send(Call *call);
MUST_USE Err wizard_denied_page(Call *call);
MUST_USE Err wizard_step_send(Call *call);

#endif
