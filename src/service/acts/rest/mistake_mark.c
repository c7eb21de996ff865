/* A log that was made by mistake: marked for ever, passive at once, and to be deleted without leaving a fact.
 * Must not write over the reason for which it was closed before: that may be a lock of its own.
 * Called by service/acts/procedure. Rule: states 11. */
#include "service/log/deed.h"
#include "service/statistics/kept.h"

static Err forget(Tx *tx, void *self)
{
    return statistics_facts_forget(tx, self);
}

Err deed_mistake_mark(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    FactsFound *found = NULL;

    TRY(ARENA_NEW(deed->scratch, FactsFound, 1, &found));
    TRY(statistics_facts_of_log(entered, deed->scratch, found));
    change->put = forget;
    change->self = found;
    if (entered->content.log.state != STATE_ACTIVE)
        return ok();
    change->also = ACT_LOG_CLOSE;
    change->tells = NOTICE_MADE_PASSIVE;
    return log_change_close(entered, deed->actor, CLOSING_MISTAKE, change);
}
