/* What happened in a log's life and has words or a reason: an entry of a kind that no form of entries writes.
 * Must not be used for what people write by themselves: service/acts/entry does that.
 * Called by withdrawal.c. */
#include "service/acts/consent/event.h"

Err log_event_seal(const LogEvent *event, const LogEntered *entered, Arena *keep, EntryRow *ret_row)
{
    const Actor *actor = event->actor;
    EntryRow row = {.log_no = entered->content.log.no, .kind = (uint16_t)event->values->kind->id, .version = 1,
                    .author = actor->person, .author_role = (uint8_t)actor->role, .author_unit = actor->unit, .at = actor->now};

    TRY(world_id(event->service->world, &row.id));
    row.entry = row.id;
    TRY(log_seal(&entered->keys, (LogPlace){SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, row.id, 1}, event->values, keep, &row.sealed));
    *ret_row = row;
    return ok();
}
