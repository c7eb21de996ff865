/* What the entries of a log tell about its own life.
 * Must not open anything: kind and time stand beside what is sealed.
 * Called by whatever reckons when a rule must look at the log. */
#include "service/log/lived.h"

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

bool log_is_asked_about(const LogEntered *entered, int64_t now)
{
    ClockWatch watch = {.settings = &entered->settings, .state = STATE_ACTIVE, .flags = entered->content.log.flags};
    Quiet quiet = log_quiet(entered);

    clock_start(&watch, START_OF_ACTIVITY, quiet.since);
    return clock_runs(CLOCK_INACTIVE_REQUEST, &watch) && clock_due(CLOCK_INACTIVE_REQUEST, quiet.since, &entered->settings) <= now;
}

const EntryRow *log_lived_last(const LogEntered *entered, KindId kind)
{
    for (uint32_t i = entered->newest.count; i-- > 0;)
        if (entered->newest.items[i].first->kind == kind)
            return entered->newest.items[i].first;
    return NULL;
}

void log_lives(const LogEntered *entered, KindId now_written, int64_t now, ClockWatch *watch)
{
    bool active = act_is_activity(entered->wish.act);
    Quiet quiet = quiet_since(entered, active ? now : entered->content.log.last_activity_at);

    quiet_lives(&quiet, now_written, now);
    clock_start(watch, START_OF_ACTIVITY, quiet.since);
    const EntryRow *claim = log_lived_last(entered, KIND_CLAIM);
    if ((watch->flags & FLAG_CLAIM_OPEN) && (claim || now_written == KIND_CLAIM))
        clock_start(watch, START_OF_CLAIM, now_written == KIND_CLAIM ? now : claim->at);
}
