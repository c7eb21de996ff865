/* A consent is withdrawn: the whole of it, and with it the log's activity, or for one service, and with it that service's people.
 * Must not ask why, nor refuse one because of what the log is today.
 * Called by the two acts of this room that withdraw. Rules: consent 6, 12, 13, scenarios 11. */
#include "service/acts/consent/withdrawal.h"

#include "domain/period.h"
#include "service/acts/consent/people_out.h"
#include "service/acts/guardian_rows.h"
#include "service/acts/consent/event.h"

/* What the work puts. */
typedef struct Withdrawing {
    const Actor *actor;
    Id consent;
    Id named;        /* of one service: the row of the consent that names it; none: the whole */
    PeopleOut out;
    EntryRow entry;
} Withdrawing;

/* The newest consent of this person, unless it is withdrawn or they have left. */
static Err find_consent(const LogEntered *entered, const Withdrawal *withdrawal, int64_t now, uint32_t *ret_at)
{
    for (uint32_t i = 0; i < entered->consents.count; i++) {
        if (!consents_stands(&entered->consents, i, now) || !id_equal(entered->consents.items[i].giver, withdrawal->giver))
            continue;
        *ret_at = i;
        return withdrawal->on < oslo_day(entered->consents.items[i].given_at) ? fail(E_INVALID) : ok();
    }
    return fail(E_INVALID);
}

static Err refuse_at(FieldKey wrong, Fault fault, LogChange *change)
{
    change->wrong = wrong;
    change->fault = fault;
    return fail(E_INVALID);
}

/* None: the whole. Of the unit that has the log it is the whole too (rules: consent 13). Whoever is told no unit, since it would
 * say where the child is, withdraws the whole alone: what is taken and what not would tell them. */
static Err unit_asked(const Deed *deed, const LogEntered *entered, const Withdrawal *withdrawal, Id *ret_unit, LogChange *change)
{
    bool hidden = deed->actor->role == ROLE_GUARDIAN && (entered->ask.flags & FLAG_ADDRESS_PROTECTED);
    Id unit;

    *ret_unit = (Id){0};
    if (withdrawal->whole || values_code(deed->asked, WITHDRAWAL_OF) != WITHDRAWAL_SERVICE)
        return ok();
    if (hidden)
        return refuse_at(WITHDRAWAL_OF, FAULT_BAD_CODE, change);
    if (!is_ok(id_from_text(values_at(deed->asked, WITHDRAWAL_UNIT), &unit)) || id_is_none(unit))
        return refuse_at(WITHDRAWAL_UNIT, FAULT_BAD_REFERENCE, change);
    *ret_unit = id_equal(unit, entered->content.log.unit) ? (Id){0} : unit;
    return ok();
}

static Err find_named(const LogEntered *entered, Id unit, Withdrawing *work)
{
    const ConsentUnitRows *rows = &entered->content.consent_units;

    for (uint32_t i = 0; i < rows->count; i++)
        if (id_equal(rows->items[i].consent, work->consent) && id_equal(rows->items[i].unit, unit))
            work->named = rows->items[i].id;
    return id_is_none(work->named) ? fail(E_INVALID) : ok();
}

/* ---- what stands in the log about it ---- */

static Err words_of(const Deed *deed, const Withdrawal *withdrawal, Id unit, Values *ret_values)
{
    Values values = {.kind = kind_of(KIND_WITHDRAWAL)};
    Str giver = STR_NONE, on = STR_NONE, unit_text = STR_NONE;

    TRY(log_id_text(withdrawal->giver, deed->scratch, &giver));
    TRY(log_day_text(withdrawal->on, deed->scratch, &on));
    if (!id_is_none(unit))
        TRY(log_id_text(unit, deed->scratch, &unit_text));
    values_put(&values, WITHDRAWAL_GIVER, giver);
    values_put(&values, WITHDRAWAL_ON, on);
    values_put(&values, WITHDRAWAL_METHOD, withdrawal->how);
    values_put(&values, WITHDRAWAL_OF, code_text(id_is_none(unit) ? WITHDRAWAL_ALL : WITHDRAWAL_SERVICE));
    values_put(&values, WITHDRAWAL_UNIT, unit_text);
    *ret_values = values;
    return ok();
}

static Err put(Tx *tx, void *self)
{
    Withdrawing *work = self;
    int64_t no = 0;

    TRY(id_is_none(work->named) ? store_consent_withdraw(tx, work->consent, work->actor->now)
                                : store_consent_unit_withdraw(tx, work->named));
    TRY(people_out_put(tx, &work->out));
    return store_entry_append(tx, &work->entry, &no);
}

/* The consents as they are without the one that is withdrawn. */
static Err without(const Deed *deed, const LogEntered *entered, const Withdrawing *work, Consents *ret_after)
{
    Consents after = entered->consents;
    ConsentGiven *items = NULL;

    TRY(ARENA_NEW(deed->scratch, ConsentGiven, (size_t)after.count + 1, &items));
    for (uint32_t i = 0; i < after.count; i++) {
        items[i] = after.items[i];
        items[i].withdrawn = items[i].withdrawn || id_equal(items[i].id, work->consent);
    }
    after.items = items;
    *ret_after = after;
    return ok();
}

/* A log that is active is closed with the whole, unless nobody asks for this person's: a child's that does not count yet, a guardian's
 * where the child decides alone. One that is not active stays what it is. Neither is activity. */
static Err becomes(const Deed *deed, const LogEntered *entered, const Withdrawing *work, LogChange *change)
{
    change->log.wake_on = entered->content.log.wake_on;
    change->quiet = true;
    if (!id_is_none(work->named) || entered->content.log.state != STATE_ACTIVE)
        return ok();
    Consents after;
    TRY(without(deed, entered, work, &after));
    if (!(consents_flags(&after, deed->actor->now, 0) & FLAG_CONSENT_INVALID)) {
        log_change_consents(entered, deed->actor, &after, change);
        change->tells = NOTICE_CONSENT_TAKEN_BACK;
        return ok();
    }
    change->also = ACT_LOG_CLOSE;
    return log_change_close(entered, deed->actor, CLOSING_CONSENT_WITHDRAWN, change);
}

Err withdrawal_make(const Deed *deed, const LogEntered *entered, const Withdrawal *withdrawal, LogChange *change)
{
    Withdrawing *work = NULL;
    Values words;
    uint32_t at = 0;
    Id unit;

    TRY(ARENA_NEW(deed->scratch, Withdrawing, 1, &work));
    *work = (Withdrawing){.actor = deed->actor};
    TRY(find_consent(entered, withdrawal, deed->actor->now, &at));
    work->consent = entered->consents.items[at].id;
    TRY(unit_asked(deed, entered, withdrawal, &unit, change));
    if (!id_is_none(unit)) {
        TRY(find_named(entered, unit, work));
        TRY(people_out_make(deed, entered, (IdList){&unit, 1}, &work->out));
    }
    TRY(words_of(deed, withdrawal, unit, &words));
    TRY(log_event_seal(&(LogEvent){deed->service, deed->actor, &words}, entered, deed->scratch, &work->entry));
    change->put = put;
    change->self = work;
    change->tells = id_is_none(unit) ? NOTICE_CONSENT_WITHDRAWN : NOTICE_CONSENT_NARROWED;
    return becomes(deed, entered, work, change);
}
