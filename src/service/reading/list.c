/* The logs that a person takes part in or answers for, from their headers alone.
 * Must not open a log: the entry key is never asked for.
 * Called by web and api. Rules: keys 3, 11, reading-and-writing 2. */
#include "service/reading/list.h"

#include "base/calendar.h"
#include "domain/clocks.h"
#include "domain/period.h"
#include "service/log/ask.h"
#include "service/log/change.h"
#include "service/log/consents.h"
#include "service/log/enter.h"
#include "service/log/header.h"
#include "service/log/hold.h"
#include "service/log/reader.h"
#include "service/log/newest.h"
#include "service/log/rows.h"
#include "store/moving/moving.h"

#define LIST_MAX 500
#define LEFT_MS (32 * (int64_t)86400000) /* no shorter than the clock of what was left */

/* One log of the list, while it is being opened. */
typedef struct Listed {
    LogRow log;
    ScopeKeyRow scope;
    LogStanding standing;
    bool stands_in; /* the manager who reads the list stands in for its holder */
    Settings settings;
    Ask ask;       /* about its header, from plain columns */
    bool readable;
    bool unheld;   /* its manager stands in for the holder */
    bool shut;     /* they know of it and have no access: it is told for the days of a clock */
    ClockWatch watch; /* of the list of passive logs: what runs in it, but for what hangs on the birth */
    bool opens;    /* its header: what is readable, and what shows a stub or says that it is shut, which hangs on the child's age */
} Listed;

typedef struct Listing {
    Listed *items;
    uint32_t count;
    const PassiveBehind *passive; /* only these, behind that one; NULL: one's own logs */
    bool more;
    Settings settings;
    Permit permit;
    Why why;
    Id forged; /* the log whose header or key is not what was written */
} Listing;

static Err decide(const Actor *actor, Listing *listing)
{
    const Ask ask = {.act = ACT_LOG_LIST, .role = actor->role, .relation = log_list_relation(actor)};

    listing->why = policy_permit(ask, (Subject){.person = actor->person}, &listing->permit);
    return ok();
}

static Err passive_rows(Tx *tx, const Actor *actor, Listing *listing, Arena *keep, LogRows *ret_rows)
{
    const PassivePage page = {.unit = actor->unit, .passive_at = listing->passive->passive_at, .no = listing->passive->no,
                              .max = PASSIVE_PAGE + 1};

    *ret_rows = (LogRows){0};
    if (actor->role != ROLE_ORG_MANAGER && actor->role != ROLE_MUNICIPALITY_ADMIN)
        return ok();
    TRY(store_logs_passive(tx, &listing->permit, &page, keep, ret_rows));
    listing->more = ret_rows->count > PASSIVE_PAGE;
    ret_rows->count -= listing->more;
    return ok();
}

/* The clocks from which the job reckons too: what comes next is what it will tell. */
static Err watch_of(Tx *tx, const Actor *actor, const LogDecision *decision, Arena *keep, Listed *listed)
{
    LogEntered entered = {.wish.act = ACT_HEADER_READ, .content.log = decision->standing.log, .child.kind = kind_of(KIND_CHILD)};
    EntryRows rows = {0};

    entered.settings = decision->settings;
    TRY(store_log_lived(tx, listed->log.no, keep, &rows));
    TRY(ARENA_NEW(keep, LogVersions, (size_t)rows.count + 1, &entered.newest.items));
    for (uint32_t i = 0; i < rows.count; i++)
        log_newest_begin(&entered.newest, &rows.items[i]);
    TRY(log_consents_standing(&decision->standing, keep, &entered.consents));
    listed->watch = log_clocks_quiet(&entered, &entered.content.log, actor->now);
    return ok();
}

static Err rows_of(Tx *tx, const Actor *actor, const Permit *permit, Arena *keep, LogRows *ret_rows)
{
    *ret_rows = (LogRows){0};
    switch (actor->role) {
    case ROLE_ORG_MANAGER:
        return store_logs_of_unit(tx, permit, &(LogPage){.unit = actor->unit, .max = LIST_MAX}, keep, ret_rows);
    case ROLE_RELAY_HOLDER:
    case ROLE_ACTOR:
    case ROLE_GUARDIAN:
    case ROLE_CHILD:
        return store_logs_of_person(tx, permit, &(LogPage){.now = actor->now, .left_since = actor->now - LEFT_MS, .max = LIST_MAX},
                                    keep, ret_rows);
    case ROLE_NONE:
    case ROLE_MUNICIPALITY_ADMIN:
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
    return ok();
}

/* Since when the log is shut to somebody who took part; now, where that follows from a day or a consent and stands nowhere. */
static int64_t shut_since(const Actor *actor, const LogStanding *standing)
{
    int64_t since = 0;

    for (uint32_t i = 0; i < standing->own.count; i++) {
        const ParticipantRow *row = &standing->own.items[i];
        if (row->role != actor->role || period_is_offer(PERIOD_OF(row)))
            continue;
        if (!period_has_ended(PERIOD_OF(row), actor->now))
            return standing->log.passive_at != 0 ? standing->log.passive_at : actor->now;
        if (!period_has_ended(PERIOD_OF(row), since))
            since = row->to_at;
    }
    return since;
}

/* It does not vanish without a word (rules: access 10). */
static bool is_lately_shut(const Actor *actor, const LogDecision *decision)
{
    const int64_t since = shut_since(actor, &decision->standing);

    return policy_may_tell(decision->ask) && since != 0 && actor->now < clock_due(CLOCK_LEFT_END, since, NULL);
}

/* A log stands in the list when this role may see its header, its header after a reason, or its stub; one that is held, when
 * they know of it. One that this person takes part in as somebody else does not. */
static Err add(Tx *tx, const Actor *actor, const LogRow *log, Arena *keep, Listing *listing)
{
    const LogWish header = {.log = log->id, .act = ACT_HEADER_READ}, stub = {.log = log->id, .act = ACT_STUB_READ};
    LogDecision decision = {.settings = listing->settings};
    Listed listed = {.log = *log};

    Err decided = log_decide_under(tx, actor, &header, keep, &decision);
    if (decided.id == E_FORGED && decision.standing.forged)
        listing->forged = log->id;
    TRY(decided);
    listed.readable = decision.why == WHY_ALLOWED;
    listed.standing = decision.standing;
    listed.stands_in = decision.stands_in;
    listed.settings = decision.settings;
    listed.ask = decision.ask;
    listed.unheld = decision.standing.unheld_since != 0 && log->state == STATE_ACTIVE;
    if (!listed.readable && decision.why != WHY_ASK_REASON && !(decision.why == WHY_HOLD && policy_may_tell_hold(decision.ask))) {
        TRY(log_decide_from(actor, &stub, keep, &decision));
        listed.shut = decision.why != WHY_ALLOWED;
        if (listed.shut && !is_lately_shut(actor, &decision))
            return ok();
        /* Of a child of age a guardian is told nothing: what is shut hangs on that too. */
        listed.opens = !listed.shut || actor->role == ROLE_GUARDIAN;
    }
    listed.opens = listed.opens || listed.readable;
    if (listing->passive)
        TRY(watch_of(tx, actor, &decision, keep, &listed));
    /* The agent opens headers to no administrator: they open one log. */
    listed.opens = listed.opens && actor->role != ROLE_MUNICIPALITY_ADMIN;
    Err key = listed.opens ? store_scope(tx, log->id, keep, &listed.scope) : ok();
    if (key.id == E_NOT_FOUND) {
        listing->forged = log->id;
        return fail(E_FORGED);
    }
    TRY(key);
    listing->items[listing->count++] = listed;
    return ok();
}

static Err read_all(const Actor *actor, Arena *keep, Listing *listing)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRows rows = {0};

    TRY(decide(actor, listing));
    if (listing->why != WHY_ALLOWED)
        return ok();
    TRY(store_read(actor->store, &tx));
    TRY(settings_now(tx, keep, &listing->settings));
    TRY(listing->passive ? passive_rows(tx, actor, listing, keep, &rows) : rows_of(tx, actor, &listing->permit, keep, &rows));
    TRY(ARENA_NEW(keep, Listed, rows.count + 1, &listing->items));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(add(tx, actor, &rows.items[i], keep, listing));
    return ok();
}

/* Header keys live in keep, which is wiped when the request ends; here they are wiped as soon as the headers are open. */
static Err unwrap(const LogReader *reader, Listing *listing, Key **ret_keys, uint32_t *ret_count)
{
    Str *wrapped = NULL;
    Id *scopes = NULL;
    Key *keys = NULL;
    uint32_t count = 0;
    size_t bad = SIZE_MAX; /* stays so when it is no key of a log that is wrong */

    TRY(ARENA_NEW(reader->keep, Id, listing->count + 1, &scopes));
    TRY(ARENA_NEW(reader->keep, Str, listing->count + 1, &wrapped));
    TRY(ARENA_NEW(reader->keep, Key, listing->count + 1, &keys));
    for (uint32_t i = 0; i < listing->count; i++) {
        if (!listing->items[i].opens)
            continue;
        scopes[count] = listing->items[i].log.id;
        wrapped[count++] = listing->items[i].scope.wrapped;
    }
    const HeaderKeys wanted = {
        .grant = reader->actor->grant, .tenant = reader->actor->tenant, .scopes = scopes, .wrapped = wrapped, .count = count};
    Err opened = count > 0 ? keys_unwrap_headers(reader->service->keys, wanted, keys, &bad) : ok();
    if (opened.id == E_FORGED && bad < count)
        listing->forged = scopes[bad];
    TRY(opened);
    *ret_keys = keys;
    *ret_count = count;
    return ok();
}

/* No plain column tells the child's age, so the policy is asked once more when the header is open: whoever loses the log on
 * the day of 18 loses its line in the list too, that of a stub as well, whether or not a job has been there. */
static Err ask_aged(const LogReader *reader, const Listed *listed, const Values *header, Act act, LogDecision *decision)
{
    LogWish wish = {.log = listed->log.id, .act = act, .aged = true, .flags = log_header_flags(header)};

    *decision = (LogDecision){.settings = listed->settings, .standing = listed->standing, .stands_in = listed->stands_in};
    (void)values_day(header, HEADER_BIRTH_DATE, &wish.birth);
    return log_decide_from(reader->actor, &wish, reader->keep, decision);
}

/* What falls due next, with the birth where the header told it. */
static void what_comes(const Listing *listing, const Listed *listed, const Values *header, int64_t now, LogSummary *summary)
{
    ClockWatch watch = listed->watch;
    ClocksDue due;
    Day birth;

    if (!listing->passive)
        return;
    watch.settings = &listing->settings;
    if (header && values_day(header, HEADER_BIRTH_DATE, &birth))
        clock_start(&watch, START_OF_BIRTH, oslo_time(birth, 0));
    summary->passive_since = listed->log.passive_at != 0 ? listed->log.passive_at : listed->log.last_activity_at;
    if (!clocks_due(&watch, now, INT64_MAX - 1, &due))
        return;
    summary->next = due.items[0];
    summary->next_at = due.at;
}

/* Errors: E_NOT_FOUND when it is shown no more by the age that the header tells. */
static Err summarise(const LogReader *reader, const Listing *listing, const Listed *listed, const Key *key, LogSummary *summary)
{
    Service *service = reader->service;
    const Actor *actor = reader->actor;
    AUTO(log_keys_wipe) LogKeys keys = {.crypto = keys_crypto(service->keys), .mode = service->mode, .tenant = actor->tenant,
                                        .log = listed->log.id};
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, listed->log.id, listed->log.header_version};
    Values header;

    if (!listed->opens) {
        TRY(log_summary(&listed->log, NULL, actor->role, summary));
        log_summary_today(summary, listed->ask.flags);
        summary->shut = listed->shut;
        summary->unheld = listed->unheld;
        what_comes(listing, listed, NULL, actor->now, summary);
        return ok();
    }
    keys.header = *key;
    TRY(log_unseal(&keys, (LogSealed){place, KIND_HEADER, listed->log.header}, reader->keep, &header));
    LogDecision reading, stub;
    TRY(ask_aged(reader, listed, &header, ACT_HEADER_READ, &reading));
    bool readable = reading.why == WHY_ALLOWED;
    stub = reading;
    if (!readable)
        TRY(ask_aged(reader, listed, &header, ACT_STUB_READ, &stub));
    bool shown = readable || stub.why == WHY_ALLOWED || (listed->shut && !(reading.ask.flags & FLAG_OF_AGE));
    TRY(log_summary(&listed->log, readable ? &header : NULL, actor->role, summary));
    summary->shut = listed->shut;
    summary->unheld = listed->unheld;
    summary->died = log_header_died(&header);
    log_summary_today(summary, reading.ask.flags);
    what_comes(listing, listed, &header, actor->now, summary);
    return shown ? ok() : fail(E_NOT_FOUND);
}

static Err open_headers(const LogReader *reader, Listing *listing, LogSummary *summaries, uint32_t *ret_count)
{
    uint32_t count = 0, next = 0, made = 0;
    Key *keys = NULL;
    Err opened = ok();

    TRY(unwrap(reader, listing, &keys, &count));
    for (uint32_t i = 0; i < listing->count && is_ok(opened); i++) {
        opened = summarise(reader, listing, &listing->items[i], &keys[next], &summaries[made]);
        if (opened.id == E_FORGED)
            listing->forged = listing->items[i].log.id;
        next += listing->items[i].opens;
        made += is_ok(opened);
        opened = opened.id == E_NOT_FOUND ? ok() : opened;
    }
    crypto_wipe(keys, count * sizeof *keys);
    *ret_count = made;
    return opened;
}

static Err name_units(Service *service, const Actor *actor, LogSummary *summaries, uint32_t count, Arena *keep)
{
    Id *units = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(keep, Id, count + 1, &units));
    TRY(ARENA_NEW(keep, Str, count + 1, &names));
    for (uint32_t i = 0; i < count; i++)
        units[i] = summaries[i].unit;
    TRY(people_unit_names(service, actor, (IdList){units, count}, keep, names));
    for (uint32_t i = 0; i < count; i++)
        summaries[i].unit_name = names[i];
    return ok();
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

typedef struct Making {
    const LogReader *reader;
    const PassiveBehind *passive;
    LogSummaries logs;
} Making;

static Err list_once(void *self, Id *ret_forged)
{
    Making *making = self;
    const LogReader *reader = making->reader;
    AuditLine line = service_line(reader->actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0});
    LogSummary *summaries = NULL;
    Listing listing = {.passive = making->passive};
    uint32_t count = 0;

    Err read = read_all(reader->actor, reader->keep, &listing);
    *ret_forged = listing.forged;
    TRY(read);
    if (listing.why != WHY_ALLOWED)
        return service_refuse(reader->actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0}, listing.why);
    TRY(ARENA_NEW(reader->keep, LogSummary, listing.count + 1, &summaries));
    Err opened = open_headers(reader, &listing, summaries, &count);
    *ret_forged = listing.forged;
    TRY(opened);
    /* A guardian must not learn from a list where a child with a protected address goes to school. */
    if (reader->actor->role != ROLE_GUARDIAN)
        TRY(name_units(reader->service, reader->actor, summaries, count, reader->keep));
    line.amount = count;
    TRY(store_write(reader->actor->store, write_line, &line));
    making->logs = (LogSummaries){.items = summaries, .count = count, .more = listing.more,
                                  .last_no = listing.count > 0 ? listing.items[listing.count - 1].log.no : 0};
    return ok();
}

/* A log that is held by this stands in the list as a held one. */
Err log_list(Service *service, const Actor *actor, Arena *keep, LogSummaries *ret_logs)
{
    Making making = {.reader = &(LogReader){service, actor, keep}};
    uint32_t held = 0;

    TRY(log_hold_and_read(actor, list_once, &making, &held));
    making.logs.held = held;
    *ret_logs = making.logs;
    return ok();
}

Err log_list_passive(Service *service, const Actor *actor, PassiveBehind behind, Arena *keep, LogSummaries *ret_logs)
{
    Making making = {.reader = &(LogReader){service, actor, keep}, .passive = &behind};
    uint32_t held = 0;

    TRY(log_hold_and_read(actor, list_once, &making, &held));
    making.logs.held = held;
    *ret_logs = making.logs;
    return ok();
}
