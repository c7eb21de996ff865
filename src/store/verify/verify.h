/* Is everything in a database what was written? The chain, the heads, every row, and the ledger beside it.
 * Must not change anything.
 * Used by service/municipality and cli. */
#ifndef STORE_VERIFY_VERIFY_H
#define STORE_VERIFY_VERIFY_H

#include "store/ledger/file.h"
#include "store/store.h"
#include "store/verify/findings.h"

/* A sealed value in its row. Documents are not among them: their bytes are held by the hash in their row. */
enum sealed_kind { SEALED_UNIT, SEALED_PERSON, SEALED_SECRET, SEALED_HEADER, SEALED_ENTRY, SEALED_PARTICIPANT, SEALED_CONSENT,
                   SEALED_COUNT };
typedef struct SealedCell {
    enum sealed_kind kind;
    Id row;
    uint32_t version;     /* of the row; of a header its own */
    int64_t log_no;       /* 0 for units and persons */
    Str sealed;
} SealedCell;

typedef struct VerifyWatch {
    void *self;
    void (*progress)(void *self, uint64_t done, uint64_t total);   /* lines and rows; may be NULL */
    void (*found)(void *self, const Finding *finding);
    /* True when keyd made this signature over the size and root. NULL: heads are compared with their lines only. */
    bool (*head_good)(void *self, const HeadSignatureRow *row, uint64_t size, const Hash *root);
    /* Does this value open in its place? Asked for every row that stands as the chain says; NULL: not asked.
     * An Err ends the verification. */
    Err (*sealed_good)(void *self, const SealedCell *cell, bool *ret_good);
    /* The newest head that keyd knows of this database, asked before; size 0: none. */
    uint64_t known_size;
    Hash known_root;
    OtherLedgers others;
} VerifyWatch;

typedef struct VerifyResult {
    uint64_t lines;
    uint64_t rows;
    uint64_t heads;
    uint64_t findings;
    uint64_t size;        /* where the chains stand now, as keyd would sign it */
    Hash root;
} VerifyResult;

/* Replays the chain and compares every row with the newest digest the chain holds for it, in one snapshot.
 * Findings are told one by one and are no Err: the result counts them. Memory grows with the number of rows (40 bytes each). */
MUST_USE Err store_verify(Store *store, const VerifyWatch *watch, VerifyResult *ret_result);

#endif
