/* A change in a log: decided again in the work, over the very rows whose head was checked, and under a new head.
 * Must not renew the head over rows that nobody has checked.
 * Called by the rooms log, reading and acts. */
#include "service/log/change.h"

#include "base/calendar.h"
#include "domain/consent.h"
#include "domain/period.h"
#include "service/log/ask.h"
#include "service/log/dates.h"
#include "service/log/ending.h"
#include "service/log/enter.h"
#include "service/log/known.h"
#include "service/log/lived.h"
#include "service/log/rows.h"
#include "store/content.h"
#include "store/inbox.h"

typedef struct Writing {
    const Actor *actor;
    const LogEntered *entered;
    const LogChange *change;
    Str header;
    Arena *scratch;
    LogAfter after;
    LogDecision again;
} Writing;

/* When somebody was last active in the log, when this act is carried out. */
static int64_t last_activity(const LogEntered *entered, const Actor *actor)
{
    return act_is_activity(entered->wish.act) ? actor->now : entered->content.log.last_activity_at;
}

/* Every row of the log that decides was just found to be the same: only settings can have changed, and the roles by which somebody
 * stands in for its holder. */
static Err decide_again(Tx *tx, Writing *writing)
{
    SettingRows settings;

    TRY(store_log_check(tx, &writing->entered->content, writing->scratch, &settings));
    writing->again.standing = writing->entered->standing;
    if (writing->entered->stands_in)
        TRY(log_stands_in(tx, writing->actor, &writing->again.standing, writing->scratch, &writing->again.stands_in));
    TRY(log_order_flags(tx, writing->actor, &writing->again.standing, writing->scratch, &writing->again.order));
    TRY(settings_from(&settings, &writing->again.settings));
    TRY(log_decide_from(writing->actor, &writing->entered->wish, writing->scratch, &writing->again));
    return writing->again.why == WHY_ALLOWED ? ok() : fail(E_FORBIDDEN);
}

static bool same_state(const LogRow *a, const LogRow *b)
{
    return a->state == b->state && a->flags == b->flags && a->closed_reason == b->closed_reason && id_equal(a->unit, b->unit) &&
           id_equal(a->holder, b->holder);
}

/* The last change, and the head over everything. */
static Err put_head(Tx *tx, Writing *writing, Hash *ret_head)
{
    const LogRow *before = &writing->entered->content.log;
    int64_t active_at = writing->change->quiet ? before->last_activity_at : last_activity(writing->entered, writing->actor);
    LogWritten written = {.no = before->no, .last_activity_at = active_at, .wake_on = writing->change->log.wake_on,
                          .looked_to = writing->change->log.looked_to,
                          .known = &writing->entered->content, .keep = writing->scratch};

    if (writing->change->header) {
        written.header = writing->header;
        written.header_version = before->header_version;
    }
    TRY(store_log_written(tx, &written, &writing->after));
    TRY(log_head(&writing->entered->keys, &writing->after.digest, writing->after.rows, ret_head));
    return store_log_head_put(tx, before->no, ret_head);
}

/* The log's own row before the act's: those may count its access_version up. */
static Err put_all(Tx *tx, const Writing *writing)
{
    const LogChange *change = writing->change;
    const LogRow *before = &writing->entered->content.log;

    if (!same_state(&change->log, before))
        TRY(store_log_update(tx, &change->log));
    return change->put ? change->put(tx, change->self) : ok();
}

static Err write_work(Tx *tx, void *context)
{
    Writing *writing = context;
    const LogEntered *entered = writing->entered;
    AuditLine line = service_line(writing->actor, entered->wish.act, OBJECT_LOG, entered->wish.log);

    TRY(decide_again(tx, writing));
    TRY(put_all(tx, writing));
    TRY(put_head(tx, writing, &line.head));
    TRY(store_inbox_tell(tx, &writing->change->told, NULL));
    line.reason = writing->change->reason ? writing->change->reason : (uint16_t)entered->wish.opening;
    line.amount = writing->change->amount;
    if (writing->change->as != ACT_NONE)
        line.act = (uint16_t)writing->change->as;
    TRY(store_audit(tx, &line));
    const Act more[] = {writing->change->besides, writing->change->also};
    for (size_t i = 0; i < COUNT_OF(more); i++) {
        line.act = (uint16_t)more[i];
        if (more[i] != ACT_NONE)
            TRY(store_audit(tx, &line));
    }
    return ok();
}

Err log_change(const Actor *actor, const LogEntered *entered, const LogChange *change, Arena *scratch, Why *ret_why)
{
    Writing writing = {.actor = actor, .entered = entered, .change = change, .scratch = scratch};

    if (change->header) {
        LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, entered->wish.log, entered->content.log.header_version + 1};
        TRY(log_seal(&entered->keys, place, change->header, scratch, &writing.header));
    }
    Err done = service_write(actor, write_work, &writing);
    if (is_ok(done))
        known_grow(entered->known, &entered->content, &writing.after);
    if (done.id != E_FORBIDDEN)
        return done;
    *ret_why = writing.again.why;
    return log_refuse(actor, &entered->wish, writing.again.why, &writing.again.ask);
}

/* A log that became passive before the column was there is reckoned from its last activity, which came no later. */
static void start_rest(const LogRow *log, const Consents *consents, int64_t now, ClockWatch *watch)
{
    int64_t passive_at = log->passive_at != 0 ? log->passive_at : log->last_activity_at;
    int64_t left_at = consents_first_left(consents, now);

    if (log->state == STATE_PASSIVE)
        clock_start(watch, START_OF_PASSIVE, passive_at);
    if (log->state == STATE_PASSIVE && closing_loses_consent(log->closed_reason))
        clock_start(watch, START_OF_CONSENT_LOST, passive_at);
    if (log->state == STATE_ACTIVE && left_at != INT64_MAX)
        clock_start(watch, START_OF_CONSENT_LOST, left_at);
}

/* The young person has answered; or the log began when they were asked already. Where the municipality's highest age is above 18 what
 * they have said goes on. */
static void start_child(const Settings *settings, const Consents *consents, const LogRow *log, int64_t now, ClockWatch *watch)
{
    bool begun_later = consents->child_from && consents->child_from <= oslo_day(log->created_at);

    if (begun_later || consents_child_answered(consents, now))
        clock_start(watch, START_OF_CHILD_CONSENT, log->created_at);
    if (consents_of_child(consents, now) && settings->values[SETTING_HIGHEST_AGE] > settings_default().values[SETTING_HIGHEST_AGE])
        watch->flags |= FLAG_OWN_CONSENT;
}

ClockWatch log_clocks(const Settings *settings, const LogRow *log, const Consents *consents, const Values *child, int64_t now)
{
    ClockWatch watch = {.settings = settings, .state = (State)log->state, .flags = log->flags};
    Consents aged = *consents;
    Day birth;

    aged.of = CONSENT_OF_SOME;
    clock_start(&watch, START_OF_ACTIVITY, now);
    if (values_day(child, CHILD_BIRTH_DATE, &birth)) {
        clock_start(&watch, START_OF_BIRTH, oslo_time(birth, 0));
        consents_at_age(&aged, birth, oslo_day(log->created_at), settings, oslo_day(now));
    }
    start_child(settings, &aged, log, now, &watch);
    const int64_t end = consents_first_end(&aged, now);
    if (end != INT64_MAX)
        clock_start(&watch, START_OF_CONSENT_LAST_DAY, oslo_time(period_last_day(end), 0));
    start_rest(log, &aged, now, &watch);
    return watch;
}

ClockWatch log_clocks_quiet(const LogEntered *entered, const LogRow *log, int64_t now)
{
    ClockWatch watch = log_clocks(&entered->settings, log, &entered->consents, &entered->child, now);

    log_lives(entered, KIND_NONE, now, &watch);
    clock_start(&watch, START_OF_ACTIVITY, log_quiet(entered).since);
    watch.dates = entered->dates;
    return watch;
}

int64_t log_looked_to(const LogRow *log)
{
    return log->looked_to != 0 ? log->looked_to : log->created_at;
}

/* What falls due by what an act changes is not told of days that have passed (rules: clocks 7); what fell due before and has not
 * been carried out is. While a deletion is ordered nothing falls due, and what would have is told when the order is stopped. */
static void look(const LogEntered *entered, int64_t now, LogRow *log)
{
    const ClockWatch watch = log_clocks_quiet(entered, log, now);
    ClocksDue due;

    if (log->state == STATE_DELETION_ORDERED)
        return;
    if (log_looked_to(log) < now && !clocks_due(&watch, log_looked_to(log), now, &due))
        log->looked_to = now;
}

/* The log as it is to be, with an entry that is written now: it is looked at when the first of its clocks falls due. */
static void reckon(const LogEntered *entered, const Actor *actor, KindId kind, const Consents *consents, LogChange *change)
{
    LogRow *log = &change->log;
    ClockWatch watch = log_clocks(&entered->settings, log, consents, &entered->child, actor->now);

    log_lives(entered, kind, actor->now, &watch);
    watch.dates = entered->dates;
    log->wake_on = change->at_once ? actor->now : clocks_wake(&watch, actor->now);
}

LogChange log_change_none(const LogEntered *entered, const Actor *actor)
{
    LogChange change = {.log = entered->content.log, .quiet = entered->content.log.state != STATE_ACTIVE};

    look(entered, actor->now, &change.log);
    reckon(entered, actor, KIND_NONE, &entered->consents, &change);
    return change;
}

Err log_header_to_change(const LogEntered *entered, Arena *keep, LogChange *change, Values **ret_header)
{
    Values *header = NULL;

    TRY(ARENA_NEW(keep, Values, 1, &header));
    if (change->header)
        *header = *change->header;
    else
        TRY(log_header_open(entered, keep, header));
    change->header = header;
    *ret_header = header;
    return ok();
}

Err log_change_header(const LogEntered *entered, const Actor *actor, LogHeaderNow now, Arena *keep, LogChange *change)
{
    LogRow *log = &change->log;
    ClockWatch watch = log_clocks(&entered->settings, log, &entered->consents, now.child, actor->now);

    log_lives(entered, KIND_NONE, actor->now, &watch);
    TRY(log_dates_read(now.header, keep, &watch.dates));
    log->wake_on = clocks_wake(&watch, actor->now);
    change->header = now.header;
    return ok();
}

void log_change_flags(const LogEntered *entered, const Actor *actor, Flags set, Flags lifted, LogChange *change)
{
    change->log.flags = (change->log.flags | set) & ~lifted;
    reckon(entered, actor, KIND_NONE, &entered->consents, change);
}

void log_change_lives(const LogEntered *entered, const Actor *actor, KindId kind, LogChange *change)
{
    reckon(entered, actor, kind, &entered->consents, change);
}

void log_change_consents(const LogEntered *entered, const Actor *actor, const Consents *consents, LogChange *change)
{
    reckon(entered, actor, KIND_NONE, consents, change);
}

Err log_change_reopen(const LogEntered *entered, const Actor *actor, LogChange *change)
{
    LogRow *log = &change->log;
    State state = STATE_NONE;

    TRY(state_from_u8(log->state, &state));
    log->state = (uint8_t)lifecycle_next(state, EVENT_REOPEN);
    log->closed_reason = CLOSING_NONE;
    log->flags &= ~((Flags)FLAG_SUPPORTED | (Flags)FLAG_ASKED | (Flags)FLAG_COPY_AWAITED);
    log->passive_at = 0;
    change->quiet = false;
    reckon(entered, actor, KIND_NONE, &entered->consents, change);
    return ok();
}

void log_row_close(LogRow *log, enum Closing reason, int64_t at)
{
    log->state = (uint8_t)lifecycle_next((State)log->state, EVENT_CLOSE);
    log->closed_reason = (uint8_t)reason;
    log->passive_at = at;
}

Err log_change_close(const LogEntered *entered, const Actor *actor, enum Closing reason, LogChange *change)
{
    LogRow *log = &change->log;
    State state = STATE_NONE;

    TRY(state_from_u8(log->state, &state));
    log_row_close(log, reason, actor->now);
    change->quiet = true;
    const ClockWatch watch = log_clocks_quiet(entered, log, actor->now);
    log->wake_on = clocks_wake(&watch, actor->now);
    return ok();
}

void log_change_leave(const LogEntered *entered, const Actor *actor, LogChange *change)
{
    ClockWatch watch = log_clocks_quiet(entered, &change->log, actor->now);

    log_lives(entered, KIND_NONE, actor->now, &watch);
    clock_start(&watch, START_OF_CONSENT_LOST, actor->now);
    change->log.wake_on = clocks_wake(&watch, actor->now);
}
