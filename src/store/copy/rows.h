/* Tables and rows of a copy as bytes.
 * Must not be seen outside store.
 * Used by copy.c, the drivers' copies and tests. Format: docs/formats.md. */
#ifndef STORE_COPY_ROWS_H
#define STORE_COPY_ROWS_H

#include "store/driver.h"

#define COPY_ROW_MAX ((size_t)64 << 20)

/* A table's name and its columns, in the order in which rows have them: small letters, digits and underlines. */
struct CopyTable {
    char name[DATABASE_NAME];
    char columns[COLUMNS_MAX][DATABASE_NAME];
    uint32_t count;
};

/* Errors: E_INVALID (a name that is none of ours). */
MUST_USE Err copy_table_add(CopyTable *table, Str column);
MUST_USE Err copy_name(Str text, char ret_name[static DATABASE_NAME]);

MUST_USE Err copy_table_encode(const CopyTable *table, Arena *keep, Str *ret_bytes);
/* Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err copy_table_decode(Str bytes, CopyTable *ret_table);
MUST_USE Err copy_row_encode(const Value *values, uint32_t count, Arena *keep, Str *ret_bytes);
/* Values point into bytes. Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err copy_row_decode(Str bytes, uint32_t count, Value *ret_values);

#endif
