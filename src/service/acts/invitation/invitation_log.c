/* The log of an invitation to which all have said yes: made by the rules of create.c, in the work in which the invitation goes.
 * Must not open what was said before all have said it.
 * Called by web and api. Rules: consent 3, scenarios 12. */
#include "service/acts/invitation/invitation_log.h"

#include "service/acts/contact.h"
#include "service/acts/invitation/invitation.h"
#include "service/people/person.h"
#include "store/volatile.h"

/* An account that was made for the invitation, on its way to say whose it is. */
typedef struct Naming {
    PersonRow person;
    ScopeKeyRow scope;
    bool is_new;     /* it has never had a role or a place in a log */
    bool has_number;
} Naming;

typedef struct Making {
    Service *service;
    const Actor *actor;
    Arena *keep;
    InvitationRow row;
    ScopeKeyRow scope;
    Pending pending;
    Naming naming[INVITED_MAX];
    NewGuardian guardians[INVITED_MAX];
} Making;

static Err all_have_said(Tx *tx, const Making *making)
{
    InvitedRows rows = {0};

    TRY(store_invited_of(tx, making->row.id, making->keep, &rows));
    return invitation_answered(&rows, making->row.id, making->row.required) ? ok() : fail(E_NOT_FOUND);
}

static Err read_rows(Making *making, Id invitation)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(making->actor->store, &tx));
    TRY(invitation_own(tx, making->actor, invitation, making->keep, &making->row));
    TRY(all_have_said(tx, making));
    return store_scope(tx, invitation, making->keep, &making->scope);
}

static Err open_pending(Making *making)
{
    AUTO(key_wipe) Key key = {0};
    const KeyUse use = actor_key(making->actor, PURPOSE_WRITE, SCOPE_PENDING, making->row.id);

    TRY(keys_unwrap(making->service->keys, use, making->scope.wrapped, &key));
    TRY(pending_open(&(OpenScope){making->service, making->actor->tenant, &key}, &making->row, making->keep, &making->pending));
    return making->pending.count == making->row.required ? ok() : fail(E_FORGED);
}

/* ---- whose accounts they are ---- */

static Err read_account(const Making *making, Id person, Naming *naming)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRights rights = {0};

    TRY(store_read(making->actor->store, &tx));
    TRY(store_person_by_id(tx, person, making->keep, &naming->person));
    TRY(store_scope(tx, person, making->keep, &naming->scope));
    TRY(store_rights(tx, person, making->keep, &rights));
    naming->is_new = rights.roles.count + rights.places.count == 0;
    return ok();
}

/* What is sealed is bound to the row's version, so both columns are made anew for the next one. */
static Err seal_name(const Making *making, const Values *guardian, Naming *naming)
{
    const Actor *actor = making->actor;
    AUTO(key_wipe) Key key = {0};
    AUTO(credentials_wipe) Credentials credentials = {0};
    const OpenScope scope = {making->service, actor->tenant, &key};
    PersonRow *person = &naming->person;
    const RowVersion next = {person->id, person->version + 1};
    Values values = {.kind = kind_of(KIND_GUARDIAN)};

    values_put(&values, GUARDIAN_NAME, values_at(guardian, GUARDIAN_NAME));
    values_put(&values, GUARDIAN_NATIONAL_ID, values_at(guardian, GUARDIAN_NATIONAL_ID));
    TRY(keys_unwrap(making->service->keys, actor_key(actor, PURPOSE_READ, SCOPE_PERSON, person->id), naming->scope.wrapped, &key));
    TRY(person_open_secret(&scope, person, making->keep, &credentials));
    TRY(person_seal(&scope, next, &values, making->keep, &person->sealed));
    return person_seal_secret(&scope, next, &credentials, making->keep, &person->secret);
}

/* Found by the number from now on. */
static Err index_number(const Making *making, Str number, Naming *naming)
{
    const KeyUse use = actor_key(making->actor, PURPOSE_WRITE, SCOPE_PERSON, naming->person.id);
    ScopeKeyRow *scope = &naming->scope;
    WrappedKey wrapped;

    naming->has_number = number.length > 0;
    if (!naming->has_number)
        return ok();
    TRY(keys_scope_index(making->service->keys, use, scope->wrapped, indexed_by(INDEX_NATIONAL_ID, number), &wrapped));
    scope->epoch = wrapped.epoch;
    TRY(str_copy(making->keep, str_from_bytes(wrapped.bytes, sizeof wrapped.bytes), &scope->wrapped));
    return str_copy(making->keep, str_from_bytes(wrapped.index, sizeof wrapped.index), &scope->blind_index);
}

static Err name_accounts(Making *making)
{
    for (uint32_t i = 0; i < making->pending.count; i++) {
        const PendingConsent *one = &making->pending.items[i];
        Naming *naming = &making->naming[i];
        TRY(read_account(making, one->person, naming));
        if (!naming->is_new)
            continue;
        TRY(seal_name(making, &one->guardian, naming));
        TRY(index_number(making, values_at(&one->guardian, GUARDIAN_NATIONAL_ID), naming));
    }
    return ok();
}

/* ---- in the work that makes the log ---- */

static Err put(Tx *tx, void *self)
{
    const Making *making = self;
    InvitationRow row = {0};

    TRY(invitation_own(tx, making->actor, making->row.id, making->keep, &row));
    if (row.version != making->row.version)
        return fail(E_STALE);
    TRY(all_have_said(tx, making));
    for (uint32_t i = 0; i < making->pending.count; i++) {
        const Naming *naming = &making->naming[i];
        if (naming->is_new)
            TRY(store_person_update(tx, &naming->person));
        if (naming->is_new && naming->has_number)
            TRY(store_scope_update(tx, &naming->scope));
    }
    return store_invitation_used(tx, row.id);
}

Err invitation_log(Service *service, const Actor *actor, Id invitation, Arena *keep, CreatedLog *ret_created)
{
    Making *making = NULL;
    IdList units = {0};

    TRY(ARENA_NEW(keep, Making, 1, &making));
    *making = (Making){.service = service, .actor = actor, .keep = keep};
    TRY(log_create_may(actor));
    TRY(read_rows(making, invitation));
    TRY(open_pending(making));
    TRY(name_accounts(making));
    TRY(invitation_units(&making->row, keep, &units));
    for (uint32_t i = 0; i < making->pending.count; i++)
        making->guardians[i] = (NewGuardian){.values = making->pending.items[i].guardian, .consent = making->pending.items[i].consent,
                                             .account = making->pending.items[i].person};
    const NewLog log = {.child = making->pending.items[0].child, .guardians = making->guardians, .guardian_count = making->pending.count,
                        .units = units.ids, .unit_count = units.count, .put = put, .self = making};
    TRY(log_create(service, actor, &log, keep, ret_created));
    contact_purge(actor->store);
    return ok();
}
