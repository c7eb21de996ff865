/* The header of a log is opened for the child's age before a stub is shown.
 * Must not show a stub by plain columns alone: guardians of an adult have none.
 * Called by the room reading. */
#include "service/log/stub.h"

#include "base/calendar.h"
#include "domain/lifecycle.h"
#include "service/log/enter.h"
#include "service/log/header.h"
#include "service/log/hold.h"
#include "service/log/rows.h"
#include "store/ending/deletion.h"
#include "store/logs.h"

typedef struct HeaderRows {
    DeletionRow order;
    LogRow log;
    ScopeKeyRow scope;
} HeaderRows;

/* Who reads the log by plain columns, and no more than the stub by age, has the header opened as its reader. */
static Err permit_header(const LogReader *reader, const LogWish *wish, LogDecision *decision)
{
    const LogWish header = {.log = wish->log, .act = ACT_HEADER_READ, .silent = true};
    LogDecision reading = *decision;

    if (decision->why == WHY_ALLOWED || wish->act != ACT_STUB_READ)
        return ok();
    TRY(log_decide_from(reader->actor, &header, reader->keep, &reading));
    if (reading.why == WHY_ALLOWED)
        *decision = reading;
    return ok();
}

/* An order that is not what was written shows no date. */
static Err read_order(Tx *tx, const LogRow *log, DeletionRow *ret_order)
{
    if (log->state != STATE_DELETION_ORDERED)
        return ok();
    Err found = store_deletion_of_log(tx, log->no, ret_order);
    return found.id == E_NOT_FOUND || found.id == E_FORGED ? ok() : found;
}

static Err read_rows(const LogReader *reader, const LogWish *wish, HeaderRows *ret_rows, LogDecision *ret_decision)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogDecision decision = {0};

    TRY(store_read(reader->actor->store, &tx));
    Err decided = log_decide(tx, reader->actor, wish, reader->keep, &decision);
    ret_decision->standing.forged = decision.standing.forged;
    TRY(decided);
    TRY(permit_header(reader, wish, &decision));
    Err read = decision.why == WHY_ALLOWED
        ? store_log_header(tx, &decision.permit, reader->keep, &ret_rows->log, &ret_rows->scope) : ok();
    decision.standing.forged = decision.standing.forged || read.id == E_FORGED;
    *ret_decision = decision;
    TRY(read);
    return decision.why == WHY_ALLOWED ? read_order(tx, &decision.standing.log, &ret_rows->order) : ok();
}

static Err open_header(const LogReader *reader, const HeaderRows *rows, Values *ret_header)
{
    const Actor *actor = reader->actor;
    AUTO(log_keys_wipe) LogKeys keys = {.crypto = keys_crypto(reader->service->keys), .mode = reader->service->mode,
                                        .tenant = actor->tenant, .log = rows->log.id};
    const LogPlace place = {SEAL_TABLE_LOG, SEAL_COLUMN_HEADER, rows->log.id, rows->log.header_version};
    const HeaderKeys wanted = {.grant = actor->grant, .tenant = actor->tenant, .scopes = &rows->log.id,
                               .wrapped = &rows->scope.wrapped, .count = 1};
    size_t bad = SIZE_MAX;

    TRY(keys_unwrap_headers(reader->service->keys, wanted, &keys.header, &bad));
    return log_unseal(&keys, (LogSealed){place, KIND_HEADER, rows->log.header}, reader->keep, ret_header);
}

Err log_by_header(const LogReader *reader, const LogWish *wish, LogStub *ret_stub)
{
    LogStub stub = {.entered.wish = *wish};
    const Actor *actor = reader->actor;

    stub.entered.wish.opening = log_opening(actor, wish);
    HeaderRows rows = {0};
    LogDecision decision = {0};
    Values header;

    Err read = read_rows(reader, &stub.entered.wish, &rows, &decision);
    if (read.id == E_FORGED && decision.standing.forged)
        TRY(log_hold(actor, wish->log));
    TRY(read);
    if (decision.why != WHY_ALLOWED)
        return log_refuse(actor, &stub.entered.wish, decision.why, &decision.ask);
    Err opened = open_header(reader, &rows, &header);
    if (opened.id == E_FORGED)
        TRY(log_hold(actor, wish->log));
    TRY(opened);
    stub.copy = copy_offer(&header, rows.log.state == STATE_PASSIVE ? rows.log.passive_at : 0, oslo_day(actor->now));
    stub.entered.wish.aged = true;
    stub.entered.wish.flags = log_header_flags(&header) | copy_flags(&stub.copy, oslo_day(actor->now));
    (void)values_day(&header, HEADER_BIRTH_DATE, &stub.entered.wish.birth);
    TRY(log_decide_from(actor, &stub.entered.wish, reader->keep, &decision));
    /* What was readable by plain columns may be a stub by age. */
    if (decision.why == WHY_STUB) {
        stub.entered.wish.act = ACT_STUB_READ;
        TRY(log_decide_from(actor, &stub.entered.wish, reader->keep, &decision));
    }
    if (decision.why != WHY_ALLOWED)
        return log_refuse(actor, &stub.entered.wish, decision.why, &decision.ask);
    stub.entered.settings = decision.settings;
    stub.entered.standing = decision.standing;
    stub.entered.ask = decision.ask;
    stub.entered.permit = decision.permit;
    stub.flags = decision.ask.flags;
    stub.died = log_header_died(&header);
    (void)values_day(&header, HEADER_CLAIMED_ON, &stub.claimed_on);
    stub.decision = values_code(&header, HEADER_DECISION);
    stub.order = rows.order;
    *ret_stub = stub;
    return ok();
}

Err log_stub(const LogReader *reader, Id log, bool silent, LogStub *ret_stub)
{
    return log_by_header(reader, &(LogWish){.log = log, .act = ACT_STUB_READ, .silent = silent}, ret_stub);
}
