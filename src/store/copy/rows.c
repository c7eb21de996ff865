/* Writes and reads tables and rows of a copy.
 * Must not let a name through that could be more than a name in a statement.
 * Called by copy.c and the drivers. */
#include "store/copy/rows.h"

#include <string.h>

#include "base/buf.h"

Err copy_name(Str text, char ret_name[static DATABASE_NAME])
{
    if (text.length == 0 || text.length >= DATABASE_NAME || text.data[0] < 'a' || text.data[0] > 'z')
        return fail(E_INVALID);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return fail(E_INVALID);
    }
    memcpy(ret_name, text.data, text.length);
    ret_name[text.length] = '\0';
    return ok();
}

Err copy_table_add(CopyTable *table, Str column)
{
    if (table->count == COLUMNS_MAX)
        return fail(E_INVALID);
    TRY(copy_name(column, table->columns[table->count]));
    table->count++;
    return ok();
}

static void add_name(Buf *buf, const char *name)
{
    buf_add_u8(buf, (uint8_t)strlen(name));
    buf_add(buf, str_from_c(name));
}

Err copy_table_encode(const CopyTable *table, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, (COLUMNS_MAX + 2) * DATABASE_NAME);

    add_name(&buf, table->name);
    buf_add_u8(&buf, (uint8_t)table->count);
    for (uint32_t i = 0; i < table->count; i++)
        add_name(&buf, table->columns[i]);
    return buf_done(&buf, ret_bytes);
}

static Err read_name(Cursor *cursor, char ret_name[static DATABASE_NAME])
{
    size_t length = cursor_u8(cursor);
    Str name = cursor_bytes(cursor, length);

    if (cursor->failed)
        return fail(E_TRUNCATED);
    return is_ok(copy_name(name, ret_name)) ? ok() : fail(E_MALFORMED);
}

Err copy_table_decode(Str bytes, CopyTable *ret_table)
{
    Cursor cursor = cursor_new(bytes);
    CopyTable table = {.count = 0};

    TRY(read_name(&cursor, table.name));
    uint8_t count = cursor_u8(&cursor);
    if (count == 0 || count > COLUMNS_MAX)
        return fail(E_MALFORMED);
    for (; table.count < count; table.count++)
        TRY(read_name(&cursor, table.columns[table.count]));
    TRY(cursor_done(&cursor));
    *ret_table = table;
    return ok();
}

static size_t room_for(const Value *values, uint32_t count)
{
    size_t room = 0;

    for (uint32_t i = 0; i < count; i++)
        room += 9 + values[i].bytes.length;
    return room;
}

Err copy_row_encode(const Value *values, uint32_t count, Arena *keep, Str *ret_bytes)
{
    Buf buf = buf_new(keep, COPY_ROW_MAX);

    buf_reserve(&buf, room_for(values, count));
    for (uint32_t i = 0; i < count; i++) {
        const Value *value = &values[i];
        buf_add_u8(&buf, (uint8_t)value->type);
        if (value->type == VALUE_NUMBER)
            buf_add_u64(&buf, (uint64_t)value->number);
        if (value->type == VALUE_BYTES || value->type == VALUE_TEXT) {
            buf_add_u32(&buf, (uint32_t)value->bytes.length);
            buf_add(&buf, value->bytes);
        }
    }
    return buf_done(&buf, ret_bytes);
}

static Err read_value(Cursor *cursor, Value *ret_value)
{
    uint8_t type = cursor_u8(cursor);

    if (type > VALUE_TEXT)
        return fail(E_MALFORMED);
    *ret_value = (Value){.type = (enum value_type)type};
    if (type == VALUE_NUMBER)
        ret_value->number = (int64_t)cursor_u64(cursor);
    if (type == VALUE_BYTES || type == VALUE_TEXT) {
        size_t length = cursor_u32(cursor);
        ret_value->bytes = cursor_bytes(cursor, length);
    }
    return cursor->failed ? fail(E_TRUNCATED) : ok();
}

Err copy_row_decode(Str bytes, uint32_t count, Value *ret_values)
{
    Cursor cursor = cursor_new(bytes);

    for (uint32_t i = 0; i < count; i++)
        TRY(read_value(&cursor, &ret_values[i]));
    return cursor_done(&cursor);
}
