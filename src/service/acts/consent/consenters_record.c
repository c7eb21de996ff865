/* It is settled who must consent now: whoever has left need not any more, and the log may go on with the others' consent.
 * Must not settle anything while nobody's consent counts, nor open a passive log.
 * Called by service/acts/procedure. Rule: consent 14. */
#include "service/log/deed.h"

/* The consents of those who have left. */
typedef struct Settling {
    const Actor *actor;
    Id *consents;
    uint32_t count;
} Settling;

static Err put(Tx *tx, void *self)
{
    const Settling *settling = self;

    for (uint32_t i = 0; i < settling->count; i++)
        TRY(store_consent_withdraw(tx, settling->consents[i], settling->actor->now));
    return ok();
}

/* One that was withdrawn before its giver left is a no still: the day on which they left is later. */
static Err find_left(const Deed *deed, const LogEntered *entered, Settling *settling, uint32_t *ret_counting)
{
    const Consents *consents = &entered->consents;

    TRY(ARENA_NEW(deed->scratch, Id, (size_t)consents->count + 1, &settling->consents));
    *ret_counting = 0;
    for (uint32_t i = 0; i < consents->count; i++) {
        enum ConsentWorth worth = consents_worth(consents, i, deed->actor->now);
        *ret_counting += worth == CONSENT_COUNTS;
        if (worth == CONSENT_LEFT && !consents->items[i].withdrawn)
            settling->consents[settling->count++] = consents->items[i].id;
    }
    return ok();
}

Err deed_consenters_record(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    Settling *settling = NULL;
    uint32_t counting = 0;

    TRY(ARENA_NEW(deed->scratch, Settling, 1, &settling));
    *settling = (Settling){.actor = deed->actor};
    TRY(find_left(deed, entered, settling, &counting));
    if (settling->count == 0 || counting == 0)
        return fail(E_INVALID);
    change->put = put;
    change->self = settling;
    change->quiet = true;
    change->log.wake_on = entered->content.log.wake_on;
    return ok();
}
