/* One slot for each of some hundred persons; who takes another's slot is told at once.
 * Must not lose an alarm: what is not told is counted, or told again.
 * Called by web. */
#include "service/session/told.h"

#include <threads.h>

#define SLOTS 512

typedef struct Alarm {
    Id person;
    int64_t at; /* 0: free */
    uint32_t untold;
} Alarm;

struct Told {
    mtx_t lock;
    Alarm slots[SLOTS];
};

Err told_new(Arena *keep, Told **ret_told)
{
    Told *told = NULL;

    TRY(ARENA_NEW(keep, Told, 1, &told));
    if (mtx_init(&told->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    *ret_told = told;
    return ok();
}

void told_done(Told *told)
{
    mtx_destroy(&told->lock);
}

bool told_due(Told *told, Id person, int64_t now, uint32_t *ret_untold)
{
    mtx_lock(&told->lock);
    Alarm *slot = &told->slots[(person.bytes[ID_BYTES - 2] << 8 | person.bytes[ID_BYTES - 1]) % SLOTS];
    bool known = slot->at != 0 && id_equal(slot->person, person);
    bool due = !known || now < slot->at || now - slot->at >= TOLD_MS;
    if (due) {
        *ret_untold = known ? slot->untold : 0;
        *slot = (Alarm){.person = person, .at = now};
    } else {
        slot->untold++;
    }
    mtx_unlock(&told->lock);
    return due;
}
