/* Staff in a log: let in, and out again.
 * Must not let in anybody from a unit that the consents do not name.
 * Called by web and api. Rules: 2-lifecycle, scenario 11, settled 10, 12. */
#include "service/acts/actor.h"

#include "domain/signin.h"
#include "service/acts/guardian_rows.h"
#include "service/log/change.h"
#include "service/log/enter.h"
#include "service/log/task.h"

#define SCRATCH_CAP ((size_t)64 << 20)

/* A role that its bearer holds now; anything else is an invalid choice. */
static Err active_role(const Actor *actor, Id role_row, RoleRow *ret_role)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRow role = {0};

    TRY(store_read(actor->store, &tx));
    Err found = store_role_by_id(tx, role_row, &role);
    if (found.id == E_NOT_FOUND)
        return fail(E_INVALID);
    TRY(found);
    if (role.role != ROLE_ACTOR || !signin_role_in_force(role.from_at, role.to_at, actor->now))
        return fail(E_INVALID);
    *ret_role = role;
    return ok();
}

static Err insert_participant(Tx *tx, void *context)
{
    return store_participant_insert(tx, context);
}

static Err add_once(Service *service, const Actor *actor, const LogWish *wish, const RoleRow *role, Id *ret_participant,
                    bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why = WHY_UNDECIDED;
    Str name;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    Err allowed = log_enter(service, actor, wish, scratch, &why, &entered);
    if (why == WHY_NOT_IN_CONSENT && allowed.id == E_FORBIDDEN)
        return fail(E_INVALID);
    TRY(allowed);
    TRY(person_name(service, actor, role->person, scratch, &name));
    ParticipantRow row = {.log_no = entered.content.log.no, .person = role->person, .role = ROLE_ACTOR, .unit = role->unit,
                          .from_at = actor->now, .version = 1};
    const LogChange change = {.entered = &entered, .change = insert_participant, .context = &row,
                              .wake_on = log_wake_of(&entered, actor)};
    TRY(world_id(service->world, &row.id));
    TRY(log_participant_seal(&entered.keys, name, scratch, &row));
    TRY(log_change(actor, &change, scratch, ret_moved));
    *ret_participant = row.id;
    return ok();
}

Err log_actor_add(Service *service, const Actor *actor, Id log, Id role_row, Id *ret_participant)
{
    LogWish wish = {.log = log, .act = ACT_PARTICIPANT_ADD, .purpose = PURPOSE_WRITE};
    RoleRow role = {0};

    TRY(active_role(actor, role_row, &role));
    wish.unit = role.unit;
    for (int i = 0; i < LOG_TRIES; i++) {
        bool moved = false;
        Err done = add_once(service, actor, &wish, &role, ret_participant, &moved);
        if (!moved)
            return done;
    }
    return fail(E_BUSY);
}

static Err update_participant(Tx *tx, void *context)
{
    return store_participant_update(tx, context);
}

/* The sealed part is bound to the version, so it is sealed again for the one that the update makes. */
static Err end_row(const LogEntered *entered, Id participant, const Actor *actor, Arena *scratch, ParticipantRow *ret_row)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        ParticipantRow row = entered->content.participants.items[i];
        LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row.id, row.version};
        Values values;
        if (!id_equal(row.id, participant))
            continue;
        /* Guardians go by their own act; the holder passes the baton on. */
        if (row.role != ROLE_ACTOR)
            return fail(E_INVALID);
        if (row.to_at != 0)
            return fail(E_STALE);
        TRY(log_unseal(&entered->keys, place, KIND_PARTICIPANT, row.sealed, scratch, &values));
        place.version++;
        TRY(log_seal(&entered->keys, place, &values, scratch, &row.sealed));
        row.to_at = actor->now;
        *ret_row = row;
        return ok();
    }
    return fail(E_INVALID);
}

static Err end_once(Service *service, const Actor *actor, const LogWish *wish, Id participant, bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};
    ParticipantRow row = {0};
    Why why;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(log_enter(service, actor, wish, scratch, &why, &entered));
    TRY(end_row(&entered, participant, actor, scratch, &row));
    const LogChange change = {.entered = &entered, .change = update_participant, .context = &row,
                              .wake_on = log_wake_of(&entered, actor)};
    return log_change(actor, &change, scratch, ret_moved);
}

Err log_participant_end(Service *service, const Actor *actor, Id log, Id participant)
{
    const LogWish wish = {.log = log, .act = ACT_PARTICIPANT_END, .purpose = PURPOSE_WRITE};

    for (int i = 0; i < LOG_TRIES; i++) {
        bool moved = false;
        Err done = end_once(service, actor, &wish, participant, &moved);
        if (!moved)
            return done;
    }
    return fail(E_BUSY);
}
