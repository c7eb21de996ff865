/* Seals and opens the bytes of a report in parts, so that no more than one part is sealed at once.
 * Must not take parts in another order than they were sealed in.
 * Called by service/acts/report and taken. */
#include "service/report/sealed.h"

#include <string.h>

#include "service/seal.h"
#include "store/report/reports.h"

#define PART_ARENA ((size_t)8 << 20)

/* A part is bound to its place by its number, as a row is by its version: from 1 on. */
static Err sealing_of(const ReportBytes *bytes, uint32_t part, const Key *key, Sealing *ret_sealing)
{
    const SealContext context = {.mode = bytes->service->mode, .tenant = bytes->actor->tenant, .table = SEAL_TABLE_REPORT,
                                 .column = SEAL_COLUMN_BODY, .row = bytes->report, .version = part + 1, .scope = bytes->report};

    *ret_sealing = (Sealing){.key = key, .context = context, .padding = PAD_DOCUMENT};
    return ok();
}

/* ---- in ---- */

typedef struct Putting {
    const ReportBytes *bytes;
    Key key;
    Arena *arena;
    Sha256 *sha, *sealed;  /* of what is put, and of what is stored of it */
    char *part;         /* on its way, REPORT_PART_BYTES */
    size_t filled;
    ReportPut put;
    ReportPart row;
} Putting;

static void putting_wipe(Putting *putting)
{
    key_wipe(&putting->key);
    sha256_free(putting->sha);
    sha256_free(putting->sealed);
    arena_free(putting->arena);
}

static Err part_work(Tx *tx, void *context)
{
    const Putting *putting = context;

    return store_report_part_insert(tx, &putting->row);
}

static Err flush(Putting *putting)
{
    const ReportBytes *bytes = putting->bytes;
    size_t mark = arena_mark(putting->arena);
    Sealing sealing;

    if (putting->filled == 0)
        return ok();
    putting->row = (ReportPart){.report = bytes->report, .part = putting->put.parts, .at = bytes->actor->now};
    TRY(sealing_of(bytes, putting->put.parts, &putting->key, &sealing));
    TRY(crypto_seal(keys_crypto(bytes->service->keys), &sealing, str_from_bytes(putting->part, putting->filled), putting->arena,
                    &putting->row.sealed));
    TRY(sha256_add(putting->sealed, putting->row.sealed));
    TRY(store_write(bytes->actor->store, part_work, putting));
    arena_rewind(putting->arena, mark);
    putting->put.parts++;
    putting->filled = 0;
    return ok();
}

static Err take_piece(Putting *putting, Str piece)
{
    TRY(sha256_add(putting->sha, piece));
    putting->put.size += (int64_t)piece.length;
    while (piece.length > 0) {
        size_t room = REPORT_PART_BYTES - putting->filled, length = piece.length < room ? piece.length : room;
        memcpy(putting->part + putting->filled, piece.data, length);
        putting->filled += length;
        piece = str_slice(piece, length, piece.length);
        if (putting->filled == REPORT_PART_BYTES)
            TRY(flush(putting));
    }
    return ok();
}

Err report_put(const ReportBytes *bytes, const Str *pieces, uint32_t count, ReportPut *ret_put)
{
    AUTO(putting_wipe) Putting putting = {.bytes = bytes};

    TRY(arena_new(PART_ARENA, &putting.arena));
    TRY(arena_alloc_bytes(putting.arena, REPORT_PART_BYTES, &putting.part));
    TRY(sha256_new(&putting.sha));
    TRY(sha256_new(&putting.sealed));
    TRY(crypto_derive(keys_crypto(bytes->service->keys), bytes->key, LABEL_DATA, &putting.key));
    for (uint32_t i = 0; i < count; i++)
        TRY(take_piece(&putting, pieces[i]));
    TRY(flush(&putting));
    TRY(sha256_done(putting.sha, putting.put.sha256.bytes));
    TRY(sha256_done(putting.sealed, putting.put.sealed_sha256.bytes));
    *ret_put = putting.put;
    return ok();
}

/* ---- out ---- */

static Err open_part(const ReportBytes *bytes, const Key *key, uint32_t part, Arena *arena, Buf *file)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Str sealed = STR_NONE, plain = STR_NONE;
    Sealing sealing;

    TRY(store_read(bytes->actor->store, &tx));
    store_read_last(tx);
    TRY(store_report_part(tx, bytes->report, part, arena, &sealed));
    TRY(sealing_of(bytes, part, key, &sealing));
    TRY(scoped_forged_unless_ours(crypto_open(keys_crypto(bytes->service->keys), &sealing, sealed, arena, &plain)));
    buf_add(file, plain);
    return ok();
}

Err report_open(const ReportBytes *bytes, const ReportRow *row, Arena *keep, Str *ret_file)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(key_wipe) Key key = {0};
    Buf file = buf_new(keep, (size_t)row->size);
    Str opened = STR_NONE;
    Hash hash;

    TRY(arena_new(PART_ARENA, &arena));
    TRY(crypto_derive(keys_crypto(bytes->service->keys), bytes->key, LABEL_DATA, &key));
    buf_reserve(&file, (size_t)row->size);
    for (uint32_t i = 0; i < row->parts; i++) {
        size_t mark = arena_mark(arena);
        TRY(open_part(bytes, &key, i, arena, &file));
        arena_rewind(arena, mark);
    }
    TRY(buf_done(&file, &opened));
    TRY(sha256(opened, hash.bytes));
    if (opened.length != (size_t)row->size || memcmp(hash.bytes, row->sha256.bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_file = opened;
    return ok();
}
