/* Staff in a log: let in, and out again.
 * Must not let in anybody from a unit that the consents do not name.
 * Called by web and api. Rules: access 8, 24, consent 19, sign-in 1. */
#include "service/acts/actor.h"

#include "domain/period.h"
#include "domain/signin.h"
#include "service/acts/guardian_rows.h"
#include "service/log/task.h"

Err staff_role(const Actor *actor, Id role_row, Role role, RoleRow *ret_role)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRow row = {0};

    TRY(store_read(actor->store, &tx));
    Err found = store_role_by_id(tx, role_row, &row);
    if (found.id == E_NOT_FOUND)
        return fail(E_INVALID);
    TRY(found);
    if (row.role != role || !period_in_force(PERIOD_OF(&row), actor->now))
        return fail(E_INVALID);
    *ret_role = row;
    return ok();
}

typedef struct Letting {
    Service *service;
    const Actor *actor;
    RoleRow role;       /* of whoever is let in */
    Id participant;     /* whoever goes */
    ParticipantRow row;
} Letting;

/* ---- in ---- */

static Err prepare_in(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Letting *work = self;
    Str name;

    (void)change;
    TRY(person_name(work->service, work->actor, work->role.person, scratch, &name));
    work->row = (ParticipantRow){.log_no = entered->content.log.no, .person = work->role.person, .role = ROLE_ACTOR,
                                 .unit = work->role.unit, .from_at = work->actor->now, .version = 1};
    TRY(world_id(work->service->world, &work->row.id));
    return log_participant_seal(&entered->keys, name, scratch, &work->row);
}

static Err put_in(Tx *tx, void *self)
{
    const Letting *work = self;
    return store_participant_insert(tx, &work->row);
}

Err log_actor_add(Service *service, const Actor *actor, Id log, Id role_row, Id *ret_participant)
{
    Letting work = {.service = service, .actor = actor};
    LogTask task = {.wish = {.log = log, .act = ACT_PARTICIPANT_ADD, .purpose = PURPOSE_WRITE},
                    .prepare = prepare_in, .put = put_in, .self = &work};
    Why why = WHY_UNDECIDED;

    TRY(staff_role(actor, role_row, ROLE_ACTOR, &work.role));
    task.wish.unit = work.role.unit;
    Err done = log_carry_out(service, actor, &task, &why);
    if (why == WHY_NOT_IN_CONSENT && done.id == E_FORBIDDEN)
        return fail(E_INVALID);
    TRY(done);
    *ret_participant = work.row.id;
    return ok();
}

/* ---- out ---- */

static Err find_actor(const LogEntered *entered, Id participant, ParticipantRow *ret_row)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!id_equal(row->id, participant))
            continue;
        *ret_row = *row;
        /* Guardians go by their own act; the holder passes the baton on. */
        return row->role == ROLE_ACTOR ? ok() : fail(E_INVALID);
    }
    return fail(E_INVALID);
}

static Err prepare_out(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Letting *work = self;
    ParticipantRow row;

    (void)change;
    TRY(find_actor(entered, work->participant, &row));
    if (period_has_end(PERIOD_OF(&row)))
        return fail(E_STALE);
    return log_participant_over(&entered->keys, &row, work->actor->now, scratch, &work->row);
}

static Err put_out(Tx *tx, void *self)
{
    const Letting *work = self;
    return store_participant_update(tx, &work->row);
}

Err log_participant_end(Service *service, const Actor *actor, Id log, Id participant)
{
    Letting work = {.service = service, .actor = actor, .participant = participant};
    const LogTask task = {.wish = {.log = log, .act = ACT_PARTICIPANT_END, .purpose = PURPOSE_WRITE},
                          .prepare = prepare_out, .put = put_out, .self = &work};
    Why why;

    return log_carry_out(service, actor, &task, &why);
}
