/* A new enrolment code for somebody who lost theirs, or the phone with the authenticator.
 * Must not let a manager become somebody who may see more than the manager's own unit.
 * Called by web and api. Rule: sign-in 3. */
#include "service/people/code.h"

#include "domain/period.h"
#include "service/people/account.h"
#include "service/people/appoint.h"

typedef struct Recoding {
    const Actor *actor;
    Id person;
    EnrolmentRow enrolment;
    AuditLine line;
} Recoding;

static Why decide(const Actor *actor, const RoleRow *role)
{
    Flags flags = id_equal(role->person, actor->person) ? FLAG_SELF : 0;

    return policy_decide((Ask){.act = people_act_of((Role)role->role), .role = actor->role,
                               .relation = people_relation(actor, role->unit), .flags = flags});
}

static Err read_role(const Actor *actor, Id role_row, RoleRow *ret_role)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return store_role_by_id(tx, role_row, ret_role);
}

/* The first right of this person, in force now or later, that is not the actor's to give; WHY_ALLOWED when there is none. */
static Err beyond(Tx *tx, const Actor *actor, Id person, Arena *scratch, Why *ret_why)
{
    ParticipantRows family = {0};
    RoleRows roles = {0};

    *ret_why = WHY_ALLOWED;
    if (actor->role == ROLE_MUNICIPALITY_ADMIN)
        return ok();
    TRY(store_roles_of_person(tx, person, scratch, &roles));
    for (uint32_t i = 0; i < roles.count && *ret_why == WHY_ALLOWED; i++)
        if (!period_has_ended(PERIOD_OF(&roles.items[i]), actor->now))
            *ret_why = decide(actor, &roles.items[i]);
    TRY(store_participations(tx, person, scratch, &family));
    for (uint32_t i = 0; i < family.count && *ret_why == WHY_ALLOWED; i++)
        if (role_is_family((Role)family.items[i].role) && !period_has_end(PERIOD_OF(&family.items[i])))
            *ret_why = WHY_NO_RELATION;
    return ok();
}

static Err decide_whole(const Actor *actor, const RoleRow *role, Arena *scratch, Why *ret_why)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Why why = decide(actor, role);

    if (why == WHY_ALLOWED) {
        TRY(store_read(actor->store, &tx));
        TRY(beyond(tx, actor, role->person, scratch, &why));
    }
    *ret_why = why;
    return ok();
}

static Err store_code(Tx *tx, void *context)
{
    const Recoding *work = context;

    TRY(store_audit(tx, &work->line));
    TRY(store_enrolments_delete_of_person(tx, work->person));
    return store_enrolment_insert(tx, &work->enrolment);
}

Err people_enrolment_code(Service *service, const Actor *actor, Id role_row, Arena *keep, StaffCode *ret_code)
{
    Recoding work = {.actor = actor};
    RoleRow role = {0};
    StaffCode code = {0};
    Why why = WHY_UNDECIDED;

    TRY(read_role(actor, role_row, &role));
    Act act = people_act_of((Role)role.role);
    TRY(decide_whole(actor, &role, keep, &why));
    if (why != WHY_ALLOWED)
        return service_refuse(actor, act, OBJECT_PERSON, role.person, why);
    TRY(service_proved(actor, act));
    if (period_has_ended(PERIOD_OF(&role), actor->now))
        return fail(E_INVALID);
    TRY(person_name(service, actor, role.person, keep, &code.name));
    TRY(enrolment_code_new(service, (EnrolmentWish){role.person, actor->now}, keep, &code.code, &work.enrolment));
    work.person = role.person;
    work.line = service_line(actor, act, OBJECT_PERSON, role.person);
    TRY(service_write(actor, store_code, &work));
    *ret_code = code;
    return ok();
}
