/* A log whose rows are not what was written is closed.
 * Must not renew its head: that would call the forged rows good.
 * Called by enter, and by lists that find a header which is not what was written. Rule: keys 4. */
#include "service/log/hold.h"

#include "service/log/task.h"
#include "store/logs.h"

typedef struct Hold {
    const Actor *actor;
    Id log;
} Hold;

/* The head is left as it is: renewing it would call the forged rows good. */
static Err hold_work(Tx *tx, void *context)
{
    const Hold *hold = context;
    AuditLine line = service_line(hold->actor, ACT_HOLD_SET, OBJECT_LOG, hold->log);
    LogRow log;

    TRY(store_log_by_id(tx, hold->log, &log));
    line.outcome = AUDIT_FAILED;
    line.reason = WHY_HOLD;
    if (!(log.flags & FLAG_HOLD))
        TRY(store_log_hold(tx, &log, FLAG_HOLD));
    return store_audit(tx, &line);
}

Err log_hold(const Actor *actor, Id log)
{
    Hold hold = {.actor = actor, .log = log};

    return store_write(actor->store, hold_work, &hold);
}

Err log_hold_and_read(const Actor *actor, LogsRead *once, void *self, uint32_t *ret_held)
{
    for (uint32_t held = 0; held < LOG_TRIES; held++) {
        Id forged = {0};
        Err read = once(self, &forged);
        if (read.id != E_FORGED || id_is_none(forged)) {
            *ret_held = held;
            return read;
        }
        TRY(log_hold(actor, forged));
    }
    return fail(E_FORGED);
}
