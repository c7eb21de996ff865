/* Which failures are told, and how loudly.
 * Must not fail: what cannot be told is answered all the same.
 * Called by web.c. */
#include "web/call/alarm.h"

#include "sys/log.h"

/* A row left out is zero: what people do wrong is no news. */
static const LogLevel levels[E_COUNT] = {
    [E_BUDGET] = LOG_LEVEL_ALERT,     [E_FORGED] = LOG_LEVEL_ALERT,          [E_CLOCK] = LOG_LEVEL_ALERT,
    [E_DISK_FULL] = LOG_LEVEL_ALERT,  [E_INTERNAL] = LOG_LEVEL_ALERT,        [E_STORE] = LOG_LEVEL_ERROR,
    [E_IO] = LOG_LEVEL_ERROR,         [E_CRYPTO] = LOG_LEVEL_ERROR,          [E_SCHEMA] = LOG_LEVEL_ERROR,
    [E_NO_MEMORY] = LOG_LEVEL_ERROR,  [E_UNKNOWN_OUTCOME] = LOG_LEVEL_ERROR, [E_NO_AGENT] = LOG_LEVEL_WARNING,
    [E_BUSY] = LOG_LEVEL_WARNING,
};

void alarm_raise(const Call *call, Err error)
{
    if (!levels[error.id])
        return;
    LOG(levels[error.id], "request-failed", log_word("route", call->route ? call->route->path : "-"),
        log_id("request", call->actor.request), log_error("result", error));
    if (error.id != E_BUDGET || !call->signed_in)
        return;
    Err noted = service_budget_reached(&call->actor);
    if (!is_ok(noted))
        LOG(LOG_LEVEL_ERROR, "alarm-not-noted", log_id("request", call->actor.request), log_error("result", noted));
}
