/* A holder is appointed for a log that nobody holds any more: the holder's role has ended, and a manager stands in.
 * Must not take the baton from anybody who has it.
 * Called by web and api. Rules: rest 7, 9. */
#include "service/acts/baton/appoint.h"

#include "service/acts/actor.h"
#include "service/acts/baton/offered.h"
#include "service/acts/guardian_rows.h"
#include "service/log/task.h"
#include "service/people/office.h"
#include "store/inbox.h"

typedef struct Appointing {
    Service *service;
    const Actor *actor;
    RoleRow role; /* of whoever is to have it */
    BatonPassing passing;
    InboxRows told;
} Appointing;

static Err unit_has_manager(const Actor *actor, Id unit, Arena *scratch, bool *ret_has)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    RoleRows rows = {0};

    TRY(store_read(actor->store, &tx));
    TRY(store_roles_of_unit(tx, unit, scratch, &rows));
    *ret_has = roles_any(&rows, ROLE_ORG_MANAGER, actor->now);
    return ok();
}

/* It is the manager's to appoint, where there is one. */
static Err is_theirs(const Appointing *work, const LogEntered *entered, Arena *scratch)
{
    bool has = false;

    if (!entered->stands_in)
        return fail(E_INVALID);
    if (work->actor->role == ROLE_ORG_MANAGER)
        return ok();
    TRY(unit_has_manager(work->actor, entered->content.log.unit, scratch, &has));
    return has ? fail(E_INVALID) : ok();
}

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Appointing *work = self;
    const RoleRow *role = &work->role;
    Str name;

    TRY(is_theirs(work, entered, scratch));
    if (!id_equal(role->unit, entered->content.log.unit) && !consents_name(&entered->consents, role->unit, work->actor->now))
        return fail(E_INVALID);
    TRY(person_name(work->service, work->actor, role->person, scratch, &name));
    const BatonTo to = {.service = work->service, .now = work->actor->now, .person = role->person, .unit = role->unit, .name = name};
    TRY(baton_pass(&to, entered, scratch, &work->passing));
    TRY(baton_told(&(LogReader){work->service, work->actor, scratch}, entered, role->unit, &work->told));
    TRY(baton_tell(work->service, &to, entered, scratch, &work->told));
    change->log.holder = role->person;
    change->log.unit = role->unit;
    return ok();
}

static Err put(Tx *tx, void *self)
{
    const Appointing *work = self;

    TRY(baton_put(tx, &work->passing));
    return store_inbox_tell(tx, &work->told, NULL);
}

Err holder_appoint(Service *service, const Actor *actor, Id log, Id role_row)
{
    Appointing work = {.service = service, .actor = actor};
    const LogTask task = {.wish = {.log = log, .act = ACT_HOLDER_APPOINT, .opening = OPENING_HOLDER_REPLACEMENT, .purpose = PURPOSE_WRITE},
                          .prepare = prepare, .put = put, .self = &work};
    Why why = WHY_UNDECIDED;

    TRY(staff_role(actor, role_row, ROLE_RELAY_HOLDER, &work.role));
    return log_carry_out(service, actor, &task, &why);
}
