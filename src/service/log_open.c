/* Opens a log for one person: everything that they may read, once its line is durable; or the stub.
 * Must not hand anything out before log_read_line has said yes.
 * Called by web and api. Rules: 2-lifecycle, settled 3, 16. */
#include "service/log_priv.h"

/* Which buttons there are. A right that holds for own entries or for consented units only is shown; use decides. */
static ActSet may_of(const LogEntered *entered)
{
    ActSet may = {0};
    Ask ask = entered->ask;

    ask.flags |= FLAG_OWN | FLAG_IN_CONSENT;
    for (unsigned act = ACT_NONE + 1; act < ACT_COUNT; act++) {
        ask.act = (Act)act;
        if (policy_decide(ask) == WHY_ALLOWED)
            may.bits[act / 64] |= UINT64_C(1) << (act % 64);
    }
    return may;
}

static Err open_all(const LogEntered *entered, const Actor *actor, Arena *keep, LogView *view)
{
    const LogRow *log = &entered->content.log;
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, log->id, log->header_version};
    LogConsent *consents = NULL;
    LogEntry *entries = NULL;
    LogPerson *people = NULL;
    Values header;

    TRY(log_unseal(&entered->keys, place, KIND_HEADER, log->header, keep, &header));
    TRY(log_summary(log, &header, actor->role, &view->summary));
    TRY(log_open_people(entered, actor->now, keep, &people, &view->people_count));
    TRY(log_open_entries(entered, people, view->people_count, keep, &entries, &view->entry_count));
    TRY(log_open_consents(entered, people, view->people_count, keep, &consents, &view->consent_count));
    view->people = people;
    view->entries = entries;
    view->consents = consents;
    view->child = entered->child;
    view->permit = entered->permit;
    view->may = may_of(entered);
    view->unit = log->unit;
    return ok();
}

/* The stub comes from plain columns: no key is asked for. */
static Err open_stub(const Actor *actor, Id log, Arena *keep, LogView *ret_view)
{
    LogEntered entered = {.wish = {.log = log, .act = ACT_STUB_READ}};
    AUTO(store_read_endp) Tx *tx = NULL;
    LogView view = {0};
    Why why;

    TRY(store_read(actor->store, &tx));
    TRY(log_decide(tx, actor, &entered.wish, keep, &entered.standing, &entered.ask, &entered.permit, &why));
    store_read_end(TAKE(tx));
    if (why != WHY_ALLOWED)
        return log_refuse(actor, &entered.wish, why, &entered.ask);
    TRY(log_summary(&entered.standing.log, NULL, actor->role, &view.summary));
    view.permit = entered.permit;
    view.unit = entered.standing.log.unit;
    TRY(log_read_line(actor, &entered, keep, 0));
    *ret_view = view;
    return ok();
}

Err log_open(Service *service, const Actor *actor, Id log, enum Opening reason, Arena *keep, enum Why *ret_why,
             LogView *ret_view)
{
    const LogWish wish = {.log = log, .act = ACT_LOG_READ, .opening = reason, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    LogView view = {0};
    Why why = WHY_UNDECIDED;

    Err opened = log_enter(service, actor, &wish, keep, &why, &entered);
    *ret_why = why;
    if (!is_ok(opened) && why == WHY_STUB)
        return open_stub(actor, log, keep, ret_view);
    TRY(opened);
    TRY(open_all(&entered, actor, keep, &view));
    TRY(log_read_line(actor, &entered, keep, 0));
    *ret_view = view;
    return ok();
}
