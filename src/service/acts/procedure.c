/* The one way in which a procedure is carried out: entered, its deed, one transaction.
 * Must not decide who may: the task asks the policy, before and again inside the work.
 * Called by web and api. */
#include "service/acts/procedure.h"

#include <string.h>

#include "service/acts/contact.h"
#include "service/acts/entry.h"
#include "service/acts/withdrawal_held.h"
#include "service/log/ask.h"
#include "service/log/consents.h"
#include "service/log/enter.h"
#include "service/log/keep.h"
#include "service/log/lived.h"
#include "service/log/stub.h"
#include "service/log/task.h"

#define SCRATCH_CAP ((size_t)1 << 20)

/* ---- before the form ---- */

static Err decide(const LogReader *reader, const LogWish *wish, LogDecision *ret_decision)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    return log_decide(tx, reader->actor, wish, reader->keep, ret_decision);
}

/* Of whoever may do it, or may once they have given a reason, what they would answer: an id, which tells nothing. */
static Err decide_about(const LogReader *reader, const LogWish *wish, KindId about, LogDecision *ret_decision, Id *ret_about)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(reader->actor->store, &tx));
    TRY(log_decide(tx, reader->actor, wish, reader->keep, ret_decision));
    if (ret_decision->why != WHY_ALLOWED && ret_decision->why != WHY_ASK_REASON)
        return ok();
    Err last = store_entry_last(tx, ret_decision->standing.log.no, (uint16_t)about, reader->keep, ret_about);
    return last.id == E_NOT_FOUND ? ok() : last;
}

/* What the family may hangs on the child's age, which the header holds. Of a log that is held it may be a stranger's: then the
 * plain columns decide. */
static Err decide_with_header(const LogReader *reader, const LogWish *wish, LogDecision *ret_decision)
{
    LogStub stub;

    Err known = log_by_header(reader, wish, &stub);
    if (known.id == E_FORGED)
        return decide(reader, wish, ret_decision);
    TRY(known);
    *ret_decision = (LogDecision){.standing = stub.entered.standing, .ask = stub.entered.ask, .why = WHY_ALLOWED};
    return ok();
}

/* What a right hangs on stands in the entries: the log is read, and nothing of it is shown. */
static Err decide_by_entries(const LogReader *reader, const LogWish *wish, LogDecision *ret_decision)
{
    AUTO(log_entered_wipe) LogEntered entered = {0};
    LogWish whole = *wish;
    Why why = WHY_UNDECIDED;

    whole.purpose = PURPOSE_WRITE;
    TRY(log_enter(reader, &whole, &why, &entered));
    *ret_decision = (LogDecision){.standing = entered.standing, .ask = entered.ask, .why = WHY_ALLOWED};
    return ok();
}

/* The same of the family, where it has been decided by the header. */
static Err find_about(const LogReader *reader, const LogDecision *decision, KindId about, Id *ret_about)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    if (about == KIND_NONE || decision->why != WHY_ALLOWED)
        return ok();
    TRY(store_read(reader->actor->store, &tx));
    Err last = store_entry_last(tx, decision->standing.log.no, (uint16_t)about, reader->keep, ret_about);
    return last.id == E_NOT_FOUND ? ok() : last;
}

static bool may_read(const LogDecision *decision, Opening opening)
{
    Ask ask = decision->ask;

    ask.act = ACT_LOG_READ;
    ask.opening = opening;
    return policy_decide(ask) == WHY_ALLOWED;
}

static bool is_own(const LogStanding *standing, Id participant)
{
    for (uint32_t i = 0; i < standing->own.count; i++)
        if (id_equal(standing->own.items[i].id, participant))
            return true;
    return false;
}

/* The other answer to what was offered, from what was read for this one. */
static Err may_instead(const LogReader *reader, const ProcedureWish *asks, LogDecision decision, bool *ret_may)
{
    const LogWish other = {.log = asks->log, .act = asks->procedure->instead};

    if (other.act == ACT_NONE)
        return ok();
    TRY(log_decide_from(reader->actor, &other, reader->keep, &decision));
    *ret_may = decision.why == WHY_ALLOWED;
    return ok();
}

/* Whose consent an act may be about: what is withdrawn is given again, and not withdrawn again. */
static bool is_about(const Procedure *procedure, const Consents *consents, uint32_t index, int64_t now)
{
    enum ConsentWorth worth = consents_worth(consents, index, now);

    if (procedure->withdraws)
        return consents_stands(consents, index, now);
    return worth != CONSENT_REPLACED && worth != CONSENT_LEFT && worth != CONSENT_SET_ASIDE;
}

/* A child who has not consented may be recorded to have: whether they have the age their entry tells. One that was never let in has no
 * part, and goes by the id of the log. */
static void add_child(const Procedure *procedure, const LogStanding *standing, const Consents *consents, ProcedureGiver *giver,
                      uint32_t *count)
{
    const ParticipantRow *child = NULL;
    bool given = false;

    for (uint32_t i = 0; i < standing->gone.count; i++) {
        const ParticipantRow *row = &standing->gone.items[i];
        if (row->role == ROLE_CHILD && (!child || memcmp(&row->id, &child->id, sizeof row->id) < 0))
            child = row;
    }
    for (uint32_t i = 0; i < consents->count; i++)
        given = given || consents->items[i].child;
    if (!given && !procedure->withdraws && (child || !procedure->transfers))
        giver[(*count)++] = child ? (ProcedureGiver){.participant = child->id, .own = is_own(standing, child->id), .asked = true}
                                  : (ProcedureGiver){.participant = standing->log.id, .asked = true};
}

static void add_once(Id *units, uint32_t *count, Id unit)
{
    for (uint32_t i = 0; i < *count; i++)
        if (id_equal(units[i], unit))
            return;
    units[(*count)++] = unit;
}

static Err units_of(const LogReader *reader, const Consents *consents, const ProcedureAsked *asked, bool own, IdList *ret_units)
{
    Id *units = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(reader->keep, Id, (size_t)consents->unit_count + 1, &units));
    for (uint32_t i = 0; i < asked->giver_count; i++)
        for (uint32_t k = 0; k < consents->unit_count && (asked->givers[i].own || !own); k++)
            if (id_equal(consents->units[k].consent, asked->givers[i].consent))
                add_once(units, &count, consents->units[k].unit);
    *ret_units = (IdList){units, count};
    return ok();
}

static Err consents_of(const LogReader *reader, const Procedure *procedure, const LogDecision *decision, ProcedureAsked *asked)
{
    bool hidden = !policy_names_units(reader->actor->role, decision->ask.flags);
    ProcedureGiver *givers = NULL;
    Consents consents;

    TRY(log_consents_standing(&decision->standing, reader->keep, &consents));
    TRY(ARENA_NEW(reader->keep, ProcedureGiver, (size_t)consents.count + 2, &givers));
    for (uint32_t i = 0; i < consents.count; i++)
        if (is_about(procedure, &consents, i, reader->actor->now))
            givers[asked->giver_count++] = (ProcedureGiver){
                .participant = consents.items[i].giver, .consent = consents.items[i].id,
                .given_on = oslo_day(consents.items[i].given_at),
                .own = is_own(&decision->standing, consents.items[i].giver)};
    add_child(procedure, &decision->standing, &consents, givers, &asked->giver_count);
    asked->givers = givers;
    if (hidden)
        return ok();
    TRY(units_of(reader, &consents, asked, false, &asked->units));
    return units_of(reader, &consents, asked, true, &asked->own_units);
}

static Err own_consent(const LogReader *reader, const LogDecision *decision, bool *ret_any)
{
    Consents consents;

    TRY(log_consents_standing(&decision->standing, reader->keep, &consents));
    for (uint32_t i = 0; i < consents.count && !*ret_any; i++)
        *ret_any = consents_stands(&consents, i, reader->actor->now) && is_own(&decision->standing, consents.items[i].giver);
    return ok();
}

Err procedure_ask(const LogReader *reader, const ProcedureWish *asks, ProcedureAsked *ret_asked)
{
    const LogWish wish = {.log = asks->log, .act = asks->procedure->act};
    bool family = role_is_family(reader->actor->role);
    LogDecision decision = {0};
    ProcedureAsked asked = {0};

    if (family) {
        TRY(decide_with_header(reader, &wish, &decision));
        TRY(find_about(reader, &decision, asks->procedure->about, &asked.about));
    } else if (asks->procedure->about != KIND_NONE) {
        TRY(decide_about(reader, &wish, asks->procedure->about, &decision, &asked.about));
    } else if (asks->procedure->by_entries) {
        TRY(decide_by_entries(reader, &wish, &decision));
    } else {
        TRY(decide(reader, &wish, &decision));
    }
    if (decision.why != WHY_ALLOWED && decision.why != WHY_ASK_REASON)
        return log_refuse(reader->actor, &wish, decision.why, &decision.ask);
    asked.asks_reason = decision.why == WHY_ASK_REASON;
    asked.reads = may_read(&decision, asks->opening);
    TRY(may_instead(reader, asks, decision, &asked.instead));
    asked.display = decision.standing.log.display;
    asked.unit = decision.standing.log.unit;
    if (asks->procedure->of_consent)
        TRY(consents_of(reader, asks->procedure, &decision, &asked));
    const TransferRow *waiting = log_transfer_waiting(&decision.standing, reader->actor->now);
    if (waiting)
        asked.transfer = *waiting;
    asked.names_units = policy_names_units(reader->actor->role, decision.ask.flags);
    if (asks->procedure->withdraws_too != FIELD_NONE)
        TRY(own_consent(reader, &decision, &asked.consents));
    *ret_asked = asked;
    return ok();
}

Err procedure_wants_reason(const Actor *actor, const Procedure *procedure, Id log, bool *ret_reason)
{
    const LogWish wish = {.log = log, .act = procedure->act};
    AUTO(arena_freep) Arena *scratch = NULL;
    LogDecision decision = {0};

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(decide(&(LogReader){.actor = actor, .keep = scratch}, &wish, &decision));
    *ret_reason = decision.why == WHY_ASK_REASON;
    return ok();
}

/* ---- carrying out ---- */

typedef Err (*DeedOf)(const Deed *deed, const LogEntered *entered, LogChange *change);

/* By the table's order; none for an entry that goes on, nor for what does no more than its row says. */
static const DeedOf deeds[PROCEDURE_COUNT] = {
#define X(name, code, ...) [PROCEDURE_##name] = deed_##code,
    LOG_PROCEDURES(X) LAST_PROCEDURES(X) TRANSFER_PROCEDURES(X)
#undef X
};

static DeedOf deed_of(const Procedure *procedure)
{
    for (unsigned i = 0; i < PROCEDURE_COUNT; i++)
        if (procedure_at(i) == procedure)
            return deeds[i];
    return NULL;
}

/* Whether whoever did it reads the log, its stub or the page of its deletion, as it stands from now on, for the reason that they gave. */
static bool sees_after(const LogEntered *entered, const LogRow *log)
{
    Flags before = entered->content.log.flags;
    Ask ask = entered->ask;

    ask.act = ACT_LOG_READ;
    ask.flags = (ask.flags & ~(before & ~log->flags)) | (log->flags & ~before);
    /* Whoever takes the baton reads from then on; whoever does not stays outside. */
    if (ask.role == ROLE_RELAY_HOLDER)
        ask.relation = id_equal(log->holder, entered->permit.person) ? RELATION_PARTICIPANT : RELATION_FORMER;
    if (!is_ok(state_from_u8(log->state, &ask.state)))
        return false;
    Why why = policy_decide(ask);
    return why == WHY_ALLOWED || why == WHY_DECISION_ONLY || (why == WHY_STUB && role_is_family(ask.role));
}

/* What it answers is the newest still, as its form showed it: nobody decides about what they were not shown. */
static bool is_about_newest(const Deed *deed, const LogEntered *entered)
{
    const EntryRow *newest = log_lived_last(entered, deed->procedure->about);

    return id_equal(newest ? newest->entry : (Id){0}, deed->about);
}

/* It fits the log as it stands, and the flags of its row are set and lifted once. */
static Err do_flags(const Deed *deed, const LogEntered *entered, LogChange *change)
{
    const Procedure *procedure = deed->procedure;
    Flags stored = entered->content.log.flags;

    if (!log_is(entered, procedure->when, deed->actor->now))
        return fail(E_INVALID);
    if ((stored & procedure->sets) || (stored & procedure->lifts) != procedure->lifts)
        return fail(E_INVALID);
    if (procedure->about != KIND_NONE && !is_about_newest(deed, entered))
        return fail(E_STALE);
    if (procedure->sets | procedure->lifts)
        log_change_flags(entered, deed->actor, procedure->sets, procedure->lifts, change);
    return ok();
}

static Err prepare(void *self, const LogEntered *entered, Arena *scratch, LogChange *change)
{
    Deed *deed = self;
    DeedOf beyond = deed_of(deed->procedure);

    deed->scratch = scratch;
    TRY(do_flags(deed, entered, change));
    change->tells = deed->procedure->tells;
    Err done = beyond ? beyond(deed, entered, change) : ok();
    deed->wrong = change->wrong;
    deed->fault = change->fault;
    deed->erases = change->erases;
    TRY(done);
    if (deed->procedure->kept)
        TRY(log_keep(deed, entered, deed->asked, change));
    deed->sees = sees_after(entered, &change->log);
    deed->ordered = change->ordered;
    if (deed->ordered)
        deed->actor->answer = deed->later;
    else
        deed->actor->answer = deed->sees ? deed->here : deed->away;
    return ok();
}

Err procedure_carry_out(Deed *deed, Why *ret_why)
{
    const LogTask task = {.wish = {.log = deed->log, .act = deed->procedure->act, .opening = deed->opening,
                                   .purpose = PURPOSE_WRITE},
                          .prepare = prepare, .self = deed};

    *ret_why = WHY_UNDECIDED;
    TRY(service_proved(deed->actor, deed->procedure->act));
    if (deed->procedure->of == KIND_NONE) {
        Err done = log_carry_out(deed->service, deed->actor, &task, ret_why);
        if (is_ok(done) && deed->erases)
            contact_purge(deed->actor->store);
        if (is_ok(done) && deed->ordered)
            deed->service->reports->ordered(deed->service->reports->self);
        return done.id == E_FORGED && deed->procedure->withdraws ? withdrawal_take_held(deed, ret_why) : done;
    }
    deed->sees = true;
    deed->actor->answer = deed->here;
    return log_entry_go_on(deed);
}
