/* What a row is, as one hash: the same on every database, whatever its files look like.
 * Must not depend on how a database writes a number.
 * Called by audit.c (what a work wrote), verify.c (what stands there now), content.c (a log's head). */
#include "store/tx.h"

#define COUNT_ONE(Row, type, field, column) +1
#define X(name_, number, table_, LIST, key, key_type) [TABLE_##name_] = {.name = table_, .columns = 0 LIST(COUNT_ONE, COUNT_ONE)},
static const struct {
    const char *name;
    uint32_t columns;
} tables[TABLE_COUNT] = {TRACKED(X)};
#undef X

uint32_t table_columns(enum table table)
{
    return tables[table].columns;
}

const char *table_name(enum table table)
{
    return tables[table].name;
}

Err change_key(const Value *first, Id *ret_key)
{
    uint8_t hash[HASH_BYTES];

    if (first->bytes.length == ID_BYTES && first->type == VALUE_BYTES)
        return id_from_bytes(first->bytes, ret_key);
    TRY(sha256(first->bytes, hash));
    return id_from_bytes(str_from_bytes(hash, ID_BYTES), ret_key);
}

static void big_endian(uint64_t number, uint8_t ret_bytes[static 8])
{
    for (int i = 0; i < 8; i++)
        ret_bytes[i] = (uint8_t)(number >> (56 - 8 * i));
}

static Err add_value(Sha256 *sha, const Value *value)
{
    uint8_t head[9] = {(uint8_t)value->type};

    big_endian(value->type == VALUE_NUMBER ? (uint64_t)value->number : (uint64_t)value->bytes.length, head + 1);
    TRY(sha256_add(sha, str_from_bytes(head, sizeof head)));
    if (value->type != VALUE_BYTES && value->type != VALUE_TEXT)
        return ok();
    return sha256_add(sha, value->bytes);
}

Err row_digest(Sha256 *sha, enum table table, const Value *columns, uint32_t count, Hash *ret_digest)
{
    const uint8_t number = (uint8_t)table;

    TRY(sha256_add(sha, str_from_bytes(&number, 1)));
    for (uint32_t i = 0; i < count; i++)
        TRY(add_value(sha, &columns[i]));
    return sha256_done(sha, ret_digest->bytes);
}
