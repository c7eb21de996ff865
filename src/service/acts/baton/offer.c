/* An offer of the baton: a holder's participation that does not begin before it is accepted.
 * Must not change who holds it.
 * Called by web. Rule: rest 6. */
#include "service/acts/baton/offer.h"

#include "domain/clocks.h"
#include "domain/period.h"
#include "service/acts/actor.h"
#include "service/acts/baton/offered.h"
#include "service/acts/guardian_rows.h"
#include "service/log/task.h"

typedef struct Offering {
    Service *service;
    const Actor *actor;
    RoleRow role; /* of whoever is to have it */
    ParticipantRow row;
} Offering;

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Offering *work = self;
    const int64_t now = work->actor->now;
    const Period offered = period_offered(clock_due(CLOCK_BATON_END, now, NULL));
    Str name;

    if (baton_offered(entered, (Id){0}, now) || id_equal(entered->content.log.holder, work->role.person))
        return fail(E_INVALID);
    TRY(person_name(work->service, work->actor, work->role.person, scratch, &name));
    work->row = (ParticipantRow){.log_no = entered->content.log.no, .person = work->role.person, .role = ROLE_RELAY_HOLDER,
                                 .unit = work->role.unit, .from_at = offered.from_at, .to_at = offered.to_at, .version = 1};
    TRY(world_id(work->service->world, &work->row.id));
    change->quiet = true;
    return log_participant_seal(&entered->keys, name, scratch, &work->row);
}

static Err put(Tx *tx, void *self)
{
    const Offering *work = self;
    return store_participant_insert(tx, &work->row);
}

Err baton_offer(Service *service, const Actor *actor, Id log, Id role_row)
{
    Offering work = {.service = service, .actor = actor};
    LogTask task = {.wish = {.log = log, .act = ACT_BATON_OFFER, .purpose = PURPOSE_WRITE},
                    .prepare = prepare, .put = put, .self = &work};
    Why why = WHY_UNDECIDED;

    TRY(staff_role(actor, role_row, ROLE_RELAY_HOLDER, &work.role));
    task.wish.unit = work.role.unit;
    Err done = log_carry_out(service, actor, &task, &why);
    return why == WHY_NOT_IN_CONSENT && done.id == E_FORBIDDEN ? fail(E_INVALID) : done;
}
