/* What fell due by the table of clocks is carried out, in each log that is due, in one transaction.
 * Must not open a log that is not due, nor an entry of any; must not know a clock by its name.
 * Called by jobs.c. */
#include "service/jobs/life.h"

#include "base/calendar.h"
#include "service/heads.h"
#include "service/log/change.h"
#include "service/log/due.h"
#include "service/log/enter.h"
#include "service/log/task.h"
#include "service/log/tell.h"

#define LIST_ARENA ((size_t)1 << 20)
#define LOG_ARENA ((size_t)64 << 20)
#define PAGE 100
#define GRANT_MS (INT64_C(8) * 60 * 60 * 1000)
#define TOLD_MAX 256

/* One log on its way through what fell due in it. */
typedef struct Looking {
    const JobRun *run;
    const Actor *actor;
    const LogEntered *entered;
    LogChange change;
    LogTold told[TOLD_MAX];
    uint32_t told_count;
} Looking;

/* ---- what falls due ---- */

static void tell(Looking *looking, ClockId clock, int64_t due)
{
    NoticeId notice = notice_of_clock(clock);

    if (notice != NOTICE_NONE && looking->told_count < TOLD_MAX)
        looking->told[looking->told_count++] = (LogTold){.notice = notice, .due = due};
}

static void become_passive(Looking *looking, enum Closing reason, int64_t at)
{
    LogRow *log = &looking->change.log;

    if (reason == CLOSING_NONE || log->state != STATE_ACTIVE)
        return;
    log_row_close(log, reason, at);
    looking->change.reason = (uint16_t)reason;
    looking->change.also = ACT_LOG_CLOSE;
}

/* What falls due in one moment falls due together: all of it is told, and the first that closes gives the reason. flags: of the
 * log, and what is computed of it. Whose consent counts follows from the age: of the days before a birthday nothing is told that only
 * the consent that counts since would have had on them. */
static void carry_out(Looking *looking, const ClocksDue *due, Flags flags)
{
    const ClockWatch then = log_clocks_quiet(looking->entered, &looking->change.log, due->at);

    for (unsigned i = 0; i < due->count; i++) {
        if (clock_waits(due->items[i], due->at, &then))
            tell(looking, due->items[i], due->at);
        looking->change.log.flags &= ~clock_lifts(due->items[i]);
        become_passive(looking, clock_closes(due->items[i], flags), due->at);
    }
}

/* An active log that should have been passive before, by a date or a setting that was changed since, is so from today on. */
static void make_up(Looking *looking, int64_t looked)
{
    const ClockWatch watch = log_clocks_quiet(looking->entered, &looking->change.log, looking->actor->now);
    ClockId clock = clocks_overdue(&watch, looked);

    if (clock == CLOCK_NONE)
        return;
    tell(looking, clock, looking->run->due);
    become_passive(looking, clock_closes(clock, watch.flags), looking->run->due);
}

/* In the order of its dates, under the clocks of the log as it has become by then. */
static void carry_out_all(Looking *looking)
{
    LogRow *log = &looking->change.log;
    const int64_t to = looking->run->due;
    int64_t looked = log_looked_to(log);
    bool fell_due = false;
    ClockWatch watch;
    ClocksDue due;

    make_up(looking, looked);
    for (;;) {
        watch = log_clocks_quiet(looking->entered, log, looking->actor->now);
        if (looked >= to || !clocks_due(&watch, looked, to, &due))
            break;
        fell_due = true;
        carry_out(looking, &due, watch.flags);
        looked = due.at;
    }
    log->wake_on = clocks_wake(&watch, looking->actor->now);
    if ((fell_due || looking->change.reason || log->wake_on != looking->entered->content.log.wake_on) && log->looked_to < to)
        log->looked_to = to;
}

static bool is_changed(const Looking *looking)
{
    const LogRow *before = &looking->entered->content.log, *after = &looking->change.log;

    return after->state != before->state || after->flags != before->flags || after->wake_on != before->wake_on || after->looked_to != before->looked_to ||
           looking->told_count > 0;
}

/* ---- one log ---- */

static Err look(JobRun *run, const LogReader *reader, Id log, bool *ret_changed)
{
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Looking looking = {.run = run, .actor = reader->actor, .entered = &entered};
    Why why = WHY_UNDECIDED;

    TRY(log_enter_due(reader, log, &entered));
    looking.change = (LogChange){.log = entered.content.log, .quiet = true};
    carry_out_all(&looking);
    *ret_changed = is_changed(&looking);
    if (run->order->dry || !*ret_changed)
        return ok();
    TRY(log_tell_rows(reader, &entered, &looking.change.log, (LogTellList){.items = looking.told, .count = looking.told_count}, &looking.change.told));
    looking.change.amount = looking.change.told.count;
    TRY(log_change(reader->actor, &entered, &looking.change, reader->keep, &why));
    run->counts.closed += looking.change.also == ACT_LOG_CLOSE;
    run->counts.told += looking.change.told.count;
    return ok();
}

/* Overtaken by somebody's act, it is looked at anew; no longer due, or held, it is passed over. */
static Err look_again(JobRun *run, Actor *actor, const LogRow *log, bool *ret_changed)
{
    Err looked = ok();

    for (int i = 0; i < LOG_TRIES; i++) {
        AUTO(arena_freep) Arena *keep = NULL;
        TRY(arena_new(LOG_ARENA, &keep));
        TRY(world_id(run->service->world, &actor->request));
        looked = look(run, &(LogReader){run->service, actor, keep}, log->id, ret_changed);
        if (looked.id != E_STALE)
            break;
        *ret_changed = false;
    }
    return looked.id == E_STALE || looked.id == E_NOT_FOUND ? ok() : looked;
}

static Err look_at(JobRun *run, Actor *actor, const LogRow *log)
{
    bool changed = false;

    actor->now = run->now;
    Err looked = look_again(run, actor, log, &changed);
    run->counts.looked++;
    run->counts.changed += is_ok(looked) && changed;
    if (!is_ok(looked))
        TRY(job_failed(run, log->id, looked));
    return job_step(run);
}

/* ---- all that are due ---- */

static Err next_page(const JobRun *run, const LogRow *last, Arena *keep, LogRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const WakingPage page = {.day = run->due, .after_wake = last->wake_on, .after_no = last->no, .max = PAGE};

    TRY(store_read(run->store, &tx));
    return store_logs_waking(tx, &page, keep, ret_rows);
}

static Err look_at_all(JobRun *run, Actor *actor)
{
    LogRow last = {0};
    LogRows rows = {0};

    do {
        AUTO(arena_freep) Arena *keep = NULL;
        TRY(arena_new(LIST_ARENA, &keep));
        TRY(next_page(run, &last, keep, &rows));
        for (uint32_t i = 0; i < rows.count; i++)
            TRY(look_at(run, actor, &rows.items[i]));
        if (rows.count > 0)
            last = rows.items[rows.count - 1];
    } while (rows.count == PAGE);
    return ok();
}

static Err any_waits(const JobRun *run, bool *ret_any)
{
    AUTO(arena_freep) Arena *keep = NULL;
    LogRows rows = {0};

    TRY(arena_new(LIST_ARENA, &keep));
    TRY(next_page(run, &(LogRow){0}, keep, &rows));
    *ret_any = rows.count > 0;
    return ok();
}

/* Nobody: no person, no role, and a grant that opens headers and heads of logs and nothing else of them. */
Err life_run(JobRun *run)
{
    Actor actor = {.tenant = run->order->tenant, .store = run->store, .now = run->now};
    bool any = false;

    TRY(any_waits(run, &any));
    if (!any)
        return ok();
    TRY(heads_grant(run->service, (GrantWish){.tenant = actor.tenant, .ends_at = run->now + GRANT_MS}, &actor.grant));
    Err looked = look_at_all(run, &actor);
    Err ended = keys_grant_end(run->service->keys, actor.grant);
    (void)ended; /* it ends by itself */
    return looked;
}
