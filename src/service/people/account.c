/* Opens account names; finds or makes the accounts of families.
 * Must not keep a key, nor show an enrolment code twice.
 * Called by the parts of service that show names or make accounts. */
#include "service/people/account.h"

#include "service/people/found.h"
#include "service/people/person.h"

/* The state of an account that has not been enrolled yet. */
#define PERSON_INVITED 1

Err person_name(Service *service, const Actor *actor, Id person, Arena *keep, Str *ret_name)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AUTO(key_wipe) Key key = {0};
    ScopeKeyRow scope = {0};
    PersonRow row = {0};
    Values values;

    TRY(store_read(actor->store, &tx));
    TRY(store_person_by_id(tx, person, keep, &row));
    TRY(store_scope(tx, person, keep, &scope));
    TRY(keys_unwrap(service->keys, actor_key(actor, PURPOSE_READ, SCOPE_PERSON, person), scope.wrapped, &key));
    TRY(person_open(&(OpenScope){service, actor->tenant, &key}, &row, keep, &values));
    *ret_name = person_called(&values);
    return ok();
}

static uint32_t first_place(const Id *persons, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (id_equal(persons[i], persons[at]))
            return i;
    return at;
}

Err people_names(Service *service, const Actor *actor, IdList persons, Arena *keep, Str *ret_names)
{
    for (uint32_t i = 0; i < persons.count; i++) {
        uint32_t first = first_place(persons.ids, i);
        ret_names[i] = first < i ? ret_names[first] : STR_NONE;
        if (first < i || id_is_none(persons.ids[i]))
            continue;
        Err named = person_name(service, actor, persons.ids[i], keep, &ret_names[i]);
        if (named.id != E_NOT_FOUND)
            TRY(named);
    }
    return ok();
}

/* ---- family ---- */

static Err make_account(Service *service, const Actor *actor, FamilyWish wish, Arena *keep, FamilyAccount *account)
{
    Values values = {.kind = kind_of(wish.kind)};
    AUTO(key_wipe) Key key = {0};
    WrappedKey wrapped;
    Str copy = STR_NONE, index = STR_NONE;

    /* One of the two: values_put leaves out what is of another kind. */
    values_put(&values, GUARDIAN_NAME, wish.name);
    values_put(&values, GUARDIAN_NATIONAL_ID, wish.national_id);
    values_put(&values, CHILD_NAME, wish.name);
    values_put(&values, CHILD_NATIONAL_ID, wish.national_id);
    TRY(world_id(service->world, &account->person));
    TRY(keys_scope_new(service->keys, actor_key(actor, PURPOSE_WRITE, SCOPE_PERSON, account->person),
                       indexed_by(INDEX_NATIONAL_ID, wish.national_id), &wrapped, &key));
    TRY(str_copy(keep, str_from_bytes(wrapped.bytes, sizeof wrapped.bytes), &copy));
    if (wrapped.has_index)
        TRY(str_copy(keep, str_from_bytes(wrapped.index, sizeof wrapped.index), &index));
    account->scope = (ScopeKeyRow){.scope = account->person, .kind = SCOPE_PERSON, .epoch = wrapped.epoch, .wrapped = copy,
                                   .blind_index = index, .version = 1};
    account->row = (PersonRow){.id = account->person, .state = PERSON_INVITED, .version = 1, .created_at = actor->now};
    TRY(person_seal(&(OpenScope){service, actor->tenant, &key}, (RowVersion){account->person, 1},
                    &values, keep, &account->row.sealed));
    account->is_new = true;
    return ok();
}

static Err is_givers(const Giver *giver, Id person, Arena *scratch, bool *ret_all)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Rights rights = {0};

    TRY(store_read(giver->actor->store, &tx));
    TRY(rights_to_give(tx, giver, person, scratch, &rights));
    *ret_all = rights.all;
    return ok();
}

/* Somebody who has enrolled; else one who is nobody yet but a slip of paper of this giver's own. */
static Err choose(const Giver *giver, const PersonsFound *found, Arena *scratch, const PersonRow **ret_person)
{
    *ret_person = NULL;
    for (uint32_t i = 0; i < found->count && !*ret_person; i++)
        if (found->items[i].login_index.length > 0)
            *ret_person = &found->items[i];
    for (uint32_t i = 0; i < found->count && !*ret_person; i++) {
        bool all = false;
        TRY(is_givers(giver, found->items[i].id, scratch, &all));
        if (all)
            *ret_person = &found->items[i];
    }
    return ok();
}

static void take(FamilyAccount *account, const PersonRow *person)
{
    account->person = person->id;
    account->row = *person;
    account->enrolled = person->login_index.length > 0;
}

static Err make_code(Service *service, const Giver *giver, Arena *keep, FamilyAccount *account)
{
    return enrolment_code_new(service, (EnrolmentWish){account->person, giver->actor->now}, keep, &account->code,
                              &account->enrolment);
}

Err family_account(Service *service, const Giver *giver, FamilyWish wish, Arena *keep, FamilyAccount *ret_account)
{
    const PersonRow *person = NULL;
    FamilyAccount account = {0};

    if (wish.national_id.length > 0) {
        const PersonWanted wanted = {.service = service, .actor = giver->actor, .by = {INDEX_NATIONAL_ID, wish.national_id},
                                     .purpose = PURPOSE_READ, .keep = keep};
        TRY(persons_find(&wanted, &account.found));
        TRY(choose(giver, &account.found, keep, &person));
    }
    if (person)
        take(&account, person);
    else
        TRY(make_account(service, giver->actor, wish, keep, &account));
    if (!wish.codeless)
        TRY(make_code(service, giver, keep, &account));
    *ret_account = account;
    return ok();
}

Err family_account_kept(const Giver *giver, Id person, Arena *keep, FamilyAccount *ret_account)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    FamilyAccount account = {0};
    PersonRow row = {0};

    TRY(store_read(giver->actor->store, &tx));
    TRY(store_person_by_id(tx, person, keep, &row));
    take(&account, &row);
    *ret_account = account;
    return ok();
}

Err family_account_of(Service *service, const Giver *giver, Id person, Arena *keep, FamilyAccount *ret_account)
{
    FamilyAccount account = {0};

    TRY(family_account_kept(giver, person, keep, &account));
    TRY(make_code(service, giver, keep, &account));
    *ret_account = account;
    return ok();
}

/* What was found by the number is what is found still. */
static Err still_found(Tx *tx, const FamilyAccount *account, const Giver *giver, Arena *scratch)
{
    bool by_number = account->found.indexed > 0 || (account->is_new && account->scope.blind_index.length > 0);
    Rights rights = {.all = true};

    if (by_number || !account->is_new)
        TRY(persons_still_found(tx, &account->found, account->is_new ? NULL : &account->row, scratch));
    if (!account->is_new && !account->enrolled && by_number)
        TRY(rights_to_give(tx, giver, account->person, scratch, &rights));
    return rights.all ? ok() : fail(E_STALE);
}

Err family_account_put(Tx *tx, const FamilyAccount *account, const Giver *giver, Arena *scratch)
{
    TRY(still_found(tx, account, giver, scratch));
    if (!account->is_new)
        return ok();
    TRY(store_scope_insert(tx, &account->scope));
    return store_person_insert(tx, &account->row);
}

Err family_code_put(Tx *tx, const FamilyAccount *account, const Giver *giver, Id right, Arena *scratch)
{
    if (id_is_none(account->enrolment.person))
        return ok();
    if (account->enrolled)
        return store_enrolment_insert(tx, &account->enrolment);
    if (account->is_new)
        return enrolment_code_put_first(tx, &account->code, &account->enrolment, right);
    return enrolment_code_put(tx, giver, &account->code, &account->enrolment, scratch);
}

Err family_place_put(Tx *tx, const FamilyAccount *account, const Giver *giver, const ParticipantRow *place, Arena *scratch)
{
    TRY(still_found(tx, account, giver, scratch));
    if (account->is_new) {
        TRY(store_scope_insert(tx, &account->scope));
        TRY(store_participant_insert_first(tx, &account->row, place));
    } else {
        TRY(store_participant_insert(tx, place));
    }
    return family_code_put(tx, account, giver, place->id, scratch);
}
