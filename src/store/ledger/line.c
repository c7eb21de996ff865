/* A line of the ledger, written and read.
 * Must not follow a size that the bytes name.
 * Called by the room; its reader is fuzzed (fuzz/fuzz_ledger.c). Format: docs/formats.md. */
#include "store/ledger/line.h"

#include <string.h>

#include "base/buf.h"

#define HASHED (LEDGER_LINE_BYTES - HASH_BYTES)

static void put_u64(uint8_t *to, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        to[i] = (uint8_t)(number >> (56 - 8 * i));
}

Err ledger_start(Sha256 *sha, Hash *ret_hash)
{
    TRY(sha256_add(sha, STR("stafettlogg ledger 1")));
    return sha256_done(sha, ret_hash->bytes);
}

static Err hash_of(Sha256 *sha, const Hash *previous, const uint8_t *bytes, Hash *ret_hash)
{
    TRY(sha256_add(sha, STR("stafettlogg ledger line 1")));
    TRY(sha256_add(sha, str_from_bytes(previous->bytes, HASH_BYTES)));
    TRY(sha256_add(sha, str_from_bytes(bytes, HASHED)));
    return sha256_done(sha, ret_hash->bytes);
}

Err ledger_line_write(Sha256 *sha, const Hash *previous, LedgerLine *line, uint8_t ret_bytes[static LEDGER_LINE_BYTES])
{
    uint8_t bytes[LEDGER_LINE_BYTES];

    put_u64(bytes, line->seq);
    put_u64(bytes + 8, (uint64_t)line->at);
    memcpy(bytes + 16, line->tenant.bytes, ID_BYTES);
    put_u64(bytes + 32, (uint64_t)line->chain);
    bytes[40] = line->kind;
    memcpy(bytes + 41, line->object.bytes, ID_BYTES);
    put_u64(bytes + 57, (uint64_t)line->value);
    TRY(hash_of(sha, previous, bytes, &line->hash));
    memcpy(bytes + HASHED, line->hash.bytes, HASH_BYTES);
    memcpy(ret_bytes, bytes, sizeof bytes);
    return ok();
}

Err ledger_line_read(Str bytes, LedgerLine *ret_line)
{
    Cursor cursor = cursor_new(bytes);
    LedgerLine line = {.seq = cursor_u64(&cursor), .at = (int64_t)cursor_u64(&cursor)};

    cursor_copy(&cursor, line.tenant.bytes, ID_BYTES);
    line.chain = (int64_t)cursor_u64(&cursor);
    line.kind = cursor_u8(&cursor);
    cursor_copy(&cursor, line.object.bytes, ID_BYTES);
    line.value = (int64_t)cursor_u64(&cursor);
    cursor_copy(&cursor, line.hash.bytes, HASH_BYTES);
    TRY(cursor_done(&cursor));
    if (line.seq == 0 || line.at < 0 || line.chain < 0 || line.kind == LEDGER_NONE || line.kind >= LEDGER_KIND_LIMIT || line.value < 0)
        return fail(E_MALFORMED);
    *ret_line = line;
    return ok();
}

Err ledger_line_follow(Sha256 *sha, const Hash *previous, uint64_t seq, Str bytes, LedgerLine *ret_line)
{
    LedgerLine line;
    Hash hash;

    if (!is_ok(ledger_line_read(bytes, &line)) || line.seq != seq)
        return fail(E_FORGED);
    TRY(hash_of(sha, previous, (const uint8_t *)bytes.data, &hash));
    if (memcmp(hash.bytes, line.hash.bytes, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_line = line;
    return ok();
}
