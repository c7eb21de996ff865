/* The way into a log: standing, policy, content, key, head, age; in this order for every act on a log.
 * Must not open a field before the head is good, nor tell a stranger that a log exists.
 * Called by the rooms log, reading and acts. */
#include "service/log/enter.h"

#include "domain/consent.h"
#include "domain/lifecycle.h"
#include "service/log/ask.h"
#include "service/log/beside.h"
#include "service/log/consents.h"
#include "service/log/copy.h"
#include "service/log/dates.h"
#include "service/log/ending.h"
#include "service/log/hold.h"
#include "service/log/known.h"
#include "service/log/lived.h"
#include "service/log/rows.h"
#include "service/log/segment.h"
#include "store/content.h"
#include "store/logs.h"
#include "store/store.h"

void log_entered_wipe(LogEntered *entered)
{
    log_keys_wipe(&entered->keys);
    known_release(TAKE(entered->held));
    unit_names_wipe(&entered->beside.units);
}

Opening log_opening(const Actor *actor, const LogWish *wish)
{
    Act act = wish->by_reading ? ACT_LOG_READ : wish->act;
    bool given = actor->reason != OPENING_NONE && id_equal(actor->looks_into, wish->log) && act_effect(act) != CHANGE;

    return wish->opening == OPENING_NONE && given ? actor->reason : wish->opening;
}

/* A log that is due is looked at by nobody's right: what may be done is what its clocks say. Nor has anybody a right to the logs that
 * follow a unit: its closing was theirs. */
static Err decide_by_clock(const Actor *actor, const LogWish *wish, LogDecision *decision)
{
    const LogRow *log = &decision->standing.log;
    const Subject subject = {.log = wish->log, .access_version = log->access_version};
    ClockAsk ask = {.flags = log->flags, .wake_on = log->wake_on, .now = actor->now};

    decision->ask = (Ask){.act = wish->act};
    decision->why = WHY_NO_RELATION;
    if (id_is_none(log->id))
        return ok();
    if (decision->standing.forged && !(log->flags & FLAG_HOLD))
        return fail(E_FORGED);
    TRY(state_from_u8(log->state, &ask.state));
    if (wish->act == ACT_TRANSFER_LEAVE)
        decision->why = policy_permit_leave(ask.state, ask.flags, subject, &decision->permit);
    else
        decision->why = wish->act == ACT_UNIT_FOLLOW ? policy_permit_follow(ask.state, ask.flags, subject, &decision->permit)
                                                     : policy_permit_clock(ask, subject, &decision->permit);
    return ok();
}

static Act act_asked(const LogWish *wish)
{
    return wish->by_reading ? ACT_LOG_READ : wish->act;
}

Err log_decide_from(const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *decision)
{
    const LogStanding *standing = &decision->standing;
    Act act = act_asked(wish);
    Opening opening = log_opening(actor, wish);
    Consents consents;

    if (wish->by_clock)
        return decide_by_clock(actor, wish, decision);
    /* An absent log is asked about as one to which nobody has a relation. */
    decision->ask = (Ask){.act = act, .role = actor->role, .opening = opening};
    decision->why = WHY_NO_RELATION;
    if (id_is_none(standing->log.id))
        return ok();
    bool held = (standing->log.flags & FLAG_HOLD) != 0;
    if (standing->forged && !held)
        return fail(E_FORGED);
    const LogQuestion question = {.standing = standing, .actor = actor, .settings = &decision->settings, .act = act, .opening = opening,
                                  .stands_in = decision->stands_in, .aged = wish->aged, .birth = wish->birth};
    TRY(log_ask(&question, scratch, &decision->ask));
    if (!id_is_none(wish->unit)) {
        TRY(log_consents_standing(standing, scratch, &consents));
        if (wish->aged)
            consents_at_age(&consents, wish->birth, oslo_day(standing->log.created_at), &decision->settings, oslo_day(actor->now));
        decision->ask.flags &= ~(Flags)FLAG_IN_CONSENT;
        decision->ask.flags |= consents_name(&consents, wish->unit, actor->now) ? FLAG_IN_CONSENT : 0u;
    }
    if (wish->aged)
        decision->ask.flags &= ~(Flags)FLAG_COPY_AWAITED;
    else if (role_is_family(actor->role))
        decision->ask.flags |= FLAG_COPY_OPEN | (actor->role == ROLE_CHILD ? FLAG_CONSENT_AGE | FLAG_CONSENT_NEAR : 0u);
    else
        log_ending_unread(&decision->ask.flags);
    decision->ask.flags |= decision->order | wish->flags;
    const Subject subject = {.person = actor->person, .log = wish->log, .access_version = standing->log.access_version};
    decision->why = policy_permit(decision->ask, subject, &decision->permit);
    /* Of a held log no header is opened by rows that may be a stranger's, not even for its stub. */
    if (standing->forged && decision->why == WHY_ALLOWED && (act == ACT_HEADER_READ || act == ACT_STUB_READ))
        decision->why = WHY_HOLD;
    return ok();
}

Err log_decide_under(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *decision)
{
    decision->standing = (LogStanding){0};
    const StandingWish standing = {wish->log, actor->person, actor->now};
    Err found = store_log_standing(tx, &standing, scratch, &decision->standing);
    if (found.id != E_NOT_FOUND)
        TRY(found);
    TRY(log_transfers_read(tx, actor, act_asked(wish), scratch, &decision->standing));
    TRY(log_stands_in(tx, actor, &decision->standing, scratch, &decision->stands_in));
    TRY(log_order_flags(tx, actor, &decision->standing, scratch, &decision->order));
    return log_decide_from(actor, wish, scratch, decision);
}

Err log_decide(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *ret_decision)
{
    LogDecision decision = {0};
    LogGround ground;

    TRY(store_log_ground(tx, &(StandingWish){wish->log, actor->person, actor->now}, scratch, &ground));
    TRY(settings_from(&ground.settings, &decision.settings));
    decision.standing = ground.standing;
    TRY(log_transfers_read(tx, actor, act_asked(wish), scratch, &decision.standing));
    TRY(log_stands_in(tx, actor, &decision.standing, scratch, &decision.stands_in));
    TRY(log_order_flags(tx, actor, &decision.standing, scratch, &decision.order));
    Err decided = log_decide_from(actor, wish, scratch, &decision);
    ret_decision->standing.forged = ground.standing.forged;
    TRY(decided);
    *ret_decision = decision;
    return ok();
}

Err log_refuse(const Actor *actor, const LogWish *wish, Why why, const Ask *ask)
{
    Err refused = wish->silent ? fail(E_FORBIDDEN) : service_refuse(actor, wish->act, OBJECT_LOG, wish->log, why);

    if (refused.id != E_FORBIDDEN)
        return refused;
    if (!policy_may_tell(*ask))
        return fail(E_NOT_FOUND);
    if (why == WHY_HOLD && policy_may_tell_hold(*ask))
        return fail(E_HELD);
    return why == WHY_ASK_REASON ? fail(E_REASON) : refused;
}

static Err held(const Actor *actor, Id log, Err forged)
{
    if (forged.id == E_FORGED)
        TRY(log_hold(actor, log));
    return forged;
}

/* ---- entering ---- */

static void decided(const LogDecision *decision, LogEntered *entered)
{
    entered->settings = decision->settings;
    entered->standing = decision->standing;
    entered->stands_in = decision->stands_in;
    entered->order = decision->order;
    entered->ask = decision->ask;
    entered->permit = decision->permit;
}

static Err read_content(Tx *tx, Arena *keep, LogEntered *entered)
{
    LogContent known;

    if (entered->wish.adds)
        entered->held = known_get(entered->known, entered->wish.log, &known);
    return entered->held ? store_log_content_from(tx, &entered->permit, &known, keep, &entered->content)
                         : store_log_content(tx, &entered->permit, keep, &entered->content);
}

static Err read_rows(const LogReader *reader, LogEntered *entered, Why *ret_why)
{
    const Actor *actor = reader->actor;
    Arena *keep = reader->keep;
    AUTO(store_read_endp) Tx *tx = NULL;
    LogDecision decision = {0};

    TRY(store_read(actor->store, &tx));
    Err decision_made = log_decide(tx, actor, &entered->wish, keep, &decision);
    entered->standing.forged = decision_made.id == E_FORGED && decision.standing.forged;
    TRY(decision_made);
    decided(&decision, entered);
    *ret_why = decision.why;
    if (*ret_why != WHY_ALLOWED)
        return ok();
    if (!entered->wish.page)
        store_read_last(tx);
    TRY(read_content(tx, keep, entered));
    TRY(log_consents(&entered->content.consents, &entered->content.consent_units, &entered->content.participants, keep,
                     &entered->consents));
    /* A log goes together with its key: who finds the one without the other stands before somebody else's work. */
    if (id_is_none(entered->content.scope.scope)) {
        entered->standing.forged = true;
        return fail(E_FORGED);
    }
    return entered->wish.page ? log_beside_read(tx, entered, keep, &entered->beside) : ok();
}

typedef struct TwoKeys {
    Key keys[2];
} TwoKeys;

static void two_keys_wipe(TwoKeys *two)
{
    crypto_wipe(two, sizeof *two);
}

/* The key of the log and, where a page names units, the register's in the same question. When one of the two was wrapped
 * elsewhere, the log's is asked for alone: only its own key may close a log. */
static Err ask_key(Service *service, const Actor *actor, LogEntered *entered, Key *ret_key)
{
    const ScopeKeyRow *scope = &entered->content.scope;
    UnitNames *units = &entered->beside.units;
    const KeyUse uses[] = {actor_key(actor, entered->wish.purpose, SCOPE_LOG, entered->wish.log),
                           actor_key(actor, PURPOSE_READ, SCOPE_REGISTER, units->scope.scope)};
    const Str wrapped[] = {scope->wrapped, units->scope.wrapped};
    AUTO(two_keys_wipe) TwoKeys got = {0};

    if (units->count == 0)
        return keys_unwrap(service->keys, uses[0], wrapped[0], ret_key);
    Err both = keys_unwrap_many(service->keys, uses, wrapped, COUNT_OF(uses), got.keys);
    if (both.id == E_FORGED)
        return keys_unwrap(service->keys, uses[0], wrapped[0], ret_key);
    TRY(both);
    *ret_key = got.keys[0];
    units->key = got.keys[1];
    units->has_key = true;
    return ok();
}

static Err open_keys(Service *service, const Actor *actor, LogEntered *entered)
{
    AUTO(key_wipe) Key key = {0};

    if (entered->content.scope.kind != SCOPE_LOG)
        return fail(E_FORGED);
    TRY(ask_key(service, actor, entered, &key));
    TRY(log_keys_derive(&(LogOf){.crypto = keys_crypto(service->keys), .mode = service->mode, .tenant = actor->tenant,
                        .log = entered->wish.log}, &key, &entered->keys));
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
    return log_unseal(&entered->keys, (LogSealed){place, KIND_CHILD, child->sealed}, keep, &entered->child);
}

/* On these the clocks hang, with which whoever changes something reckons. */
static Err open_dates(LogEntered *entered, Arena *keep)
{
    Values header;

    if (act_effect(entered->wish.act) != CHANGE)
        return ok();
    TRY(log_header_open(entered, keep, &header));
    return log_dates_read(&header, keep, &entered->dates);
}

/* Whoever asked for the deletion does not decide about it. */
static Flags claim_flags(const LogEntered *entered, const Actor *actor)
{
    const EntryRow *claim = entered->content.log.flags & FLAG_CLAIM_OPEN ? log_lived_last(entered, KIND_CLAIM) : NULL;

    return claim && id_equal(claim->author, actor->person) ? FLAG_SELF : 0;
}

/* The child's entry is sealed, so the policy is asked once more when it is open, before anything else is opened. */
static Err decide_with_child(const Actor *actor, Arena *keep, LogEntered *entered, Why *ret_why)
{
    LogDecision again = {.settings = entered->settings, .standing = entered->standing, .stands_in = entered->stands_in,
                         .order = entered->order};

    entered->wish.aged = true;
    (void)values_day(&entered->child, CHILD_BIRTH_DATE, &entered->wish.birth);
    entered->wish.flags |= child_flags(&entered->child) | claim_flags(entered, actor) | log_copy_flags(entered, actor->now) |
                           log_ending_flags(entered);
    TRY(log_decide_from(actor, &entered->wish, keep, &again));
    entered->ask = again.ask;
    entered->permit = again.permit;
    *ret_why = again.why;
    return ok();
}

static Err open_entered(const LogReader *reader, LogEntered *entered)
{
    TRY(open_keys(reader->service, reader->actor, entered));
    known_put(entered->known, &entered->content);
    TRY(log_newest_make(&entered->content.entries, reader->keep, &entered->newest));
    TRY(open_child(entered, reader->keep));
    log_consents_age(&entered->consents, &entered->child, &entered->content.log, &entered->settings, reader->actor->now);
    TRY(log_copy_open(entered, reader->actor->now, reader->keep));
    return open_dates(entered, reader->keep);
}

/* What was known of the log is not what its head says: it is read whole, which tells whether the log itself is. */
static Err enter_whole(const LogReader *reader, LogWish wish, Why *ret_why, LogEntered *ret_entered)
{
    wish.adds = false;
    known_drop(reader->service->known, wish.log);
    return log_enter(reader, &wish, ret_why, ret_entered);
}

Err log_enter(const LogReader *reader, const LogWish *wish, Why *ret_why, LogEntered *ret_entered)
{
    AUTO(log_entered_wipe) LogEntered entered = {.wish = *wish, .known = reader->service->known};
    const Actor *actor = reader->actor;
    Why why = WHY_UNDECIDED;

    entered.wish.opening = log_opening(actor, wish);
    Err read = read_rows(reader, &entered, &why);
    if (read.id == E_FORGED && entered.standing.forged)
        return held(actor, wish->log, read);
    TRY(read);
    *ret_why = why;
    if ((why == WHY_STUB || why == WHY_DECISION_ONLY) && wish->act == ACT_LOG_READ)
        return fail(E_FORBIDDEN);
    if (why != WHY_ALLOWED)
        return log_refuse(actor, wish, why, &entered.ask);
    Err opened = open_entered(reader, &entered);
    if (opened.id == E_FORGED && entered.held)
        return enter_whole(reader, *wish, ret_why, ret_entered);
    if (!is_ok(opened))
        return held(actor, wish->log, opened);
    TRY(decide_with_child(actor, reader->keep, &entered, ret_why));
    if (*ret_why != WHY_ALLOWED)
        return log_refuse(actor, wish, *ret_why, &entered.ask);
    if (entered.ask.flags & FLAG_FORMER_UNIT_OPEN)
        TRY(held(actor, wish->log, log_segment_narrow(&entered, actor, reader->keep)));
    *ret_entered = entered;
    entered.held = NULL; /* handed over */
    return ok();
}

Err log_enter_as(const LogReader *reader, const LogWish *wish, LogEntered *entered, Why *ret_why)
{
    const Actor *actor = reader->actor;

    entered->wish.act = wish->act;
    entered->wish.by_reading = false;
    entered->wish.flags |= wish->flags;
    TRY(decide_with_child(actor, reader->keep, entered, ret_why));
    return *ret_why == WHY_ALLOWED ? ok() : log_refuse(actor, &entered->wish, *ret_why, &entered->ask);
}

/* ---- the line of a reading ---- */

typedef struct ReadLine {
    const Actor *actor;
    const LogEntered *entered;
    Arena *scratch;
    uint32_t amount;
    LogDecision again;
} ReadLine;

/* Consents, participations and the state count access_version up: while it stands, so do they. */
static Err decide_again(Tx *tx, ReadLine *read)
{
    const LogEntered *entered = read->entered;
    SettingRows settings;
    LogRow log;

    TRY(store_log_now(tx, entered->wish.log, read->scratch, &settings, &log));
    TRY(settings_from(&settings, &read->again.settings));
    read->again.standing = entered->standing;
    if (entered->stands_in)
        TRY(log_stands_in(tx, read->actor, &read->again.standing, read->scratch, &read->again.stands_in));
    TRY(log_order_flags(tx, read->actor, &read->again.standing, read->scratch, &read->again.order));
    if (log.access_version != entered->standing.log.access_version)
        return log_decide_under(tx, read->actor, &entered->wish, read->scratch, &read->again);
    return log_decide_from(read->actor, &entered->wish, read->scratch, &read->again);
}

static Err read_work(Tx *tx, void *context)
{
    ReadLine *read = context;
    AuditLine line = service_line(read->actor, read->entered->wish.act, OBJECT_LOG, read->entered->wish.log);

    TRY(decide_again(tx, read));
    if (read->again.why != WHY_ALLOWED)
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
        return log_refuse(actor, &entered->wish, read.again.why, &read.again.ask);
    return done;
}
