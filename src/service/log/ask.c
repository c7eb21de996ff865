/* How a person stands to a log, and what the log is today, as one question for the policy.
 * Must not decide, and must not open anything sealed.
 * Called by the other files of this room, before and again inside each write. */
#include "service/log/ask.h"

#include "domain/lifecycle.h"

/* Flags that are stored; all others follow from dates, persons or settings. */
#define STORED_FLAGS ((Flags)(FLAG_MOVED | FLAG_TRANSFER_PENDING | FLAG_RESTRICTED | FLAG_CLAIM_OPEN | FLAG_HOLD))

static bool runs(int64_t from_at, int64_t to_at, int64_t now)
{
    return from_at <= now && (to_at == 0 || now < to_at);
}

/* The newest consent of the person who gave this one; of two at the same moment the later row. */
static const ConsentRow *newest_of(const ConsentRows *consents, Id participant)
{
    const ConsentRow *newest = NULL;

    for (uint32_t i = 0; i < consents->count; i++) {
        const ConsentRow *row = &consents->items[i];
        if (id_equal(row->participant, participant) && (!newest || row->given_at >= newest->given_at))
            newest = row;
    }
    return newest;
}

static bool names_unit(const ConsentUnitRows *units, Id consent, Id unit)
{
    for (uint32_t i = 0; i < units->count; i++)
        if (id_equal(units->items[i].consent, consent) && id_equal(units->items[i].unit, unit))
            return true;
    return false;
}

/* Whoever takes no part any more has no consent in the log: it is not withdrawn by them, it is missing. */
static bool giver_left(const LogStanding *standing, Id participant, int64_t now)
{
    for (uint32_t i = 0; i < standing->gone.count; i++) {
        const ParticipantRow *row = &standing->gone.items[i];
        if (id_equal(row->id, participant) && row->role == ROLE_GUARDIAN && row->to_at <= now)
            return true;
    }
    return false;
}

/* Every person whose consent counts names the unit, and nobody's consent is missing. */
static bool in_consent(const LogStanding *standing, Id unit, int64_t now)
{
    for (uint32_t i = 0; i < standing->consents.count; i++) {
        const ConsentRow *row = &standing->consents.items[i];
        bool counts = row == newest_of(&standing->consents, row->participant);
        if (counts && (giver_left(standing, row->participant, now) || !names_unit(&standing->consent_units, row->id, unit)))
            return false;
    }
    return standing->consents.count > 0 && !id_is_none(unit);
}

static Err consent_state(const LogStanding *standing, int64_t now, unsigned grace_days, Arena *scratch, Flags *ret_flags)
{
    const ConsentRows *rows = &standing->consents;
    Consent *consents = NULL;
    uint32_t count = 0, required = 0;

    TRY(ARENA_NEW(scratch, Consent, rows->count + 1, &consents));
    for (uint32_t i = 0; i < rows->count; i++) {
        const ConsentRow *row = &rows->items[i];
        if (row != newest_of(rows, row->participant))
            continue;
        required++;
        if (giver_left(standing, row->participant, now))
            continue;
        consents[count++] = (Consent){
            .given_on = oslo_day(row->given_at),
            .valid_to = oslo_day(row->valid_to - 1),
            .withdrawn = row->withdrawn_at != 0,
        };
    }
    /* A log without any consent is a log whose consent is missing. */
    *ret_flags = consent_flags(consents, count, required > 0 ? required : 1, oslo_day(now), grace_days);
    return ok();
}

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
        if (runs(row->from_at, row->to_at, actor->now))
            return row;
        if (row->from_at <= actor->now)
            former = row;
    }
    return former;
}

static Relation participant_relation(const LogStanding *standing, const Actor *actor, const ParticipantRow *own)
{
    if (!own)
        return RELATION_NONE;
    if (!runs(own->from_at, own->to_at, actor->now))
        return RELATION_FORMER;
    if (actor->role == ROLE_ACTOR && !in_consent(standing, actor->unit, actor->now))
        return RELATION_FORMER;
    /* Only the holder holds the baton: a participation that outlived it gives nothing. */
    if (actor->role == ROLE_RELAY_HOLDER && !id_equal(standing->log.holder, actor->person))
        return RELATION_FORMER;
    return RELATION_PARTICIPANT;
}

static Relation relation_of(const LogStanding *standing, const Actor *actor, const ParticipantRow *own)
{
    switch (actor->role) {
    case ROLE_RELAY_HOLDER:
    case ROLE_ACTOR:
    case ROLE_GUARDIAN:
    case ROLE_CHILD:
        return participant_relation(standing, actor, own);
    case ROLE_ORG_MANAGER:
        return !id_is_none(actor->unit) && id_equal(standing->log.unit, actor->unit) ? RELATION_UNIT : RELATION_NONE;
    case ROLE_MUNICIPALITY_ADMIN:
        return RELATION_MUNICIPALITY;
    /* Operators have no relation before a register of their authorisations says so. */
    case ROLE_NONE:
    case ROLE_PRODUCT_OWNER:
    case ROLE_SYSTEM_OWNER:
    case ROLE_ARCHITECT:
    case ROLE_OPERATION_MANAGER:
    case ROLE_SUPPORT:
    case ROLE_HOSTING_OPERATOR:
    case ROLE_SECURITY_OFFICER:
    case ROLE_AUDITOR:
    case ROLE_CUSTODIAN:
    case ROLE_COUNT:
        break;
    }
    return RELATION_NONE;
}

Err log_ask(const LogStanding *standing, const Actor *actor, const LogSettings *settings, Act act, Opening opening,
            Arena *scratch, Ask *ret_ask)
{
    const ParticipantRow *own = own_row(standing, actor);
    Flags flags = 0;
    State state = STATE_NONE;

    TRY(state_from_u8(standing->log.state, &state));
    TRY(consent_state(standing, actor->now, settings->grace_days, scratch, &flags));
    flags |= standing->log.flags & STORED_FLAGS;
    /* As lifecycle.h says why; it stays so until somebody has settled it. */
    flags |= standing->log.closed_reason == CLOSING_RESPONSIBILITY_CHANGED ? FLAG_CONSENT_INVALID : 0u;
    flags |= own && own->let_in ? FLAG_LET_IN : 0u;
    flags |= in_consent(standing, actor->unit, actor->now) ? FLAG_IN_CONSENT : 0u;
    flags |= settings->guardians_write ? FLAG_GUARDIANS_WRITE : 0u;
    flags |= settings->print_on ? FLAG_PRINT_ON : 0u;

    *ret_ask = (Ask){
        .act = act,
        .role = actor->role,
        .relation = relation_of(standing, actor, own),
        .state = state,
        .flags = flags,
        .opening = opening,
    };
    return ok();
}
