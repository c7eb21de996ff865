/* Why an act on a log was refused, for somebody who reads that log now.
 * Must not tell anybody else, nor write a line: the refusal has its own.
 * Called by web when a change was refused. Rule: web 5. */
#include "service/log/refused.h"

#include "service/log/enter.h"

Err log_why_refused(const LogReader *reader, Id log, Act act, Why *ret_why)
{
    const LogWish reading = {.log = log, .act = ACT_LOG_READ, .purpose = PURPOSE_READ, .adds = true, .silent = true};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why;

    TRY(log_enter(reader, &reading, &why, &entered));
    Ask ask = entered.ask;
    ask.act = act;
    *ret_why = policy_decide(ask);
    return ok();
}
