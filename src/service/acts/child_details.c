/* What a log says about its child, corrected: what is not typed of the number stays, and a new one finds the log from then on.
 * Must not replace a number by which somebody has an account, nor hand a number out.
 * Called by entry.c and create.c. Rules: keys 8, reading-and-writing 9, access 21. */
#include "service/acts/child_details.h"

#include "domain/input/numbers.h"
#include "domain/lifecycle.h"
#include "domain/notices.h"
#include "domain/period.h"
#include "service/log/enter.h"
#include "service/log/rows.h"
#include "service/seal.h"
#include "store/inbox.h"
#include "store/volatile.h"

/* ---- two logs about one child ---- */

Err log_found_make(Service *service, Id log, const WrappedKey *wrapped, LogFound *ret_found)
{
    LogFound found = {.log = log, .has_index = wrapped->has_index, .index = scope_index_beside(wrapped)};

    for (size_t i = 0; i < COUNT_OF(found.notices); i++)
        TRY(world_id(service->world, &found.notices[i]));
    *ret_found = found;
    return ok();
}

Err log_tell_of_double(Tx *tx, const Actor *actor, const LogFound *found, Arena *scratch)
{
    ScopeKeyRows scopes = {0};
    RoleRows admins = {0};
    bool other = false;

    if (!found->has_index)
        return ok();
    TRY(store_scopes_by_index(tx, &found->index, scratch, &scopes));
    for (uint32_t i = 0; i < scopes.count; i++)
        other = other || (scopes.items[i].kind == SCOPE_LOG && !id_equal(scopes.items[i].scope, found->log));
    if (!other)
        return ok();
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, actor->now, scratch, &admins));
    for (uint32_t i = 0; i < admins.count && i < COUNT_OF(found->notices); i++) {
        const InboxRow row = {.id = found->notices[i], .person = admins.items[i].person, .event = NOTICE_POSSIBLE_DOUBLE,
                              .object = found->log, .at = actor->now, .mailed = notice_is_mailed(NOTICE_POSSIBLE_DOUBLE)};
        TRY(store_inbox_insert(tx, &row));
    }
    return ok();
}

/* ---- another number ---- */

static Err is_of_guardian(const LogEntered *entered, Str number, Arena *scratch, bool *ret_taken)
{
    const ParticipantRows *rows = &entered->content.participants;
    Values values;

    for (uint32_t i = 0; i < rows->count; i++) {
        const ParticipantRow *row = &rows->items[i];
        const LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
        if (row->role != ROLE_GUARDIAN)
            continue;
        TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_GUARDIAN, row->sealed}, scratch, &values));
        *ret_taken = *ret_taken || str_equal(values_at(&values, GUARDIAN_NATIONAL_ID), number);
    }
    return ok();
}

static Err check_number(Service *service, const LogEntered *entered, Str number, Arena *scratch)
{
    bool taken = false;

    TRY(national_accept(number, service->mode));
    TRY(is_of_guardian(entered, number, scratch, &taken));
    /* A child who was ever let in has an account that is found by the number. */
    return taken || log_child_row(entered) ? fail(E_INVALID) : ok();
}

static Err read_scope(const Actor *actor, Id log, Arena *keep, ScopeKeyRow *ret_scope)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return store_scope(tx, log, keep, ret_scope);
}

/* The same key, found by another number: what is sealed under it stays as it is. */
static Err index_anew(const LogReader *reader, Str number, LogDetails *details)
{
    Service *service = reader->service;
    Arena *keep = reader->keep;
    ScopeKeyRow *scope = &details->scope;
    const KeyUse use = actor_key(reader->actor, PURPOSE_WRITE, SCOPE_LOG, scope->scope);
    WrappedKey wrapped;

    TRY(keys_scope_index(service->keys, use, scope->wrapped, indexed_by(INDEX_NATIONAL_ID, number), &wrapped));
    TRY(str_copy(keep, str_from_bytes(wrapped.bytes, sizeof wrapped.bytes), &scope->wrapped));
    TRY(str_copy(keep, str_from_bytes(wrapped.index, sizeof wrapped.index), &scope->blind_index));
    scope->epoch = wrapped.epoch;
    details->has_scope = true;
    return log_found_make(service, scope->scope, &wrapped, &details->found);
}

static Err replace_number(const LogReader *reader, const LogEntered *entered, LogDetails *details)
{
    Str number = values_at(&details->values, CHILD_NATIONAL_ID), former = values_at(&entered->child, CHILD_NATIONAL_ID);

    if (number.length == 0 || str_equal(number, former)) {
        values_put(&details->values, CHILD_NATIONAL_ID, former);
        return ok();
    }
    TRY(check_number(reader->service, entered, number, reader->keep));
    TRY(read_scope(reader->actor, entered->wish.log, reader->keep, &details->scope));
    return index_anew(reader, number, details);
}

/* ---- another name ---- */

/* The sealed part is bound to the version, so it is sealed for the one that the update makes. */
static Err rename_participant(const LogEntered *entered, const ParticipantRow *row, Arena *keep, LogDetails *details)
{
    LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    Values values;

    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_PARTICIPANT, row->sealed}, keep, &values));
    values_put(&values, PARTICIPANT_NAME, values_at(&details->values, CHILD_NAME));
    place.version++;
    details->participant = *row;
    details->has_participant = true;
    return log_seal(&entered->keys, place, &values, keep, &details->participant.sealed);
}

static Err rename_child(const LogEntered *entered, Arena *keep, LogDetails *details)
{
    const ParticipantRow *row = log_child_row(entered);

    if (str_equal(values_at(&details->values, CHILD_NAME), values_at(&entered->child, CHILD_NAME)))
        return ok();
    return row && !period_has_end(PERIOD_OF(row)) ? rename_participant(entered, row, keep, details) : ok();
}

/* ---- all of it ---- */

Err log_details_make(const LogReader *reader, const LogEntered *entered, const Values *typed, LogDetails *ret_details)
{
    LogDetails details = {.values = *typed};

    if (typed->kind->id != KIND_CHILD || values_at(typed, CHILD_NAME).length == 0)
        return fail(E_INVALID);
    /* Whoever does not see an address would take it away by saving. */
    if (!log_shows_address(entered))
        return log_refuse(reader->actor, &entered->wish, WHY_ADDRESS_PROTECTED, &entered->ask);
    TRY(replace_number(reader, entered, &details));
    TRY(rename_child(entered, reader->keep, &details));
    if (!policy_names_units(ROLE_GUARDIAN, child_flags(&details.values)))
        details.protected = entered->wish.log;
    *ret_details = details;
    return ok();
}

Err log_details_put(Tx *tx, const Actor *actor, const LogDetails *details, Arena *scratch)
{
    if (details->has_participant)
        TRY(store_participant_update(tx, &details->participant));
    if (!id_is_none(details->protected))
        TRY(store_invitations_end_of_log(tx, details->protected));
    if (!details->has_scope)
        return ok();
    TRY(store_scope_update(tx, &details->scope));
    return log_tell_of_double(tx, actor, &details->found, scratch);
}
