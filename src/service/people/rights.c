/* What a person may do here, and which of it somebody else may give them: what a one-time code is worth.
 * Must not count a right that has ended.
 * Called by the other parts of people, by session, acts and jobs. Rule: sign-in 3. */
#include "service/people/rights.h"

#include "domain/period.h"
#include "service/people/appoint.h"
#include "store/volatile.h"

Err rights_of(Tx *tx, Id person, int64_t now, Arena *keep, Rights *ret_rights)
{
    PersonRights given = {0};
    InvitedRows asked = {0};
    Right *items = NULL;
    uint32_t count = 0;

    TRY(store_rights(tx, person, keep, &given));
    TRY(store_invited_of_person(tx, person, keep, &asked));
    TRY(ARENA_NEW(keep, Right, (size_t)given.roles.count + given.places.count + asked.count + 1, &items));
    for (uint32_t i = 0; i < given.roles.count; i++) {
        const RoleRow *row = &given.roles.items[i];
        if (!period_has_ended(PERIOD_OF(row), now))
            items[count++] = (Right){.id = row->id, .role = (Role)row->role, .unit = row->unit};
    }
    for (uint32_t i = 0; i < given.places.count; i++) {
        const ParticipantRow *row = &given.places.items[i];
        if (!period_has_ended(PERIOD_OF(row), now))
            items[count++] = (Right){.id = row->id, .role = (Role)row->role, .unit = row->unit, .log_no = row->log_no};
    }
    for (uint32_t i = 0; i < asked.count; i++)
        if (!period_has_ended((Period){.to_at = asked.items[i].expires_at}, now))
            items[count++] = (Right){.id = asked.items[i].id, .role = ROLE_GUARDIAN, .asked_by = asked.items[i].maker};
    *ret_rights = (Rights){.items = items, .count = count, .all = true};
    return ok();
}

Err rights_is_asked(Tx *tx, Id person, int64_t now, Arena *scratch, bool *ret_asked)
{
    InvitedRows rows = {0};

    *ret_asked = false;
    TRY(store_invited_of_person(tx, person, scratch, &rows));
    for (uint32_t i = 0; i < rows.count && !*ret_asked; i++)
        *ret_asked = !period_has_ended((Period){.to_at = rows.items[i].expires_at}, now);
    return ok();
}

Err role_is_new(Tx *tx, const RoleRow *role, Arena *scratch)
{
    RoleRows here = {0};

    TRY(store_roles_of_person(tx, role->person, scratch, &here));
    for (uint32_t i = 0; i < here.count; i++) {
        const RoleRow *other = &here.items[i];
        if (other->role == role->role && id_equal(other->unit, role->unit) && period_overlaps(PERIOD_OF(other), PERIOD_OF(role)))
            return fail(E_RANGE);
    }
    return ok();
}

static bool gives_role(const Actor *actor, const Right *right, Id person)
{
    Flags flags = id_equal(person, actor->person) ? FLAG_SELF : 0;

    if (actor->role == ROLE_NONE)
        return true;
    return policy_decide((Ask){.act = people_act_of(right->role), .role = actor->role,
                               .relation = people_relation(actor, right->unit), .flags = flags}) == WHY_ALLOWED;
}

/* Of staff, what their manager lets them work with; of the family, what the holder of that log says. */
static Err gives_place(Tx *tx, const Giver *giver, const Right *right, bool *ret_gives)
{
    const Actor *actor = giver->actor;
    LogRow log = {0};

    if (!role_is_family(right->role)) {
        *ret_gives = actor->role == ROLE_ORG_MANAGER && !id_is_none(right->unit) && id_equal(actor->unit, right->unit);
        return ok();
    }
    if (right->log_no == giver->log_no) {
        *ret_gives = true;
        return ok();
    }
    TRY(store_log_by_no(tx, right->log_no, &log));
    *ret_gives = actor->role == ROLE_RELAY_HOLDER && id_equal(log.holder, actor->person) && id_equal(log.unit, actor->unit);
    return ok();
}

Err rights_to_give(Tx *tx, const Giver *giver, Id person, Arena *keep, Rights *ret_rights)
{
    Rights all = {0};
    Right *given = NULL;
    uint32_t count = 0;

    TRY(rights_of(tx, person, giver->actor->now, keep, &all));
    TRY(ARENA_NEW(keep, Right, (size_t)all.count + 1, &given));
    for (uint32_t i = 0; i < all.count; i++) {
        bool gives = false;
        if (!id_is_none(all.items[i].asked_by))
            gives = id_equal(all.items[i].asked_by, giver->actor->person);
        else if (all.items[i].log_no == 0)
            gives = gives_role(giver->actor, &all.items[i], person);
        else
            TRY(gives_place(tx, giver, &all.items[i], &gives));
        if (gives)
            given[count++] = all.items[i];
    }
    *ret_rights = (Rights){.items = given, .count = count, .all = count == all.count};
    return ok();
}
