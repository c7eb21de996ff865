/* What a procedure about a log asked for, as an entry of that log.
 * Must not be corrected nor removed afterwards: no kind that is written this way has an act of its own.
 * Called by service/acts/procedure. */
#include "service/log/keep.h"

#include "base/calendar.h"
#include "service/log/room.h"
#include "store/entries.h"

static Err append(Tx *tx, void *self)
{
    int64_t no = 0;

    return store_entry_append(tx, self, &no);
}

/* A door that forgot to ask is refused here too. */
static bool is_whole(const Values *asked, Day today)
{
    for (unsigned i = 0; i < asked->kind->count; i++)
        if (asked->kind->fields[i].required && asked->text[i].length == 0)
            return false;
    return dates_good(asked, (Written){.today = today});
}

Err log_keep(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const Actor *actor = deed->actor;
    EntryRow *row = NULL;

    if (!is_whole(deed->asked, oslo_day(actor->now)))
        return fail(E_INVALID);
    TRY(ARENA_NEW(deed->scratch, EntryRow, 1, &row));
    *row = (EntryRow){.log_no = entered->content.log.no, .kind = (uint16_t)deed->asked->kind->id, .version = 1,
                      .author = actor->person, .author_role = (uint8_t)actor->role, .author_unit = actor->unit, .at = actor->now};
    TRY(service_makes(deed->service, actor, &row->id));
    row->entry = row->id;
    TRY(log_seal(&entered->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row->id, row->version}, deed->asked,
                 deed->scratch, &row->sealed));
    TRY(log_room(entered, actor, row));
    log_change_lives(entered, actor, deed->asked->kind->id, change);
    change->put = append;
    change->self = row;
    return ok();
}
