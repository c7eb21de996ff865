/* The log of an invitation to which all have said yes: made by the rules of create.c, in the work in which the invitation goes.
 * Must not open what was said before all have said it.
 * Called by web and api. Rules: consent 3, scenarios 12. */
#include "service/acts/invitation/invitation_log.h"

#include "service/acts/contact.h"
#include "service/acts/invitation/answered.h"
#include "service/acts/invitation/invitation.h"

Err invitation_log(Service *service, const Actor *actor, Id invitation, Arena *keep, CreatedLog *ret_created)
{
    NewGuardian guardians[INVITED_MAX] = {0};
    Answered *answered = NULL;
    IdList units = {0};

    TRY(ARENA_NEW(keep, Answered, 1, &answered));
    *answered = (Answered){.service = service, .actor = actor, .keep = keep};
    TRY(log_create_may(actor));
    TRY(answered_read(answered, invitation));
    if (!id_is_none(answered->row.log))
        return fail(E_NOT_FOUND);
    TRY(invitation_units(&answered->row, keep, &units));
    const Pending *pending = &answered->pending;
    for (uint32_t i = 0; i < pending->count; i++)
        guardians[i] = (NewGuardian){.values = pending->items[i].guardian, .consent = pending->items[i].consent,
                                     .account = pending->items[i].person};
    const NewLog log = {.child = pending->items[0].child, .guardians = guardians, .guardian_count = pending->count,
                        .units = units.ids, .unit_count = units.count, .in_app = true, .put = answered_put, .self = answered};
    TRY(log_create(service, actor, &log, keep, ret_created));
    contact_purge(actor->store);
    return ok();
}
