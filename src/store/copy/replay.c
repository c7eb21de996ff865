/* One verb for each kind of line.
 * Must not believe a line without having followed the chain of the ledger's file: whoever calls has.
 * Called by cli/backup. */
#include "store/copy/replay.h"

#include "domain/evidence.h"
#include "domain/states.h"
#include "store/codec.h"
#include "store/ending/deletion.h"
#include "store/ending/purge.h"
#include "store/report/reports.h"
#include "store/tx.h"

SHAPE(participant, PARTICIPANT, ParticipantRow);
SHAPE(consent, CONSENT, ConsentRow);
SHAPE(consent_unit, CONSENT_UNIT, ConsentUnitRow);

#define FLAGS_MASK ((INT64_C(1) << 48) - 1)
#define WAKE_AT_ONCE 1

typedef struct Replaying {
    Tx *tx;
    const LedgerLine *line;
    const Replay *replay;
    int64_t log_no; /* of the log that was touched; 0: none */
    bool changed;
} Replaying;

static Err row_of(const Replaying *replaying, enum table table, const Shape *shape, void *ret_row)
{
    const Value key = value_id(&replaying->line->object);

    return tx_row(replaying->tx, ASKS(SQL_TRACK(table), &key), shape, replaying->tx->scratch, ret_row);
}

/* What is not there has ended. */
static Err or_ended(Err found, bool *ret_there)
{
    *ret_there = is_ok(found);
    return found.id == E_NOT_FOUND ? ok() : found;
}

/* ---- a log ---- */

static Err report_ends(const Replaying *replaying, Id log, Id report, int64_t purged_at)
{
    Err ended = store_report_ends(replaying->tx, log, report, replaying->replay->report_end(purged_at));

    return ended.id == E_STALE ? ok() : ended; /* it has its end */
}

/* Of an order that is younger than the backup nothing tells which report was archived: whichever has no line of its own outlives the log
 * for that time. */
static Err end_reports(const Replaying *replaying, const LogRow *log)
{
    ReportRows rows = {0};

    TRY(store_reports_of_log(replaying->tx, log->id, replaying->tx->scratch, &rows));
    for (uint32_t i = 0; i < rows.count; i++)
        TRY(report_ends(replaying, log->id, rows.items[i].id, replaying->line->at));
    return ok();
}

/* The certificate is signed by the service, which has the keys; of an order that nobody had approved yet there is none. */
static Err keep_what_stays(const Replaying *replaying, const LogRow *log, PurgeCounts *counts)
{
    Tx *tx = replaying->tx;
    CertificateRow row = {0};
    DeletionRow order;
    bool there;

    TRY(or_ended(store_deletion_of_log(tx, log->no, &order), &there));
    if (!there || order.approved_at == 0)
        return end_reports(replaying, log);
    TRY(or_ended(store_certificate(tx, order.id, tx->scratch, &row), &there));
    if (!there)
        row = (CertificateRow){.id = order.id, .log = log->id, .version = 1};
    row.paused_at = 0;
    counts->of[PURGED_KEYS] += counts->of[PURGED_KEYS] == 0; /* its key, which went by its own line */
    TRY(purge_counts_bytes(counts, tx->scratch, &row.removed));
    return there ? store_certificate_update(tx, &row) : store_certificate_insert(tx, &row);
}

static Err log_gone(Replaying *replaying)
{
    PurgeCounts counts;
    LogRow log;
    bool there;

    TRY(or_ended(store_log_by_id(replaying->tx, replaying->line->object, &log), &there));
    if (!there || log.state == STATE_DELETED)
        return ok();
    replaying->changed = true;
    TRY(store_log_purge(replaying->tx, &log, &counts));
    return keep_what_stays(replaying, &log, &counts);
}

/* Orders are no endings, and have no line: one that was stopped, made or approved after the backup is known by the log's state alone. One
 * that was stopped stands no more; of one that is not there the log is passive, and waits for another; one whose approval is lost is
 * approved anew. */
static Err fit_order(const Replaying *replaying, const LogRow *was, LogRow *log)
{
    const bool ordered = log->state == STATE_DELETION_ORDERED;
    DeletionRow order;
    bool there;

    if (!ordered && was->state != STATE_DELETION_ORDERED)
        return ok();
    TRY(or_ended(store_deletion_of_log(replaying->tx, log->no, &order), &there));
    if (ordered && !there)
        log->state = STATE_PASSIVE;
    if (ordered && (!there || order.approved_at != 0))
        log->flags &= ~(uint64_t)FLAG_APPROVAL_AWAITED;
    else if (ordered)
        log->flags |= (uint64_t)FLAG_APPROVAL_AWAITED;
    if (ordered || !there || order.purged_at != 0)
        return ok();
    order.stopped_at = replaying->line->at;
    return store_deletion_update(replaying->tx, &order);
}

/* The day on which it was to be looked at may have followed from what it was: it is looked at once more. */
static Err log_stands(Replaying *replaying)
{
    const int64_t value = replaying->line->value;
    LogRow log, was;
    bool there;

    TRY(or_ended(store_log_by_id(replaying->tx, replaying->line->object, &log), &there));
    if (!there || log.state == STATE_DELETED)
        return ok();
    was = log;
    if (replaying->line->kind == LEDGER_LOG_PASSIVE) {
        log.passive_at = value;
    } else {
        log.state = (uint8_t)(value >> 56);
        log.closed_reason = (uint8_t)(value >> 48 & 0xff);
        log.flags = (uint64_t)(value & FLAGS_MASK);
        TRY(fit_order(replaying, &was, &log));
    }
    if (log.state == was.state && log.closed_reason == was.closed_reason && log.flags == was.flags && log.passive_at == was.passive_at)
        return ok();
    log.wake_on = WAKE_AT_ONCE;
    replaying->changed = true;
    replaying->log_no = log.no;
    return store_log_update(replaying->tx, &log);
}

/* ---- in a log ---- */

static Err consent_withdrawn(Replaying *replaying)
{
    ConsentRow consent;
    bool there;

    TRY(or_ended(row_of(replaying, TABLE_CONSENT, &shape_consent, &consent), &there));
    if (!there)
        return ok();
    Err withdrawn = store_consent_withdraw(replaying->tx, consent.id, replaying->line->value);
    if (withdrawn.id == E_STALE) /* it was before */
        return ok();
    replaying->changed = true;
    replaying->log_no = consent.log_no;
    return withdrawn;
}

static Err unit_gone(Replaying *replaying)
{
    ConsentUnitRow unit;
    bool there;

    TRY(or_ended(row_of(replaying, TABLE_CONSENT_UNIT, &shape_consent_unit, &unit), &there));
    if (!there)
        return ok();
    replaying->changed = true;
    replaying->log_no = unit.log_no;
    return store_consent_unit_withdraw(replaying->tx, unit.id);
}

/* Of a log whose key is gone nothing can be sealed any more: it is about to go. */
static Err participant_ended(Replaying *replaying)
{
    ParticipantRow participant;
    ScopeKeyRow scope;
    LogRow log;
    bool there;

    TRY(or_ended(row_of(replaying, TABLE_PARTICIPANT, &shape_participant, &participant), &there));
    const int64_t known = there ? participant.to_at : replaying->line->value;
    if (known == replaying->line->value)
        return ok();
    TRY(store_log_by_no(replaying->tx, participant.log_no, &log));
    TRY(or_ended(store_scope(replaying->tx, log.id, replaying->tx->scratch, &scope), &there));
    if (!there)
        return ok();
    participant.to_at = replaying->line->value;
    TRY(replaying->replay->reseal(replaying->replay->self, &scope, &log, &participant));
    replaying->changed = true;
    replaying->log_no = participant.log_no;
    return store_participant_update(replaying->tx, &participant);
}

/* Of a document alone nothing tells but its log, which goes with it. */
static Err document_gone(Replaying *replaying)
{
    (void)replaying;
    return ok();
}

/* ---- people and keys ---- */

static Err role_ended(Replaying *replaying)
{
    GrantRows grants;
    bool there;
    Err ended = store_role_end(replaying->tx, replaying->line->object, replaying->line->value, replaying->tx->scratch, &grants);

    if (ended.id == E_STALE)
        return ok();
    TRY(or_ended(ended, &there));
    replaying->changed = there;
    return ok();
}

static Err person_gone(Replaying *replaying)
{
    return or_ended(store_person_delete(replaying->tx, replaying->line->object, NULL), &replaying->changed);
}

static Err key_gone(Replaying *replaying)
{
    return or_ended(store_scope_delete(replaying->tx, replaying->line->object), &replaying->changed);
}

static Err report_gone(Replaying *replaying)
{
    return or_ended(store_report_delete(replaying->tx, replaying->line->object), &replaying->changed);
}

/* The times of the first time. An order that is younger than the backup has left no row. */
static Err deletion_done(Replaying *replaying)
{
    const bool confirms = replaying->line->kind == LEDGER_DELETION_CONFIRMED;
    DeletionRow row;
    bool there;

    TRY(or_ended(store_deletion_by_id(replaying->tx, replaying->line->object, &row), &there));
    int64_t *at = confirms ? &row.confirmed_at : &row.purged_at;
    if (!there || *at == replaying->line->value)
        return ok();
    *at = replaying->line->value;
    replaying->changed = true;
    if (!confirms)
        TRY(report_ends(replaying, row.log, row.report, row.purged_at));
    return store_deletion_update(replaying->tx, &row);
}

static Err stands(Replaying *replaying)
{
    (void)replaying;
    return ok();
}

/* ---- a line ---- */

typedef struct Verb {
    Err (*end)(Replaying *replaying);
    uint8_t object_kind; /* of its audit line, where no log is touched */
    bool gone;           /* nothing of the object is left, in this table */
    enum table table;
} Verb;

static const Verb verbs[LEDGER_KIND_LIMIT] = {
    [LEDGER_LOG_GONE] = {.end = log_gone, .object_kind = OBJECT_LOG},
    [LEDGER_LOG_STATE] = {.end = log_stands, .object_kind = OBJECT_LOG},
    [LEDGER_LOG_PASSIVE] = {.end = log_stands, .object_kind = OBJECT_LOG},
    [LEDGER_CONSENT_WITHDRAWN] = {.end = consent_withdrawn, .object_kind = OBJECT_LOG},
    [LEDGER_CONSENT_UNIT_GONE] = {.end = unit_gone, .object_kind = OBJECT_LOG, .gone = true, .table = TABLE_CONSENT_UNIT},
    [LEDGER_PARTICIPANT_ENDED] = {.end = participant_ended, .object_kind = OBJECT_LOG},
    [LEDGER_ROLE_ENDED] = {.end = role_ended, .object_kind = OBJECT_ROLE},
    [LEDGER_PERSON_GONE] = {.end = person_gone, .object_kind = OBJECT_PERSON, .gone = true, .table = TABLE_PERSON},
    [LEDGER_DOCUMENT_GONE] = {.end = document_gone, .gone = true, .table = TABLE_DOCUMENT},
    [LEDGER_KEY_GONE] = {.end = key_gone, .gone = true, .table = TABLE_SCOPE_KEY},
    [LEDGER_STANDS] = {.end = stands},
    [LEDGER_REPORT_GONE] = {.end = report_gone, .gone = true, .table = TABLE_REPORT},
    [LEDGER_DELETION_DONE] = {.end = deletion_done, .object_kind = OBJECT_CERTIFICATE},
    [LEDGER_DELETION_CONFIRMED] = {.end = deletion_done, .object_kind = OBJECT_CERTIFICATE},
};

static Err verb_of(const LedgerLine *line, const Verb **ret_verb)
{
    if (line->kind >= COUNT_OF(verbs) || !verbs[line->kind].end)
        return fail(E_SCHEMA);
    *ret_verb = &verbs[line->kind];
    return ok();
}

/* A log whose key is gone is about to go: it has no head any more. */
static Err renew_head(const Replaying *replaying, AuditLine *audit)
{
    Tx *tx = replaying->tx;
    ScopeKeyRow scope;
    uint32_t rows = 0;
    Hash digest;
    LogRow log;
    bool there;

    TRY(store_log_by_no(tx, replaying->log_no, &log));
    audit->object_kind = OBJECT_LOG;
    audit->object = log.id;
    TRY(or_ended(store_scope(tx, log.id, tx->scratch, &scope), &there));
    if (!there)
        return ok();
    TRY(store_log_digest(tx, log.no, &digest, &rows));
    TRY(replaying->replay->head(replaying->replay->self, &scope, &digest, rows, &audit->head));
    return store_log_head_put(tx, log.no, &audit->head);
}

Err store_replay(Tx *tx, const LedgerLine *line, const Replay *replay, bool *ret_changed)
{
    Replaying replaying = {.tx = tx, .line = line, .replay = replay};
    AuditLine audit = replay->line;
    const Verb *verb = NULL;

    *ret_changed = false;
    TRY(verb_of(line, &verb));
    TRY(verb->end(&replaying));
    if (!replaying.changed)
        return ok();
    audit.object_kind = verb->object_kind;
    audit.object = line->object;
    if (replaying.log_no != 0)
        TRY(renew_head(&replaying, &audit));
    *ret_changed = true;
    return store_audit(tx, &audit);
}

Err store_replayed(Tx *tx, const LedgerLine *line)
{
    const Value key = value_id(&line->object);
    Value columns[COLUMNS_MAX];
    const Verb *verb = NULL;
    bool row = false;

    TRY(verb_of(line, &verb));
    if (!verb->gone)
        return ok();
    TRY(tx_query(tx, SQL_TRACK(verb->table), &key));
    TRY(tx_step(tx, columns, &row));
    tx->driver->finish(tx->link);
    return row ? fail(E_INTERNAL) : ok();
}
