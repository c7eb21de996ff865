/* The handlers that the table of routes names, one family a file: visitor.c, mine.c, wizard.c, log_page.c, entry.c,
 * participants.c, municipality.c. Each reads what was typed, calls service once, and fills one view.
 * Must not decide anything. */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/call.h"

/* Field names of forms that several steps share; NULL-ended. */
extern const char *const wizard_fields[];
extern const char *const participants_fields[];
extern const char *const staff_fields[];

#define HANDLERS(X)                                                                                               \
    X(visitor_front) X(visitor_sign_in) X(visitor_sign_in_send) X(visitor_demo_send) X(visitor_enrol)             \
    X(visitor_enrol_send) X(visitor_account_send) X(visitor_roles) X(visitor_roles_send) X(visitor_sign_out_send) \
    X(visitor_signed_out) X(visitor_keep_send) X(visitor_licences) X(visitor_accessibility) X(visitor_privacy)    \
    X(mine_page) X(wizard_information) X(wizard_step_send)                                                        \
    X(log_page) X(log_reason_send) X(log_number_send) X(log_seen_page) X(log_document)                            \
    X(entry_new) X(entry_new_send) X(entry_history) X(entry_correct) X(entry_correct_send) X(entry_remove_send)   \
    X(participants_page) X(participants_send)                                                                     \
    X(municipality_units) X(municipality_units_send) X(municipality_staff) X(municipality_staff_send)

#define X(name) MUST_USE Err name(Call *call);
HANDLERS(X)
#undef X

#endif
