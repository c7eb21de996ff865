/* Which account is meant by an e-mail or a national id: one answer for pages, files and commands.
 * Must not take an index's word: what it finds is opened and compared with what a registrar wrote down there.
 * Called by the other parts of people, and by the import. Rule: sign-in 1. */
#include "service/people/found.h"

#include <string.h>

#include "base/clean.h"
#include "domain/policy/matrix.h"
#include "service/people/person.h"
#include "service/seal.h"

Str person_called(const Values *values)
{
    if (values->kind->id == KIND_GUARDIAN)
        return values_at(values, GUARDIAN_NAME);
    return values_at(values, values->kind->id == KIND_CHILD ? CHILD_NAME : STAFF_PERSON_NAME);
}

/* Only a number or an e-mail that a registrar typed is sealed in an account; what its bearer chose is nowhere in there. */
static Err says_the_same(const Values *values, IndexedBy by, Arena *scratch, bool *ret_same)
{
    Str email = STR_NONE;

    *ret_same = false;
    if (by.kind == INDEX_NATIONAL_ID) {
        *ret_same = (values->kind->id == KIND_GUARDIAN && str_equal(values_at(values, GUARDIAN_NATIONAL_ID), by.text)) ||
                    (values->kind->id == KIND_CHILD && str_equal(values_at(values, CHILD_NATIONAL_ID), by.text));
        return ok();
    }
    if (values->kind->id != KIND_STAFF_PERSON)
        return ok();
    Err named = people_user_name(values_at(values, STAFF_PERSON_EMAIL), scratch, &email);
    if (named.id == E_INVALID)
        return ok();
    TRY(named);
    *ret_same = str_equal(email, by.text);
    return ok();
}

static Err compare(const PersonWanted *wanted, const ScopeKeyRow *scope, const PersonRow *person, Str *ret_name, bool *ret_same)
{
    AUTO(key_wipe) Key key = {0};
    const OpenScope opened = {wanted->service, wanted->actor->tenant, &key};
    Values values;

    TRY(keys_unwrap(wanted->service->keys, actor_key(wanted->actor, wanted->purpose, SCOPE_PERSON, person->id), scope->wrapped,
                    &key));
    TRY(person_open(&opened, person, wanted->keep, &values));
    *ret_name = person_called(&values);
    return says_the_same(&values, wanted->by, wanted->keep, ret_same);
}

static Err indexed(Tx *tx, const ScopeIndex *index, Arena *keep, ScopeKeyRows *ret_rows)
{
    ScopeKeyRows rows = {0};
    uint32_t count = 0;

    TRY(store_scopes_by_index(tx, index, keep, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].kind == SCOPE_PERSON)
            rows.items[count++] = rows.items[i];
    *ret_rows = (ScopeKeyRows){.items = rows.items, .count = count};
    return ok();
}

/* Scopes without a person are those of accounts that were erased. */
static Err read_indexed(const PersonWanted *wanted, const ScopeIndex *index, ScopeKeyRows *ret_scopes, PersonRow **ret_persons)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    PersonRow *persons = NULL;

    TRY(store_read(wanted->actor->store, &tx));
    TRY(indexed(tx, index, wanted->keep, ret_scopes));
    TRY(ARENA_NEW(wanted->keep, PersonRow, (size_t)ret_scopes->count + 1, &persons));
    for (uint32_t i = 0; i < ret_scopes->count; i++) {
        Err read = store_person_by_id(tx, ret_scopes->items[i].scope, wanted->keep, &persons[i]);
        if (read.id != E_NOT_FOUND)
            TRY(read);
    }
    *ret_persons = persons;
    return ok();
}

Err persons_find_at(const PersonWanted *wanted, const ScopeIndex *index, PersonsFound *ret_found)
{
    PersonsFound found = {.index = *index};
    PersonRow *persons = NULL;
    ScopeKeyRows scopes = {0};
    Str *names = NULL;

    TRY(read_indexed(wanted, index, &scopes, &persons));
    TRY(ARENA_NEW(wanted->keep, Str, (size_t)scopes.count + 1, &names));
    for (uint32_t i = 0; i < scopes.count; i++) {
        bool same = false;
        if (!id_is_none(persons[i].id))
            TRY(compare(wanted, &scopes.items[i], &persons[i], &names[found.count], &same));
        if (same)
            persons[found.count++] = persons[i];
    }
    found.items = persons;
    found.names = names;
    found.indexed = scopes.count;
    *ret_found = found;
    return ok();
}

Err persons_find(const PersonWanted *wanted, PersonsFound *ret_found)
{
    const IndexUse use = {.grant = wanted->actor->grant, .tenant = wanted->actor->tenant, .kind = wanted->by.kind,
                          .purpose = wanted->purpose};
    BlindIndex index = {0};

    TRY(keys_blind_index(wanted->service->keys, use, wanted->by.text, &index));
    const ScopeIndex where = scope_index_of(&index);
    return persons_find_at(wanted, &where, ret_found);
}

Err persons_meant(const PersonsFound *found, Str name, Arena *scratch, const PersonRow **ret_person)
{
    for (uint32_t i = 0; i < found->count; i++) {
        bool same = false;
        TRY(text_reads_same(found->names[i], name, scratch, &same));
        if (same) {
            *ret_person = &found->items[i];
            return ok();
        }
    }
    if (found->count > 0)
        return fail(E_DUPLICATE);
    *ret_person = NULL;
    return ok();
}

Err persons_still_found(Tx *tx, const PersonsFound *found, const PersonRow *person, Arena *scratch)
{
    PersonRow now = {0};
    ScopeKeyRows rows = {0};
    size_t mark = arena_mark(scratch);

    TRY(indexed(tx, &found->index, scratch, &rows));
    if (rows.count != found->indexed)
        return fail(E_STALE);
    if (person) {
        Err read = store_person_by_id(tx, person->id, scratch, &now);
        if (read.id == E_NOT_FOUND || (is_ok(read) && now.version != person->version))
            return fail(E_STALE);
        TRY(read);
    }
    arena_rewind(scratch, mark);
    return ok();
}
