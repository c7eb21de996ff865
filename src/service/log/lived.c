/* What the entries of a log tell about its own life.
 * Must not open anything: kind and time stand beside what is sealed.
 * Called by whatever reckons when a rule must look at the log. */
#include "service/log/lived.h"

#include "domain/period.h"

static Quiet quiet_since(const LogEntered *entered, int64_t active_at)
{
    Quiet quiet = quiet_after(active_at);

    for (uint32_t i = 0; i < entered->newest.count; i++)
        quiet_lives(&quiet, (KindId)entered->newest.items[i].first->kind, entered->newest.items[i].first->at);
    return quiet;
}

Quiet log_quiet(const LogEntered *entered)
{
    return quiet_since(entered, entered->content.log.last_activity_at);
}

static bool is_quiet(const LogEntered *entered, int64_t now)
{
    ClockWatch watch = {.settings = &entered->settings, .state = STATE_ACTIVE, .flags = entered->content.log.flags};
    Quiet quiet = log_quiet(entered);

    clock_start(&watch, START_OF_ACTIVITY, quiet.since);
    return clock_runs(CLOCK_INACTIVE_REQUEST, &watch) && clock_due(CLOCK_INACTIVE_REQUEST, quiet.since, &entered->settings) <= now;
}

const EntryRow *log_lived_last(const LogEntered *entered, KindId kind)
{
    return entered->newest.last[kind];
}

bool log_is_wished_away(const LogEntered *entered)
{
    const EntryRow *wish = log_lived_last(entered, KIND_DELETION_WISH);

    return wish && wish->at >= entered->content.log.last_activity_at;
}

static bool is_offered(const LogEntered *entered, int64_t now)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++)
        if (period_is_offered(PERIOD_OF(&entered->content.participants.items[i]), now))
            return true;
    return false;
}

/* Of two in one moment the answer is the later. */
static bool is_disputed(const LogEntered *entered)
{
    const EntryRow *wish = log_lived_last(entered, KIND_CORRECTION_WISH), *reply = log_lived_last(entered, KIND_CORRECTION_REPLY);

    return wish && (!reply || reply->at < wish->at);
}

/* Nothing of a child who has died is deleted before the days of that clock are over; of a mistake nobody waits for them. */
static bool is_settled(const LogEntered *entered, int64_t now)
{
    const EntryRow *death = log_lived_last(entered, KIND_DEATH);
    bool mistake = entered->content.log.flags & FLAG_MISTAKE;

    return mistake || !death || clock_due(CLOCK_DEATH_END, death->at, &entered->settings) <= now;
}

static bool goes_elsewhere(const LogEntered *entered)
{
    return (entered->content.log.flags & FLAG_TRANSFER_PENDING) && log_lived_last(entered, KIND_TRANSFER);
}

/* As many have said yes to the newest proposal as must: who they are the act asks (service/acts/transfer/handshake.h). */
static bool is_agreed(const LogEntered *entered, int64_t now)
{
    const EntryRow *proposal = log_lived_last(entered, KIND_TRANSFER);
    uint32_t said = 0;

    for (uint32_t i = 0; i < entered->newest.count; i++) {
        const EntryRow *row = entered->newest.items[i].first;
        said += row->kind == KIND_TRANSFER_YES && row->no > proposal->no;
    }
    return said >= consents_required(&entered->consents, now);
}

static bool is_decided(const LogEntered *entered)
{
    return entered->content.entries.count > 0 &&
           entered->content.entries.items[entered->content.entries.count - 1].kind == KIND_TRANSFER_DECISION;
}

bool log_is(const LogEntered *entered, enum When when, int64_t now)
{
    switch (when) {
    case WHEN_QUIET:
        return is_quiet(entered, now);
    case WHEN_WISHED:
        return log_is_wished_away(entered);
    case WHEN_UNENDED:
        return !log_lived_last(entered, KIND_DEATH);
    case WHEN_OFFERED:
        return is_offered(entered, now);
    case WHEN_DISPUTED:
        return is_disputed(entered);
    case WHEN_SETTLED:
        return is_settled(entered, now);
    case WHEN_LEFT:
        return consents_to_settle(&entered->consents, now);
    case WHEN_UNAGREED:
        return goes_elsewhere(entered) && !is_agreed(entered, now);
    case WHEN_AGREED:
        return goes_elsewhere(entered) && is_agreed(entered, now) && !is_decided(entered);
    case WHEN_ANY:
    case WHEN_COUNT:
        break;
    }
    return true;
}

/* A claim is open, a child is dead, and a transfer waits, whatever is written later. */
static bool stays(KindId kind)
{
    return kind == KIND_CLAIM || kind == KIND_DEATH || kind == KIND_TRANSFER;
}

/* What else was written before the log was last in use starts nothing. now: 0, or it is written now. */
static void start_at(const LogEntered *entered, KindId kind, enum ClockStart start, int64_t now, ClockWatch *watch)
{
    const EntryRow *last = log_lived_last(entered, kind);

    if (now)
        clock_start(watch, start, now);
    else if (last && (stays(kind) || last->at >= entered->content.log.last_activity_at))
        clock_start(watch, start, last->at);
}

void log_lives(const LogEntered *entered, KindId now_written, int64_t now, ClockWatch *watch)
{
    bool active = act_is_activity(entered->wish.act);
    Quiet quiet = quiet_since(entered, active ? now : entered->content.log.last_activity_at);

    quiet_lives(&quiet, now_written, now);
    clock_start(watch, START_OF_ACTIVITY, quiet.since);
    if (watch->flags & FLAG_CLAIM_OPEN)
        start_at(entered, KIND_CLAIM, START_OF_CLAIM, now_written == KIND_CLAIM ? now : 0, watch);
    if (watch->flags & FLAG_TRANSFER_PENDING)
        start_at(entered, KIND_TRANSFER, START_OF_TRANSFER, now_written == KIND_TRANSFER ? now : 0, watch);
    start_at(entered, KIND_PROLONGING, START_OF_PROLONGED, now_written == KIND_PROLONGING ? now : 0, watch);
    start_at(entered, KIND_DEATH, START_OF_DEATH, now_written == KIND_DEATH ? now : 0, watch);
}
