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
    return why == WHY_ALLOWED || why == WHY_ASK_REASON || (why == WHY_HOLD && policy_may_tell_hold(ask));
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

/* A stub hangs on the child's age, as on its page. */
static Err leads_to_stub(const LogReader *reader, Id log, bool *ret_found)
{
    LogStub stub;
    Err shown = log_stub(reader, log, true, &stub);

    *ret_found = is_ok(shown);
    return shown.id == E_FORBIDDEN || shown.id == E_NOT_FOUND || shown.id == E_HELD ? ok() : shown;
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
    found = leads_to_it(decision.why, decision.ask);
    if (decision.why == WHY_STUB)
        TRY(leads_to_stub(reader, log, &found));
    line.amount = found;
    TRY(store_write(actor->store, write_line, &line));
    if (!found)
        return fail(E_NOT_FOUND);
    *ret_log = log;
    return ok();
}
