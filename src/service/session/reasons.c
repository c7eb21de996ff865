/* One slot for each of some hundred logs that are being looked into.
 * Must not let a reason go on for longer by being used.
 * Called by web. */
#include "service/session/reasons.h"

#include <threads.h>

#define SLOTS 512

typedef struct Given {
    Id grant;
    Id log;
    int64_t at; /* 0: free */
    Opening reason;
} Given;

struct Reasons {
    mtx_t lock;
    Given slots[SLOTS];
};

Err reasons_new(Arena *keep, Reasons **ret_reasons)
{
    Reasons *reasons = NULL;

    TRY(ARENA_NEW(keep, Reasons, 1, &reasons));
    if (mtx_init(&reasons->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    *ret_reasons = reasons;
    return ok();
}

void reasons_done(Reasons *reasons)
{
    mtx_destroy(&reasons->lock);
}

static bool is_of(const Given *slot, Id grant, Id log)
{
    return slot->at != 0 && id_equal(slot->grant, grant) && id_equal(slot->log, log);
}

/* The slot of this log, else the one that is free, or has waited for longest. */
static Given *slot_for(Reasons *reasons, Id grant, Id log)
{
    Given *best = &reasons->slots[0];

    for (size_t i = 0; i < SLOTS; i++) {
        Given *slot = &reasons->slots[i];
        if (is_of(slot, grant, log))
            return slot;
        if (slot->at < best->at)
            best = slot;
    }
    return best;
}

void reasons_put(Reasons *reasons, Id grant, Id log, Opening reason, int64_t now)
{
    mtx_lock(&reasons->lock);
    *slot_for(reasons, grant, log) = (Given){.grant = grant, .log = log, .at = now, .reason = reason};
    mtx_unlock(&reasons->lock);
}

Opening reasons_of(Reasons *reasons, Id grant, Id log, int64_t now)
{
    Opening reason = OPENING_NONE;

    mtx_lock(&reasons->lock);
    const Given *slot = slot_for(reasons, grant, log);
    if (is_of(slot, grant, log) && now >= slot->at && now - slot->at < REASON_MS)
        reason = slot->reason;
    mtx_unlock(&reasons->lock);
    return reason;
}
