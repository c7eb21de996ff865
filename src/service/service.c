/* The audit line of an act, the line of a refusal, and the write that a form can do only once.
 * Must not decide a right.
 * Called by every use case of this folder. */
#include "service/service.h"

#include "domain/signin.h"

KeyUse actor_key(const Actor *actor, Purpose purpose, ScopeKind kind, Id scope)
{
    return (KeyUse){.grant = actor->grant, .tenant = actor->tenant, .kind = kind, .scope = scope, .purpose = purpose};
}

KeyUse sign_in_key(Id tenant, Id person)
{
    return (KeyUse){.tenant = tenant, .kind = SCOPE_PERSON, .scope = person, .purpose = PURPOSE_SIGN_IN};
}

IndexUse sign_in_index(Id tenant)
{
    return (IndexUse){.tenant = tenant, .kind = INDEX_USER_NAME, .purpose = PURPOSE_SIGN_IN};
}

typedef struct FormWork {
    const Actor *actor;
    Err (*work)(Tx *tx, void *context);
    void *context;
} FormWork;

static Err claim_then_work(Tx *tx, void *context)
{
    const FormWork *form = context;
    const Actor *actor = form->actor;
    const FormKeyRow row = {.hash = actor->form, .content = actor->content, .at = actor->now,
                            .answer_location = actor->answer.location, .status = actor->answer.status};

    if (actor->has_form)
        TRY(store_form_claim(tx, &row));
    return form->work(tx, form->context);
}

Err service_write(const Actor *actor, Err (*work)(Tx *tx, void *context), void *context)
{
    FormWork form = {.actor = actor, .work = work, .context = context};

    return store_write(actor->store, claim_then_work, &form);
}

Err service_makes(const Service *service, const Actor *actor, Id *ret_id)
{
    if (id_is_none(actor->makes))
        return world_id(service->world, ret_id);
    *ret_id = actor->makes;
    return ok();
}

AuditLine service_line(const Actor *actor, enum Act act, enum AuditObject kind, Id object)
{
    return (AuditLine){
        .at = actor->now,
        .request = actor->request,
        .person = actor->person,
        .role = (uint8_t)actor->role,
        .unit = actor->unit,
        .act = (uint16_t)act,
        .object_kind = (uint8_t)kind,
        .object = object,
        .outcome = AUDIT_ALLOWED,
    };
}

Err service_proved(const Actor *actor, enum Act act)
{
    return signin_must_prove(act, actor->proved_at, actor->now) ? fail(E_PROVE) : ok();
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err service_budget_reached(const Actor *actor, uint32_t untold)
{
    AuditLine line = service_line(actor, ACT_KEY_ACT, OBJECT_PERSON, actor->person);

    line.outcome = AUDIT_FAILED;
    line.reason = JOURNAL_BUDGET;
    line.amount = untold;
    return store_write(actor->store, write_line, &line);
}

Err service_refuse(const Actor *actor, enum Act act, enum AuditObject kind, Id object, enum Why why)
{
    AuditLine line = service_line(actor, act, kind, object);

    line.outcome = AUDIT_REFUSED;
    line.reason = (uint16_t)why;
    TRY(store_write(actor->store, write_line, &line));
    return fail(E_FORBIDDEN);
}
