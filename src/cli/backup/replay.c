/* Carries out what the ledgers say ended after the backup, and looks afterwards whether it is gone.
 * Must not open what is restored before both are done.
 * Called by restore.c. */
#include "cli/backup/replay.h"

#include "domain/clocks.h"
#include "service/log/keys.h"
#include "store/copy/replay.h"

typedef struct Run {
    const Reopen *reopen;
    LedgerLines lines;
    uint64_t ended;
} Run;

typedef struct Ending {
    const Reopen *reopen;
    const LedgerLine *line;
    Replay replay;
    bool changed;
} Ending;

/* ---- what is sealed anew ---- */

static Err open_log(const Ending *ending, const ScopeKeyRow *scope, LogKeys *ret_keys)
{
    const Reopen *reopen = ending->reopen;
    const RecoveredScope wrapped = {.tenant = ending->line->tenant, .kind = SCOPE_LOG, .scope = scope->scope, .wrapped = scope->wrapped};
    const LogOf of = {.crypto = reopen->tools->crypto, .mode = recovery_file(reopen->recovery)->mode, .tenant = ending->line->tenant,
                      .log = scope->scope};
    AUTO(key_wipe) Key key = {0};
    int64_t now = 0;

    TRY(world_now(&reopen->tools->world, &now));
    TRY(recovery_scope_key(reopen->recovery, &wrapped, now, &key));
    return log_keys_derive(&of, &key, ret_keys);
}

static Err make_head(void *self, const ScopeKeyRow *scope, const Hash *digest, uint32_t rows, Hash *ret_head)
{
    AUTO(log_keys_wipe) LogKeys keys = {.crypto = NULL};

    TRY(open_log(self, scope, &keys));
    return log_head(&keys, digest, rows, ret_head);
}

static Err seal_guardian(const LogKeys *keys, ParticipantRow *row, Arena *arena)
{
    LogPlace place = {SEAL_TABLE_PARTICIPANT, SEAL_COLUMN_BODY, row->id, row->version};
    Values values;

    TRY(log_unseal(keys, (LogSealed){place, KIND_GUARDIAN, row->sealed}, arena, &values));
    values_put(&values, GUARDIAN_PHONE, STR_NONE);
    values_put(&values, GUARDIAN_EMAIL, STR_NONE);
    place.version++;
    return log_seal(keys, place, &values, arena, &row->sealed);
}

/* Whatever is in it. */
static Err seal_as_it_is(const LogKeys *keys, ParticipantRow *row, Arena *arena)
{
    Sealing sealing = {.key = &keys->entry, .padding = PAD_TEXT,
                       .context = {.mode = keys->mode, .tenant = keys->tenant, .table = SEAL_TABLE_PARTICIPANT, .column = SEAL_COLUMN_BODY,
                                   .row = row->id, .version = row->version, .scope = keys->log}};
    Str plain;

    TRY(crypto_open(keys->crypto, &sealing, row->sealed, arena, &plain));
    sealing.context.version++;
    return crypto_seal(keys->crypto, &sealing, plain, arena, &row->sealed);
}

static Err reseal(void *self, const ScopeKeyRow *scope, const LogRow *log, ParticipantRow *row)
{
    const Ending *ending = self;
    AUTO(log_keys_wipe) LogKeys keys = {.crypto = NULL};
    bool erases = row->role == ROLE_GUARDIAN && !(log->flags & FLAG_LEGAL_HOLD);

    TRY(open_log(ending, scope, &keys));
    return erases ? seal_guardian(&keys, row, ending->reopen->arena) : seal_as_it_is(&keys, row, ending->reopen->arena);
}

static int64_t report_end(int64_t purged_at)
{
    return clock_due(CLOCK_REPORT_END, purged_at, NULL);
}

/* ---- lines ---- */

static Err end_again(Tx *tx, void *context)
{
    Ending *ending = context;

    return store_replay(tx, ending->line, &ending->replay, &ending->changed);
}

static Err replay_line(Run *run, const LedgerLine *line)
{
    const World *world = &run->reopen->tools->world;
    Ending ending = {.reopen = run->reopen, .line = line};
    Store *store = NULL;

    ending.replay = (Replay){.self = &ending, .head = make_head, .reseal = reseal, .report_end = report_end,
                             .line = {.person = run->reopen->by, .act = ACT_RESTORE, .outcome = AUDIT_ALLOWED}};
    TRY(world_now(world, &ending.replay.line.at));
    TRY(world_id(world, &ending.replay.line.request));
    TRY(reopen_database(run->reopen, line->tenant, &store));
    size_t mark = arena_mark(run->reopen->arena);
    Err ended = store_write(store, end_again, &ending);
    arena_rewind(run->reopen->arena, mark);
    TRY(ended);
    run->ended += ending.changed;
    return ok();
}

static Err check_line(const Run *run, const LedgerLine *line)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;

    TRY(reopen_database(run->reopen, line->tenant, &store));
    TRY(store_read(store, &tx));
    return store_replayed(tx, line);
}

/* ---- both ---- */

static Err newest_of(const Reopen *reopen, Id tenant, int64_t *ret_newest)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Store *store = NULL;
    Hash hash;

    TRY(reopen_database(reopen, tenant, &store));
    TRY(store_read(store, &tx));
    return store_audit_head(tx, ret_newest, &hash);
}

Err replay_begin(Reopen *reopen)
{
    const Refilled *refilled = reopen->refilled;

    TRY(ARENA_NEW(reopen->arena, CopyOf, refilled->count, &reopen->copies));
    for (uint32_t i = 0; i < refilled->count; i++) {
        reopen->copies[i].tenant = refilled->tenants[i];
        TRY(newest_of(reopen, refilled->tenants[i], &reopen->copies[i].newest));
    }
    return ok();
}

static Err gather(Run *run, const Ledger *ledger)
{
    const Refilled *refilled = run->reopen->refilled;
    const OtherLedgers others = reopen_others(run->reopen);
    const CopyState copy = {.databases = run->reopen->copies, .count = refilled->count, .own = refilled->ledger / LEDGER_LINE_BYTES,
                            .made_at = refilled->made_at};

    return lines_gather(&copy, ledger, &others, run->reopen->arena, &run->lines);
}

static Err say(Err replayed)
{
    if (replayed.id == E_FORGED)
        return told(replayed, "the ledger is not as it was written, or a log in the backup is not: nothing is opened");
    if (replayed.id == E_SCHEMA)
        return told(replayed, "the ledger tells of something that this program does not know: a newer one wrote it");
    if (replayed.id == E_INTERNAL)
        return told(replayed, "something that the ledger says is gone is still there: nothing is opened");
    return replayed;
}

/* What came back for a moment lies in no file any more. */
static Err replay_all(const Ledger *ledger, Run *run)
{
    const Reopen *reopen = run->reopen;

    TRY(gather(run, ledger));
    for (uint32_t i = 0; i < run->lines.count; i++)
        TRY(replay_line(run, &run->lines.items[i]));
    for (uint32_t i = 0; i < run->lines.count; i++)
        TRY(check_line(run, &run->lines.items[i]));
    for (uint32_t i = 0; i < reopen->refilled->count; i++) {
        Store *store = NULL;
        TRY(reopen_database(reopen, reopen->refilled->tenants[i], &store));
        TRY(store_purge_remains(store));
    }
    return ok();
}

Err replay_ledger(const Reopen *reopen, const Place *place, uint64_t *ret_ended)
{
    Run run = {.reopen = reopen};
    Ledger *ledger = NULL;

    TRY(say(ledger_open(&(LedgerPlaces){{place->ledger_path}}, true, &ledger)));
    Err replayed = say(replay_all(ledger, &run));
    ledger_free(ledger);
    TRY(replayed);
    *ret_ended = run.ended;
    return ok();
}

static Err add_stands(const Reopen *reopen, Ledger *ledger)
{
    LedgerLine line = {.kind = LEDGER_STANDS};

    TRY(world_now(&reopen->tools->world, &line.at));
    for (uint32_t i = 0; i < reopen->refilled->count; i++) {
        line.tenant = reopen->refilled->tenants[i];
        TRY(newest_of(reopen, line.tenant, &line.chain));
        if (line.chain > 0)
            TRY(ledger_add(ledger, &line));
    }
    ledger_hold(ledger);
    Err written = ledger_write(ledger);
    ledger_let_go(ledger);
    return written;
}

Err replay_stands(const Reopen *reopen, const Place *place)
{
    Ledger *ledger = NULL;

    TRY(ledger_open(&(LedgerPlaces){{place->ledger_path}}, false, &ledger));
    Err added = add_stands(reopen, ledger);
    ledger_free(ledger);
    return added;
}

Err replay_stands_beside(const Reopen *reopen)
{
    for (uint32_t i = 0; i < reopen->other_count; i++)
        TRY(add_stands(reopen, reopen->others[i]));
    return ok();
}
