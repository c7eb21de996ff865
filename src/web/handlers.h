/* The handlers that the table of routes names, one family a file. Each reads what was typed, calls service once, and fills one view.
 * Must not decide anything. */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/call.h"

#define VISITOR_HANDLERS(X)                                                                                       \
    X(visitor_front) X(visitor_sign_in) X(visitor_sign_in_send) X(visitor_demo_send) X(visitor_roles)             \
    X(visitor_roles_send) X(visitor_sign_out_send) X(visitor_signed_out) X(visitor_keep_send)                     \
    X(visitor_enrolled) X(visitor_licences) X(visitor_accessibility) X(visitor_privacy)           \
    X(language_send)

#define ENROL_HANDLERS(X) X(enrol_page) X(enrol_send) X(enrol_account_send)

#define WIZARD_HANDLERS(X)                                                                                        \
    X(wizard_information) X(wizard_information_send) X(wizard_step_send) X(wizard_create_send) X(wizard_receipt)  \
    X(wizard_denied_page)

#define MINE_HANDLERS(X) X(mine_page) X(mine_find_send)

#define LOG_HANDLERS(X)                                                                              \
    X(log_page) X(log_reason_send) X(log_number_send) X(log_document) X(log_seen_page)               \
    X(entry_new) X(entry_new_send) X(entry_correct) X(entry_correct_send) X(entry_remove_send) X(entry_history) \
    X(draft_send)

#define PEOPLE_HANDLERS(X)                                                                           \
    X(staff_page) X(staff_appoint_send) X(staff_end_send) X(staff_code_send)                         \
    X(units_page) X(units_staff_page) X(units_new) X(units_new_send) X(units_manager) X(units_manager_send) \
    X(settings_page) X(settings_send) X(guardian_page) X(guardian_send) X(guardian_end_page) X(guardian_end_send) \
    X(participants_page) X(participants_add_send) X(participants_end_send) X(participants_code_send) \
    X(participants_child_send) X(participants_child_out_send)

#define API_HANDLERS(X)                                                                              \
    X(api_session) X(api_logs) X(api_log) X(api_seen) X(api_entry) X(api_entry_add) X(api_entry_correct) \
    X(api_entry_remove)

#define X(name) MUST_USE Err name(Call *call);
VISITOR_HANDLERS(X)
ENROL_HANDLERS(X)
WIZARD_HANDLERS(X)
MINE_HANDLERS(X)
LOG_HANDLERS(X)
PEOPLE_HANDLERS(X)
API_HANDLERS(X)
#undef X

#endif
