/* The way into a log: standing, policy, content, key, head, age; in this order for every act on a log.
 * Must not open a field before the head is good, nor tell a stranger that a log exists.
 * Called by the rooms log, reading and acts. */
#include "service/log/enter.h"

#include "domain/lifecycle.h"
#include "service/log/ask.h"
#include "service/log/beside.h"
#include "service/log/hold.h"

void log_entered_wipe(LogEntered *entered)
{
    log_keys_wipe(&entered->keys);
}

/* An absent log is asked about as one to which nobody has a relation. */
static Err standing_of(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogStanding *ret_standing,
                       bool *ret_absent)
{
    Err found = store_log_standing(tx, wish->log, actor->person, scratch, ret_standing);

    *ret_absent = found.id == E_NOT_FOUND;
    return *ret_absent ? ok() : found;
}

Err log_decide(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogStanding *ret_standing, Ask *ret_ask,
               Permit *ret_permit, Why *ret_why)
{
    Actor seen_from = *actor;
    LogSettings settings;
    bool absent = false;
    Ask in_unit;

    TRY(log_settings(tx, scratch, &settings));
    TRY(standing_of(tx, actor, wish, scratch, ret_standing, &absent));
    if (absent) {
        *ret_ask = (Ask){.act = wish->act, .role = actor->role, .opening = wish->opening};
        *ret_why = WHY_NO_RELATION;
        return ok();
    }
    TRY(log_ask(ret_standing, actor, &settings, wish->act, wish->opening, scratch, ret_ask));
    if (!id_is_none(wish->unit)) {
        seen_from.unit = wish->unit;
        TRY(log_ask(ret_standing, &seen_from, &settings, wish->act, wish->opening, scratch, &in_unit));
        ret_ask->flags = (ret_ask->flags & ~(Flags)FLAG_IN_CONSENT) | (in_unit.flags & (Flags)FLAG_IN_CONSENT);
    }
    ret_ask->flags |= wish->flags;
    const Subject subject = {
        .person = actor->person, .log = wish->log, .access_version = ret_standing->log.access_version};
    *ret_why = policy_permit(*ret_ask, subject, ret_permit);
    return ok();
}

Err log_refuse(const Actor *actor, const LogWish *wish, Why why, const Ask *ask)
{
    Err refused = service_refuse(actor, wish->act, OBJECT_LOG, wish->log, why);

    if (refused.id != E_FORBIDDEN)
        return refused;
    if (!policy_may_tell(*ask))
        return fail(E_NOT_FOUND);
    if (why == WHY_HOLD && policy_may_tell_hold(*ask))
        return fail(E_HELD);
    return why == WHY_ASK_REASON ? fail(E_INVALID) : refused;
}

static Err held(const Actor *actor, Id log, Err forged)
{
    if (forged.id == E_FORGED)
        TRY(log_hold(actor, log));
    return forged;
}

/* ---- entering ---- */

static Err read_rows(const Actor *actor, const LogWish *wish, Arena *keep, LogEntered *entered, ScopeKeyRow *scope, Why *ret_why)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    TRY(log_decide(tx, actor, wish, keep, &entered->standing, &entered->ask, &entered->permit, ret_why));
    if (*ret_why != WHY_ALLOWED)
        return ok();
    TRY(log_settings(tx, keep, &entered->settings));
    TRY(store_log_content(tx, &entered->permit, keep, &entered->content));
    if (wish->page)
        TRY(log_beside_read(tx, entered, keep, &entered->beside));
    return store_scope(tx, wish->log, keep, scope);
}

static Err open_keys(Service *service, const Actor *actor, const ScopeKeyRow *scope, LogEntered *entered)
{
    AUTO(key_wipe) Key key = {0};

    if (scope->kind != SCOPE_LOG)
        return fail(E_FORGED);
    TRY(keys_unwrap(service->keys, actor->grant, actor->tenant, entered->wish.purpose, SCOPE_LOG, entered->wish.log,
                    scope->wrapped, &key));
    TRY(log_keys_derive(keys_crypto(service->keys), service->mode, actor->tenant, entered->wish.log, &key, &entered->keys));
    return log_head_check(&entered->keys, &entered->content.digest, entered->content.rows, &entered->content.log.head);
}

/* The child's entry; a log without one was never written by us. */
static Err open_child(LogEntered *entered, Arena *keep)
{
    const EntryRow *child = NULL;

    for (uint32_t i = 0; i < entered->content.entries.count; i++)
        if (entered->content.entries.items[i].kind == KIND_CHILD)
            child = &entered->content.entries.items[i];
    if (!child)
        return fail(E_FORGED);
    LogPlace place = {SEAL_TABLE_ENTRY, SEAL_COLUMN_BODY, child->id, child->version};
    return log_unseal(&entered->keys, place, KIND_CHILD, child->sealed, keep, &entered->child);
}

/* What only the child's entry tells the policy: age, and whether the address is protected. */
static Flags child_flags(const Values *child, Day today)
{
    Str protection = values_get(child, "protection");
    Flags flags = 0;
    Day birth;

    if (is_ok(day_parse(values_get(child, "birth_date"), &birth)))
        flags |= age_flags(birth, today);
    if (str_equal(protection, STR("2")) || str_equal(protection, STR("3")))
        flags |= FLAG_ADDRESS_PROTECTED;
    return flags;
}

/* The child's entry is sealed, so the policy is asked once more when it is open, before anything else is opened. */
static Why decide_with_child(const Actor *actor, LogEntered *entered)
{
    Subject subject = {.person = actor->person, .log = entered->wish.log, .access_version = entered->content.log.access_version};

    entered->wish.flags |= child_flags(&entered->child, oslo_day(actor->now));
    entered->ask.flags |= entered->wish.flags;
    return policy_permit(entered->ask, subject, &entered->permit);
}

Err log_enter(Service *service, const Actor *actor, const LogWish *wish, Arena *keep, Why *ret_why, LogEntered *ret_entered)
{
    AUTO(log_entered_wipe) LogEntered entered = {.wish = *wish};
    ScopeKeyRow scope = {0};
    Why why = WHY_UNDECIDED;

    TRY(read_rows(actor, wish, keep, &entered, &scope, &why));
    *ret_why = why;
    if (why == WHY_STUB && wish->act == ACT_LOG_READ)
        return fail(E_FORBIDDEN);
    if (why != WHY_ALLOWED)
        return log_refuse(actor, wish, why, &entered.ask);
    Err opened = open_keys(service, actor, &scope, &entered);
    if (is_ok(opened))
        opened = open_child(&entered, keep);
    if (!is_ok(opened))
        return held(actor, wish->log, opened);
    *ret_why = decide_with_child(actor, &entered);
    if (*ret_why != WHY_ALLOWED)
        return log_refuse(actor, wish, *ret_why, &entered.ask);
    *ret_entered = entered;
    return ok();
}

/* ---- the line of a reading ---- */

typedef struct ReadLine {
    const Actor *actor;
    const LogEntered *entered;
    Arena *scratch;
    uint32_t amount;
    Why why;
    Ask ask;
} ReadLine;

static Err read_work(Tx *tx, void *context)
{
    ReadLine *read = context;
    AuditLine line = service_line(read->actor, read->entered->wish.act, OBJECT_LOG, read->entered->wish.log);
    LogStanding standing;
    Permit permit;

    TRY(log_decide(tx, read->actor, &read->entered->wish, read->scratch, &standing, &read->ask, &permit, &read->why));
    if (read->why != WHY_ALLOWED)
        return fail(E_FORBIDDEN);
    line.reason = (uint16_t)read->entered->wish.opening;
    line.amount = read->amount;
    line.head = read->entered->content.log.head;
    return store_audit(tx, &line);
}

Err log_read_line(const Actor *actor, const LogEntered *entered, Arena *scratch, uint32_t amount)
{
    ReadLine read = {.actor = actor, .entered = entered, .scratch = scratch, .amount = amount};
    Err done = store_write(actor->store, read_work, &read);

    if (done.id == E_FORBIDDEN)
        return log_refuse(actor, &entered->wish, read.why, &read.ask);
    return done;
}
