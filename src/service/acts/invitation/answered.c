/* What is done with an invitation that all have answered: what they wrote is opened, and accounts that were made for it get names.
 * Must not open what was said before all have said it, nor let an account be found by a number that its bearer typed.
 * Called by invitation_log.c and invitation_join.c. Rules: consent 3. */
#include "service/acts/invitation/answered.h"

#include "service/acts/invitation/invitation.h"
#include "service/people/person.h"
#include "store/volatile.h"

static Err all_have_said(Tx *tx, const Answered *answered)
{
    InvitedRows rows = {0};

    TRY(store_invited_of(tx, answered->row.id, answered->keep, &rows));
    return invitation_answered(&rows, answered->row.id, answered->row.required) ? ok() : fail(E_NOT_FOUND);
}

static Err read_rows(Answered *answered, Id invitation)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(answered->actor->store, &tx));
    TRY(invitation_own(tx, answered->actor, invitation, answered->keep, &answered->row));
    TRY(all_have_said(tx, answered));
    return store_scope(tx, invitation, answered->keep, &answered->scope);
}

static Err open_pending(Answered *answered)
{
    AUTO(key_wipe) Key key = {0};
    const KeyUse use = actor_key(answered->actor, PURPOSE_WRITE, SCOPE_PENDING, answered->row.id);

    TRY(keys_unwrap(answered->service->keys, use, answered->scope.wrapped, &key));
    TRY(pending_open(&(OpenScope){answered->service, answered->actor->tenant, &key}, &answered->row, answered->keep, &answered->pending));
    return answered->pending.count == answered->row.required ? ok() : fail(E_FORGED);
}

/* ---- whose accounts they are ---- */

static Err read_account(const Answered *answered, Id person, Naming *naming)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRights rights = {0};

    TRY(store_read(answered->actor->store, &tx));
    TRY(store_person_by_id(tx, person, answered->keep, &naming->person));
    TRY(store_scope(tx, person, answered->keep, &naming->scope));
    TRY(store_rights(tx, person, answered->keep, &rights));
    naming->is_new = rights.roles.count + rights.places.count == 0;
    return ok();
}

/* What is sealed is bound to the row's version, so both columns are made anew for the next one. Their number is not among it: they typed
 * it themselves, and nobody is found by what they say (service/people/found.h). */
static Err seal_name(const Answered *answered, const Values *guardian, Naming *naming)
{
    const Actor *actor = answered->actor;
    AUTO(key_wipe) Key key = {0};
    AUTO(credentials_wipe) Credentials credentials = {0};
    const OpenScope scope = {answered->service, actor->tenant, &key};
    PersonRow *person = &naming->person;
    const RowVersion next = {person->id, person->version + 1};
    Values values = {.kind = kind_of(KIND_GUARDIAN)};

    values_put(&values, GUARDIAN_NAME, values_at(guardian, GUARDIAN_NAME));
    TRY(keys_unwrap(answered->service->keys, actor_key(actor, PURPOSE_READ, SCOPE_PERSON, person->id), naming->scope.wrapped, &key));
    TRY(person_open_secret(&scope, person, answered->keep, &credentials));
    TRY(person_seal(&scope, next, &values, answered->keep, &person->sealed));
    return person_seal_secret(&scope, next, &credentials, answered->keep, &person->secret);
}

static Err name_accounts(Answered *answered)
{
    for (uint32_t i = 0; i < answered->pending.count; i++) {
        const PendingConsent *one = &answered->pending.items[i];
        Naming *naming = &answered->naming[i];
        TRY(read_account(answered, one->person, naming));
        if (!naming->is_new)
            continue;
        TRY(seal_name(answered, &one->guardian, naming));
    }
    return ok();
}

/* ---- both ---- */

Err answered_read(Answered *answered, Id invitation)
{
    TRY(read_rows(answered, invitation));
    TRY(open_pending(answered));
    return name_accounts(answered);
}

Err answered_put(Tx *tx, void *self)
{
    const Answered *answered = self;
    InvitationRow row = {0};

    TRY(invitation_own(tx, answered->actor, answered->row.id, answered->keep, &row));
    if (row.version != answered->row.version)
        return fail(E_STALE);
    TRY(all_have_said(tx, answered));
    for (uint32_t i = 0; i < answered->pending.count; i++) {
        const Naming *naming = &answered->naming[i];
        if (naming->is_new)
            TRY(store_person_update(tx, &naming->person));
    }
    return store_invitation_used(tx, row.id);
}
