/* The one way in which a procedure is carried out: entered, its deed, one transaction.
 * Must not decide who may: the task asks the policy, before and again inside the work.
 * Called by web and api. */
#include "service/acts/procedure.h"

#include "service/acts/entry.h"
#include "service/log/enter.h"
#include "service/log/keep.h"
#include "service/log/lived.h"
#include "service/log/stub.h"
#include "service/log/task.h"

#define SCRATCH_CAP ((size_t)1 << 20)

/* ---- before the form ---- */

static Err decide(const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *ret_decision)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    return log_decide(tx, actor, wish, scratch, ret_decision);
}

Err procedure_ask(const LogReader *reader, const Procedure *procedure, Id log, bool *ret_reason, uint32_t *ret_display)
{
    const LogWish wish = {.log = log, .act = procedure->act};
    const Actor *actor = reader->actor;
    AUTO(arena_freep) Arena *scratch = NULL;
    LogDecision decision = {0};
    LogStub stub;

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(decide(actor, &wish, scratch, &decision));
    if (decision.why != WHY_ALLOWED && decision.why != WHY_ASK_REASON)
        return log_refuse(actor, &wish, decision.why, &decision.ask);
    if (role_is_family(actor->role))
        TRY(log_by_header(reader, &wish, &stub));
    *ret_reason = decision.why == WHY_ASK_REASON;
    *ret_display = decision.standing.log.display;
    return ok();
}

Err procedure_wants_reason(const Actor *actor, const Procedure *procedure, Id log, bool *ret_reason)
{
    const LogWish wish = {.log = log, .act = procedure->act};
    AUTO(arena_freep) Arena *scratch = NULL;
    LogDecision decision = {0};

    TRY(arena_new(SCRATCH_CAP, &scratch));
    TRY(decide(actor, &wish, scratch, &decision));
    *ret_reason = decision.why == WHY_ASK_REASON;
    return ok();
}

/* ---- carrying out ---- */

typedef Err (*DeedOf)(const Deed *deed, const LogEntered *entered, LogChange *change);

/* By the table's order; none for an entry that goes on, nor for what does no more than its row says. */
static const DeedOf deeds[PROCEDURE_COUNT] = {
#define X(name, code, ...) [PROCEDURE_##name] = deed_##code,
    LOG_PROCEDURES(X)
#undef X
};

static DeedOf deed_of(const Procedure *procedure)
{
    for (unsigned i = 0; i < PROCEDURE_COUNT; i++)
        if (procedure_at(i) == procedure)
            return deeds[i];
    return NULL;
}

/* Whether whoever did it reads the log, or its stub, as it stands from now on, for the reason that they gave. */
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
    return why == WHY_ALLOWED || (why == WHY_STUB && role_is_family(ask.role));
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
    if (beyond)
        TRY(beyond(deed, entered, change));
    if (deed->procedure->kept)
        TRY(log_keep(deed, entered, deed->asked, change));
    deed->sees = sees_after(entered, &change->log);
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
    if (deed->procedure->of == KIND_NONE)
        return log_carry_out(deed->service, deed->actor, &task, ret_why);
    deed->sees = true;
    deed->actor->answer = deed->here;
    return log_entry_go_on(deed);
}
