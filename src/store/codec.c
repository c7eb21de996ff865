/* Fills structs from columns and columns from structs.
 * Must not trust a column: the file may have been edited by somebody else.
 * Called by the verbs of store. */
#include "store/codec.h"

#include <string.h>

Value value_number(int64_t number)
{
    return (Value){.type = VALUE_NUMBER, .number = number};
}

Value value_bytes(Str bytes)
{
    return (Value){.type = VALUE_BYTES, .bytes = bytes};
}

/* NULL when empty. */
static Value value_bytes_or_null(Str bytes)
{
    return bytes.length > 0 ? value_bytes(bytes) : (Value){.type = VALUE_NULL};
}

Value value_id(const Id *id)
{
    return value_bytes(id_bytes(id));
}

Value value_hash(const Hash *hash)
{
    return value_bytes(str_from_bytes(hash->bytes, sizeof hash->bytes));
}

Value value_text(Str text)
{
    return (Value){.type = VALUE_TEXT, .bytes = text};
}

/* Reads a field of any struct without breaking the rules of aliasing. */
#define PEEK(Type, at) ({ Type peek_v; memcpy(&peek_v, (at), sizeof peek_v); peek_v; })
#define POKE(Type, at, value) do { Type poke_v = (Type)(value); memcpy((at), &poke_v, sizeof poke_v); } while (0)

/* Zeros are none. */
static Value hash_or_null(const char *at)
{
    static const char none[HASH_BYTES];

    return memcmp(at, none, HASH_BYTES) == 0 ? (Value){.type = VALUE_NULL} : value_bytes(str_from_bytes(at, HASH_BYTES));
}

static Value field_value(enum field_type type, const char *at)
{
    switch (type) {
    case FIELD_ID:
        return value_bytes(str_from_bytes(at, ID_BYTES));
    case FIELD_HASH:
        return value_bytes(str_from_bytes(at, HASH_BYTES));
    case FIELD_HASH_LATE:
        return hash_or_null(at);
    case FIELD_BLOB:
        return value_bytes(PEEK(Str, at));
    case FIELD_BLOB_NULL:
        return value_bytes_or_null(PEEK(Str, at));
    case FIELD_TEXT:
        return value_text(PEEK(Str, at));
    case FIELD_I64:
    case FIELD_I64_LATE:
        return value_number(PEEK(int64_t, at));
    case FIELD_U63:
        return value_number((int64_t)PEEK(uint64_t, at));
    case FIELD_U32:
        return value_number(PEEK(uint32_t, at));
    case FIELD_U16:
        return value_number(PEEK(uint16_t, at));
    case FIELD_U8:
        return value_number(PEEK(uint8_t, at));
    case FIELD_BOOL:
        return value_number(PEEK(bool, at));
    }
    return (Value){.type = VALUE_NULL};
}

void row_to_values(const Shape *shape, const void *row, Value *ret_values)
{
    for (uint32_t i = 0; i < shape->count; i++)
        ret_values[i] = field_value(shape->fields[i].type, (const char *)row + shape->fields[i].offset);
}

static Err whole_number(const Value *value, int64_t minimum, int64_t maximum)
{
    if (value->type != VALUE_NUMBER || value->number < minimum || value->number > maximum)
        return fail(E_FORGED);
    return ok();
}

static Err fixed_bytes(const Value *value, size_t length, char *at)
{
    if (value->type != VALUE_BYTES || value->bytes.length != length)
        return fail(E_FORGED);
    memcpy(at, value->bytes.data, length);
    return ok();
}

static Err copied(const Value *value, enum value_type type, Arena *keep, char *at)
{
    Str copy = STR_NONE;

    if (value->type != type || (value->bytes.length > 0 && !keep))
        return fail(E_FORGED);
    if (value->bytes.length > 0)
        TRY(str_copy(keep, value->bytes, &copy));
    memcpy(at, &copy, sizeof copy);
    return ok();
}

static Err fill(enum field_type type, const Value *value, Arena *keep, char *at)
{
    switch (type) {
    case FIELD_ID:
        return fixed_bytes(value, ID_BYTES, at);
    case FIELD_HASH:
        return fixed_bytes(value, HASH_BYTES, at);
    case FIELD_HASH_LATE:
        if (value->type != VALUE_NULL)
            return fixed_bytes(value, HASH_BYTES, at);
        memset(at, 0, HASH_BYTES);
        return ok();
    case FIELD_BLOB:
        return copied(value, VALUE_BYTES, keep, at);
    case FIELD_BLOB_NULL:
        if (value->type != VALUE_NULL)
            return copied(value, VALUE_BYTES, keep, at);
        memset(at, 0, sizeof(Str));
        return ok();
    case FIELD_TEXT:
        return copied(value, VALUE_TEXT, keep, at);
    case FIELD_I64:
    case FIELD_I64_LATE:
        TRY(whole_number(value, INT64_MIN, INT64_MAX));
        POKE(int64_t, at, value->number);
        return ok();
    case FIELD_U63:
        TRY(whole_number(value, 0, INT64_MAX));
        POKE(uint64_t, at, value->number);
        return ok();
    case FIELD_U32:
        TRY(whole_number(value, 0, UINT32_MAX));
        POKE(uint32_t, at, value->number);
        return ok();
    case FIELD_U16:
        TRY(whole_number(value, 0, UINT16_MAX));
        POKE(uint16_t, at, value->number);
        return ok();
    case FIELD_U8:
        TRY(whole_number(value, 0, UINT8_MAX));
        POKE(uint8_t, at, value->number);
        return ok();
    case FIELD_BOOL:
        TRY(whole_number(value, 0, 1));
        POKE(bool, at, value->number != 0);
        return ok();
    }
    return fail(E_INTERNAL);
}

Err row_from_values(const Shape *shape, const Value *columns, Arena *keep, void *ret_row)
{
    for (uint32_t i = 0; i < shape->count; i++)
        TRY(fill(shape->fields[i].type, &columns[i], keep, (char *)ret_row + shape->fields[i].offset));
    return ok();
}
