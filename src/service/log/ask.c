/* How a person stands to a log, and what the log is today, as one question for the policy.
 * Must not decide, and must not open anything sealed.
 * Called by the other files of this room, before and again inside each write. */
#include "service/log/ask.h"

#include "domain/clocks.h"
#include "domain/consent.h"
#include "domain/lifecycle.h"
#include "domain/period.h"
#include "domain/transfer.h"
#include "service/log/consents.h"
#include "store/request/transfer.h"

/* Flags that are stored; all others follow from dates, persons or settings. */
#define STORED_FLAGS ((Flags)(FLAG_MOVED | FLAG_TRANSFER_PENDING | FLAG_RESTRICTED | FLAG_CLAIM_OPEN | FLAG_HOLD | \
                              FLAG_LEGAL_HOLD | (Flags)FLAG_ACCESS_ASKED | (Flags)FLAG_APPROVAL_AWAITED | (Flags)FLAG_STOP_ASKED | \
                               FLAG_SUPPORTED | (Flags)FLAG_ASKED | FLAG_COPY_AWAITED))

/* The person's own participation in the role that they act in: one that runs now, else one that has ended. Staff take part
 * for the unit in which they hold the role: whoever has left it keeps nothing by the same role in another. */
static const ParticipantRow *own_row(const LogStanding *standing, const Actor *actor)
{
    const ParticipantRow *former = NULL;

    for (uint32_t i = 0; i < standing->own.count; i++) {
        const ParticipantRow *row = &standing->own.items[i];
        bool same_unit = role_is_family(actor->role) || id_equal(row->unit, actor->unit);
        if (row->role != actor->role || !same_unit || !id_equal(row->person, actor->person))
            continue;
        if (period_in_force(PERIOD_OF(row), actor->now))
            return row;
        if (period_has_begun(PERIOD_OF(row), actor->now) && !period_is_offer(PERIOD_OF(row)))
            former = row;
    }
    return former;
}

/* The baton is offered to this person, in the unit in which they act. */
static bool is_offered(const LogStanding *standing, const Actor *actor)
{
    for (uint32_t i = 0; i < standing->own.count; i++) {
        const ParticipantRow *row = &standing->own.items[i];
        if (row->role == actor->role && id_equal(row->unit, actor->unit) && id_equal(row->person, actor->person) &&
            period_is_offered(PERIOD_OF(row), actor->now))
            return true;
    }
    return false;
}

static Relation participant_relation(const LogStanding *standing, const Consents *consents, const Actor *actor,
                                     const ParticipantRow *own)
{
    if (!own)
        return RELATION_NONE;
    /* A child who is kept out again is the child of the log still, and not let in: the right to a stub, and at 18 to the copy,
     * does not end with that. */
    if (actor->role == ROLE_CHILD)
        return RELATION_PARTICIPANT;
    if (!period_in_force(PERIOD_OF(own), actor->now))
        return RELATION_FORMER;
    if (actor->role == ROLE_ACTOR && !consents_name(consents, actor->unit, actor->now))
        return RELATION_FORMER;
    /* Only the holder holds the baton: a participation that outlived it gives nothing. */
    if (actor->role == ROLE_RELAY_HOLDER && !id_equal(standing->log.holder, actor->person))
        return RELATION_FORMER;
    return RELATION_PARTICIPANT;
}

/* Let in now; and whether the child has been told: by having been let in once, or by a consent that was asked for and given. */
static Flags part_flags(const LogStanding *standing, const Actor *actor, const ParticipantRow *own)
{
    Flags flags = 0;

    if (!own || own->role != ROLE_CHILD)
        return 0;
    if (own->let_in)
        flags |= FLAG_KNOWS;
    if (own->let_in && period_in_force(PERIOD_OF(own), actor->now))
        flags |= FLAG_LET_IN;
    for (uint32_t i = 0; i < standing->consents.count; i++)
        if (id_equal(standing->consents.items[i].participant, own->id))
            flags |= FLAG_KNOWS;
    return flags;
}

static bool is_of_own_unit(const LogStanding *standing, const Actor *actor)
{
    return !id_is_none(actor->unit) && id_equal(standing->log.unit, actor->unit);
}

Err log_stands_in(Tx *tx, const Actor *actor, const LogStanding *standing, Arena *scratch, bool *ret_stands_in)
{
    PersonRights rights = {0};

    *ret_stands_in = false;
    bool office = actor->role == ROLE_MUNICIPALITY_ADMIN || (actor->role == ROLE_ORG_MANAGER && is_of_own_unit(standing, actor));
    if (!office || standing->unheld_since == 0)
        return ok();
    Err read = store_rights(tx, standing->log.holder, scratch, &rights);
    if (read.id == E_FORGED)
        return ok();
    if (read.id != E_NOT_FOUND)
        TRY(read);
    for (uint32_t i = 0; i < rights.roles.count; i++) {
        const RoleRow *row = &rights.roles.items[i];
        if (row->role == ROLE_RELAY_HOLDER && id_equal(row->unit, standing->log.unit) && period_in_force(PERIOD_OF(row), actor->now))
            return ok();
    }
    *ret_stands_in = true;
    return ok();
}

/* ---- another unit's ---- */

/* Takes part now, in the unit in which they act. */
static bool takes_part(const LogStanding *standing, const Actor *actor)
{
    const ParticipantRow *own = own_row(standing, actor);

    return own && period_in_force(PERIOD_OF(own), actor->now);
}

static bool is_outside(const LogStanding *standing, const Actor *actor)
{
    if (actor->role == ROLE_ORG_MANAGER)
        return !is_of_own_unit(standing, actor);
    return (actor->role == ROLE_RELAY_HOLDER || actor->role == ROLE_ACTOR) && !takes_part(standing, actor);
}

/* It rests because it moved; whether to another municipality its transfers tell. Asked of whoever has a relation to it and of nobody
 * else, so that a stranger's question costs what it costs of a log that there is not. */
static bool may_have_gone(const LogStanding *standing, const Actor *actor)
{
    bool related = actor->role == ROLE_MUNICIPALITY_ADMIN || is_of_own_unit(standing, actor) || own_row(standing, actor) != NULL;

    return related && standing->log.state == STATE_PASSIVE && standing->log.closed_reason == CLOSING_MOVED;
}

Err log_transfers_read(Tx *tx, const Actor *actor, Act act, Arena *scratch, LogStanding *standing)
{
    standing->transfers = (TransferRows){0};
    if (!transfer_is_step(act) && !is_outside(standing, actor) && !may_have_gone(standing, actor))
        return ok();
    return store_transfers_of_log(tx, standing->log.id, scratch, &standing->transfers);
}

const TransferRow *log_transfer_waiting(const LogStanding *standing, int64_t now)
{
    const TransferRow *newest = standing->transfers.count > 0 ? &standing->transfers.items[0] : NULL;

    if (!newest || !(standing->log.flags & FLAG_TRANSFER_PENDING))
        return NULL;
    return transfer_waits(newest->step, newest->proposed_at, now) ? newest : NULL;
}

/* Whose part ended by it. */
static bool was_in(const LogStanding *standing, const Actor *actor, int64_t ended_at)
{
    for (uint32_t i = 0; i < standing->own.count; i++) {
        const ParticipantRow *row = &standing->own.items[i];
        if (row->role == actor->role && id_equal(row->unit, actor->unit) && id_equal(row->person, actor->person) &&
            period_has_ended(PERIOD_OF(row), ended_at) && !period_has_ended(PERIOD_OF(row), ended_at - 1))
            return true;
    }
    return false;
}

const TransferRow *log_transfer_left(const LogStanding *standing, const Actor *actor)
{
    for (uint32_t i = 0; i < standing->transfers.count && is_outside(standing, actor); i++) {
        const TransferRow *row = &standing->transfers.items[i];
        if (!transfer_is_done(row->step) || !id_equal(row->from, actor->unit))
            continue;
        bool saw = row->step == TRANSFER_ACCEPTED || row->step == TRANSFER_SENT;
        return actor->role == ROLE_ORG_MANAGER || (saw && was_in(standing, actor, row->ended_at)) ? row : NULL;
    }
    return NULL;
}

/* How far it has come is believed while it stands: else it is no more than proposed. */
static unsigned step_now(const TransferRow *row, const Consents *consents, int64_t now)
{
    return transfer_stands(consents, row->proposed_at, now) ? row->step : TRANSFER_PROPOSED;
}

/* A unit is told of a transfer to it when the family has said yes, and its manager has decided. */
static bool is_asked(const LogQuestion *question, const Consents *consents)
{
    const TransferRow *waiting = log_transfer_waiting(question->standing, question->actor->now);

    return waiting && step_now(waiting, consents, question->actor->now) == TRANSFER_DECIDED && transfer_is_step(question->act) &&
           id_equal(waiting->to, question->actor->unit);
}

/* As far as plain columns tell: whoever acts asks the entries of the log (service/acts/transfer/handshake.h). */
static Flags transfer_flags(const LogQuestion *question, const Consents *consents, Flags flags)
{
    const TransferRow *waiting = log_transfer_waiting(question->standing, question->actor->now);

    if (!transfer_is_step(question->act) || !(flags & FLAG_TRANSFER_PENDING))
        return flags;
    flags &= ~((Flags)FLAG_IN_CONSENT | (Flags)FLAG_REPORT_READY);
    if (!waiting)
        return flags & ~(Flags)FLAG_TRANSFER_PENDING;
    const unsigned step = step_now(waiting, consents, question->actor->now);
    flags |= step >= TRANSFER_AGREED ? FLAG_IN_CONSENT : 0u;
    return flags | (step >= TRANSFER_DECIDED ? FLAG_REPORT_READY : 0u);
}

/* The part that a former unit reads, while it does: it looks at it, and does nothing to it. */
static Flags left_flags(const LogQuestion *question)
{
    const TransferRow *left = log_transfer_left(question->standing, question->actor);

    if (!left || !transfer_leaves(question->act) || !transfer_is_read(left->ended_at, question->settings, question->actor->now))
        return 0;
    return FLAG_FROZEN_SEGMENT | FLAG_DECLARANT_SIDE | FLAG_FORMER_UNIT_OPEN;
}

/* The copy that stays where the log was made when it has gone to another municipality: looked at as it was. */
static Flags gone_flags(const LogQuestion *question)
{
    const LogStanding *standing = question->standing;
    bool gone = standing->transfers.count > 0 && transfer_is_sent(standing->transfers.items[0].step) &&
                may_have_gone(standing, question->actor);

    return gone && transfer_leaves(question->act) ? FLAG_FROZEN_SEGMENT | FLAG_DECLARANT_SIDE : 0;
}

static Relation manager_relation(const LogQuestion *question, const Consents *consents)
{
    if (is_of_own_unit(question->standing, question->actor))
        return question->stands_in ? RELATION_STANDING_IN : RELATION_UNIT;
    if (is_asked(question, consents))
        return RELATION_OFFERED;
    if (!log_transfer_left(question->standing, question->actor))
        return RELATION_NONE;
    return left_flags(question) ? RELATION_UNIT : RELATION_FORMER;
}

/* ---- the question ---- */

static Relation relation_of(const LogQuestion *question, const Consents *consents, const ParticipantRow *own)
{
    const LogStanding *standing = question->standing;
    const Actor *actor = question->actor;

    if (actor->role != ROLE_ORG_MANAGER && left_flags(question))
        return RELATION_PARTICIPANT;
    switch (actor->role) {
    case ROLE_RELAY_HOLDER:
        if (is_offered(standing, actor))
            return RELATION_OFFERED;
        return participant_relation(standing, consents, actor, own);
    case ROLE_ACTOR:
    case ROLE_GUARDIAN:
    case ROLE_CHILD:
        return participant_relation(standing, consents, actor, own);
    case ROLE_ORG_MANAGER:
        return manager_relation(question, consents);
    case ROLE_MUNICIPALITY_ADMIN:
        return RELATION_MUNICIPALITY;
    /* Of a log that lives an auditor learns nothing; of a deleted one its certificate. */
    case ROLE_AUDITOR:
        return standing->log.state == STATE_DELETED ? RELATION_MUNICIPALITY : RELATION_NONE;
    /* Operators have no relation before a register of their authorisations says so. */
    case ROLE_NONE:
    case ROLE_PRODUCT_OWNER:
    case ROLE_SYSTEM_OWNER:
    case ROLE_ARCHITECT:
    case ROLE_OPERATION_MANAGER:
    case ROLE_SUPPORT:
    case ROLE_HOSTING_OPERATOR:
    case ROLE_SECURITY_OFFICER:
    case ROLE_CUSTODIAN:
    case ROLE_COUNT:
        break;
    }
    return RELATION_NONE;
}

Err log_state(const LogRow *log, State *ret_state)
{
    State state = STATE_ACTIVE;

    Err named = state_from_u8(log->state, &state);
    if (!is_ok(named) && !(log->flags & FLAG_HOLD))
        return named;
    *ret_state = state;
    return ok();
}

/* What follows from the birth. */
static Flags aged_flags(const LogQuestion *question, const Consents *consents)
{
    const Settings *settings = question->settings;
    const Day birth = question->birth, today = oslo_day(question->actor->now);
    bool own = consents->of == CONSENT_OF_CHILD && consents_of_child(consents, question->actor->now);

    if (!question->aged || !birth)
        return 0;
    Flags flags = age_flags(birth, today) | consent_age_flags(birth, today, settings->values[SETTING_CONSENT_AGE]) |
                  consent_near_flags(birth, today, settings);
    bool goes_on = (flags & FLAG_OF_AGE) && own && today < clock_day(CLOCK_HIGHEST_AGE, birth, settings);
    return flags | (goes_on ? FLAG_OWN_CONSENT : 0u);
}

Err log_ask(const LogQuestion *question, Arena *scratch, Ask *ret_ask)
{
    const Settings *settings = question->settings;
    const LogStanding *standing = question->standing;
    const Actor *actor = question->actor;
    const ParticipantRow *own = own_row(standing, actor);
    State state = STATE_NONE;
    Consents consents;

    TRY(log_state(&standing->log, &state));
    TRY(log_consents_standing(standing, scratch, &consents));
    if (question->aged)
        consents_at_age(&consents, question->birth, oslo_day(standing->log.created_at), settings, oslo_day(actor->now));
    Flags flags = consents_flags(&consents, actor->now, (unsigned)settings->values[SETTING_CONSENT_GRACE]);
    flags |= standing->log.flags & STORED_FLAGS;
    if (!consents_settled(&consents, actor->now))
        flags |= closing_flags(standing->log.closed_reason);
    flags |= part_flags(standing, actor, own) | aged_flags(question, &consents) | left_flags(question) | gone_flags(question);
    flags |= consents_name(&consents, actor->unit, actor->now) ? FLAG_IN_CONSENT : 0u;
    flags = transfer_flags(question, &consents, flags);
    flags |= settings->values[SETTING_GUARDIANS_WRITE] ? FLAG_GUARDIANS_WRITE : 0u;
    flags |= settings->values[SETTING_PRINT] ? FLAG_PRINT_ON : 0u;

    *ret_ask = (Ask){
        .act = question->act,
        .role = actor->role,
        .relation = relation_of(question, &consents, own),
        .state = state,
        .flags = flags,
        .opening = question->opening,
    };
    return ok();
}

Relation log_list_relation(const Actor *actor)
{
    bool operator = role_is_operator(actor->role);
    bool nowhere = actor->role == ROLE_ORG_MANAGER && id_is_none(actor->unit);

    return operator || nowhere ? RELATION_NONE : policy_log_relation(actor->role);
}
