/* Whose consent it is when somebody of the family acts for themselves.
 * Must not take one who has left; a child who is kept out takes part still.
 * Called by the acts of this room that the family does. */
#include "service/acts/consent/own_part.h"

#include "domain/period.h"

Err own_part(const Deed *deed, const LogEntered *entered, Id *ret_participant)
{
    const Actor *actor = deed->actor;

    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!id_equal(row->person, actor->person) || row->role != actor->role)
            continue;
        if (row->role != ROLE_CHILD && !period_in_force(PERIOD_OF(row), actor->now))
            continue;
        *ret_participant = row->id;
        return ok();
    }
    return fail(E_INVALID);
}
