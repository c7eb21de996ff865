/* A guardian leaves a log: access, phone, e-mail and consent go in one transaction, and with the consent the log's activity.
 * Must not leave a log active on a consent whose giver has gone, nor an account that opens nothing.
 * Called by web and api. Rules: access 28, consent 14, scenarios 11, 14, keys 15. */
#include "service/acts/guardian_end.h"

#include "domain/period.h"
#include "service/acts/guardian_rows.h"
#include "service/log/rows.h"
#include "service/log/task.h"

#define PURGE_TRIES 3

typedef struct Leaving {
    const Actor *actor;
    Id participant;
    ParticipantRow row;
    Arena *scratch;
} Leaving;

static Err find_guardian(const LogEntered *entered, Leaving *work)
{
    for (uint32_t i = 0; i < entered->content.participants.count; i++) {
        const ParticipantRow *row = &entered->content.participants.items[i];
        if (!id_equal(row->id, work->participant) || row->role != ROLE_GUARDIAN)
            continue;
        work->row = *row;
        return period_has_end(PERIOD_OF(row)) ? fail(E_STALE) : ok();
    }
    return fail(E_INVALID);
}

/* The row is written over: no earlier version of it keeps what is erased. The sealed part is bound to the version. */
static Err seal_without_contact(const LogEntered *entered, Arena *scratch, ParticipantRow *row)
{
    LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    Values values;

    TRY(log_unseal(&entered->keys, (LogSealed){place, KIND_GUARDIAN, row->sealed}, scratch, &values));
    values_put(&values, GUARDIAN_PHONE, STR_NONE);
    values_put(&values, GUARDIAN_EMAIL, STR_NONE);
    place.version++;
    return log_seal(&entered->keys, place, &values, scratch, &row->sealed);
}

/* The rows stay as they were written: that the reason of the closing is this one makes the log's consent invalid
 * (domain/lifecycle.h). */
static Err close_log(const LogEntered *entered, const Leaving *work, LogChange *change)
{
    /* In a grace nobody but manager and administrator reads, and the holder may renew: it is not passive yet. */
    if (!log_closes_with(entered, work->participant)) {
        if (log_rests_on(entered, work->participant))
            log_change_leave(entered, work->actor, change);
        return ok();
    }
    change->also = ACT_LOG_CLOSE;
    return log_change_close(entered, work->actor, CLOSING_RESPONSIBILITY_CHANGED, change);
}

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Leaving *work = self;

    work->scratch = scratch;
    TRY(find_guardian(entered, work));
    TRY(seal_without_contact(entered, scratch, &work->row));
    work->row.to_at = work->actor->now;
    return close_log(entered, work, change);
}

/* Of today or of a day to come. */
static bool has_role(const RoleRows *roles, int64_t now)
{
    for (uint32_t i = 0; i < roles->count; i++)
        if (!period_has_ended(PERIOD_OF(&roles->items[i]), now))
            return true;
    return false;
}

/* An account only points to participations and goes with the last; whoever works here, or will, keeps theirs. */
static Err delete_account(Tx *tx, const Leaving *work)
{
    ParticipantRows own = {0};
    RoleRows roles = {0};

    TRY(store_participations(tx, work->row.person, work->scratch, &own));
    TRY(store_roles_of_person(tx, work->row.person, work->scratch, &roles));
    for (uint32_t i = 0; i < own.count; i++)
        if (!period_has_end(PERIOD_OF(&own.items[i])))
            return ok();
    if (has_role(&roles, work->actor->now))
        return ok();
    TRY(store_person_delete(tx, work->row.person));
    return store_scope_delete(tx, work->row.person);
}

static Err put(Tx *tx, void *self)
{
    const Leaving *work = self;

    TRY(store_participant_update(tx, &work->row));
    return delete_account(tx, work);
}

/* Erased is what lies in no file any more. A long reading holds that up, not the answer: serve's thread goes on trying. */
static void purge(Store *store)
{
    Err purged = fail(E_BUSY);

    for (int i = 0; i < PURGE_TRIES && purged.id == E_BUSY; i++)
        purged = store_purge_remains(store);
}

Err log_guardian_end(Service *service, const Actor *actor, Id log, Id participant)
{
    Leaving work = {.actor = actor, .participant = participant};
    const LogTask task = {.wish = {.log = log, .act = ACT_GUARDIAN_END, .purpose = PURPOSE_WRITE},
                          .prepare = prepare, .put = put, .self = &work};
    Why why;

    TRY(log_carry_out(service, actor, &task, &why));
    purge(actor->store);
    return ok();
}
