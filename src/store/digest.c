/* What a row is, as one hash: the same on every database, whatever its files look like.
 * Must not depend on how a database writes a number.
 * Called by audit.c (what a work wrote), verify.c (what stands there now), content.c (a log's head). */
#include <endian.h>
#include <string.h>

#include "store/tx.h"

#define COUNT_ONE(Row, type, field, column) +1
#define X(name_, number, table_, LIST, PROVEN, key, key_type)                    \
    [TABLE_##name_] = {.name = table_, .columns = 0 LIST(COUNT_ONE, COUNT_ONE), \
                       .all = 0 PROVEN(COUNT_ONE, COUNT_ONE)},
static const struct {
    const char *name;
    uint32_t columns;
    uint32_t all;   /* with those that the chain does not have: the proof, and before it what is under the proof alone */
} tables[] = {TRACKED(X) PROVEN_ALONE(X)};
#undef X

/* Which columns came later than the rows of their table. */
#define LATE_MARK 128
#define LATE_ID false
#define LATE_HASH false
#define LATE_HASH_LATE true
#define LATE_BLOB false
#define LATE_BLOB_NULL false
#define LATE_TEXT false
#define LATE_I64 false
#define LATE_I64_LATE true
#define LATE_U63 false
#define LATE_U32 false
#define LATE_U16 false
#define LATE_U8 false
#define LATE_BOOL false
#define LATE_OF(Row, type, field, column) LATE_##type,
static const bool late_log[] = {LOG(LATE_OF, LATE_OF)};
static const bool late_inbox[] = {INBOX(LATE_OF, LATE_OF)};
static const bool late_report[] = {REPORT(LATE_OF, LATE_OF)};
static const bool *const late[COUNT_OF(tables)] = {[TABLE_LOG] = late_log, [TABLE_INBOX] = late_inbox, [TABLE_REPORT] = late_report};

uint32_t table_columns(enum table table)
{
    return tables[table].columns;
}

const char *table_name(enum table table)
{
    return tables[table].name;
}

bool table_is_proven(enum table table)
{
    return tables[table].all > tables[table].columns;
}

uint32_t table_proven_columns(enum table table)
{
    return table_is_proven(table) ? tables[table].all - 1 : 0;
}

Err change_key(const Value *first, Id *ret_key)
{
    uint8_t hash[HASH_BYTES];

    if (first->bytes.length == ID_BYTES && first->type == VALUE_BYTES)
        return id_from_bytes(first->bytes, ret_key);
    TRY(sha256(first->bytes, hash));
    return id_from_bytes(str_from_bytes(hash, ID_BYTES), ret_key);
}

/* What is hashed next, gathered: a row is a dozen short pieces, and each call of the hash costs as much as fifty bytes of it. */
#define GATHERED_MAX 1024
typedef struct Gathered {
    Sha256 *sha;
    size_t length;
    char bytes[GATHERED_MAX];
} Gathered;

static Err pass_on(Gathered *gathered)
{
    size_t length = gathered->length;

    gathered->length = 0;
    return sha256_add(gathered->sha, str_from_bytes(gathered->bytes, length));
}

/* Type, then the number or the length in big-endian order, then the bytes. */
#define VALUE_HEAD 9

static Err gather_head(Gathered *gathered, int first, uint64_t number)
{
    const uint64_t big_endian = htobe64(number);

    if (GATHERED_MAX - gathered->length < VALUE_HEAD)
        TRY(pass_on(gathered));
    char *to = gathered->bytes + gathered->length;
    to[0] = (char)first;
    memcpy(to + 1, &big_endian, sizeof big_endian);
    gathered->length += VALUE_HEAD;
    return ok();
}

static Err gather_whole(Gathered *gathered, int first, const Value *value)
{
    const bool has_bytes = (value->type == VALUE_BYTES || value->type == VALUE_TEXT) && value->bytes.length > 0;
    const Str bytes = has_bytes ? value->bytes : STR_NONE;

    TRY(gather_head(gathered, first, value->type == VALUE_NUMBER ? (uint64_t)value->number : (uint64_t)value->bytes.length));
    if (bytes.length > GATHERED_MAX - gathered->length)
        TRY(pass_on(gathered));
    if (bytes.length > GATHERED_MAX)
        return sha256_add(gathered->sha, bytes);
    if (has_bytes)
        memcpy(gathered->bytes + gathered->length, bytes.data, bytes.length);
    gathered->length += bytes.length;
    return ok();
}

static Err gather_value(Gathered *gathered, const Value *value)
{
    return gather_whole(gathered, (int)value->type, value);
}

/* A column that came later says which one it is, since it is left out where it is 0, or none. */
static Err gather_late(Gathered *gathered, const Value *value, uint32_t at)
{
    if (value->type == VALUE_NULL || (value->type == VALUE_NUMBER && value->number == 0))
        return ok();
    return gather_whole(gathered, LATE_MARK + (int)at, value);
}

Err row_digest(Sha256 *sha, enum table table, const Value *columns, uint32_t count, Hash *ret_digest)
{
    Gathered gathered; /* without zeros: only what was gathered is hashed */

    gathered.sha = sha;
    gathered.length = 1;
    gathered.bytes[0] = (char)table;
    for (uint32_t i = 0; i < count; i++)
        TRY(late[table] && late[table][i] ? gather_late(&gathered, &columns[i], i) : gather_value(&gathered, &columns[i]));
    TRY(pass_on(&gathered));
    return sha256_done(sha, ret_digest->bytes);
}
