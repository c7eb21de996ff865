/* Takes a backup's records one by one: manifest, ledger, then each database with its tables and rows.
 * Must not hold more than one record.
 * Called by restore.c. */
#include "cli/backup/refill.h"

#include <stdio.h>
#include <string.h>

#include "cli/control/unfinished.h"
#include "store/copy/copy.h"
#include "sys/file.h"
#include "sys/file_stream.h"

#define PIECE ((size_t)64 << 10)

typedef struct Filler {
    const Refill *plan;
    Arena *arena;
    Refilled *refilled;
    Filling *filling;
    FileOut ledger;
    uint64_t ledger_read;
    uint64_t before;   /* rows before the database in hand */
    bool has_manifest, ended;
} Filler;

/* ---- the ledger ---- */

static Err begin_ledger(Filler *filler)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/ledger", filler->plan->data);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    TRY(file_remove(path));
    return file_out_begin(path, &filler->ledger);
}

/* The newest ledger goes on from the backup's. */
static Err take_ledger(Filler *filler, Str bytes)
{
    char *same = NULL;

    filler->ledger_read += bytes.length;
    if (filler->plan->ledger < 0)
        return file_out_add(&filler->ledger, bytes);
    TRY(arena_alloc_bytes(filler->arena, bytes.length, &same));
    Err read = file_in_read(filler->plan->ledger, same, bytes.length);
    if (!is_ok(read) || memcmp(same, bytes.data, bytes.length) != 0)
        return told(fail(E_FORGED), "the ledger that was given does not go on from that of the backup: it is another one, or was cut");
    return file_out_add(&filler->ledger, bytes);
}

static Err end_ledger(Filler *filler)
{
    char *piece = NULL;

    TRY(arena_alloc_bytes(filler->arena, PIECE, &piece));
    while (filler->plan->ledger >= 0) {
        size_t got = 0;
        TRY(file_in_some(filler->plan->ledger, piece, PIECE, &got));
        if (got == 0)
            break;
        TRY(file_out_add(&filler->ledger, str_from_bytes(piece, got)));
    }
    return file_out_end(&filler->ledger);
}

/* ---- records ---- */

static Err take_manifest(Filler *filler, Str bytes)
{
    Cursor cursor = cursor_new(bytes);

    if (filler->has_manifest)
        return fail(E_MALFORMED);
    filler->has_manifest = true;
    filler->refilled->made_at = (int64_t)cursor_u64(&cursor);
    filler->refilled->ledger = cursor_u64(&cursor);
    TRY(cursor_done(&cursor));
    return begin_ledger(filler);
}

static Err take_database(Filler *filler, Str bytes)
{
    Cursor cursor = cursor_new(bytes);
    CopyHead head = {.steps = 0};

    cursor_copy(&cursor, head.tenant.bytes, ID_BYTES);
    head.steps = cursor_u32(&cursor);
    cursor_copy(&cursor, head.step_hash.bytes, HASH_BYTES);
    head.size = cursor_u64(&cursor);
    cursor_copy(&cursor, head.root.bytes, HASH_BYTES);
    TRY(cursor_done(&cursor));
    if (!filler->has_manifest || filler->filling || filler->refilled->count == REFILL_DATABASES ||
        filler->ledger_read != filler->refilled->ledger)
        return fail(E_MALFORMED);
    if (filler->refilled->count == 0)
        TRY(end_ledger(filler));
    Err there = copy_find(filler->plan->options, head.tenant);
    if (there.id != E_NOT_FOUND)
        return is_ok(there) ? fail(E_DUPLICATE) : there;
    TRY(unfinished_makes(filler->plan->data, head.tenant));
    filler->before = filler->refilled->rows;
    filler->refilled->tenants[filler->refilled->count++] = head.tenant;
    return filling_new(filler->plan->options, &head, &filler->filling);
}

static Err read_number(Str bytes, uint64_t *ret_number)
{
    Cursor cursor = cursor_new(bytes);

    *ret_number = cursor_u64(&cursor);
    return cursor_done(&cursor);
}

static Err end_database(Filler *filler, Str bytes)
{
    uint64_t rows = 0;

    TRY(read_number(bytes, &rows));
    if (rows != filler->refilled->rows - filler->before)
        return fail(E_MALFORMED);
    TRY(filling_done(filler->filling));
    filling_freep(&filler->filling);
    return ok();
}

static Err end_all(Filler *filler, Str bytes)
{
    uint64_t databases = 0;

    TRY(read_number(bytes, &databases));
    filler->ended = true;
    return databases == filler->refilled->count && databases > 0 && !filler->filling ? ok() : fail(E_MALFORMED);
}

static Err take_row(Filler *filler, Str bytes)
{
    filler->refilled->rows++;
    return filling_row(filler->filling, bytes);
}

static Err take(Filler *filler, BackupRecord kind, Str bytes)
{
    bool within = kind == RECORD_TABLE || kind == RECORD_ROW || kind == RECORD_DATABASE_END;

    if (within && !filler->filling)
        return fail(E_MALFORMED);
    switch (kind) {
    case RECORD_MANIFEST:
        return take_manifest(filler, bytes);
    case RECORD_LEDGER:
        return filler->has_manifest && filler->refilled->count == 0 ? take_ledger(filler, bytes) : fail(E_MALFORMED);
    case RECORD_DATABASE:
        return take_database(filler, bytes);
    case RECORD_TABLE:
        return filling_table(filler->filling, bytes);
    case RECORD_ROW:
        return take_row(filler, bytes);
    case RECORD_DATABASE_END:
        return end_database(filler, bytes);
    case RECORD_END:
        return end_all(filler, bytes);
    case RECORD_COUNT:
        break;
    }
    return fail(E_MALFORMED);
}

static Err take_all(OpenBackup *backup, Filler *filler)
{
    Meter meter = meter_new("restored", backup->trailer.size);

    while (!filler->ended) {
        size_t mark = arena_mark(filler->arena);
        BackupRecord kind;
        Str bytes;
        TRY(backup_read(backup->reader, filler->arena, &kind, &bytes));
        TRY(take(filler, kind, bytes));
        arena_rewind(filler->arena, mark);
        meter_tell(&meter, backup_read_bytes(backup->reader));
    }
    return ok();
}

Err refill(OpenBackup *backup, const Refill *plan, Arena *arena, Refilled *ret_refilled)
{
    Filler filler = {.plan = plan, .arena = arena, .refilled = ret_refilled, .ledger.fd = -1};

    ret_refilled->backup = backup->trailer.id;
    Err taken = take_all(backup, &filler);
    filling_free(filler.filling);
    file_out_drop(&filler.ledger);
    return taken;
}
