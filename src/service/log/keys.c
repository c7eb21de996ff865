/* Seals and opens what stands in a log, under the log's sub-keys and bound to its place; makes and checks the head.
 * Must not read or write the database, nor keep a key.
 * Called by the rooms log, reading and acts. */
#include "service/log/keys.h"

#include "crypto/crypto.h"
#include "domain/fields.h"
#include "domain/policy/matrix.h"
#include "store/rows.h"

/* Encoded entries are bounded by the field table; this is far above the largest (a meeting). */
#define ENCODED_MAX ((size_t)64 << 10)

void log_keys_wipe(LogKeys *keys)
{
    opener_free(keys->entries);
    crypto_wipe(keys, sizeof *keys);
}

Err log_keys_for_many(LogKeys *keys)
{
    return keys->entries ? ok() : opener_new(keys->crypto, &keys->entry, &keys->entries);
}

Err log_keys_derive(const LogOf *of, const Key *scope, LogKeys *ret_keys)
{
    AUTO(log_keys_wipe) LogKeys keys = {.crypto = of->crypto, .mode = of->mode, .tenant = of->tenant, .log = of->log};
    const Crypto *crypto = of->crypto;

    TRY(crypto_derive(crypto, scope, LABEL_ENTRY, &keys.entry));
    TRY(crypto_derive(crypto, scope, LABEL_HEADER, &keys.header));
    TRY(crypto_derive(crypto, scope, LABEL_DOCUMENT, &keys.document));
    TRY(crypto_derive(crypto, scope, LABEL_HEAD, &keys.head));
    TRY(crypto_derive(crypto, scope, LABEL_FACT, &keys.fact));
    *ret_keys = keys;
    return ok();
}

static SealContext context_of(const LogKeys *keys, LogPlace place)
{
    return (SealContext){
        .mode = keys->mode,
        .tenant = keys->tenant,
        .table = (uint8_t)place.table,
        .column = (uint8_t)place.column,
        .row = place.row,
        .version = place.version,
        .scope = keys->log,
    };
}

/* The header has a key of its own, so that a list can be shown without the key to the entries (rules: keys 3). */
static const Key *key_for(const LogKeys *keys, LogPlace place)
{
    if (place.table == SEAL_TABLE_DOCUMENT)
        return &keys->document;
    return place.column == SEAL_COLUMN_HEADER ? &keys->header : &keys->entry;
}

Err log_seal(const LogKeys *keys, LogPlace place, const Values *values, Arena *keep, Str *ret_sealed)
{
    const Sealing sealing = {.key = key_for(keys, place), .context = context_of(keys, place), .padding = PAD_TEXT};
    Buf buf = buf_new(keep, ENCODED_MAX);
    Str plain = STR_NONE;

    values_encode(&buf, values);
    TRY(buf_done(&buf, &plain));
    return crypto_seal(keys->crypto, &sealing, plain, keep, ret_sealed);
}

/* A value of a wrong form is no better than one with a wrong tag: it is not what we wrote. */
static Err forged_unless_ours(Err err)
{
    if (err.id == E_TRUNCATED || err.id == E_MALFORMED)
        return fail(E_FORGED);
    return err;
}

Err log_unseal(const LogKeys *keys, LogSealed found, Arena *keep, Values *ret_values)
{
    const Key *key = key_for(keys, found.place);
    const Sealing sealing = {.key = key, .opener = key == &keys->entry ? keys->entries : NULL, .context = context_of(keys, found.place)};
    Str plain = STR_NONE;
    Values values;

    TRY(forged_unless_ours(crypto_open(keys->crypto, &sealing, found.sealed, keep, &plain)));
    TRY(forged_unless_ours(values_decode(plain, &values)));
    if (values.kind->id != found.kind)
        return fail(E_FORGED);
    *ret_values = values;
    return ok();
}

static LogPlace document_place(Id row)
{
    return (LogPlace){.table = SEAL_TABLE_DOCUMENT, .column = SEAL_COLUMN_BODY, .row = row, .version = 1};
}

Err log_seal_document(const LogKeys *keys, Id row, Str bytes, Arena *keep, Str *ret_sealed)
{
    const Sealing sealing = {
        .key = &keys->document, .context = context_of(keys, document_place(row)), .padding = PAD_DOCUMENT};

    return crypto_seal(keys->crypto, &sealing, bytes, keep, ret_sealed);
}

Err log_unseal_document(const LogKeys *keys, Id row, Str sealed, Arena *keep, Str *ret_bytes)
{
    const Sealing sealing = {.key = &keys->document, .context = context_of(keys, document_place(row))};

    return forged_unless_ours(crypto_open(keys->crypto, &sealing, sealed, keep, ret_bytes));
}

Err log_head(const LogKeys *keys, const Hash *digest, uint32_t rows, Hash *ret_head)
{
    const uint8_t count[4] = {(uint8_t)(rows >> 24), (uint8_t)(rows >> 16), (uint8_t)(rows >> 8), (uint8_t)rows};
    const Str parts[] = {
        id_bytes(&keys->log),
        str_from_bytes(count, sizeof count),
        str_from_bytes(digest->bytes, sizeof digest->bytes),
    };

    return crypto_hmac(keys->crypto, &keys->head, parts, COUNT_OF(parts), ret_head->bytes);
}

Err log_head_check(const LogKeys *keys, const Hash *digest, uint32_t rows, const Hash *head)
{
    Hash wanted;

    TRY(log_head(keys, digest, rows, &wanted));
    return crypto_equal(wanted.bytes, head->bytes, sizeof wanted.bytes) ? ok() : fail(E_FORGED);
}
