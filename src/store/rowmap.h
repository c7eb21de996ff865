/* The newest digest of every row that the chain speaks of, while a database is verified.
 * Must not be kept longer.
 * Used by verify.c. */
#ifndef STORE_ROWMAP_H
#define STORE_ROWMAP_H

#include "store/tx.h"

typedef struct RowMapEntry {
    Id key;
    uint8_t digest[DIGEST_BYTES];   /* zeros: deleted */
    uint8_t actual[DIGEST_BYTES];   /* of the row as it stands, when it differs */
    int64_t seq;
    uint8_t table;
    bool used, seen, differs, rolled_back;
    bool by_enrolment;              /* its newest change was made by somebody who enrolled */
} RowMapEntry;

typedef struct RowMap {
    RowMapEntry *entries;
    size_t room;                    /* a power of two */
    size_t count;
} RowMap;

MUST_USE Err rowmap_put(RowMap *map, uint8_t table, const Id *key, const uint8_t digest[static DIGEST_BYTES], int64_t seq);
/* NULL when the chain never spoke of it. */
RowMapEntry *rowmap_find(const RowMap *map, uint8_t table, const Id *key);
/* Marks a differing row whose present digest is one of its older ones. */
void rowmap_look_back(RowMap *map, uint8_t table, const Id *key, const uint8_t digest[static DIGEST_BYTES]);
bool rowmap_is_gone(const RowMapEntry *entry);
void rowmap_free(RowMap *map);

#endif
