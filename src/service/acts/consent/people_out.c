/* The people of services that a consent does not name any more: their participation ends with it, and a later consent that names
 * the service again lets nobody in by itself.
 * Must not end anybody's of the unit that has the log, nor anything that they have written.
 * Called by the acts of this room. Rules: consent 13, 19. */
#include "service/acts/consent/people_out.h"

#include "domain/period.h"
#include "service/acts/guardian_rows.h"

Err people_out_make(const Deed *deed, const LogEntered *entered, IdList units, PeopleOut *ret_out)
{
    const ParticipantRows *people = &entered->content.participants;
    PeopleOut out = {0};

    TRY(ARENA_NEW(deed->scratch, PlaceEnd, (size_t)people->count + 1, &out.rows));
    for (uint32_t i = 0; i < people->count; i++) {
        const ParticipantRow *row = &people->items[i];
        if (row->role != ROLE_ACTOR || period_has_end(PERIOD_OF(row)) || !id_is_among(units, row->unit))
            continue;
        TRY(log_place_end(&entered->keys, row, deed->actor->now, deed->scratch, &out.rows[out.count++]));
    }
    *ret_out = out;
    return ok();
}

Err people_out_put(Tx *tx, const PeopleOut *out)
{
    return store_places_move(tx, &(PlaceMoves){.ends = out->rows, .end_count = out->count});
}
