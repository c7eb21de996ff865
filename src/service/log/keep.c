/* What a procedure about a log asked for, as an entry of that log.
 * Must not be corrected nor removed afterwards: no kind that is written this way has an act of its own.
 * Called by service/acts/procedure. */
#include "service/log/keep.h"

#include "base/calendar.h"
#include "service/log/room.h"
#include "store/entries.h"

#define KEPT_MOST 2

/* What one act writes. */
typedef struct Kept {
    EntryRow rows[KEPT_MOST];
    unsigned count;
    Err (*first)(Tx *tx, void *self); /* what the act puts besides, or NULL */
    void *self;
} Kept;

static Err append(Tx *tx, void *self)
{
    const Kept *kept = self;
    int64_t no = 0;

    if (kept->first)
        TRY(kept->first(tx, kept->self));
    for (unsigned i = 0; i < kept->count; i++)
        TRY(store_entry_append(tx, &kept->rows[i], &no));
    return ok();
}

/* A door that forgot to ask is refused here too. */
static bool is_whole(const Values *asked, Day today)
{
    for (unsigned i = 0; i < asked->kind->count; i++)
        if (asked->kind->fields[i].required && asked->text[i].length == 0)
            return false;
    return dates_good(asked, (Written){.today = today});
}

static Err seal_row(const Deed *deed, const LogEntered *entered, const Values *values, EntryRow *ret_row)
{
    const Actor *actor = deed->actor;
    EntryRow row = {.log_no = entered->content.log.no, .kind = (uint16_t)values->kind->id, .version = 1, .author = actor->person,
                    .author_role = (uint8_t)actor->role, .author_unit = actor->unit, .at = actor->now};

    TRY(world_id(deed->service->world, &row.id));
    row.entry = row.id;
    const LogPlace place = {SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row.id, row.version};
    TRY(log_seal(&entered->keys, place, values, deed->scratch, &row.sealed));
    TRY(log_room(entered, actor, &row));
    *ret_row = row;
    return ok();
}

Err log_keep(const Deed *deed, const LogEntered *entered, const Values *values, LogChange *change)
{
    Kept *kept = change->put == append ? change->self : NULL;

    if (!is_whole(values, oslo_day(deed->actor->now)))
        return fail(E_INVALID);
    if (!kept) {
        TRY(ARENA_NEW(deed->scratch, Kept, 1, &kept));
        *kept = (Kept){.first = change->put, .self = change->self};
    }
    if (kept->count == KEPT_MOST)
        return fail(E_TOO_LARGE);
    TRY(seal_row(deed, entered, values, &kept->rows[kept->count++]));
    log_change_lives(entered, deed->actor, values->kind->id, change);
    change->put = append;
    change->self = kept;
    return ok();
}
