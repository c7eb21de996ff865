/* Whether the role that somebody acts in is theirs now.
 * Must not believe the session: the role's row is read.
 * Called by acts about no log yet. */
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
