/* A new enrolment code for somebody who lost theirs, or the phone with the authenticator.
 * Must not let a manager become somebody who may see more than the manager's own unit.
 * Called by web and api. Rule: sign-in 3. */
#include "service/people/code.h"

#include "domain/period.h"
#include "service/people/account.h"
#include "service/people/appoint.h"

typedef struct Recoding {
    const Actor *actor;
    Arena *scratch;
    EnrolmentCode code;
    EnrolmentRow enrolment;
    AuditLine line;
    bool whole; /* it is worth all that the person may do */
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

static Err store_code(Tx *tx, void *context)
{
    Recoding *work = context;
    const Giver giver = {.actor = work->actor};
    Rights rights = {0};

    TRY(store_audit(tx, &work->line));
    TRY(rights_to_give(tx, &giver, work->enrolment.person, work->scratch, &rights));
    work->whole = rights.all;
    return enrolment_code_put(tx, &giver, &work->code, &work->enrolment, work->scratch);
}

Err people_enrolment_code(Service *service, const Actor *actor, Id role_row, Arena *keep, StaffCode *ret_code)
{
    Recoding work = {.actor = actor, .scratch = keep};
    StaffCode code = {0};
    RoleRow role = {0};

    TRY(read_role(actor, role_row, &role));
    Act act = people_act_of((Role)role.role);
    Why why = decide(actor, &role);
    if (why != WHY_ALLOWED)
        return service_refuse(actor, act, OBJECT_PERSON, role.person, why);
    TRY(service_proved(actor, act));
    if (period_has_ended(PERIOD_OF(&role), actor->now))
        return fail(E_INVALID);
    TRY(person_name(service, actor, role.person, keep, &code.name));
    TRY(enrolment_code_new(service, (EnrolmentWish){role.person, actor->now}, keep, &work.code, &work.enrolment));
    work.line = service_line(actor, act, OBJECT_PERSON, role.person);
    TRY(service_write(actor, store_code, &work));
    code.code = work.code;
    code.whole = work.whole;
    *ret_code = code;
    return ok();
}
