/* The acts that policy decides on, and the reasons that are given for opening a log.
 * Must not hold rules: policy.c does.
 * Used by policy, permit, routes, audit (codes). */
#ifndef DOMAIN_ACTS_H
#define DOMAIN_ACTS_H

#include "base/str.h"

/* name, number (in audit lines for ever: a new act takes the next one), code, effect: LOOK shows, CHANGE writes, LEAVE takes
 * data out of the system. While processing is stopped only LOOK goes on. */
#define ACTS(X)                                                                      \
    /* reading */                                                                    \
    X(LOG_LIST, 1, "log_list", LOOK)                                                 \
    X(SEARCH, 2, "search", LOOK)                                                     \
    X(HEADER_READ, 3, "header_read", LOOK)                                           \
    X(LOG_READ, 4, "log_read", LOOK)                                                 \
    X(HISTORY_READ, 5, "history_read", LOOK)                                         \
    X(STUB_READ, 6, "stub_read", LOOK)                                               \
    X(DECISION_READ, 7, "decision_read", LOOK)                                       \
    X(ADDRESS_READ, 8, "address_read", LOOK)                                         \
    X(NUMBER_READ_FULL, 9, "number_read_full", LOOK)                                 \
    X(CONSENT_READ, 10, "consent_read", LOOK)                                        \
    X(CONSENT_DOCUMENT_READ, 11, "consent_document_read", LOOK)                      \
    X(ACCESS_LIST_READ, 12, "access_list_read", LOOK)                                \
    X(ARCHIVE_REPORT_READ, 13, "archive_report_read", LEAVE)                         \
    X(CERTIFICATE_READ, 14, "certificate_read", LOOK)                                \
    /* writing */                                                                    \
    X(ATTENTION_WRITE, 15, "attention_write", CHANGE)                                \
    X(GOAL_WRITE, 16, "goal_write", CHANGE)                                          \
    X(MEASURE_WRITE, 17, "measure_write", CHANGE)                                    \
    X(EVALUATION_WRITE, 18, "evaluation_write", CHANGE)                              \
    X(OWN_EVALUATION_WRITE, 19, "own_evaluation_write", CHANGE)                      \
    X(MEETING_WRITE, 20, "meeting_write", CHANGE)                                    \
    X(NOTE_WRITE, 21, "note_write", CHANGE)                                          \
    X(LEVEL_WRITE, 22, "level_write", CHANGE)                                        \
    X(RESOURCE_WRITE, 23, "resource_write", CHANGE)                                  \
    X(CHILD_WRITE, 24, "child_write", CHANGE)                                        \
    X(ENTRY_CORRECT, 25, "entry_correct", CHANGE)                                    \
    X(ENTRY_REMOVE, 26, "entry_remove", CHANGE)                                      \
    X(DRAFT, 27, "draft", CHANGE)                                                    \
    /* people of a log */                                                            \
    X(LOG_CREATE, 28, "log_create", CHANGE)                                          \
    X(PARTICIPANT_ADD, 29, "participant_add", CHANGE)                                \
    X(PARTICIPANT_END, 30, "participant_end", CHANGE)                                \
    X(GUARDIAN_ADD, 31, "guardian_add", CHANGE)                                      \
    X(GUARDIAN_END, 32, "guardian_end", CHANGE)                                      \
    X(CHILD_LET_IN, 33, "child_let_in", CHANGE)                                      \
    X(CHILD_KEEP_OUT, 34, "child_keep_out", CHANGE)                                  \
    X(BATON_OFFER, 35, "baton_offer", CHANGE)                                        \
    X(BATON_ACCEPT, 36, "baton_accept", CHANGE)                                      \
    X(HOLDER_APPOINT, 37, "holder_appoint", CHANGE)                                  \
    /* consent */                                                                    \
    X(CONSENT_RECORD, 38, "consent_record", CHANGE)                                  \
    X(CONSENT_GIVE, 39, "consent_give", CHANGE)                                      \
    X(CONSENT_WITHDRAW, 40, "consent_withdraw", CHANGE)                              \
    X(WITHDRAWAL_RECORD, 41, "withdrawal_record", CHANGE)                            \
    /* the log's life */                                                             \
    X(LOG_CLOSE, 42, "log_close", CHANGE)                                            \
    X(ACTIVITY_CONFIRM, 43, "activity_confirm", CHANGE)                              \
    X(LOG_REOPEN, 44, "log_reopen", CHANGE)                                          \
    X(MOVED_RECORD, 45, "moved_record", CHANGE)                                      \
    X(MISTAKE_MARK, 46, "mistake_mark", CHANGE)                                      \
    X(CLAIM_FILE, 47, "claim_file", CHANGE)                                          \
    X(CLAIM_OPINION, 48, "claim_opinion", CHANGE)                                    \
    X(CLAIM_DECIDE, 49, "claim_decide", CHANGE)                                      \
    X(RESTRICT, 50, "restrict", CHANGE)                                              \
    X(RESTRICT_LIFT, 51, "restrict_lift", CHANGE)                                    \
    X(HOLD_SET, 52, "hold_set", CHANGE)                                              \
    X(HOLD_LIFT, 53, "hold_lift", CHANGE)                                            \
    /* deletion */                                                                   \
    X(DELETION_SUPPORT, 54, "deletion_support", CHANGE)                              \
    X(ARCHIVE_DECIDE, 55, "archive_decide", CHANGE)                                  \
    X(ARCHIVE_REPORT_MAKE, 56, "archive_report_make", CHANGE)                        \
    X(DELETION_ORDER, 57, "deletion_order", CHANGE)                                  \
    X(DELETION_APPROVE, 58, "deletion_approve", CHANGE)                              \
    X(DELETION_STOP, 59, "deletion_stop", CHANGE)                                    \
    /* transfer */                                                                   \
    X(TRANSFER_PROPOSE, 60, "transfer_propose", CHANGE)                              \
    X(TRANSFER_CONSENT, 61, "transfer_consent", CHANGE)                              \
    X(TRANSFER_ACCEPT, 62, "transfer_accept", CHANGE)                                \
    X(TRANSFER_CANCEL, 63, "transfer_cancel", CHANGE)                                \
    X(BLIND_REQUEST, 64, "blind_request", CHANGE)                                    \
    /* out of the system */                                                          \
    X(EXPORT_OWN, 65, "export_own", LEAVE)                                           \
    X(EXPORT_REQUEST, 66, "export_request", LEAVE)                                   \
    X(EXPORT_APPROVE, 67, "export_approve", LEAVE)                                   \
    X(PRINT, 68, "print", LEAVE)                                                     \
    /* the municipality */                                                           \
    X(SETTINGS_READ, 69, "settings_read", LOOK)                                      \
    X(SETTINGS_WRITE, 70, "settings_write", CHANGE)                                  \
    X(UNITS_MANAGE, 71, "units_manage", CHANGE)                                      \
    X(STAFF_APPOINT_MANAGER, 72, "staff_appoint_manager", CHANGE)                    \
    X(STAFF_APPOINT, 73, "staff_appoint", CHANGE)                                    \
    X(STAFF_LIST_READ, 74, "staff_list_read", LOOK)                                  \
    X(STAFF_LIST_CONFIRM, 75, "staff_list_confirm", CHANGE)                          \
    X(REGISTER_READ, 76, "register_read", LOOK)                                      \
    X(STATISTICS_READ, 77, "statistics_read", LOOK)                                  \
    X(AUDIT_READ, 78, "audit_read", LOOK)                                            \
    X(OWN_TRAIL_READ, 79, "own_trail_read", LOOK)                                    \
    X(INBOX_READ, 80, "inbox_read", LOOK)                                            \
    X(OPERATOR_AUTHORISE, 81, "operator_authorise", CHANGE)                          \
    X(OPERATOR_END, 82, "operator_end", CHANGE)                                      \
    X(SUPPORT_GRANT, 83, "support_grant", CHANGE)                                    \
    X(MUNICIPALITY_CREATE, 84, "municipality_create", CHANGE)                        \
    X(PROCESSING_STOP, 85, "processing_stop", CHANGE)                                \
    X(PROCESSING_RESUME, 86, "processing_resume", CHANGE)                            \
    X(INCIDENT_REPORT, 87, "incident_report", CHANGE)                                \
    X(INCIDENT_MANAGE, 88, "incident_manage", CHANGE)                                \
    X(INCIDENT_CLOSE, 89, "incident_close", CHANGE)                                  \
    X(LOCKDOWN, 90, "lockdown", CHANGE)                                              \
    /* about oneself, and the installation */                                        \
    X(SIGN_IN, 91, "sign_in", LOOK)                                                  \
    X(SIGN_OUT, 92, "sign_out", LOOK)                                                \
    X(ROLE_CHOOSE, 93, "role_choose", LOOK)                                          \
    X(ENROL, 94, "enrol", LOOK)                                                      \
    X(IMPORT, 95, "import", CHANGE)                                                  \
    X(KEY_ACT, 96, "key_act", CHANGE)                                                \
    X(VERIFY, 97, "verify", LOOK)                                                    \
    /* progress: an entry goes on, and nothing in it was wrong */                     \
    X(MEASURE_PROGRESS, 98, "measure_progress", CHANGE)                              \
    X(MINUTES_WRITE, 99, "minutes_write", CHANGE)                                    \
    /* words of others */                                                            \
    X(NOTE_CORRECT, 100, "note_correct", CHANGE)                                     \
    X(FAMILY_NOTE_REMOVE, 101, "family_note_remove", CHANGE)                         \
    /* what must be kept */                                                          \
    X(LEGAL_HOLD_SET, 102, "legal_hold_set", CHANGE)                                 \
    X(LEGAL_HOLD_LIFT, 103, "legal_hold_lift", CHANGE)                               \
    /* who of the family stands in the list of openings */                           \
    X(ACCESS_NAMES_READ, 104, "access_names_read", LOOK)                             \
    /* what serve does by itself */                                                  \
    X(CODES_REMOVE, 105, "codes_remove", CHANGE)                                     \
    /* the baton: what else becomes of an offer */                                   \
    X(BATON_DECLINE, 106, "baton_decline", CHANGE)                                   \
    X(BATON_WITHDRAW, 107, "baton_withdraw", CHANGE)                                 \
    /* what serve does by itself */                                                  \
    X(JOB_RUN, 108, "job_run", CHANGE)                                               \
    X(CLOCK_RUN, 109, "clock_run", CHANGE)                                           \
    /* the log's life */                                                             \
    X(DELETION_ASK, 110, "deletion_ask", CHANGE)                                     \
    X(PASSIVE_PROLONG, 111, "passive_prolong", CHANGE)                               \
    X(DEATH_RECORD, 112, "death_record", CHANGE)                                     \
    /* a guardian has left: who must consent now */                                  \
    X(CONSENTERS_RECORD, 113, "consenters_record", CHANGE)                           \
    /* a copy of one's own that is offered before a deletion, and not wanted */      \
    X(COPY_WAIVE, 114, "copy_waive", CHANGE)                                         \
    /* what is wrong in a log, and what became of that */                            \
    X(CORRECTION_ASK, 115, "correction_ask", CHANGE)                                 \
    X(CORRECTION_ANSWER, 116, "correction_answer", CHANGE)                           \
    /* what units ask for that do not know of a log */                               \
    X(BLIND_REQUESTS_READ, 117, "blind_requests_read", LOOK)                         \
    /* a unit closes: its logs and people go to another */                           \
    X(UNIT_CLOSE, 118, "unit_close", CHANGE)                                         \
    X(UNIT_FOLLOW, 119, "unit_follow", CHANGE)                                       \
    /* a consent before there is a log */                                            \
    X(INVITATION_MAKE, 120, "invitation_make", CHANGE)                               \
    X(INVITATION_END, 121, "invitation_end", CHANGE)                                 \
    X(INVITATION_TAKE, 122, "invitation_take", CHANGE)                               \
    X(INVITATION_ANSWER, 123, "invitation_answer", CHANGE)                           \
    X(INVITATION_DENY, 124, "invitation_deny", CHANGE)                               \
    /* somebody who sees the stub asks for access, and is answered */                \
    X(ACCESS_ASK, 125, "access_ask", CHANGE)                                         \
    X(ACCESS_ANSWER, 126, "access_answer", CHANGE)                                          \
    /* what one wants to be told */                                                  \
    X(NOTICES_CHOOSE, 127, "notices_choose", CHANGE)                                 \
    /* what ended and did not stand in the ledger yet */                             \
    X(LEDGER_KEEP, 128, "ledger_keep", CHANGE)                                       \
    /* the keys of a municipality go from one epoch to the next */                   \
    X(EPOCH_REWRAP, 129, "epoch_rewrap", CHANGE)                                     \
    X(EPOCH_DONE, 130, "epoch_done", CHANGE)                                         \
    /* somebody of the family asks that a deletion be stopped */                     \
    X(STOP_ASK, 131, "stop_ask", CHANGE)                                             \
    /* a log goes to another unit: what is told on paper, and that no report is made */\
    X(TRANSFER_CONSENT_RECORD, 132, "transfer_consent_record", CHANGE)               \
    X(TRANSFER_DECIDE, 133, "transfer_decide", CHANGE) \
    /* what an operator does with copies of everything */                            \
    X(BACKUP_MAKE, 134, "backup_make", LOOK)                                         \
    X(RESTORE, 135, "restore", CHANGE) \
    /* a purge: it waits, is late, its rows are gone, T1, T2 */                      \
    X(PURGE_WAIT, 136, "purge_wait", CHANGE)                                         \
    X(PURGE_LATE, 137, "purge_late", CHANGE)                                         \
    X(LOG_PURGE, 138, "log_purge", CHANGE)                                           \
    X(PURGE_RECORD, 139, "purge_record", CHANGE)                                     \
    X(PURGE_CONFIRM, 140, "purge_confirm", CHANGE)                                   \
    /* what serve does by itself, at the end of an archive report */                 \
    X(ARCHIVE_REPORT_REMOVE, 141, "archive_report_remove", CHANGE)                   \
    /* which archive reports of deleted logs there still are */                      \
    X(ARCHIVE_REPORTS_LIST, 142, "archive_reports_list", LOOK) \
    /* the report of a long log, which is made by a job */                           \
    X(ARCHIVE_REPORT_ORDER, 143, "archive_report_order", CHANGE) \
    /* what a municipality publishes of its facts */                                   \
    X(STATISTICS_PUBLISH, 144, "statistics_publish", CHANGE)\
    /* a log goes to another municipality: proposed; and what serve does by itself: the unit is asked, the log is given up, the other's is made */ \
    X(TRANSFER_SEND, 145, "transfer_send", CHANGE)                                   \
    X(TRANSFER_ASK, 146, "transfer_ask", CHANGE)                                     \
    X(TRANSFER_LEAVE, 147, "transfer_leave", CHANGE)                                 \
    X(TRANSFER_ARRIVE, 148, "transfer_arrive", CHANGE)                               \
    /* what a manager answers to one of another municipality */                      \
    X(TRANSFER_TAKE, 149, "transfer_take", CHANGE)                                   \
    X(TRANSFER_REFUSE, 150, "transfer_refuse", CHANGE)                               \
    /* an operator brings the card of a municipality of another installation */      \
    X(TRANSFER_TRUST, 151, "transfer_trust", CHANGE)                                 \
    /* what serve does when nobody took it, and when all is done on both sides or nothing comes of it */ \
    X(TRANSFER_STAY, 152, "transfer_stay", CHANGE)                                   \
    X(TRANSFER_CLOSE, 153, "transfer_close", CHANGE)

enum act_effect { LOOK, CHANGE, LEAVE };

#define X(name, number, code, effect) ACT_##name = (number),
enum Act { ACT_NONE = 0, ACTS(X) ACT_COUNT };
#undef X
typedef enum Act Act;

/* Somebody writes content, renews a consent or takes over: the clock of inactivity starts anew (rules: scenarios 5). */
bool act_is_activity(Act act);

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
