/* The withdrawal of a consent from a log that is held: it is always taken, and nothing of the log is opened for it.
 * Must not renew the head of the log, nor need its key.
 * Called by procedure.c. Rules: consent 12, access 14. */
#include "service/acts/withdrawal_held.h"

#include "domain/period.h"
#include "service/log/consents.h"
#include "service/log/enter.h"
#include "store/inbox.h"
#include "store/logs.h"

#define SCRATCH_CAP ((size_t)1 << 20)

typedef struct Taking {
    const Deed *deed;
    LogWish wish;
    LogDecision decision;
    Arena *scratch;
} Taking;

/* Whose consent it is: one's own, or that of whoever is named. */
static bool is_giver(const Taking *taking, Id giver)
{
    const ParticipantRows *own = &taking->decision.standing.own;
    const Actor *actor = taking->deed->actor;
    Id named;

    if (!role_is_family(actor->role))
        return is_ok(id_from_text(values_at(taking->deed->asked, WITHDRAWAL_GIVER), &named)) && id_equal(named, giver);
    for (uint32_t i = 0; i < own->count; i++)
        if (id_equal(own->items[i].id, giver) && own->items[i].role == actor->role)
            return true;
    return false;
}

static Err find_consent(const Taking *taking, Id *ret_consent)
{
    const int64_t now = taking->deed->actor->now;
    Consents consents;

    TRY(log_consents_standing(&taking->decision.standing, taking->scratch, &consents));
    for (uint32_t i = 0; i < consents.count; i++)
        if (consents_stands(&consents, i, now) && is_giver(taking, consents.items[i].giver)) {
            *ret_consent = consents.items[i].id;
            return ok();
        }
    return fail(E_INVALID);
}

/* Closed by it when it was active. Only plain columns are known of it: of its clocks those that start with the closing may be the
 * next, and whatever else wakes it stays. */
static LogRow row_after(const Taking *taking)
{
    const int64_t now = taking->deed->actor->now;
    const Values nobody = {.kind = kind_of(KIND_CHILD)};
    const Consents none = {0};
    LogRow row = taking->decision.standing.log;

    if (row.state != STATE_ACTIVE)
        return row;
    log_row_close(&row, CLOSING_CONSENT_WITHDRAWN, now);
    const ClockWatch watch = log_clocks(&taking->decision.settings, &row, &none, &nobody, now);
    int64_t wake = clocks_wake(&watch, now);
    row.wake_on = wake < row.wake_on ? wake : row.wake_on;
    return row;
}

static Err add_told(const Taking *taking, Id person, InboxRows *rows)
{
    const Actor *actor = taking->deed->actor;
    InboxRow row = {.person = person, .event = NOTICE_CONSENT_WITHDRAWN, .object = taking->wish.log, .at = actor->now,
                    .mailed = notice_is_mailed(NOTICE_CONSENT_WITHDRAWN)};

    if (id_is_none(person) || id_equal(person, actor->person))
        return ok();
    TRY(world_id(taking->deed->service->world, &row.id));
    rows->items[rows->count++] = row;
    return ok();
}

/* Holder and managers, as of any log; what they are told waits in the inbox until the log is not held, and the mail does not. */
static Err tell(Tx *tx, const Taking *taking)
{
    const LogRow *log = &taking->decision.standing.log;
    RoleRows roles = {0};
    InboxRows rows = {0};

    TRY(store_roles_over_log(tx, log->unit, taking->deed->actor->now, taking->scratch, &roles));
    TRY(ARENA_NEW(taking->scratch, InboxRow, (size_t)roles.count + 1, &rows.items));
    TRY(add_told(taking, log->holder, &rows));
    for (uint32_t i = 0; i < roles.count; i++)
        if (roles.items[i].role == ROLE_ORG_MANAGER && !id_equal(roles.items[i].person, log->holder))
            TRY(add_told(taking, roles.items[i].person, &rows));
    return store_inbox_tell(tx, &rows, NULL);
}

static Err take(Tx *tx, void *context)
{
    Taking *taking = context;
    AuditLine line = service_line(taking->deed->actor, taking->wish.act, OBJECT_LOG, taking->wish.log);
    Id consent;

    TRY(log_decide(tx, taking->deed->actor, &taking->wish, taking->scratch, &taking->decision));
    if (taking->decision.why != WHY_ALLOWED)
        return fail(E_FORBIDDEN);
    TRY(find_consent(taking, &consent));
    const LogRow after = row_after(taking);
    TRY(store_log_withdraw_held(tx, &after, consent, taking->deed->actor->now));
    TRY(tell(tx, taking));
    TRY(store_audit(tx, &line));
    line.act = ACT_LOG_CLOSE;
    return after.state != taking->decision.standing.log.state ? store_audit(tx, &line) : ok();
}

Err withdrawal_take_held(Deed *deed, Why *ret_why)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Taking taking = {.deed = deed, .wish = {.log = deed->log, .act = deed->procedure->act}};

    if (!deed->asked || values_code(deed->asked, WITHDRAWAL_OF) != WITHDRAWAL_ALL)
        return fail(E_INVALID);
    TRY(arena_new(SCRATCH_CAP, &scratch));
    taking.scratch = scratch;
    deed->sees = false;
    deed->actor->answer = deed->away;
    Err done = service_write(deed->actor, take, &taking);
    *ret_why = taking.decision.why;
    return done.id == E_FORBIDDEN ? log_refuse(deed->actor, &taking.wish, taking.decision.why, &taking.decision.ask) : done;
}
