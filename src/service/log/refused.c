/* Why an act on a log was refused, for somebody who reads that log now.
 * Must not tell anybody else, nor write a line: the refusal has its own.
 * Called by web when a change was refused. Rule: web 5. */
#include "service/log/refused.h"

#include "service/log/enter.h"

/* The act as it was asked about then: one's own entry, or anybody's. */
static Why decide(const LogReader *reader, const LogEntered *entered, const Refused *refused)
{
    const LogVersions *entry = log_newest_find(&entered->newest, refused->entry);
    Ask ask = entered->ask;

    if (entry && entry->newest->removed)
        return WHY_ALLOWED;
    ask.act = refused->act;
    ask.flags |= entry && log_is_author(entry, reader->actor) ? FLAG_OWN : 0u;
    return policy_decide(ask);
}

Err log_why_refused(const LogReader *reader, const Refused *refused, Why *ret_why)
{
    const LogWish reading = {.log = refused->log, .act = ACT_LOG_READ, .purpose = PURPOSE_READ, .adds = true, .silent = true};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why;

    TRY(log_enter(reader, &reading, &why, &entered));
    *ret_why = decide(reader, &entered, refused);
    return ok();
}
