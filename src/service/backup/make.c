/* Reads every database in one snapshot of its own and seals it record by record.
 * Must not hold a database in memory, nor keep the backup's key longer than it is made.
 * Called by serve's thread and by the command `backup`. */
#include "service/backup/make.h"

#include <stdio.h>
#include <string.h>

#include "backup/writer.h"
#include "domain/clocks.h"
#include "keys/backups.h"
#include "keys/documents.h"
#include "service/municipality.h"
#include "store/copy/copy.h"
#include "store/ledger/line.h"
#include "sys/file.h"
#include "sys/file_stream.h"

#define SCRATCH ((size_t)64 << 20)
#define LEDGER_PIECE ((size_t)64 << 10)
#define TELL_BYTES ((uint64_t)1 << 20)

Err backup_signer(Service *service, uint8_t ret_public[static 32], BackupSigner *ret_signer)
{
    KeysStatus status;

    TRY(keys_status(service->keys, &status));
    memcpy(ret_public, status.head_public, 32);
    *ret_signer = (BackupSigner){.crypto = keys_crypto(service->keys), .mode = status.mode, .head_public = ret_public};
    return ok();
}

/* ---- every place at once ---- */

typedef struct Output {
    FileOut file;
    int lock;
    bool open;
} Output;

typedef struct Making {
    Service *service;
    const BackupOrder *order;
    BackupMade *made;
    Arena *scratch;
    Output outputs[BACKUP_PLACES_MAX];
    BackupWriter *writer;
    uint64_t told, expected;
} Making;

/* A place that fails is left out, and told at the end; the backup goes on while one takes it. */
static void give_up(Making *making, Output *output, Err error)
{
    file_out_drop(&output->file);
    output->open = false;
    making->made->failed = error;
}

static Err any_open(const Making *making)
{
    for (size_t i = 0; i < BACKUP_PLACES_MAX; i++)
        if (making->outputs[i].open)
            return ok();
    return is_ok(making->made->failed) ? fail(E_NOT_FOUND) : making->made->failed;
}

static Err write_all(void *self, Str bytes)
{
    Making *making = self;

    for (size_t i = 0; i < BACKUP_PLACES_MAX; i++) {
        Output *output = &making->outputs[i];
        Err added = output->open ? file_out_add(&output->file, bytes) : ok();
        if (!is_ok(added))
            give_up(making, output, added);
    }
    return any_open(making);
}

static Err open_output(const char *folder, const char *name, Output *output)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/lock", folder);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    TRY(file_lock(path, &output->lock));
    length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    TRY(file_out_begin(path, &output->file));
    output->open = true;
    return ok();
}

/* What a backup that was cut off has left; whoever makes one holds the lock of the place. */
static Err remove_parts(const char *folder, Arena *scratch)
{
    FolderNames names;
    char path[PATH_MAX];

    TRY(folder_names(folder, scratch, &names));
    for (size_t i = 0; i < names.count; i++) {
        int length = snprintf(path, sizeof path, "%s/%.*s", folder, STR_ARGS(names.items[i]));
        if (str_ends(names.items[i], STR(BACKUP_ENDING ".part")) && length > 0 && (size_t)length < sizeof path)
            TRY(file_remove(path));
    }
    return ok();
}

static Err open_outputs(Making *making)
{
    const BackupPlaces *places = making->order->places;

    for (uint32_t i = 0; i < places->count; i++) {
        Output *output = &making->outputs[i];
        size_t mark = arena_mark(making->scratch);
        Err opened = open_output(places->items[i].path, making->made->name, output);
        if (is_ok(opened)) {
            /* the lock is ours: what is left there is nobody's */
            file_out_drop(&output->file);
            opened = remove_parts(places->items[i].path, making->scratch);
            if (is_ok(opened))
                opened = file_out_begin(output->file.path, &output->file);
        }
        arena_rewind(making->scratch, mark);
        if (opened.id == E_BUSY)
            return opened;
        output->open = is_ok(opened);
        if (!is_ok(opened))
            making->made->failed = opened;
    }
    return any_open(making);
}

static void close_outputs(Making *making)
{
    for (size_t i = 0; i < BACKUP_PLACES_MAX; i++) {
        file_out_drop(&making->outputs[i].file);
        fd_closep(&making->outputs[i].lock);
    }
}

static Err end_outputs(Making *making)
{
    for (size_t i = 0; i < BACKUP_PLACES_MAX; i++) {
        Output *output = &making->outputs[i];
        if (!output->open)
            continue;
        Err ended = file_out_end(&output->file);
        if (is_ok(ended))
            making->made->places++;
        else
            give_up(making, output, ended);
    }
    return making->made->places > 0 ? ok() : making->made->failed;
}

/* ---- what is in it ---- */

static Err tell(Making *making)
{
    uint64_t written = backup_written(making->writer);

    if (written - making->told < TELL_BYTES)
        return ok();
    making->told = written;
    return making->order->progress->tell(making->order->progress->self, written, making->expected);
}

static Err head_out(void *self, const CopyHead *head)
{
    Making *making = self;
    Buf buf = buf_new(making->scratch, 128);
    Str bytes;

    buf_add_bytes(&buf, head->tenant.bytes, ID_BYTES);
    buf_add_u32(&buf, head->steps);
    buf_add_bytes(&buf, head->step_hash.bytes, HASH_BYTES);
    buf_add_u64(&buf, head->size);
    buf_add_bytes(&buf, head->root.bytes, HASH_BYTES);
    TRY(buf_done(&buf, &bytes));
    return backup_write(making->writer, RECORD_DATABASE, bytes);
}

static Err table_out(void *self, Str table)
{
    const Making *making = self;

    return backup_write(making->writer, RECORD_TABLE, table);
}

static Err row_out(void *self, Str row)
{
    Making *making = self;

    making->made->rows++;
    TRY(backup_write(making->writer, RECORD_ROW, row));
    return tell(making);
}

static Err write_number(Making *making, BackupRecord kind, uint64_t number)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (56 - 8 * i));
    return backup_write(making->writer, kind, str_from_bytes(bytes, sizeof bytes));
}

static Err database_out(Making *making, Store *store)
{
    const CopyTo to = {.self = making, .head = head_out, .table = table_out, .row = row_out};
    uint64_t before = making->made->rows;

    TRY(store_copy(store, &to));
    making->made->databases++;
    return write_number(making, RECORD_DATABASE_END, making->made->rows - before);
}

/* The host first: a municipality that its copy names is there whole. */
static Err databases_out(Making *making)
{
    Service *service = making->service;
    Municipalities all = {0};

    TRY(municipality_list(service, making->scratch, &all));
    TRY(database_out(making, store_host(service->stores)));
    for (uint32_t i = 0; i < all.count; i++) {
        Store *store = NULL;
        TRY(store_of(service->stores, all.items[i].tenant, &store));
        TRY(database_out(making, store));
    }
    return ok();
}

/* As far as it reached before the first database was read: what it gets meanwhile stands in the databases or is said again. */
static Err ledger_out(Making *making, int fd, uint64_t size)
{
    char *piece = NULL;

    TRY(arena_alloc_bytes(making->scratch, LEDGER_PIECE, &piece));
    while (size > 0) {
        size_t part = size < LEDGER_PIECE ? (size_t)size : LEDGER_PIECE;
        TRY(file_in_read(fd, piece, part));
        TRY(backup_write(making->writer, RECORD_LEDGER, str_from_bytes(piece, part)));
        size -= part;
    }
    return ok();
}

static Err open_ledger(const char *path, int *ret_fd, uint64_t *ret_size)
{
    *ret_size = 0;
    Err opened = path ? file_in_open(path, ret_fd, ret_size) : ok();
    return opened.id == E_NOT_FOUND ? ok() : opened;
}

static Err manifest_out(Making *making, uint64_t ledger)
{
    Buf buf = buf_new(making->scratch, 64);
    Str bytes;

    buf_add_u64(&buf, (uint64_t)making->made->trailer.made_at);
    buf_add_u64(&buf, ledger);
    TRY(buf_done(&buf, &bytes));
    return backup_write(making->writer, RECORD_MANIFEST, bytes);
}

static Err records_out(Making *making)
{
    AUTO(fd_closep) int ledger = -1;
    uint64_t size = 0;

    TRY(open_ledger(making->order->ledger, &ledger, &size));
    size -= size % LEDGER_LINE_BYTES; /* whole lines: what is being written goes on */
    TRY(manifest_out(making, size));
    TRY(ledger_out(making, ledger, size));
    TRY(databases_out(making));
    return write_number(making, RECORD_END, making->made->databases);
}

/* ---- making one ---- */

static Err sign(Making *making)
{
    BackupTrailer *trailer = &making->made->trailer;
    SignedDocument document = {.kind = DOCUMENT_BACKUP};
    uint8_t bytes[BACKUP_TRAILER_BYTES];

    TRY(backup_trailer_hash(trailer, document.sha256));
    TRY(keys_sign_document(making->service->keys, &document, trailer->signature));
    backup_trailer_encode(trailer, bytes);
    return write_all(making, str_from_bytes(bytes, sizeof bytes));
}

static Err seal_all(Making *making)
{
    BackupTrailer *trailer = &making->made->trailer;
    BackupHead head = {.mode = trailer->mode, .id = trailer->id};
    AUTO(backup_writer_freep) BackupWriter *writer = NULL;
    AUTO(key_wipe) Key key = {0};
    const Crypto *crypto = keys_crypto(making->service->keys);

    TRY(crypto_random(crypto, head.prefix, sizeof head.prefix));
    TRY(keys_backup_new(making->service->keys, trailer->id, trailer->destroy_after, &key));
    TRY(backup_writer_new(crypto, &head, &key, (BackupSink){.self = making, .write = write_all}, &writer));
    making->writer = writer;
    Err sealed = records_out(making);
    making->writer = NULL;
    TRY(sealed);
    TRY(backup_writer_end(writer, trailer));
    return sign(making);
}

/* How long the newest is tells about how long this one will be. The places are ours: nobody else makes one meanwhile. */
static Err look_back(Making *making, const BackupSigner *signer)
{
    size_t mark = arena_mark(making->scratch);
    BackupFiles files = {0};
    bool made = false;

    if (is_ok(backup_files(signer, making->order->places->items[0].path, making->scratch, &files)) && files.count > 0) {
        const BackupTrailer *newest = &files.items[files.count - 1].trailer;
        making->expected = newest->size;
        made = making->order->since > 0 && newest->made_at >= making->order->since;
    }
    arena_rewind(making->scratch, mark);
    return made ? fail(E_DUPLICATE) : ok();
}

static Err remove_dead(Making *making, const BackupSigner *signer)
{
    const BackupPlaces *places = making->order->places;

    for (uint32_t i = 0; i < places->count; i++) {
        uint32_t removed = 0;
        if (making->outputs[i].lock >= 0)
            TRY(backup_remove_dead(signer, places->items[i].path, making->made->trailer.made_at, &removed));
        making->made->removed += removed;
    }
    return ok();
}

static Err make(Making *making)
{
    BackupTrailer *trailer = &making->made->trailer;
    uint8_t head_public[32];
    BackupSigner signer;

    TRY(backup_signer(making->service, head_public, &signer));
    TRY(world_now(making->service->world, &trailer->made_at));
    TRY(world_id(making->service->world, &trailer->id));
    trailer->mode = signer.mode;
    /* as if everything in it were purged the moment after: no backup that shows somebody lives longer */
    trailer->destroy_after = clock_due(CLOCK_BACKUP_END, trailer->made_at, NULL);
    backup_name(trailer, making->made->name);
    TRY(open_outputs(making));
    TRY(look_back(making, &signer));
    TRY(remove_dead(making, &signer));
    TRY(seal_all(making));
    return end_outputs(making);
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err record(Making *making, Err result)
{
    AuditLine line = {.person = making->order->by, .act = ACT_BACKUP_MAKE, .object_kind = OBJECT_BACKUP,
                      .object = making->made->trailer.id, .outcome = is_ok(result) ? AUDIT_ALLOWED : AUDIT_FAILED,
                      .reason = (uint16_t)result.id, .amount = making->made->databases};

    TRY(world_now(making->service->world, &line.at));
    TRY(world_id(making->service->world, &line.request));
    return store_write(store_host(making->service->stores), write_line, &line);
}

Err backup_make(Service *service, const BackupOrder *order, BackupMade *ret_made)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    BackupMade made = {.failed = ok()};
    Making making = {.service = service, .order = order, .made = &made};

    if (order->places->count == 0)
        return fail(E_NOT_FOUND);
    for (size_t i = 0; i < BACKUP_PLACES_MAX; i++)
        making.outputs[i] = (Output){.file.fd = -1, .lock = -1};
    TRY(arena_new(SCRATCH, &scratch));
    making.scratch = scratch;
    Err result = make(&making);
    close_outputs(&making);
    if (result.id == E_BUSY || result.id == E_DUPLICATE)
        return result;
    Err recorded = record(&making, result);
    TRY(result);
    *ret_made = made;
    return recorded;
}

Err backup_made_since(Service *service, const BackupPlaces *places, int64_t since, bool *ret_made)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    uint8_t head_public[32];
    BackupSigner signer;
    BackupFiles files;

    TRY(arena_new(SCRATCH, &scratch));
    TRY(backup_signer(service, head_public, &signer));
    TRY(backup_files(&signer, places->items[0].path, scratch, &files));
    *ret_made = files.count > 0 && files.items[files.count - 1].trailer.made_at >= since;
    return ok();
}
