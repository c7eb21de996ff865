/* The clocks, one row each, and the arithmetic that reads them.
 * Must not hold a rule in code: what differs between two clocks is a column.
 * Called by service, web and the command `policy clocks`. */
#include "domain/clocks.h"

#include "domain/roles.h"

#include <assert.h>
#include <string.h>

#define R(role) (1u << ROLE_##role)
#define KA R(MUNICIPALITY_ADMIN)
#define EL R(ORG_MANAGER)
#define SH R(RELAY_HOLDER)
#define AK R(ACTOR)
#define FO R(GUARDIAN)
#define BA R(CHILD)
#define DL R(OPERATION_MANAGER)
#define IN_ACTIVE (1u << STATE_ACTIVE)
#define IN_PASSIVE (1u << STATE_PASSIVE)
#define IN_BOTH (IN_ACTIVE | IN_PASSIVE)
#define IN_ORDERED (1u << STATE_DELETION_ORDERED)

/* Whose child has died is not asked to renew a consent, nor told of a birthday. What closes the log closes it all the same. */
#define A_DEATH (1u << START_OF_DEATH)
/* The young person has answered, or nobody is there who could. */
#define AN_ANSWER (A_DEATH | 1u << START_OF_CHILD_CONSENT)

static_assert(CLOCK_START_COUNT <= 32, "a set of starts is 32 bits");

#define HOUR_MS ((int64_t)60 * 60 * 1000)

#define AGE_18 .start = START_OF_BIRTH, .length = 18, .unit = CLOCK_YEARS
#define AGE_OF(name) .start = START_OF_BIRTH, .length = 1, .unit = CLOCK_YEARS, .set = true, .setting = SETTING_##name
#define MONTHS_OF(name, times) .length = (times), .unit = CLOCK_MONTHS, .set = true, .setting = SETTING_##name
#define REMINDED(months) \
    .start = START_OF_PASSIVE, .length = (months), .unit = CLOCK_MONTHS, .states = IN_PASSIVE, .before = CLOCK_PASSIVE_END, \
    .ends = 1u << START_OF_PROLONGED, .roles = EL

static const ClockRow rows[CLOCK_COUNT] = {
    /* ---- age ---- */
    [CLOCK_OF_AGE_NOTICE_90] = {AGE_18, .shift = -90, .states = IN_BOTH, .ends = A_DEATH,
        .due = "told of the birthday", .roles = KA | EL | SH},
    [CLOCK_OF_AGE_NOTICE_30] = {AGE_18, .shift = -30, .states = IN_BOTH, .ends = A_DEATH,
        .due = "told of the birthday", .roles = KA | EL | SH},
    [CLOCK_OF_AGE] = {AGE_18, .states = IN_BOTH, .closes = CLOSING_OF_AGE, .unless = FLAG_OWN_CONSENT,
        .due = "of age: guardians are out, the log is passive unless the adult goes on", .roles = KA | EL | BA},
    [CLOCK_ADULT_COPY] = {AGE_18, .shift = 14, .states = IN_PASSIVE, .ends = A_DEATH,
        .due = "the offer of a copy ends; the deletion may be ordered", .roles = KA | BA,
        .stops = "the copy is taken or waived, or deletion asked for"},
    [CLOCK_ADULT_REMIND_14] = {AGE_18, .shift = 14, .states = IN_PASSIVE, .ends = A_DEATH,
        .due = "reminded of the archive decision", .roles = KA, .stops = "deletion ordered"},
    [CLOCK_ADULT_REMIND_30] = {AGE_18, .shift = 30, .states = IN_PASSIVE, .ends = A_DEATH,
        .due = "reminded of the archive decision", .roles = KA, .stops = "deletion ordered"},
    [CLOCK_ADULT_BREACH] = {AGE_18, .shift = 60, .states = IN_PASSIVE, .ends = A_DEATH,
        .due = "listed as a breach of procedure", .roles = KA, .stops = "deletion ordered"},
    [CLOCK_HIGHEST_AGE] = {AGE_OF(HIGHEST_AGE), .states = IN_ACTIVE, .needs = FLAG_OWN_CONSENT,
        .closes = CLOSING_OF_AGE,
        .due = "the adult's own consent ends: passive", .roles = KA | EL | BA},
    [CLOCK_CONSENT_AGE_NOTICE_90] = {AGE_OF(CONSENT_AGE), .shift = -90, .states = IN_ACTIVE, .ends = AN_ANSWER,
        .due = "told that the child's own answer will count", .roles = SH | BA, .stops = "the child's answer"},
    [CLOCK_CONSENT_AGE_NOTICE_30] = {AGE_OF(CONSENT_AGE), .shift = -30, .states = IN_ACTIVE, .ends = AN_ANSWER,
        .due = "told that the child's own answer will count", .roles = SH | BA, .stops = "the child's answer"},
    [CLOCK_CONSENT_AGE_NOTICE_7] = {AGE_OF(CONSENT_AGE), .shift = -7, .states = IN_ACTIVE, .ends = AN_ANSWER,
        .due = "told that the child's own answer will count", .roles = SH | BA, .stops = "the child's answer"},
    [CLOCK_CONSENT_AGE] = {AGE_OF(CONSENT_AGE), .states = IN_ACTIVE, .ends = AN_ANSWER, .before = CLOCK_CONSENT_AGE_END,
        .due = "without the child's answer the consent is no longer good: the grace", .roles = KA | EL | SH | FO | BA,
        .stops = "the child's answer"},
    [CLOCK_CONSENT_AGE_END] = {AGE_OF(CONSENT_AGE), .graced = true, .states = IN_ACTIVE, .ends = AN_ANSWER,
        .closes = CLOSING_CONSENT_AGE,
        .due = "the child has not answered, and no grace is left: passive", .roles = KA | EL | SH | FO | BA,
        .stops = "the child's answer"},

    /* ---- consent ---- */
    [CLOCK_CONSENT_LONGEST] = {.start = START_OF_CONSENT_GIVEN, MONTHS_OF(CONSENT_LIFETIME, 1),
        .due = "the latest last day that a consent may name", .roles = SH | FO | BA},
    [CLOCK_CONSENT_NOTICE_60] = {.start = START_OF_CONSENT_LAST_DAY, .shift = -60, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "told that the consent ends", .roles = SH | FO | BA, .stops = "a newer consent"},
    [CLOCK_CONSENT_NOTICE_30] = {.start = START_OF_CONSENT_LAST_DAY, .shift = -30, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "told that the consent ends", .roles = SH | FO | BA, .stops = "a newer consent"},
    [CLOCK_CONSENT_NOTICE_7] = {.start = START_OF_CONSENT_LAST_DAY, .shift = -7, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "told that the consent ends", .roles = SH | FO | BA, .stops = "a newer consent"},
    [CLOCK_CONSENT_END] = {.start = START_OF_CONSENT_LAST_DAY, .shift = 1, .states = IN_ACTIVE, .before = CLOCK_GRACE_END,
        .ends = A_DEATH,
        .due = "no longer good: the grace", .roles = KA | EL | SH | FO | BA, .stops = "a newer consent"},
    [CLOCK_GRACE_END] = {.start = START_OF_CONSENT_LAST_DAY, .length = 1, .set = true,
        .setting = SETTING_CONSENT_GRACE, .shift = 1, .states = IN_ACTIVE, .closes = CLOSING_CONSENT_EXPIRED,
        .due = "no longer good, and no grace is left: passive", .roles = KA | EL | SH | FO | BA, .stops = "a newer consent"},
    [CLOCK_LEAVE_GRACE_END] = {.start = START_OF_CONSENT_LOST, .length = 1, .set = true,
        .setting = SETTING_CONSENT_GRACE, .states = IN_ACTIVE, .closes = CLOSING_RESPONSIBILITY_CHANGED,
        .due = "the grace after a guardian has left is over: passive", .roles = KA | EL | SH | FO | BA,
        .stops = "settled who must consent"},
    [CLOCK_CONSENT_SETTLED] = {.start = START_OF_CONSENT_LOST, .length = 30, .states = IN_PASSIVE,
        .due = "archive or deletion is settled", .roles = KA | EL, .stops = "deletion ordered, or reopened"},
    [CLOCK_INVITATION_END] = {.start = START_OF_INVITATION, .length = 14 * 24, .unit = CLOCK_HOURS,
        .due = "the invitation and the consents that wait for it are destroyed", .roles = SH | FO,
        .stops = "an answer"},

    /* ---- rest ---- */
    [CLOCK_INACTIVE_REQUEST] = {.start = START_OF_ACTIVITY, MONTHS_OF(INACTIVITY, 1), .states = IN_ACTIVE,
        .stills = FLAG_RESTRICTED, .ends = A_DEATH,
        .due = "asked to close the log or to confirm it", .roles = SH | EL, .stops = "activity, or a confirmation"},
    [CLOCK_INACTIVE_LISTED] = {.start = START_OF_ACTIVITY, MONTHS_OF(INACTIVITY, 2), .states = IN_ACTIVE,
        .stills = FLAG_RESTRICTED, .ends = A_DEATH,
        .due = "on the administrator's list", .roles = KA, .stops = "activity, or a confirmation"},
    [CLOCK_MOVED_REQUEST] = {.start = START_OF_ACTIVITY, .length = 3, .unit = CLOCK_MONTHS, .states = IN_ACTIVE,
        .needs = FLAG_MOVED, .stills = FLAG_RESTRICTED, .ends = A_DEATH,
        .due = "asked to close the log of a child that has moved", .roles = SH | EL,
        .stops = "activity, or a transfer"},
    [CLOCK_PASSIVE_REMIND_1] = {REMINDED(1),
        .due = "reminded of the passive log", .stops = "deletion ordered, or reopened"},
    [CLOCK_PASSIVE_REMIND_3] = {REMINDED(3),
        .due = "reminded of the passive log", .stops = "deletion ordered, or reopened"},
    [CLOCK_PASSIVE_REMIND_6] = {REMINDED(6),
        .due = "reminded of the passive log", .stops = "deletion ordered, or reopened"},
    [CLOCK_PASSIVE_REMIND_11] = {REMINDED(11),
        .due = "reminded of the passive log", .stops = "deletion ordered, or reopened"},
    [CLOCK_PASSIVE_END] = {.start = START_OF_PASSIVE, MONTHS_OF(LONGEST_PASSIVE, 1), .states = IN_PASSIVE,
        .ends = 1u << START_OF_PROLONGED,
        .due = "decided: delete or prolong", .roles = KA, .stops = "deletion ordered, reopened, or prolonged"},
    [CLOCK_PROLONGED_END] = {.start = START_OF_PROLONGED, MONTHS_OF(LONGEST_PASSIVE, 1), .states = IN_PASSIVE,
        .due = "decided anew: the longest that one prolongation lasts", .roles = KA,
        .stops = "deletion ordered, reopened, or prolonged again"},

    /* ---- requests ---- */
    [CLOCK_REQUEST_ANSWERED] = {.start = START_OF_REQUEST, .length = 1, .unit = CLOCK_MONTHS,
        .due = "deleted, or refused on a ground", .roles = KA | BA, .stops = "the decision"},
    [CLOCK_CLAIM_DECIDED] = {.start = START_OF_CLAIM, .length = 1, .unit = CLOCK_MONTHS, .states = IN_BOTH,
        .due = "decided, with the opinion of the manager", .roles = KA | EL | FO | BA, .stops = "the decision"},
    [CLOCK_COPY_END] = {.start = START_OF_COPY_OFFERED, .length = 14, .states = IN_PASSIVE,
        .due = "the offer of a copy ends; the deletion may be ordered", .roles = KA | FO | BA,
        .stops = "the copy is taken or waived"},
    [CLOCK_DEATH_END] = {.start = START_OF_DEATH, .length = 30, .states = IN_BOTH,
        .due = "the log goes the way of one whose child is of age", .roles = KA | EL},
    [CLOCK_TRANSFER_END] = {.start = START_OF_TRANSFER, .length = 30, .shift = 1, .states = IN_BOTH,
        .needs = FLAG_TRANSFER_PENDING, .lifts = FLAG_TRANSFER_PENDING,
        .due = "the proposal is over", .roles = SH | EL | FO | BA, .stops = "done, or cancelled"},
    [CLOCK_FORMER_UNIT_END] = {.start = START_OF_TRANSFERRED, MONTHS_OF(FORMER_UNIT, 1),
        .due = "the former unit reads its part no longer", .roles = SH | AK | EL},
    [CLOCK_BLIND_REQUEST_END] = {.start = START_OF_BLIND_REQUEST, .length = 30,
        .due = "closed, without saying why", .roles = SH | EL | FO, .stops = "a transfer"},

    /* ---- deletion ---- */
    [CLOCK_PURGE] = {.start = START_OF_T0, .length = 1, .unit = CLOCK_HOURS, .set = true,
        .setting = SETTING_DELETION_DELAY, .states = IN_ORDERED, .stills = FLAG_HOLD | FLAG_PROCESSING_STOPPED,
        .due = "the purge", .stops = "the order is stopped"},
    [CLOCK_PURGE_ALARM] = {.start = START_OF_T0, .length = 20, .unit = CLOCK_HOURS, .states = IN_ORDERED,
        .stills = FLAG_HOLD | FLAG_PROCESSING_STOPPED,
        .due = "alarm: not purged yet", .roles = KA | DL, .stops = "T1"},
    [CLOCK_PURGE_LATEST] = {.start = START_OF_T0, .length = 24, .unit = CLOCK_HOURS, .states = IN_ORDERED,
        .stills = FLAG_HOLD | FLAG_PROCESSING_STOPPED,
        .due = "listed as a breach", .roles = KA | DL, .stops = "T1"},
    [CLOCK_BACKUP_END] = {.start = START_OF_T1, .length = 30, .shift = 1,
        .due = "T2 is over: the keys die of every backup that shows the person", .roles = KA},
    [CLOCK_REPORT_END] = {.start = START_OF_T1, .length = 12, .unit = CLOCK_MONTHS,
        .due = "R1: the report leaves production", .roles = KA},
    [CLOCK_REPORT_BACKUP_END] = {.start = START_OF_R1, .length = 30, .shift = 1,
        .due = "R2 is over: the keys die of every backup that holds the report", .roles = KA},

    /* ---- people and their work ---- */
    [CLOCK_LEFT_END] = {.start = START_OF_PART_ENDED, .length = 30,
        .due = "the closed log leaves the list of whoever took part", .roles = SH | AK | FO | BA},
    [CLOCK_BATON_END] = {.start = START_OF_BATON, .length = 14,
        .due = "the offer of the baton is over", .roles = EL | SH, .stops = "an answer, or taken back"},
    [CLOCK_HOLDER_LEFT] = {.start = START_OF_HOLDER_LEFT, .unit = CLOCK_HOURS, .states = IN_ACTIVE,
        .due = "the manager stands in, and appoints a holder", .roles = EL, .stops = "appointed"},
    [CLOCK_HOLDER_APPOINTED] = {.start = START_OF_HOLDER_LEFT, .length = 14, .states = IN_ACTIVE,
        .due = "a holder is appointed; else on the administrator's list", .roles = KA | EL, .stops = "appointed"},
    [CLOCK_STAFF_LIST] = {.start = START_OF_STAFF_CONFIRMED, .length = 6, .unit = CLOCK_MONTHS,
        .due = "the list of staff is confirmed anew", .roles = KA, .stops = "confirmed"},
    [CLOCK_INSTRUCTION_AGAIN] = {.start = START_OF_INSTRUCTION, .length = 12, .unit = CLOCK_MONTHS,
        .due = "the instruction is shown again", .roles = KA | EL | SH | AK, .stops = "read"},
    [CLOCK_DEADLINE_SOON] = {.start = START_OF_DEADLINE, .shift = -7, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "shown as due soon", .roles = SH | AK | FO | BA, .stops = "the measure ends"},
    [CLOCK_DEADLINE_NEAR] = {.start = START_OF_DEADLINE, .shift = -1, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "told that it is due tomorrow", .roles = SH | AK | FO | BA, .stops = "the measure ends"},
    [CLOCK_DEADLINE_OVER] = {.start = START_OF_DEADLINE, .shift = 1, .every = 7, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "shown as late", .roles = SH | AK | FO | BA, .stops = "the measure ends"},
    [CLOCK_MEETING_SOON] = {.start = START_OF_MEETING, .shift = -1, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "told that the meeting is tomorrow", .roles = SH | AK | FO | BA, .stops = "it is moved, or taken away"},
    [CLOCK_MINUTES_MISSING] = {.start = START_OF_MEETING, .shift = 7, .states = IN_ACTIVE, .ends = A_DEATH,
        .due = "told that the minutes are missing", .roles = SH, .stops = "the minutes"},
    [CLOCK_MINUTES_END] = {.start = START_OF_MEETING, .length = 90,
        .due = "nobody is asked for the minutes any more", .stops = "the minutes"},
    [CLOCK_CODE_END] = {.start = START_OF_CODE, .length = 14 * 24, .unit = CLOCK_HOURS,
        .due = "the code opens nothing", .stops = "used, or a newer code"},
    [CLOCK_DRAFT_END] = {.start = START_OF_DRAFT, .length = 14 * 24, .unit = CLOCK_HOURS,
        .due = "the draft is forgotten", .stops = "kept anew, or written"},

    /* ---- operation ---- */
    [CLOCK_SNAPSHOT_END] = {.start = START_OF_SNAPSHOT, .length = 30,
        .due = "the snapshot is destroyed", .roles = DL | KA, .stops = "prolonged by two"},
    [CLOCK_AGREEMENT_END] = {.start = START_OF_NOTICE, .length = 12, .unit = CLOCK_MONTHS,
        .due = "the agreement ends: everything is returned", .roles = KA},
    [CLOCK_EPOCH_TURN] = {.start = START_OF_EPOCH, .length = 30,
        .due = "the epoch turns, though nothing was destroyed", .stops = "it turned before"},
    [CLOCK_LINE_END] = {.start = START_OF_LINE, .length = 60, .unit = CLOCK_MONTHS,
        .due = "the chain may be cut at a signed head"},
};

#define X(name, code) [CLOCK_##name] = (code),
static const char *const codes[CLOCK_COUNT] = {CLOCKS(X)};
#undef X

const ClockRow *clock_row(ClockId clock)
{
    return &rows[clock];
}

/* ---- when ---- */

static int length_of(const ClockRow *row, const Settings *settings)
{
    return row->set ? row->length * settings->values[row->setting] : row->length;
}

static Day day_after(const ClockRow *row, Day start, int length)
{
    switch (row->unit) {
    case CLOCK_DAYS:
        return start + length + row->shift;
    case CLOCK_MONTHS:
        return day_add_months(start, length) + row->shift;
    case CLOCK_YEARS:
        return day_of_age(start, length) + row->shift;
    case CLOCK_HOURS:
        break;
    }
    return start;
}

Day clock_day(ClockId clock, Day start, const Settings *settings)
{
    Day grace = rows[clock].graced ? settings->values[SETTING_CONSENT_GRACE] : 0;

    return day_after(&rows[clock], start, length_of(&rows[clock], settings)) + grace;
}

int64_t clock_due(ClockId clock, int64_t started_at, const Settings *settings)
{
    if (rows[clock].unit == CLOCK_HOURS)
        return started_at + length_of(&rows[clock], settings) * HOUR_MS;
    return oslo_time(clock_day(clock, oslo_day(started_at), settings), 0);
}

/* ---- for one log ---- */

void clock_start(ClockWatch *watch, enum ClockStart start, int64_t at)
{
    watch->known |= 1u << start;
    watch->at[start] = at;
}

static int64_t due_in(ClockId clock, const ClockWatch *watch)
{
    return clock_due(clock, watch->at[rows[clock].start], watch->settings);
}

/* Of these a log may have several. */
static bool starts_dates(enum ClockStart start)
{
    return start == START_OF_DEADLINE || start == START_OF_MEETING;
}

static bool is_started(const ClockRow *row, const ClockWatch *watch)
{
    for (uint32_t i = 0; i < watch->dates.count; i++)
        if (watch->dates.items[i].start == row->start)
            return true;
    return (watch->known & 1u << row->start) != 0;
}

bool clock_runs(ClockId clock, const ClockWatch *watch)
{
    const ClockRow *row = &rows[clock];

    if (!is_started(row, watch) || !(row->states & 1u << watch->state))
        return false;
    if ((watch->flags & row->needs) != row->needs || (watch->flags & row->stills) || (watch->known & row->ends))
        return false;
    return row->before == CLOCK_NONE || due_in(clock, watch) < due_in(row->before, watch);
}

/* The first time that it falls due after that one, for a date. */
static int64_t date_due_after(ClockId clock, const ClockDate *date, int64_t after)
{
    const ClockRow *row = &rows[clock];
    Day due = day_after(row, date->day, row->length);
    Day passed = oslo_day(after) - due;

    if (row->every > 0 && passed >= 0)
        due += (passed / row->every + 1) * row->every;
    int64_t at = oslo_time(due, 0);
    return at > after ? at : INT64_MAX;
}

/* The first time after that one; INT64_MAX: none comes. */
static int64_t due_after(ClockId clock, const ClockWatch *watch, int64_t after)
{
    const ClockRow *row = &rows[clock];
    int64_t first = INT64_MAX;

    if (watch->known & 1u << row->start) {
        int64_t due = due_in(clock, watch);
        return due > after ? due : INT64_MAX;
    }
    for (uint32_t i = 0; i < watch->dates.count; i++) {
        if (watch->dates.items[i].start != row->start)
            continue;
        int64_t due = date_due_after(clock, &watch->dates.items[i], after);
        first = due < first ? due : first;
    }
    return first;
}

bool clock_is_of_dates(ClockId clock)
{
    return starts_dates(rows[clock].start);
}

bool clock_date_due(ClockId clock, const ClockDate *date, int64_t at)
{
    return date->start == rows[clock].start && date_due_after(clock, date, at - 1) == at;
}

static bool falls_due(ClockId clock, const ClockWatch *watch, int64_t after, int64_t to, int64_t *ret_at)
{
    if (!clock_runs(clock, watch))
        return false;
    *ret_at = due_after(clock, watch, after);
    return *ret_at <= to;
}

bool clocks_due(const ClockWatch *watch, int64_t after, int64_t to, ClocksDue *ret_due)
{
    ClocksDue due = {.at = INT64_MAX};
    int64_t at = 0;

    for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++) {
        if (!falls_due(clock, watch, after, to, &at) || at > due.at)
            continue;
        due.count = at < due.at ? 0 : due.count;
        due.at = at;
        due.items[due.count++] = clock;
    }
    if (due.count == 0)
        return false;
    *ret_due = due;
    return true;
}

enum Closing clock_closes(ClockId clock, Flags flags)
{
    return flags & rows[clock].unless ? CLOSING_NONE : rows[clock].closes;
}

Flags clock_lifts(ClockId clock)
{
    return rows[clock].lifts;
}

static bool is_overdue(ClockId clock, const ClockWatch *watch, int64_t to)
{
    bool open = watch->state == STATE_ACTIVE && clock_closes(clock, watch->flags) != CLOSING_NONE;

    return open && clock_runs(clock, watch) && due_in(clock, watch) <= to;
}

ClockId clocks_overdue(const ClockWatch *watch, int64_t to)
{
    for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++)
        if (is_overdue(clock, watch, to))
            return clock;
    return CLOCK_NONE;
}

/* What is told again and again waits while any of its dates is over, on whichever day it was told last. */
static bool date_waits(ClockId clock, int64_t due, const ClockWatch *watch)
{
    const ClockRow *row = &rows[clock];

    for (uint32_t i = 0; i < watch->dates.count; i++) {
        const ClockDate *date = &watch->dates.items[i];
        int64_t first = oslo_time(day_after(row, date->day, row->length), 0);
        if (date->start == row->start && (row->every > 0 ? first <= due : first == due))
            return true;
    }
    return false;
}

bool clock_waits(ClockId clock, int64_t due, const ClockWatch *watch)
{
    bool known = watch->known & 1u << rows[clock].start;

    if (starts_dates(rows[clock].start))
        return clock_runs(clock, watch) && date_waits(clock, due, watch);
    if (!known)
        return (rows[clock].states & 1u << watch->state) != 0 && !(watch->known & rows[clock].ends);
    return clock_runs(clock, watch) && due_in(clock, watch) == due;
}

bool clocks_are_one_cause(ClockId one, ClockId other)
{
    const char *stops = rows[one].stops;

    return stops && rows[other].stops && rows[one].start == rows[other].start && strcmp(stops, rows[other].stops) == 0;
}

const char *clock_code(ClockId clock)
{
    return codes[clock];
}

uint32_t clock_roles(ClockId clock)
{
    return rows[clock].roles;
}

static Day rounded(ClockId clock, Day due)
{
    Date date = date_from_day(due);

    date.day = rows[clock].start == START_OF_BIRTH ? 1 : date.day;
    return day_from_date(date);
}

/* What stands in the row once may be overdue; of several dates the next one counts. */
static Day wake_day(ClockId clock, const ClockWatch *watch, int64_t now)
{
    if (!starts_dates(rows[clock].start))
        return oslo_day(due_in(clock, watch));
    int64_t due = due_after(clock, watch, now);
    return due == INT64_MAX ? INT32_MAX : oslo_day(due);
}

int64_t clocks_wake(const ClockWatch *watch, int64_t now)
{
    Day today = oslo_day(now);
    Day first = INT32_MAX;

    for (ClockId clock = CLOCK_NONE + 1; clock < CLOCK_COUNT; clock++) {
        if (!clock_runs(clock, watch))
            continue;
        Day due = wake_day(clock, watch, now);
        Day wake = due == INT32_MAX ? due : rounded(clock, due);
        bool ahead = due > today || rows[clock].unit == CLOCK_HOURS || is_overdue(clock, watch, now);
        if (ahead && wake < first)
            first = wake;
    }
    return first == INT32_MAX ? INT64_MAX : oslo_time(first, 0);
}
