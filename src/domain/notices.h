/* What people are told: a notice is a code, an object and a day. What must be done is a task, which is done when its cause is gone.
 * Must not hold a name or a text of anybody: pages say it in words, for whoever may see the log.
 * Used by service, web and api. Rules: clocks 12, 17. */
#ifndef DOMAIN_NOTICES_H
#define DOMAIN_NOTICES_H

#include <assert.h>

#include "domain/clocks.h"

/* TASK: something is to be done, and until its cause is gone it waits. NEWS: it is told. MAY_BE_SILENCED: by the person it is for;
 * MUST_BE_TOLD: law or agreement ask for it, and whoever does not look in gets a mail, which is a template without a name. */
enum NoticeKind { NOTICE_NEWS, NOTICE_TASK };
enum NoticeSilence { MUST_BE_TOLD, MAY_BE_SILENCED };

/* The numbers stand in inboxes for ever. name, number, code, the clock that makes it (NONE: an act or a job does), kind, silence */
#define NOTICES(X)                                                                                                \
    X(POSSIBLE_DOUBLE, 1, "possible_double", NONE, NOTICE_TASK, MUST_BE_TOLD) /* object: the newer of two logs */ \
    X(OF_AGE_IN_90, 2, "of_age_in_90", OF_AGE_NOTICE_90, NOTICE_NEWS, MUST_BE_TOLD)                               \
    X(OF_AGE_IN_30, 3, "of_age_in_30", OF_AGE_NOTICE_30, NOTICE_NEWS, MUST_BE_TOLD)                               \
    X(OF_AGE, 4, "of_age", OF_AGE, NOTICE_TASK, MUST_BE_TOLD)                                                     \
    X(ARCHIVE_AFTER_14, 5, "archive_after_14", ADULT_REMIND_14, NOTICE_TASK, MUST_BE_TOLD)                        \
    X(ARCHIVE_AFTER_30, 6, "archive_after_30", ADULT_REMIND_30, NOTICE_TASK, MUST_BE_TOLD)                        \
    X(ARCHIVE_BREACH, 7, "archive_breach", ADULT_BREACH, NOTICE_TASK, MUST_BE_TOLD)                               \
    X(HIGHEST_AGE, 8, "highest_age", HIGHEST_AGE, NOTICE_NEWS, MUST_BE_TOLD)                                      \
    X(CONSENT_AGE_IN_90, 9, "consent_age_in_90", CONSENT_AGE_NOTICE_90, NOTICE_NEWS, MUST_BE_TOLD)                \
    X(CONSENT_AGE_IN_30, 10, "consent_age_in_30", CONSENT_AGE_NOTICE_30, NOTICE_NEWS, MUST_BE_TOLD)               \
    X(CONSENT_AGE_IN_7, 11, "consent_age_in_7", CONSENT_AGE_NOTICE_7, NOTICE_NEWS, MUST_BE_TOLD)                  \
    X(CONSENT_ENDS_IN_60, 12, "consent_ends_in_60", CONSENT_NOTICE_60, NOTICE_TASK, MAY_BE_SILENCED)              \
    X(CONSENT_ENDS_IN_30, 13, "consent_ends_in_30", CONSENT_NOTICE_30, NOTICE_TASK, MUST_BE_TOLD)                 \
    X(CONSENT_ENDS_IN_7, 14, "consent_ends_in_7", CONSENT_NOTICE_7, NOTICE_TASK, MUST_BE_TOLD)                    \
    X(CONSENT_GRACE, 15, "consent_grace", CONSENT_END, NOTICE_TASK, MUST_BE_TOLD)                                 \
    X(CONSENT_OVER, 16, "consent_over", GRACE_END, NOTICE_NEWS, MUST_BE_TOLD)                                     \
    X(GUARDIAN_LEFT_OVER, 17, "guardian_left_over", LEAVE_GRACE_END, NOTICE_NEWS, MUST_BE_TOLD)                   \
    X(CONSENT_SETTLE, 18, "consent_settle", CONSENT_SETTLED, NOTICE_TASK, MUST_BE_TOLD)                           \
    X(QUIET, 19, "quiet", INACTIVE_REQUEST, NOTICE_TASK, MUST_BE_TOLD)                                            \
    X(QUIET_LISTED, 20, "quiet_listed", INACTIVE_LISTED, NOTICE_TASK, MUST_BE_TOLD)                               \
    X(MOVED_QUIET, 21, "moved_quiet", MOVED_REQUEST, NOTICE_TASK, MUST_BE_TOLD)                                   \
    X(PASSIVE_FOR_1, 22, "passive_for_1", PASSIVE_REMIND_1, NOTICE_NEWS, MAY_BE_SILENCED)                         \
    X(PASSIVE_FOR_3, 23, "passive_for_3", PASSIVE_REMIND_3, NOTICE_NEWS, MAY_BE_SILENCED)                         \
    X(PASSIVE_FOR_6, 24, "passive_for_6", PASSIVE_REMIND_6, NOTICE_NEWS, MUST_BE_TOLD)                            \
    X(PASSIVE_FOR_11, 25, "passive_for_11", PASSIVE_REMIND_11, NOTICE_NEWS, MUST_BE_TOLD)                         \
    X(PASSIVE_END, 26, "passive_end", PASSIVE_END, NOTICE_TASK, MUST_BE_TOLD)                                     \
    X(PROLONGED_END, 27, "prolonged_end", PROLONGED_END, NOTICE_TASK, MUST_BE_TOLD)                               \
    /* dates of a log's entries: for whom the entry names */                                                      \
    X(DEADLINE_IN_7, 28, "deadline_in_7", DEADLINE_SOON, NOTICE_NEWS, MAY_BE_SILENCED)                            \
    X(DEADLINE_IN_1, 29, "deadline_in_1", DEADLINE_NEAR, NOTICE_NEWS, MAY_BE_SILENCED)                            \
    X(DEADLINE_OVER, 30, "deadline_over", DEADLINE_OVER, NOTICE_TASK, MUST_BE_TOLD)                               \
    X(MEETING_SOON, 31, "meeting_soon", MEETING_SOON, NOTICE_NEWS, MAY_BE_SILENCED)                               \
    X(MINUTES_MISSING, 32, "minutes_missing", MINUTES_MISSING, NOTICE_TASK, MAY_BE_SILENCED)                      \
    /* what somebody did */                                                                                       \
    X(NEW_NOTE, 33, "new_note", NONE, NOTICE_NEWS, MAY_BE_SILENCED)                                               \
    X(BRIGHT_MOMENT, 34, "bright_moment", NONE, NOTICE_NEWS, MAY_BE_SILENCED)                                     \
    X(CONSENT_GIVEN, 35, "consent_given", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                        \
    X(CONSENT_RENEWED, 36, "consent_renewed", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                    \
    X(CONSENT_WITHDRAWN, 37, "consent_withdrawn", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                \
    X(CONSENT_NARROWED, 38, "consent_narrowed", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                  \
    X(MADE_PASSIVE, 39, "made_passive", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                          \
    X(REOPENED, 40, "reopened", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                                  \
    /* a unit asks for a log that it does not know of: told by a job */                                           \
    X(BLIND_ASKED, 41, "blind_asked", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                            \
    /* who holds a log, and which unit answers for it */                                                          \
    X(HOLDER_MISSING, 42, "holder_missing", HOLDER_LEFT, NOTICE_TASK, MUST_BE_TOLD)                               \
    X(HOLDER_OVERDUE, 43, "holder_overdue", HOLDER_APPOINTED, NOTICE_TASK, MUST_BE_TOLD)                          \
    X(BATON_PASSED, 44, "baton_passed", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                          \
    X(UNIT_UNMANAGED, 45, "unit_unmanaged", NONE, NOTICE_TASK, MUST_BE_TOLD) /* object: the unit */               \
    X(UNIT_MOVED, 46, "unit_moved", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                              \
    X(STAFF_LIST, 47, "staff_list", STAFF_LIST, NOTICE_TASK, MUST_BE_TOLD) /* of the municipality */              \
    /* the age of consent */                                                                                      \
    X(CONSENT_AGE_GRACE, 48, "consent_age_grace", CONSENT_AGE, NOTICE_TASK, MUST_BE_TOLD)                         \
    X(CONSENT_AGE_OVER, 49, "consent_age_over", CONSENT_AGE_END, NOTICE_NEWS, MUST_BE_TOLD)                       \
    /* somebody takes back what is not asked for (any more, or yet): the log stays as it is */                    \
    X(CONSENT_TAKEN_BACK, 50, "consent_taken_back", NONE, NOTICE_NEWS, MUST_BE_TOLD)                              \
    X(COPY_OFFERED, 51, "copy_offered", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                          \
    X(CORRECTION_ASKED, 52, "correction_asked", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                  \
    X(CORRECTION_ANSWERED, 53, "correction_answered", NONE, NOTICE_NEWS, MUST_BE_TOLD)                            \
    X(ACCESS_ASKED, 54, "access_asked", NONE, NOTICE_TASK, MUST_BE_TOLD) /* until it is answered */               \
    /* a deletion is ordered, until somebody has approved it, or the family asks that it be stopped, until it is */  \
    X(DELETION_WAITS, 55, "deletion_waits", NONE, NOTICE_TASK, MUST_BE_TOLD)                                      \
    X(DELETION_COMES, 56, "deletion_comes", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                      \
    X(DELETION_STOPPED, 57, "deletion_stopped", NONE, NOTICE_NEWS, MUST_BE_TOLD)                               \
    X(PURGE_LATE, 58, "purge_late", NONE, NOTICE_NEWS, MUST_BE_TOLD)                                              \
    /* for whoever ordered an archive report that took a while: it is made, or could not be */                    \
    X(REPORT_DONE, 59, "report_done", NONE, NOTICE_NEWS, MAY_BE_SILENCED)                                         \
    /* a log is to go to another unit, and does not */                                                            \
    X(TRANSFER_PENDING, 60, "transfer_pending", NONE, NOTICE_TASK, MUST_BE_TOLD)                                  \
    X(TRANSFER_OVER, 61, "transfer_over", TRANSFER_END, NOTICE_NEWS, MUST_BE_TOLD)                               \
    /* a log has gone to another municipality: there are two from now on */                                       \
    X(TRANSFER_SENT, 62, "transfer_sent", NONE, NOTICE_NEWS, MUST_BE_TOLD)

/* Whom an act's notice is for, of those who have the role towards the log: set of 1 << ROLE_x. Whoever did it is never told. */
#define NOTICE_ROLES(X)                                                          \
    X(NEW_NOTE, RELAY_HOLDER, ACTOR, GUARDIAN, CHILD)                            \
    X(BRIGHT_MOMENT, RELAY_HOLDER, ACTOR, GUARDIAN, CHILD)                       \
    X(CONSENT_GIVEN, RELAY_HOLDER, ACTOR, GUARDIAN, CHILD)                       \
    X(CONSENT_RENEWED, RELAY_HOLDER, ACTOR, GUARDIAN, CHILD)                     \
    /* the log is passive then: an actor does not see it */                      \
    X(CONSENT_WITHDRAWN, RELAY_HOLDER, ORG_MANAGER, GUARDIAN, CHILD)             \
    /* the service's people do not see it any more */                            \
    X(CONSENT_NARROWED, RELAY_HOLDER, ORG_MANAGER, GUARDIAN, CHILD)              \
    X(MADE_PASSIVE, RELAY_HOLDER, ORG_MANAGER, GUARDIAN, CHILD)                  \
    X(REOPENED, RELAY_HOLDER, ACTOR, GUARDIAN, CHILD)                            \
    X(BATON_PASSED, GUARDIAN, CHILD, ORG_MANAGER, ORG_MANAGER)                   \
    X(UNIT_MOVED, GUARDIAN, CHILD, RELAY_HOLDER, RELAY_HOLDER)                   \
    X(CONSENT_TAKEN_BACK, RELAY_HOLDER, ORG_MANAGER, RELAY_HOLDER, RELAY_HOLDER) \
    X(COPY_OFFERED, GUARDIAN, CHILD, GUARDIAN, CHILD)                            \
    X(CORRECTION_ASKED, RELAY_HOLDER, ORG_MANAGER, RELAY_HOLDER, RELAY_HOLDER)   \
    X(CORRECTION_ANSWERED, GUARDIAN, CHILD, GUARDIAN, CHILD)                     \
    X(ACCESS_ASKED, ORG_MANAGER, ORG_MANAGER, MUNICIPALITY_ADMIN, MUNICIPALITY_ADMIN) \
    X(DELETION_WAITS, ORG_MANAGER, ORG_MANAGER, MUNICIPALITY_ADMIN, MUNICIPALITY_ADMIN) \
    X(DELETION_COMES, GUARDIAN, CHILD, ORG_MANAGER, MUNICIPALITY_ADMIN)          \
    X(DELETION_STOPPED, GUARDIAN, CHILD, ORG_MANAGER, MUNICIPALITY_ADMIN)        \
    X(TRANSFER_SENT, GUARDIAN, CHILD, ORG_MANAGER, RELAY_HOLDER) \
    X(TRANSFER_PENDING, GUARDIAN, CHILD, ORG_MANAGER, RELAY_HOLDER) \
    X(PURGE_LATE, MUNICIPALITY_ADMIN, MUNICIPALITY_ADMIN, MUNICIPALITY_ADMIN, MUNICIPALITY_ADMIN)

#define X(name, number, code, clock, kind, silence) NOTICE_##name = (number),
enum NoticeId { NOTICE_NONE = 0, NOTICES(X) NOTICE_COUNT };
#undef X
typedef enum NoticeId NoticeId;

typedef struct Notice {
    ClockId clock; /* CLOCK_NONE: an act or a job makes it */
    enum NoticeKind kind;
    enum NoticeSilence silence;
    Flags while_set; /* of a task that an act told: it waits while the log has one of these; 0: while the log is active */
} Notice;

/* Sets of notices are kept as the bits of one number. */
static_assert(NOTICE_COUNT <= 63, "a set of notices fits a number");
#define NOTICE_BIT(notice) (INT64_C(1) << (notice))

/* The row of a stored number. Errors: E_RANGE. */
MUST_USE Err notice_of(uint16_t number, Notice *ret_notice);
/* Its code, "consent_over"; empty for what is none. */
const char *notice_code(NoticeId notice);
/* What is told when a clock falls due; NOTICE_NONE: nothing. */
NoticeId notice_of_clock(ClockId clock);
/* Of what somebody has chosen not to be told, that which need not be told: asked by whoever shows, counts or sends notices. */
int64_t notices_silenced(int64_t chosen);
/* A notice by its code. Errors: E_NOT_FOUND. */
MUST_USE Err notice_from_str(Str code, NoticeId *ret_notice);
/* It tells of a unit of the log, so that a guardian who may be told none is not told it (rules: access 21). */
bool notice_tells_unit(NoticeId notice);
/* False for a number that is none. */
bool notice_is_mailed(uint16_t number);
/* For whom it is, of those who have such a role towards the log. */
uint32_t notice_roles(NoticeId notice);
/* Its cause is there still: the clock that made it runs, and falls due on the day that was told. Where the start of that clock is
 * not known (the birth date is sealed) its state alone decides. What an act told waits while the log is active, or has a flag. */
bool notice_waits(const Notice *notice, int64_t due, const ClockWatch *watch);
/* As Markdown. Errors through buf. */
void notices_print(Buf *buf);

#endif
