/* The driver's copy_out and its filling, for SQLite.
 * Must not be seen outside this folder.
 * Used by sqlite.c. */
#ifndef STORE_SQLITE_COPY_H
#define STORE_SQLITE_COPY_H

#include "store/copy/rows.h"

MUST_USE Err sqlite_copy_out(Link *link, const CopyOut *out);
MUST_USE Err sqlite_fill_begin(Link *link);
MUST_USE Err sqlite_fill_table(Link *link, const CopyTable *table);
MUST_USE Err sqlite_fill_row(Link *link, const Value *values);
MUST_USE Err sqlite_fill_end(Link *link);

#endif
