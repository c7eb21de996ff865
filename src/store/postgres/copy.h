/* The driver's hold, its copy_out and its filling, for PostgreSQL.
 * Must not be seen outside this folder.
 * Used by postgres.c. */
#ifndef STORE_POSTGRES_COPY_H
#define STORE_POSTGRES_COPY_H

#include "store/copy/rows.h"

MUST_USE Err postgres_hold(Link *link);
MUST_USE Err postgres_copy_out(Link *link, const CopyOut *out);
MUST_USE Err postgres_fill_begin(Link *link);
MUST_USE Err postgres_fill_table(Link *link, const CopyTable *table);
MUST_USE Err postgres_fill_row(Link *link, const Value *values);
MUST_USE Err postgres_fill_end(Link *link);

#endif
