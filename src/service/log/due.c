/* The way into a log that is due, or follows its unit, for a job: the birth date from its header, its head, its plain rows; no entry is
 * opened.
 * Must not ask for a whole key, nor believe a row before the head is good.
 * Called by the room jobs. */
#include "service/log/due.h"

#include "service/log/consents.h"
#include "service/log/dates.h"
#include "service/log/enter.h"
#include "service/log/header.h"
#include "service/log/hold.h"
#include "service/log/rows.h"
#include "store/logs.h"

static Err read_rows(const LogReader *reader, LogEntered *entered)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogDecision decision = {0};

    TRY(store_read(reader->actor->store, &tx));
    Err decided = log_decide(tx, reader->actor, &entered->wish, reader->keep, &decision);
    entered->standing.forged = decided.id == E_FORGED && decision.standing.forged;
    TRY(decided);
    if (decision.why != WHY_ALLOWED)
        return fail(decision.why == WHY_NO_RELATION ? E_NOT_FOUND : E_STALE);
    entered->settings = decision.settings;
    entered->standing = decision.standing;
    entered->ask = decision.ask;
    entered->permit = decision.permit;
    store_read_last(tx);
    TRY(store_log_content(tx, &entered->permit, reader->keep, &entered->content));
    return log_consents(&entered->content.consents, &entered->content.consent_units, &entered->content.participants, reader->keep,
                        &entered->consents);
}

typedef struct JobKeys {
    Key keys[2];
} JobKeys;

static void job_keys_wipe(JobKeys *keys)
{
    crypto_wipe(keys, sizeof *keys);
}

static Err ask_keys(const LogReader *reader, LogEntered *entered)
{
    const ScopeKeyRow *scope = &entered->content.scope;
    const bool follows = entered->wish.purpose == PURPOSE_FOLLOW;
    const Purpose header = follows ? PURPOSE_FOLLOW_HEADER : PURPOSE_JOB_HEADER;
    const KeyUse uses[] = {actor_key(reader->actor, entered->wish.purpose, SCOPE_LOG, entered->wish.log),
                           actor_key(reader->actor, header, SCOPE_LOG, entered->wish.log)};
    const Str wrapped[] = {scope->wrapped, scope->wrapped};
    AUTO(job_keys_wipe) JobKeys got = {0};

    if (scope->kind != SCOPE_LOG)
        return fail(E_FORGED);
    TRY(keys_unwrap_many(reader->service->keys, uses, wrapped, COUNT_OF(uses), got.keys));
    entered->keys = (LogKeys){.crypto = keys_crypto(reader->service->keys), .mode = reader->service->mode,
                              .tenant = reader->actor->tenant, .log = entered->wish.log, .head = got.keys[0], .header = got.keys[1]};
    return ok();
}

static Err open_dates(const LogReader *reader, LogEntered *entered)
{
    Values header;

    TRY(log_header_open(entered, reader->keep, &header));
    entered->child = (Values){.kind = kind_of(KIND_CHILD)};
    entered->ask.flags |= log_header_flags(&header);
    values_put(&entered->child, CHILD_BIRTH_DATE, values_at(&header, HEADER_BIRTH_DATE));
    return log_dates_read(&header, reader->keep, &entered->dates);
}

static Err open_entered(const LogReader *reader, LogEntered *entered)
{
    TRY(ask_keys(reader, entered));
    TRY(log_head_check(&entered->keys, &entered->content.digest, entered->content.rows, &entered->content.log.head));
    TRY(log_newest_make(&entered->content.entries, reader->keep, &entered->newest));
    TRY(open_dates(reader, entered));
    log_consents_age(&entered->consents, &entered->child, &entered->content.log, &entered->settings, reader->actor->now);
    return ok();
}

static Err enter_for(const LogReader *reader, LogWish wish, LogEntered *ret_entered)
{
    AUTO(log_entered_wipe) LogEntered entered = {.wish = wish};
    const Id log = wish.log;

    Err done = read_rows(reader, &entered);
    if (done.id == E_FORGED && !entered.standing.forged)
        return done;
    if (is_ok(done))
        done = open_entered(reader, &entered);
    if (done.id == E_FORGED)
        TRY(log_hold(reader->actor, log));
    TRY(done);
    entered.known = reader->service->known;
    *ret_entered = entered;
    return ok();
}

Err log_enter_due(const LogReader *reader, Id log, LogEntered *ret_entered)
{
    const LogWish wish = {.log = log, .act = ACT_CLOCK_RUN, .purpose = PURPOSE_JOB, .by_clock = true, .silent = true};

    return enter_for(reader, wish, ret_entered);
}

Err log_enter_following(const LogReader *reader, Id log, LogEntered *ret_entered)
{
    const LogWish wish = {.log = log, .act = ACT_UNIT_FOLLOW, .purpose = PURPOSE_FOLLOW, .by_clock = true, .silent = true};

    return enter_for(reader, wish, ret_entered);
}

Err log_enter_leaving(const LogReader *reader, Id log, LogEntered *ret_entered)
{
    const LogWish wish = {.log = log, .act = ACT_TRANSFER_LEAVE, .purpose = PURPOSE_JOB, .by_clock = true, .silent = true};

    return enter_for(reader, wish, ret_entered);
}
