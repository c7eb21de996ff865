/* A guardian leaves a log: access, phone, e-mail and consent go in one transaction, and with the consent the log's activity.
 * Must not leave a log active on a consent whose giver has gone, nor an account that opens nothing, unless the log must be kept.
 * Called by web and api. Rules: access 28, consent 14, scenarios 11, 14, keys 15. */
#include "service/acts/guardian_end.h"

#include "domain/period.h"
#include "service/acts/contact.h"
#include "service/log/rows.h"
#include "service/log/task.h"

typedef struct Leaving {
    const Actor *actor;
    Id participant;
    ParticipantRow row;
    bool kept;       /* the log must be: nothing is erased of it */
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
    work->kept = entered->content.log.flags & FLAG_LEGAL_HOLD;
    TRY(contact_seal(entered, work->kept, scratch, &work->row));
    work->row.to_at = work->actor->now;
    return close_log(entered, work, change);
}

static Err put(Tx *tx, void *self)
{
    const Leaving *work = self;
    const ContactGone gone = {work->row.person, work->row.id, work->row.log_no, work->actor->now, work->scratch};

    if (!work->kept)
        TRY(contact_account_delete(tx, &gone));
    return store_participant_update(tx, &work->row);
}

Err log_guardian_end(Service *service, const Actor *actor, Id log, Id participant)
{
    Leaving work = {.actor = actor, .participant = participant};
    const LogTask task = {.wish = {.log = log, .act = ACT_GUARDIAN_END, .purpose = PURPOSE_WRITE},
                          .prepare = prepare, .put = put, .self = &work};
    Why why;

    TRY(log_carry_out(service, actor, &task, &why));
    contact_purge(actor->store);
    return ok();
}
