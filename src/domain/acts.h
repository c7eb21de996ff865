/* The acts that policy decides on, and the reasons that are given for opening a log.
 * Must not hold rules: policy.c does.
 * Used by policy, permit, routes, audit (codes). */
#ifndef DOMAIN_ACTS_H
#define DOMAIN_ACTS_H

#include "base/str.h"

/* name, code, effect: LOOK shows, CHANGE writes, LEAVE takes data out of the system.
 * While processing is stopped only LOOK goes on. */
#define ACTS(X)                                                     \
    /* reading */                                                   \
    X(LOG_LIST, "log_list", LOOK)                                   \
    X(SEARCH, "search", LOOK)                                       \
    X(HEADER_READ, "header_read", LOOK)                             \
    X(LOG_READ, "log_read", LOOK)                                   \
    X(HISTORY_READ, "history_read", LOOK)                           \
    X(STUB_READ, "stub_read", LOOK)                                 \
    X(DECISION_READ, "decision_read", LOOK)                         \
    X(ADDRESS_READ, "address_read", LOOK)                           \
    X(NUMBER_READ_FULL, "number_read_full", LOOK)                   \
    X(CONSENT_READ, "consent_read", LOOK)                           \
    X(CONSENT_DOCUMENT_READ, "consent_document_read", LOOK)         \
    X(ACCESS_LIST_READ, "access_list_read", LOOK)                   \
    X(ARCHIVE_REPORT_READ, "archive_report_read", LOOK)             \
    X(CERTIFICATE_READ, "certificate_read", LOOK)                   \
    /* writing */                                                   \
    X(ATTENTION_WRITE, "attention_write", CHANGE)                   \
    X(GOAL_WRITE, "goal_write", CHANGE)                             \
    X(MEASURE_WRITE, "measure_write", CHANGE)                       \
    X(EVALUATION_WRITE, "evaluation_write", CHANGE)                 \
    X(OWN_EVALUATION_WRITE, "own_evaluation_write", CHANGE)         \
    X(MEETING_WRITE, "meeting_write", CHANGE)                       \
    X(NOTE_WRITE, "note_write", CHANGE)                             \
    X(LEVEL_WRITE, "level_write", CHANGE)                           \
    X(RESOURCE_WRITE, "resource_write", CHANGE)                     \
    X(CHILD_WRITE, "child_write", CHANGE)                           \
    X(ENTRY_CORRECT, "entry_correct", CHANGE)                       \
    X(ENTRY_REMOVE, "entry_remove", CHANGE)                         \
    X(DRAFT, "draft", CHANGE)                                       \
    /* people of a log */                                           \
    X(LOG_CREATE, "log_create", CHANGE)                             \
    X(PARTICIPANT_ADD, "participant_add", CHANGE)                   \
    X(PARTICIPANT_END, "participant_end", CHANGE)                   \
    X(GUARDIAN_ADD, "guardian_add", CHANGE)                         \
    X(GUARDIAN_END, "guardian_end", CHANGE)                         \
    X(CHILD_LET_IN, "child_let_in", CHANGE)                         \
    X(CHILD_KEEP_OUT, "child_keep_out", CHANGE)                     \
    X(BATON_OFFER, "baton_offer", CHANGE)                           \
    X(BATON_ACCEPT, "baton_accept", CHANGE)                         \
    X(HOLDER_APPOINT, "holder_appoint", CHANGE)                     \
    /* consent */                                                   \
    X(CONSENT_RECORD, "consent_record", CHANGE)                     \
    X(CONSENT_GIVE, "consent_give", CHANGE)                         \
    X(CONSENT_WITHDRAW, "consent_withdraw", CHANGE)                 \
    X(WITHDRAWAL_RECORD, "withdrawal_record", CHANGE)               \
    /* the log's life */                                            \
    X(LOG_CLOSE, "log_close", CHANGE)                               \
    X(ACTIVITY_CONFIRM, "activity_confirm", CHANGE)                 \
    X(LOG_REOPEN, "log_reopen", CHANGE)                             \
    X(MOVED_RECORD, "moved_record", CHANGE)                         \
    X(MISTAKE_MARK, "mistake_mark", CHANGE)                         \
    X(CLAIM_FILE, "claim_file", CHANGE)                             \
    X(CLAIM_OPINION, "claim_opinion", CHANGE)                       \
    X(CLAIM_DECIDE, "claim_decide", CHANGE)                         \
    X(RESTRICT, "restrict", CHANGE)                                 \
    X(RESTRICT_LIFT, "restrict_lift", CHANGE)                       \
    X(HOLD_SET, "hold_set", CHANGE)                                 \
    X(HOLD_LIFT, "hold_lift", CHANGE)                               \
    /* deletion */                                                  \
    X(DELETION_SUPPORT, "deletion_support", CHANGE)                 \
    X(ARCHIVE_DECIDE, "archive_decide", CHANGE)                     \
    X(ARCHIVE_REPORT_MAKE, "archive_report_make", CHANGE)           \
    X(DELETION_ORDER, "deletion_order", CHANGE)                     \
    X(DELETION_APPROVE, "deletion_approve", CHANGE)                 \
    X(DELETION_STOP, "deletion_stop", CHANGE)                       \
    /* transfer */                                                  \
    X(TRANSFER_PROPOSE, "transfer_propose", CHANGE)                 \
    X(TRANSFER_CONSENT, "transfer_consent", CHANGE)                 \
    X(TRANSFER_ACCEPT, "transfer_accept", CHANGE)                   \
    X(TRANSFER_CANCEL, "transfer_cancel", CHANGE)                   \
    X(BLIND_REQUEST, "blind_request", CHANGE)                       \
    /* out of the system */                                         \
    X(EXPORT_OWN, "export_own", LEAVE)                              \
    X(EXPORT_REQUEST, "export_request", LEAVE)                      \
    X(EXPORT_APPROVE, "export_approve", LEAVE)                      \
    X(PRINT, "print", LEAVE)                                        \
    /* the municipality */                                          \
    X(SETTINGS_READ, "settings_read", LOOK)                         \
    X(SETTINGS_WRITE, "settings_write", CHANGE)                     \
    X(UNITS_MANAGE, "units_manage", CHANGE)                         \
    X(STAFF_APPOINT_MANAGER, "staff_appoint_manager", CHANGE)       \
    X(STAFF_APPOINT, "staff_appoint", CHANGE)                       \
    X(STAFF_LIST_READ, "staff_list_read", LOOK)                     \
    X(STAFF_LIST_CONFIRM, "staff_list_confirm", CHANGE)             \
    X(REGISTER_READ, "register_read", LOOK)                         \
    X(STATISTICS_READ, "statistics_read", LOOK)                     \
    X(AUDIT_READ, "audit_read", LOOK)                               \
    X(OWN_TRAIL_READ, "own_trail_read", LOOK)                       \
    X(INBOX_READ, "inbox_read", LOOK)                               \
    X(OPERATOR_AUTHORISE, "operator_authorise", CHANGE)             \
    X(OPERATOR_END, "operator_end", CHANGE)                         \
    X(SUPPORT_GRANT, "support_grant", CHANGE)                       \
    X(MUNICIPALITY_CREATE, "municipality_create", CHANGE)           \
    X(PROCESSING_STOP, "processing_stop", CHANGE)                   \
    X(PROCESSING_RESUME, "processing_resume", CHANGE)               \
    X(INCIDENT_REPORT, "incident_report", CHANGE)                   \
    X(INCIDENT_MANAGE, "incident_manage", CHANGE)                   \
    X(INCIDENT_CLOSE, "incident_close", CHANGE)                     \
    X(LOCKDOWN, "lockdown", CHANGE)                                 \
    /* an act's position stands in audit lines for ever: new acts come at the end */ \
    X(SIGN_IN, "sign_in", LOOK)                                     \
    X(SIGN_OUT, "sign_out", LOOK)                                   \
    X(ROLE_CHOOSE, "role_choose", LOOK)                             \
    X(ENROL, "enrol", LOOK)                                         \
    X(IMPORT, "import", CHANGE)                                     \
    X(KEY_ACT, "key_act", CHANGE)                                   \
    X(VERIFY, "verify", LOOK)

enum act_effect { LOOK, CHANGE, LEAVE };

#define X(name, code, effect) ACT_##name,
enum Act { ACT_NONE = 0, ACTS(X) ACT_COUNT };
#undef X
typedef enum Act Act;

const char *act_code(Act act);
enum act_effect act_effect(Act act);
MUST_USE Err act_from_str(Str code, Act *ret_act);

/* Why a municipality administrator, a manager or an operator opens a log. A closed list: an audit line holds codes
 * only. Stable number, code (message key "opening.<code>"), who may give it. */
#define OPENINGS(X)                                                     \
    X(SUPERVISION, 1, "supervision", STAFF)                             \
    X(ARCHIVE_DECISION, 2, "archive_decision", STAFF)                   \
    X(FAMILY_REQUEST, 3, "family_request", STAFF)                       \
    X(COMPLAINT, 4, "complaint", STAFF)                                 \
    X(INCIDENT, 5, "incident", ALL)                                     \
    X(TECHNICAL_FAULT, 6, "technical_fault", OPERATORS)                 \
    X(HOLDER_REPLACEMENT, 7, "holder_replacement", STAFF)               \
    X(TRANSFER, 8, "transfer", STAFF)                                   \
    X(CORRECTION, 9, "correction", ALL)                                 \
    X(CLOSING, 10, "closing", STAFF)                                    \
    X(MUNICIPALITY_ASKED, 11, "municipality_asked", OPERATORS)

#define X(name, number, code, who) OPENING_##name = (number),
enum Opening { OPENING_NONE = 0, OPENINGS(X) OPENING_LIMIT };
#undef X
typedef enum Opening Opening;

const char *opening_code(Opening opening);
MUST_USE Err opening_from_str(Str code, Opening *ret_opening);

#endif
