/* The works of a purge.
 * Must not open anything of the log: it is destroyed unread. What stays of it as facts is found by its fact sub-key, and not opened.
 * Called by service/jobs/deletion.c. Rules: deletion 7, 9, 11. */
#include "service/ending/purge.h"

#include "domain/clocks.h"
#include "domain/codes.h"
#include "domain/notices.h"
#include "domain/states.h"
#include "service/acts/contact.h"
#include "service/ending/certificate.h"
#include "service/heads.h"
#include "service/statistics/kept.h"
#include "store/inbox.h"
#include "store/report/orders.h"
#include "store/report/reports.h"

#define GRANT_MS (INT64_C(10) * 60 * 1000)
#define STOPS ((Flags)FLAG_HOLD | (Flags)FLAG_LEGAL_HOLD | (Flags)FLAG_PROCESSING_STOPPED)

/* About the certificate, whose row it changes: the newest change that is told of a log must carry its head, and no key of it is at hand
 * here. Only when nothing of the log is left to stand is a line about the log itself. */
static AuditLine line_of(const PurgeOrder *order, enum Act act)
{
    return (AuditLine){.at = order->now, .request = order->request, .act = (uint16_t)act, .object_kind = OBJECT_CERTIFICATE,
                       .object = order->deletion, .outcome = AUDIT_ALLOWED};
}

/* ---- the certificate's row, from the first moment that something is to be kept in it ---- */

static Err certificate_row(Tx *tx, const PurgeOrder *order, const DeletionRow *deletion, CertificateRow *ret_row, bool *ret_new)
{
    Err found = store_certificate(tx, order->deletion, order->keep, ret_row);

    *ret_new = found.id == E_NOT_FOUND;
    if (!*ret_new)
        return found;
    *ret_row = (CertificateRow){.id = deletion->id, .log = deletion->log, .version = 1};
    return ok();
}

static Err certificate_put(Tx *tx, const CertificateRow *row, bool is_new)
{
    return is_new ? store_certificate_insert(tx, row) : store_certificate_update(tx, row);
}

/* ---- the purge ---- */

typedef struct Purging {
    const PurgeOrder *order;
    enum PurgeEnd end;
    bool has_key;       /* else nothing is found of it */
    Key fact;
} Purging;

static void purging_wipe(Purging *purging)
{
    key_wipe(&purging->fact);
}

/* Something has begun to make it wait. */
static Err wait(Tx *tx, const PurgeOrder *order, const DeletionRow *deletion)
{
    const AuditLine line = line_of(order, ACT_PURGE_WAIT);
    CertificateRow row;
    bool is_new;

    TRY(certificate_row(tx, order, deletion, &row, &is_new));
    if (row.paused_at != 0)
        return ok();
    row.paused_at = order->now;
    TRY(certificate_put(tx, &row, is_new));
    return store_audit(tx, &line);
}

/* What is removed of each kind, then how many facts stay. */
static Err removed_bytes(const PurgeCounts *counts, uint32_t facts, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, REMOVED_BYTES);
    Str removed = STR_NONE;

    TRY(purge_counts_bytes(counts, keep, &removed));
    buf_add(&buf, removed);
    buf_add_u32(&buf, facts);
    return buf_done(&buf, ret_bytes);
}

/* Whoever works here, or did, is no account of this log alone. */
static Err delete_account(Tx *tx, const PurgeOrder *order, const ParticipantRow *row, PurgeCounts *counts)
{
    const ContactGone gone = {row->person, row->id, row->log_no, order->now, order->keep};
    RoleRows roles = {0};
    PersonRow person;

    TRY(store_roles_of_person(tx, row->person, order->keep, &roles));
    Err there = store_person_by_id(tx, row->person, order->keep, &person);
    if (roles.count > 0 || there.id == E_NOT_FOUND)
        return ok();
    TRY(there);
    TRY(contact_account_delete(tx, &gone));
    Err left = store_person_by_id(tx, row->person, order->keep, &person);
    if (left.id != E_NOT_FOUND)
        return left;
    counts->of[PURGED_ACCOUNTS]++;
    counts->of[PURGED_KEYS]++;
    return ok();
}

static Err delete_accounts(Tx *tx, const PurgeOrder *order, const ParticipantRows *people, PurgeCounts *counts)
{
    for (uint32_t i = 0; i < people->count; i++)
        if (people->items[i].role == ROLE_GUARDIAN || people->items[i].role == ROLE_CHILD)
            TRY(delete_account(tx, order, &people->items[i], counts));
    return ok();
}

/* The one that was archived is kept for a time; what else was made of the log goes with it. */
static bool is_archived(const DeletionRow *deletion, Id report)
{
    return deletion->archive == ARCHIVE_REPORT && id_equal(deletion->report, report);
}

static Err delete_reports(Tx *tx, const PurgeOrder *order, const DeletionRow *deletion, PurgeCounts *counts)
{
    ReportRows rows = {0};

    TRY(store_report_order_delete_of_log(tx, deletion->log));
    TRY(store_reports_of_log(tx, deletion->log, order->keep, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        if (is_archived(deletion, rows.items[i].id))
            continue;
        TRY(store_report_delete(tx, rows.items[i].id));
        counts->of[PURGED_REPORTS]++;
        counts->of[PURGED_KEYS]++;
    }
    return ok();
}

static uint32_t sum_of(const PurgeCounts *counts)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < PURGED_KINDS; i++)
        sum += counts->of[i];
    return sum;
}

static Err keep_facts(Tx *tx, const Purging *purging, const LogRow *log, uint32_t *ret_staying)
{
    const PurgeOrder *order = purging->order;
    const FactsPurged purged = {.crypto = keys_crypto(order->service->keys), .key = &purging->fact, .log = log, .now = order->now,
                                .keep = order->keep};

    *ret_staying = 0;
    return purging->has_key ? statistics_facts_at_purge(tx, &purged, ret_staying) : ok();
}

static Err purge_now(Tx *tx, const Purging *purging, const DeletionRow *deletion, const LogRow *log)
{
    const PurgeOrder *order = purging->order;
    AuditLine line = line_of(order, ACT_LOG_PURGE);
    ParticipantRows people = {0};
    PurgeCounts counts;
    CertificateRow row;
    uint32_t facts = 0;
    bool is_new;

    TRY(store_places_of_log(tx, log->no, order->keep, &people));
    TRY(certificate_row(tx, order, deletion, &row, &is_new));
    if (row.paused_at != 0)
        row.paused_ms += order->now - row.paused_at;
    row.paused_at = 0;
    TRY(keep_facts(tx, purging, log, &facts));
    TRY(store_log_purge(tx, log, &counts));
    TRY(delete_accounts(tx, order, &people, &counts));
    TRY(delete_reports(tx, order, deletion, &counts));
    TRY(removed_bytes(&counts, facts, order->keep, &row.removed));
    TRY(certificate_put(tx, &row, is_new));
    line.object_kind = OBJECT_LOG;
    line.object = deletion->log;
    line.amount = sum_of(&counts);
    return store_audit(tx, &line);
}

static bool is_due(const DeletionRow *row, int64_t now)
{
    return row->approved_at != 0 && row->stopped_at == 0 && row->purged_at == 0 && row->purge_at <= now;
}

/* What becomes of it now; of one whose rows are gone already, that they are. */
static Err decide(Tx *tx, const PurgeOrder *order, DeletionRow *deletion, LogRow *log, enum PurgeEnd *ret_end)
{
    *ret_end = PURGE_NOT_DUE;
    TRY(store_deletion_by_id(tx, order->deletion, deletion));
    TRY(store_log_by_no(tx, deletion->log_no, log));
    if (!is_due(deletion, order->now) || !id_equal(log->id, deletion->log))
        return ok();
    if (log->state == STATE_DELETED)
        *ret_end = PURGE_DONE;
    else if (log->state == STATE_DELETION_ORDERED)
        *ret_end = log->flags & STOPS ? PURGE_WAITS : PURGE_DONE;
    return ok();
}

static Err purge_work(Tx *tx, void *context)
{
    Purging *purging = context;
    const PurgeOrder *order = purging->order;
    DeletionRow deletion;
    LogRow log;

    TRY(decide(tx, order, &deletion, &log, &purging->end));
    if (purging->end == PURGE_NOT_DUE || log.state == STATE_DELETED)
        return ok();
    return purging->end == PURGE_WAITS ? wait(tx, order, &deletion) : purge_now(tx, purging, &deletion, &log);
}

/* The key of the log, as it stands before the work; none when the order is not due or there is no log. */
static Err read_scope(const PurgeOrder *order, Id *ret_log, ScopeKeyRow *ret_scope)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DeletionRow deletion;

    TRY(store_read(order->store, &tx));
    TRY(store_deletion_by_id(tx, order->deletion, &deletion));
    *ret_log = deletion.log;
    return is_due(&deletion, order->now) ? store_scope(tx, deletion.log, order->keep, ret_scope) : fail(E_NOT_FOUND);
}

void purge_grant_end(Service *service, Id grant)
{
    Err ended = id_is_none(grant) ? ok() : keys_grant_end(service->keys, grant);

    (void)ended; /* it ends by itself */
}

/* For a grant of nobody, as every job has it. A key that does not open finds nothing, and keeps nobody's log alive. */
static Err ask_fact_key(Purging *purging)
{
    const PurgeOrder *order = purging->order;
    ScopeKeyRow scope;
    KeyUse use = {.tenant = order->tenant, .kind = SCOPE_LOG, .purpose = PURPOSE_JOB_FACT};

    Err read = read_scope(order, &use.scope, &scope);
    if (read.id == E_NOT_FOUND || read.id == E_FORGED)
        return ok();
    TRY(read);
    Id own = {{0}};
    Id *grant = order->grant ? order->grant : &own;
    if (id_is_none(*grant))
        TRY(heads_grant(order->service, (GrantWish){.tenant = order->tenant, .ends_at = order->now + GRANT_MS}, grant));
    use.grant = *grant;
    Err asked = keys_unwrap(order->service->keys, use, scope.wrapped, &purging->fact);
    purge_grant_end(order->service, own);
    purging->has_key = is_ok(asked);
    return asked.id == E_FORGED ? ok() : asked;
}

Err purge_look(const PurgeOrder *order, enum PurgeEnd *ret_end)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    DeletionRow deletion;
    LogRow log;

    TRY(store_read(order->store, &tx));
    return decide(tx, order, &deletion, &log, ret_end);
}

Err purge_log(const PurgeOrder *order, enum PurgeEnd *ret_end)
{
    AUTO(purging_wipe) Purging purging = {.order = order};

    TRY(ask_fact_key(&purging));
    TRY(store_write(order->store, purge_work, &purging));
    *ret_end = purging.end;
    return ok();
}

/* ---- late ---- */

static uint8_t how_late(const DeletionRow *deletion, const CertificateRow *row, int64_t now)
{
    const int64_t paused = row->paused_ms + (row->paused_at != 0 ? now - row->paused_at : 0);

    if (now >= clock_due(CLOCK_PURGE_LATEST, deletion->approved_at, NULL) + paused)
        return 2;
    return now >= clock_due(CLOCK_PURGE_ALARM, deletion->approved_at, NULL) + paused ? 1 : 0;
}

/* Every administrator of now. */
static Err tell_admins(Tx *tx, const PurgeOrder *order, Id log)
{
    RoleRows admins = {0};
    InboxRows rows = {0};

    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, order->now, order->keep, &admins));
    TRY(ARENA_NEW(order->keep, InboxRow, (size_t)admins.count + 1, &rows.items));
    for (uint32_t i = 0; i < admins.count; i++) {
        InboxRow *row = &rows.items[rows.count++];
        *row = (InboxRow){.person = admins.items[i].person, .event = NOTICE_PURGE_LATE, .object = log, .at = order->now,
                          .mailed = notice_is_mailed(NOTICE_PURGE_LATE)};
        TRY(world_id(order->service->world, &row->id));
    }
    return store_inbox_tell(tx, &rows, NULL);
}

static Err late_work(Tx *tx, void *context)
{
    const PurgeOrder *order = ((const Purging *)context)->order;
    DeletionRow deletion;
    CertificateRow row;
    bool is_new;

    TRY(store_deletion_by_id(tx, order->deletion, &deletion));
    TRY(certificate_row(tx, order, &deletion, &row, &is_new));
    const uint8_t late = how_late(&deletion, &row, order->now);
    if (!is_due(&deletion, order->now) || late <= row.told)
        return ok();
    AuditLine line = line_of(order, ACT_PURGE_LATE);
    line.outcome = AUDIT_FAILED;
    line.reason = late;
    row.told = late;
    TRY(certificate_put(tx, &row, is_new));
    TRY(tell_admins(tx, order, deletion.log));
    return store_audit(tx, &line);
}

Err purge_tell_late(const PurgeOrder *order)
{
    Purging purging = {.order = order};

    return store_write(order->store, late_work, &purging);
}

/* ---- T1 and T2 ---- */

/* What the certificate was made of must be what stands there when it is put. */
typedef struct Recording {
    const PurgeOrder *order;
    Certificate made;
    bool confirms, again;
} Recording;

static Err record_work(Tx *tx, void *context)
{
    const Recording *recording = context;
    const PurgeOrder *order = recording->order;
    const Certificate *made = &recording->made;
    AuditLine line = line_of(order, recording->confirms ? ACT_PURGE_CONFIRM : ACT_PURGE_RECORD);

    TRY(store_deletion_update(tx, &made->deletion));
    if (!recording->confirms && !recording->again && made->deletion.archive == ARCHIVE_REPORT)
        TRY(store_report_ends(tx, made->deletion.log, made->deletion.report, clock_due(CLOCK_REPORT_END, made->deletion.purged_at, NULL)));
    TRY(store_certificate_update(tx, &made->row));
    line.head = made->hash;
    return store_audit(tx, &line);
}

static Err read_rows(const PurgeOrder *order, Certificate *made)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow log;

    TRY(store_read(order->store, &tx));
    TRY(store_deletion_by_id(tx, order->deletion, &made->deletion));
    TRY(store_certificate(tx, order->deletion, order->keep, &made->row));
    TRY(store_log_by_no(tx, made->deletion.log_no, &log));
    if (log.state != STATE_DELETED || (made->row.removed.length != REMOVED_BYTES && made->row.removed.length != REMOVED_BYTES - 4))
        return fail(E_STALE);
    return certificate_read_lines(tx, order->keep, made);
}

static Err record(const PurgeOrder *order, Recording *recording)
{
    TRY(certificate_sign(order->service, order->tenant, order->keep, &recording->made));
    return store_write(order->store, record_work, recording);
}

Err purge_record(const PurgeOrder *order, uint64_t ledger)
{
    Recording recording = {.order = order};
    Certificate *made = &recording.made;

    TRY(read_rows(order, made));
    if (made->deletion.purged_at != 0)
        return fail(E_STALE);
    made->deletion.purged_at = order->now;
    made->deletion.pause_ms = made->row.paused_ms;
    made->ledger = ledger;
    return record(order, &recording);
}

Err purge_sign(const PurgeOrder *order, uint64_t ledger)
{
    Recording recording = {.order = order, .again = true};
    Certificate *made = &recording.made;

    TRY(read_rows(order, made));
    if (made->deletion.purged_at == 0 || made->row.signature.length > 0)
        return fail(E_STALE);
    made->ledger = ledger;
    return record(order, &recording);
}

/* Restored from a backup in which nobody had approved it: there is no certificate to be completed. */
static Err confirm_alone(Tx *tx, void *context)
{
    const PurgeOrder *order = context;
    const AuditLine line = line_of(order, ACT_PURGE_CONFIRM);
    DeletionRow deletion;

    TRY(store_deletion_by_id(tx, order->deletion, &deletion));
    if (deletion.purged_at == 0 || deletion.confirmed_at != 0)
        return fail(E_STALE);
    deletion.confirmed_at = order->now;
    TRY(store_deletion_update(tx, &deletion));
    return store_audit(tx, &line);
}

Err purge_confirm(const PurgeOrder *order)
{
    Recording recording = {.order = order, .confirms = true};
    Certificate *made = &recording.made;
    PurgeOrder alone = *order;
    Err there = read_rows(order, made);

    if (there.id == E_NOT_FOUND)
        return store_write(order->store, confirm_alone, &alone);
    TRY(there);
    if (made->deletion.purged_at == 0 || made->deletion.confirmed_at != 0)
        return fail(E_STALE);
    TRY(certificate_ledger(made->row.body, &made->ledger));
    made->deletion.confirmed_at = order->now;
    return record(order, &recording);
}
