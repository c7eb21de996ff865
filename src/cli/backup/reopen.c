/* Brings a filled installation to where it may be opened.
 * Must not need a running key agent: the keys are those that the custodians joined.
 * Called by restore.c. */
#include "cli/backup/reopen.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "cli/control/backup.h"
#include "keyd/accept.h"
#include "keyd/journal.h"
#include "service/municipality/verify.h"
#include "service/seal.h"
#include "store/moving/scopes.h"

#define PAGE 500

OtherLedgers reopen_others(const Reopen *reopen)
{
    OtherLedgers others = {.count = reopen->other_count};

    for (uint32_t i = 0; i < reopen->other_count; i++)
        others.items[i] = reopen->others[i];
    return others;
}

Err reopen_database(const Reopen *reopen, Id tenant, Store **ret_store)
{
    if (!id_is_none(tenant))
        return store_of(reopen->stores, tenant, ret_store);
    *ret_store = store_host(reopen->stores);
    return ok();
}

/* ---- keys ---- */

typedef struct Rewrapping {
    ScopeKeyRows rows;
    WrappedKey *wrapped;
    AuditLine line;
} Rewrapping;

static Err write_page(Tx *tx, void *context)
{
    const Rewrapping *rewrapping = context;

    for (uint32_t i = 0; i < rewrapping->rows.count; i++) {
        const ScopeKeyRow *old = &rewrapping->rows.items[i];
        const ScopeKeyRow row = scope_row((ScopeKind)old->kind, old->scope, &rewrapping->wrapped[i], old->version);
        TRY(store_scope_update(tx, &row));
    }
    return store_audit(tx, &rewrapping->line);
}

static Err rewrap_rows(const Reopen *reopen, Id tenant, Rewrapping *rewrapping)
{
    int64_t now = 0;

    TRY(world_now(&reopen->tools->world, &now));
    TRY(ARENA_NEW(reopen->arena, WrappedKey, rewrapping->rows.count, &rewrapping->wrapped));
    for (uint32_t i = 0; i < rewrapping->rows.count; i++) {
        const ScopeKeyRow *row = &rewrapping->rows.items[i];
        const RecoveredScope scope = {.tenant = tenant, .kind = (ScopeKind)row->kind, .scope = row->scope, .wrapped = row->wrapped};
        TRY(recovery_rewrap(reopen->recovery, &scope, now, &rewrapping->wrapped[i]));
    }
    rewrapping->line = (AuditLine){.at = now, .person = reopen->by, .act = ACT_RESTORE, .object_kind = OBJECT_MUNICIPALITY,
                                   .object = tenant, .outcome = AUDIT_ALLOWED, .amount = rewrapping->rows.count};
    return world_id(&reopen->tools->world, &rewrapping->line.request);
}

static Err read_page(const Reopen *reopen, Store *store, uint32_t epoch, ScopeKeyRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(store, &tx));
    return store_scopes_older(tx, epoch, PAGE, reopen->arena, ret_rows);
}

/* All of one page hang on one line. */
static Err rewrap_page(const Reopen *reopen, Store *store, Id tenant, uint32_t epoch, uint32_t *ret_count)
{
    Rewrapping rewrapping = {.wrapped = NULL};

    TRY(read_page(reopen, store, epoch, &rewrapping.rows));
    *ret_count = rewrapping.rows.count;
    if (*ret_count == 0)
        return ok();
    TRY(rewrap_rows(reopen, tenant, &rewrapping));
    return store_write(store, write_page, &rewrapping);
}

/* From here on no key of an earlier epoch is let in. */
static Err no_older(Tx *tx, void *context)
{
    const uint32_t *epoch = context;

    return store_epoch_least(tx, *epoch);
}

static Err rewrap_tenant(const Reopen *reopen, Id tenant)
{
    const KeyFile *file = recovery_file(reopen->recovery);
    const size_t at = key_file_find(file, tenant);
    Store *store = NULL;
    uint32_t count = PAGE, epoch;

    if (at == file->municipality_count)
        return told(fail(E_NOT_FOUND), "the key file has no keys of one of the municipalities: it is older than the backup");
    epoch = file->municipalities[at].epoch;
    TRY(reopen_database(reopen, tenant, &store));
    TRY(store_write(store, no_older, &epoch));
    while (count > 0) {
        size_t mark = arena_mark(reopen->arena);
        Err wrapped = rewrap_page(reopen, store, tenant, epoch, &count);
        arena_rewind(reopen->arena, mark);
        if (wrapped.id == E_NOT_FOUND)
            return told(wrapped, "the key under which this backup's logs were sealed is destroyed: nobody opens them any more");
        TRY(wrapped);
    }
    return ok();
}

Err reopen_rewrap(const Reopen *reopen)
{
    for (uint32_t i = 0; i < reopen->refilled->count; i++)
        TRY(rewrap_tenant(reopen, reopen->refilled->tenants[i]));
    return ok();
}

/* ---- what is verified ---- */

typedef struct Verifying {
    const Reopen *reopen;
    Meter meter;
} Verifying;

static void tell_progress(void *self, uint64_t done, uint64_t total)
{
    Verifying *verifying = self;

    verifying->meter.total = total;
    verifying->meter.of = "lines and rows";
    meter_tell(&verifying->meter, done);
}

static void tell_finding(void *self, const Finding *finding)
{
    char row[ID_TEXT + 1];

    (void)self;
    id_to_text(finding->row, row);
    fprintf(stderr, "%s %s %s line %lld: %s\n", finding_name(finding->kind), finding->table ? finding->table : "", row,
            (long long)finding->seq, finding_text(finding->kind));
}

/* As the key agent does it, within this process. */
static Err check_value(void *self, const KeyCheck *check)
{
    const Reopen *reopen = self;
    const RecoveredScope scope = {.tenant = check->tenant, .kind = check->kind, .scope = check->context.scope, .wrapped = check->wrapped};
    AUTO(key_wipe) Key key = {0};
    AUTO(key_wipe) Key sub_key = {0};
    size_t mark = arena_mark(reopen->arena);
    int64_t now = 0;
    Str plain;

    TRY(world_now(&reopen->tools->world, &now));
    TRY(recovery_scope_key(reopen->recovery, &scope, now, &key));
    TRY(crypto_derive(reopen->tools->crypto, &key, check->label, &sub_key));
    const Sealing sealing = {.key = &sub_key, .context = check->context};
    Err opened = crypto_open(reopen->tools->crypto, &sealing, check->sealed, reopen->arena, &plain);
    arena_rewind(reopen->arena, mark);
    return opened;
}

static Err verify_tenant(const Reopen *reopen, Id tenant, uint64_t *findings)
{
    const KeyFile *file = recovery_file(reopen->recovery);
    Verifying verifying = {.reopen = reopen, .meter = meter_new("verified", 0)};
    const VerifyTo to = {.self = &verifying, .progress = tell_progress, .found = tell_finding,
                         .others = reopen_others(reopen)};
    Reopen checking = *reopen;
    const VerifyKeys keys = {.self = &checking, .check = check_value, .mode = file->mode, .head_public = file->head_public};
    VerifyResult result = {0};

    TRY(verify_with(reopen->stores, tenant, &keys, &to, &result));
    *findings += result.findings;
    return ok();
}

Err reopen_verify(const Reopen *reopen)
{
    uint64_t findings = 0;

    for (uint32_t i = 0; i < reopen->refilled->count; i++)
        TRY(verify_tenant(reopen, reopen->refilled->tenants[i], &findings));
    return findings ? told(fail(E_FORGED), "%llu findings: the folder stays closed", (unsigned long long)findings) : ok();
}

/* ---- the end ---- */

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err reopen_record(const Reopen *reopen)
{
    AuditLine line = {.person = reopen->by, .act = ACT_RESTORE, .object_kind = OBJECT_BACKUP, .outcome = AUDIT_ALLOWED,
                      .amount = reopen->refilled->count};

    TRY(world_now(&reopen->tools->world, &line.at));
    TRY(world_id(&reopen->tools->world, &line.request));
    line.object = reopen->refilled->backup;
    return store_write(store_host(reopen->stores), write_line, &line);
}

static Err read_head(const Reopen *reopen, Id tenant, AuditHead *ret_head)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    StoreHead head;

    TRY(reopen_database(reopen, tenant, &store));
    TRY(store_record(store));
    TRY(store_read(store, &tx));
    TRY(store_head(tx, reopen->arena, &head));
    *ret_head = (AuditHead){.tenant = tenant, .database = tenant, .size = head.size};
    memcpy(ret_head->root, head.root.bytes, HASH_BYTES);
    return world_now(&reopen->tools->world, &ret_head->at);
}

/* A database without lines has no head: nobody has written there yet. Noted before it is done, as custodian accept-head does. */
static Err accept_one(const Reopen *reopen, Journal *journal, Id tenant)
{
    Acceptance acceptance = {.given = reopen->given->shares, .given_count = reopen->given->count};
    AuditHead former;

    TRY(read_head(reopen, tenant, &acceptance.head));
    if (acceptance.head.size == 0)
        return ok();
    TRY(journal_add(journal, JOURNAL_HEAD_ACCEPTED, E_OK, tenant, acceptance.head.at));
    return keys_accept_head(reopen->tools->crypto, &reopen->custody->places, &acceptance, &former);
}

static Err open_journal(const Reopen *reopen, Journal **ret_journal)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s.journal", reopen->custody->places.paths[0]);
    int64_t now = 0;

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    TRY(world_now(&reopen->tools->world, &now));
    return journal_open(path, recovery_file(reopen->recovery)->mode, now, ret_journal);
}

Err reopen_accept(const Reopen *reopen)
{
    Journal *journal = NULL;

    TRY(open_journal(reopen, &journal));
    Err accepted = ok();
    for (uint32_t i = 0; i < reopen->refilled->count && is_ok(accepted); i++)
        accepted = accept_one(reopen, journal, reopen->refilled->tenants[i]);
    journal_close(journal);
    return accepted;
}
