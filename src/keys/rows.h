/* The proof of a row: a MAC under the row key of its municipality, which is asked for once and kept.
 * Must not be used for what shall stay secret: whoever has the row key can prove rows, and open nothing.
 * Used by cli and tests, as what the databases prove their rows with (store/store.h). */
#ifndef KEYS_ROWS_H
#define KEYS_ROWS_H

#include "keys/keys.h"

/* Errors also: those of keys.h while the key of this tenant has not been given. */
MUST_USE Err keys_row_proof(Keys *keys, Id tenant, Str digest, uint8_t ret_proof[static HASH_BYTES]);

/* Made and wiped by keys.c. */
typedef struct RowKeys RowKeys;
MUST_USE Err row_keys_new(RowKeys **ret_row_keys);
void row_keys_free(RowKeys *row_keys);

#endif
