/* Every date that follows from another: what starts it, how long it runs, what falls due, for whom, and what stops it. One
 * table, which `wake_on`, jobs, notices, reminders and texts such as "7 days left" read.
 * Must not read a clock, nor do what falls due.
 * Used by service, web and the command `policy clocks`. Rules: clocks 1-14. */
#ifndef DOMAIN_CLOCKS_H
#define DOMAIN_CLOCKS_H

#include "base/buf.h"
#include "base/calendar.h"
#include "base/id.h"
#include "domain/lifecycle.h"
#include "domain/settings.h"
#include "domain/states.h"

/* What a clock starts with: name, words. */
#define CLOCK_STARTS(X)                                            \
    X(BIRTH, "birth of the child")                                 \
    X(CONSENT_GIVEN, "a consent is given")                         \
    X(CONSENT_LAST_DAY, "last day of the consent that ends first") \
    X(CONSENT_LOST, "the consent is no longer good")               \
    X(CHILD_CONSENT, "the child has consented itself")             \
    X(ACTIVITY, "last activity")                                   \
    X(PASSIVE, "the log becomes passive")                          \
    X(PROLONGED, "the passive time is prolonged")                  \
    X(REQUEST, "the adult asks for deletion")                      \
    X(CLAIM, "a guardian or a child asks for deletion")            \
    X(COPY_OFFERED, "a copy is offered before a deletion")         \
    X(DEATH, "a death is recorded")                                \
    X(T0, "T0: the deletion is approved")                          \
    X(T1, "T1: the purge is done")                                 \
    X(R1, "R1: the report leaves production")                      \
    X(TRANSFER, "a transfer is proposed")                          \
    X(TRANSFERRED, "a transfer is done")                           \
    X(BLIND_REQUEST, "a blind request is sent")                    \
    X(INVITATION, "an invitation is made")                         \
    X(BATON, "the baton is offered")                               \
    X(PART_ENDED, "a participation ends")                          \
    X(HOLDER_LEFT, "the holder leaves")                            \
    X(STAFF_CONFIRMED, "the list of staff is confirmed")           \
    X(INSTRUCTION, "the instruction is read")                      \
    X(DEADLINE, "deadline of a measure")                           \
    X(MEETING, "day of a meeting without minutes")                 \
    X(CODE, "an enrolment code is made")                           \
    X(DRAFT, "a draft is kept")                                    \
    X(SNAPSHOT, "a forensic snapshot is taken")                    \
    X(NOTICE, "the agreement is given notice of")                  \
    X(EPOCH, "the epoch of the keys turns")                        \
    X(LINE, "an audit line is written")

#define X(name, words) START_OF_##name,
enum ClockStart { CLOCK_STARTS(X) CLOCK_START_COUNT };
#undef X

/* Hours are elapsed; the rest falls due at 00:00 in Norway. Years are ages: 29 February counts as 1 March. */
enum ClockUnit { CLOCK_DAYS, CLOCK_HOURS, CLOCK_MONTHS, CLOCK_YEARS };

/* The rows stand in clocks.c. name, code. */
#define CLOCKS(X)                                             \
    /* age */                                                 \
    X(OF_AGE_NOTICE_90, "of_age_notice_90")                   \
    X(OF_AGE_NOTICE_30, "of_age_notice_30")                   \
    X(OF_AGE, "of_age")                                       \
    X(ADULT_COPY, "adult_copy")                               \
    X(ADULT_REMIND_14, "adult_remind_14")                     \
    X(ADULT_REMIND_30, "adult_remind_30")                     \
    X(ADULT_BREACH, "adult_breach")                           \
    X(HIGHEST_AGE, "highest_age")                             \
    X(CONSENT_AGE_NOTICE_90, "consent_age_notice_90")         \
    X(CONSENT_AGE_NOTICE_30, "consent_age_notice_30")         \
    X(CONSENT_AGE_NOTICE_7, "consent_age_notice_7")           \
    X(CONSENT_AGE, "consent_age")                             \
    X(CONSENT_AGE_END, "consent_age_end")                     \
    /* consent */                                             \
    X(CONSENT_LONGEST, "consent_longest")                     \
    X(CONSENT_NOTICE_60, "consent_notice_60")                 \
    X(CONSENT_NOTICE_30, "consent_notice_30")                 \
    X(CONSENT_NOTICE_7, "consent_notice_7")                   \
    X(CONSENT_END, "consent_end")                             \
    X(GRACE_END, "grace_end")                                 \
    X(LEAVE_GRACE_END, "leave_grace_end")                     \
    X(CONSENT_SETTLED, "consent_settled")                     \
    X(INVITATION_END, "invitation_end")                       \
    /* rest */                                                \
    X(INACTIVE_REQUEST, "inactive_request")                   \
    X(INACTIVE_LISTED, "inactive_listed")                     \
    X(MOVED_REQUEST, "moved_request")                         \
    X(PASSIVE_REMIND_1, "passive_remind_1")                   \
    X(PASSIVE_REMIND_3, "passive_remind_3")                   \
    X(PASSIVE_REMIND_6, "passive_remind_6")                   \
    X(PASSIVE_REMIND_11, "passive_remind_11")                 \
    X(PASSIVE_END, "passive_end")                             \
    X(PROLONGED_END, "prolonged_end")                         \
    /* requests */                                            \
    X(REQUEST_ANSWERED, "request_answered")                   \
    X(CLAIM_DECIDED, "claim_decided")                         \
    X(COPY_END, "copy_end")                                   \
    X(DEATH_END, "death_end")                                 \
    X(TRANSFER_END, "transfer_end")                           \
    X(FORMER_UNIT_END, "former_unit_end")                     \
    X(BLIND_REQUEST_END, "blind_request_end")                 \
    /* deletion */                                            \
    X(PURGE, "purge")                                         \
    X(PURGE_ALARM, "purge_alarm")                             \
    X(PURGE_LATEST, "purge_latest")                           \
    X(BACKUP_END, "backup_end")                               \
    X(REPORT_END, "report_end")                               \
    X(REPORT_BACKUP_END, "report_backup_end")                 \
    /* people and their work */                               \
    X(LEFT_END, "left_end")                                   \
    X(BATON_END, "baton_end")                                 \
    X(HOLDER_LEFT, "holder_left")                             \
    X(HOLDER_APPOINTED, "holder_appointed")                   \
    X(STAFF_LIST, "staff_list")                               \
    X(INSTRUCTION_AGAIN, "instruction_again")                 \
    X(DEADLINE_SOON, "deadline_soon")                         \
    X(DEADLINE_NEAR, "deadline_near")                         \
    X(DEADLINE_OVER, "deadline_over")                         \
    X(MEETING_SOON, "meeting_soon")                           \
    X(MINUTES_MISSING, "minutes_missing")                     \
    X(MINUTES_END, "minutes_end")                             \
    X(CODE_END, "code_end")                                   \
    X(DRAFT_END, "draft_end")                                 \
    /* operation */                                           \
    X(SNAPSHOT_END, "snapshot_end")                           \
    X(AGREEMENT_END, "agreement_end")                         \
    X(EPOCH_TURN, "epoch_turn")                               \
    X(LINE_END, "line_end")

#define X(name, code) CLOCK_##name,
enum ClockId { CLOCK_NONE = 0, CLOCKS(X) CLOCK_COUNT };
#undef X
typedef enum ClockId ClockId;

/* One row of the table, which stands in clocks.c. */
typedef struct ClockRow {
    enum ClockStart start;
    int length;           /* in units; where `set`, so many times the setting */
    enum ClockUnit unit;
    bool set;
    Setting setting;
    int shift;            /* days later, or earlier; 1 where the last day is whole */
    bool graced;          /* and the days of the municipality's grace later */
    int every;            /* and again each time that so many days have passed; 0: once */
    uint8_t states;       /* of the log: set of 1 << STATE_x; 0: not of a log that lives */
    Flags needs, stills;  /* flags that the log must have; flags under which the clock stands still */
    uint32_t ends;        /* dropped once one of these has started too: set of 1 << START_OF_x */
    ClockId before;         /* dropped where that clock, with the same start, falls due first, or with it */
    enum Closing closes;    /* the log becomes passive for this reason when it falls due, or NONE */
    Flags unless;           /* flags under which it does not: it only tells then */
    Flags lifts;            /* flags that the log has no more when it falls due */
    const char *due;      /* what falls due */
    uint32_t roles;       /* for whom: set of 1 << ROLE_x; 0: nobody, the program does it */
    const char *stops;    /* what stops it, or NULL */
} ClockRow;

/* A date of which a log has several, each with its own clocks: a deadline, a meeting. */
typedef struct ClockDate {
    enum ClockStart start;
    Day day;
    Id entry;   /* that names it */
    Str people; /* whom it is for: participants of the log, one after the other */
} ClockDate;
typedef struct ClockDates {
    const ClockDate *items;
    uint32_t count;
} ClockDates;

/* What runs for one log: the starts that are known, its state and flags, and the municipality's settings. */
typedef struct ClockWatch {
    const Settings *settings;
    State state;
    Flags flags;
    uint32_t known;                    /* set of 1 << START_OF_x */
    int64_t at[CLOCK_START_COUNT];     /* UTC ms */
    ClockDates dates;                  /* those of which there are several */
} ClockWatch;

/* From now on everything that starts with it runs. */
void clock_start(ClockWatch *watch, enum ClockStart start, int64_t at);

/* UTC ms at which a clock that started at a time falls due. settings may be NULL for a row without one. */
int64_t clock_due(ClockId clock, int64_t started_at, const Settings *settings);
/* The same in days, for a start that is a day: the first day on which it is due. */
Day clock_day(ClockId clock, Day start, const Settings *settings);

/* The row of a clock. */
const ClockRow *clock_row(ClockId clock);
/* It starts with dates of which a log may have several. */
bool clock_is_of_dates(ClockId clock);
/* Whether it falls due for this date at that time: once, or again and again. */
bool clock_date_due(ClockId clock, const ClockDate *date, int64_t at);

/* It runs for this log: its start, or a date that is one, is known, its state is one of the row's, nothing stops it, and it
 * falls due before the clock that it may not outlast. */
bool clock_runs(ClockId clock, const ClockWatch *watch);

/* Of a log that was looked at up to `after` (UTC ms): what falls due first in (after, to], and all that falls due in that moment,
 * in the order of the table. False when nothing does. After what was carried out the log is another one: ask again. */
typedef struct ClocksDue {
    int64_t at;
    ClockId items[CLOCK_COUNT];
    unsigned count;
} ClocksDue;
bool clocks_due(const ClockWatch *watch, int64_t after, int64_t to, ClocksDue *ret_due);
/* By what an active log should be passive by then; CLOCK_NONE when it need not be. */
ClockId clocks_overdue(const ClockWatch *watch, int64_t to);
/* Why the log becomes passive when this falls due; CLOSING_NONE: it only tells. */
enum Closing clock_closes(ClockId clock, Flags flags);
/* What the log is not any more when this falls due: a set of flags. */
Flags clock_lifts(ClockId clock);
/* What fell due then is there still: it runs, and falls due at the same time; where its start is not known, it may. */
bool clock_waits(ClockId clock, int64_t due, const ClockWatch *watch);
/* They remind of the same: begun by the same thing, and stopped by the same. Of two that wait the later says all. */
bool clocks_are_one_cause(ClockId one, ClockId other);
const char *clock_code(ClockId clock);
/* Whom it is for: a set of 1 << ROLE_x. */
uint32_t clock_roles(ClockId clock);

/* 00:00 of the first day after today on which any rule must look at the log, as UTC ms; INT64_MAX when none ever must.
 * Rounded down to the first of the month where it follows from a birth, so that the day in the clear tells no birthday: then
 * it may lie in the past, and the log is looked at until the day has come (rules: clocks 11). What is counted in hours is
 * looked at until it is done, and an active log that should be passive until it is. */
int64_t clocks_wake(const ClockWatch *watch, int64_t now);

#endif
