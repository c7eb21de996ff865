/* A log by the number that people read out: for those who reach a log by its number only.
 * Must not tell a number that is nobody's from one that is not for the asker.
 * Called by web and api. Rules: access 6, reading-and-writing 10, 17. */
#include "service/reading/find.h"

#include "service/log/ask.h"
#include "service/log/enter.h"
#include "service/log/stub.h"

/* What somebody must be allowed so that a number leads them to a log. */
static bool leads_to_it(Why why, Ask ask)
{
    return why == WHY_ASK_REASON || (why == WHY_HOLD && policy_may_tell_hold(ask));
}

/* A number that is nobody's is decided about like a log that is absent, with the same statements. */
static Err look(const Actor *actor, uint32_t display, Arena *scratch, Id *ret_log, LogDecision *ret_decision)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogWish wish = {.act = ACT_HEADER_READ};
    LogDecision decision;
    LogRow log = {0};

    TRY(store_read(actor->store, &tx));
    Err found = store_log_by_display(tx, display, &log);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    wish.log = log.id;
    TRY(log_decide(tx, actor, &wish, scratch, &decision));
    *ret_decision = decision;
    *ret_log = log.id;
    return ok();
}

/* Whether whoever takes part in a log sees it, or its stub, hangs on the child's age, which stands in the header. */
static Err leads_with_age(const LogReader *reader, Id log, Act act, bool *ret_found)
{
    LogStub stub;
    Err seen = log_by_header(reader, &(LogWish){.log = log, .act = act, .silent = true}, &stub);

    *ret_found = is_ok(seen);
    return seen.id == E_FORBIDDEN || seen.id == E_NOT_FOUND || seen.id == E_HELD ? ok() : seen;
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err log_find(const LogReader *reader, uint32_t display, Id *ret_log)
{
    const Actor *actor = reader->actor;
    AuditLine line = service_line(actor, ACT_SEARCH, OBJECT_NONE, (Id){0});
    Why why = policy_decide((Ask){.act = ACT_SEARCH, .role = actor->role, .relation = log_list_relation(actor)});
    LogDecision decision;
    bool found = false;
    Id log;

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_SEARCH, OBJECT_NONE, (Id){0}, why);
    TRY(look(actor, display, reader->keep, &log, &decision));
    bool by_age = decision.why == WHY_ALLOWED || decision.why == WHY_STUB;
    found = !by_age && leads_to_it(decision.why, decision.ask);
    if (by_age)
        TRY(leads_with_age(reader, log, decision.why == WHY_STUB ? ACT_STUB_READ : ACT_HEADER_READ, &found));
    line.amount = found;
    TRY(store_write(actor->store, write_line, &line));
    if (!found)
        return fail(E_NOT_FOUND);
    *ret_log = log;
    return ok();
}
