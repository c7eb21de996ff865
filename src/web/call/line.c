/* How loudly a failure is told, and what a line says.
 * Must not fail: what cannot be told is answered all the same.
 * Called by web.c. */
#include "web/call/line.h"

#include "gateway/http.h"
#include "sys/clock.h"

/* A row left out is zero: what people do wrong is no news. */
static const LogLevel levels[E_COUNT] = {
    [E_BUDGET] = LOG_LEVEL_ALERT,     [E_FORGED] = LOG_LEVEL_ALERT,          [E_CLOCK] = LOG_LEVEL_ALERT,
    [E_DISK_FULL] = LOG_LEVEL_ALERT,  [E_INTERNAL] = LOG_LEVEL_ALERT,        [E_STORE] = LOG_LEVEL_ERROR,
    [E_IO] = LOG_LEVEL_ERROR,         [E_CRYPTO] = LOG_LEVEL_ERROR,          [E_SCHEMA] = LOG_LEVEL_ERROR,
    [E_NO_MEMORY] = LOG_LEVEL_ERROR,  [E_UNKNOWN_OUTCOME] = LOG_LEVEL_ERROR, [E_NO_AGENT] = LOG_LEVEL_WARNING,
    [E_BUSY] = LOG_LEVEL_WARNING,
};

static const char *route_of(const Call *call)
{
    return call->route ? call->route->path : "-";
}

size_t line_fields(const Call *call, Err result, int64_t ms, LogField ret_fields[static LINE_FIELDS])
{
    size_t count = 0;

    ret_fields[count++] = log_word("method", http_method_text(call->request->method));
    ret_fields[count++] = log_word("route", route_of(call));
    ret_fields[count++] = log_number("status", call->response->status);
    ret_fields[count++] = log_error("result", result);
    ret_fields[count++] = log_number("ms", ms);
    if (levels[result.id])
        ret_fields[count++] = log_id("request", call->actor.request);
    return count;
}

/* Somebody who presses again and again at a ceiling is one alarm a minute, with a count; the lines themselves stay. */
static LogLevel level_of(Err result, uint32_t *ret_untold)
{
    if (result.id == E_BUDGET && !log_alarm_due(E_BUDGET, clock_monotonic_ms(), ret_untold))
        return LOG_LEVEL_INFO;
    return levels[result.id] ? levels[result.id] : LOG_LEVEL_INFO;
}

void line_write(const Call *call, Err result, int64_t ms)
{
    LogField fields[LINE_FIELDS + 1];
    uint32_t untold = 0;
    LogLine line = {
        .level = level_of(result, &untold),
        .event = "request",
        .fields = fields,
        .count = line_fields(call, result, ms, fields),
    };

    if (untold > 0)
        fields[line.count++] = log_number("untold", untold);
    log_write(&line);
}

void line_refused(int status)
{
    LOG(LOG_LEVEL_INFO, "request", log_word("route", "-"), log_number("status", status));
}

void line_log_closed(const Call *call, Err why)
{
    LOG(LOG_LEVEL_ALERT, "log-closed", log_word("route", route_of(call)), log_id("request", call->actor.request),
        log_error("result", why));
}
