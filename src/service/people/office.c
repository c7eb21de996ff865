/* Whether the role that somebody acts in is theirs now.
 * Must not believe the session: the role's row is read.
 * Called by the other parts of people, by acts, reading and jobs. */
#include "service/people/office.h"

#include "domain/period.h"

Err office_relation(Tx *tx, const Actor *actor, Relation *ret_relation)
{
    RoleRow role = {0};
    Err found = store_role_by_id(tx, actor->role_row, &role);

    *ret_relation = RELATION_NONE;
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    bool own = id_equal(role.person, actor->person) && role.role == actor->role && id_equal(role.unit, actor->unit);
    if (own && period_in_force(PERIOD_OF(&role), actor->now))
        *ret_relation = id_is_none(role.unit) ? RELATION_MUNICIPALITY : RELATION_UNIT;
    return ok();
}

Err office_holds(Tx *tx, const Actor *actor)
{
    Relation relation = RELATION_NONE;

    TRY(office_relation(tx, actor, &relation));
    return relation != RELATION_NONE ? ok() : fail(E_FORBIDDEN);
}

Err office_is_of(Tx *tx, Id role_row, Id person, int64_t now)
{
    RoleRow role = {0};

    TRY(store_role_by_id(tx, role_row, &role));
    return id_equal(role.person, person) && period_in_force(PERIOD_OF(&role), now) ? ok() : fail(E_NOT_FOUND);
}

bool roles_any(const RoleRows *roles, Role role, int64_t now)
{
    for (uint32_t i = 0; i < roles->count; i++)
        if (roles->items[i].role == role && period_in_force(PERIOD_OF(&roles->items[i]), now))
            return true;
    return false;
}
