/* How a guardian who has left was reached, and the account that opened nothing else: erased, unless a log must be kept.
 * Must not erase an account while a log that must be kept has its owner's contact.
 * Called by guardian_end.c, by procedure.c and by the act that lifts a legal hold. Rules: access 28, states 8. */
#include "service/acts/contact.h"

#include "domain/period.h"
#include "store/volatile.h"

#define PURGE_TRIES 3

Err contact_seal(const LogEntered *entered, bool kept, Arena *scratch, ParticipantRow *row)
{
    LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    Values values;

    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_GUARDIAN, row->sealed}, scratch, &values));
    if (!kept) {
        values_put(&values, GUARDIAN_PHONE, STR_NONE);
        values_put(&values, GUARDIAN_EMAIL, STR_NONE);
    }
    place.version++;
    return log_seal(&entered->keys, place, &values, scratch, &row->sealed);
}

/* Of today or of a day to come. */
static bool has_role(const RoleRows *roles, int64_t now)
{
    for (uint32_t i = 0; i < roles->count; i++)
        if (!period_has_ended(PERIOD_OF(&roles->items[i]), now))
            return true;
    return false;
}

/* Whether they take part still, or took part in another log that must be kept. */
static Err is_needed(Tx *tx, const ContactGone *gone, bool *ret_needed)
{
    ParticipantRows own = {0};
    LogRow log;

    *ret_needed = true;
    TRY(store_participations(tx, gone->person, gone->scratch, &own));
    for (uint32_t i = 0; i < own.count; i++) {
        if (!period_has_end(PERIOD_OF(&own.items[i])) && !id_equal(own.items[i].id, gone->participant))
            return ok();
        if (own.items[i].role != ROLE_GUARDIAN || own.items[i].log_no == gone->log_no)
            continue;
        TRY(store_log_by_no(tx, own.items[i].log_no, &log));
        if (log.flags & FLAG_LEGAL_HOLD)
            return ok();
    }
    *ret_needed = false;
    return ok();
}

/* What they were asked in the app goes with them, and what they said to it: nobody could take it back any more. */
static Err end_invitations(Tx *tx, const ContactGone *gone)
{
    InvitedRows rows = {0};

    TRY(store_invited_of_person(tx, gone->person, gone->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(store_invitation_end(tx, rows.items[i].invitation));
    return ok();
}

Err contact_account_delete(Tx *tx, const ContactGone *gone)
{
    RoleRows roles = {0};
    bool needed = true;

    TRY(is_needed(tx, gone, &needed));
    if (needed)
        return ok();
    TRY(store_roles_of_person(tx, gone->person, gone->scratch, &roles));
    if (has_role(&roles, gone->now))
        return ok();
    TRY(end_invitations(tx, gone));
    Err deleted = store_person_delete(tx, gone->person, &roles);
    if (deleted.id == E_NOT_FOUND)
        return ok();
    TRY(deleted);
    return store_scope_delete(tx, gone->person);
}

void contact_purge(Store *store)
{
    Err purged = fail(E_BUSY);

    for (int i = 0; i < PURGE_TRIES && purged.id == E_BUSY; i++)
        purged = store_purge_remains(store);
}
