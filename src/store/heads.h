/* What a signed head covers, written and read.
 * Must not be seen outside store.
 * Used by heads.c, verify.c. */
#ifndef STORE_HEADS_H
#define STORE_HEADS_H

#include "store/tx.h"

#define HEAD_CHAINS_MAX 16 /* hosts that ever wrote to one database */
#define HEAD_CHAIN_BYTES (8 + HASH_BYTES)

typedef struct HeadCovers {
    ChainHead chains[HEAD_CHAINS_MAX]; /* one per writer, in order of writer */
    uint32_t count;
    uint64_t size;                     /* lines of all chains together */
    Hash ledger;                       /* zeros: there was none */
    Hash root;
} HeadCovers;

/* Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err head_covers_write(const ChainHead *chains, uint32_t count, const Hash *ledger, Arena *keep, Str *ret_covers);
/* The ledger's head for a line of this host's chain; zeros where there is no ledger, or no line of this database in it. */
MUST_USE Err head_ledger(const Tx *tx, int64_t seq, Hash *ret_hash);
/* Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err head_covers_read(Str covers, HeadCovers *ret_covers);

#endif
