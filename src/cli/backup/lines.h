/* Which lines of the ledgers are new to a restored installation, in the order of their times.
 * Must not leave out a line that the copy lacks; one that is carried out twice changes nothing.
 * Used by replay.c. Rule: deletion 10. */
#ifndef CLI_BACKUP_LINES_H
#define CLI_BACKUP_LINES_H

#include "base/arena.h"
#include "store/ledger/file.h"

/* What the copy has of one database. */
typedef struct CopyOf {
    Id tenant;
    int64_t newest; /* of its chain */
} CopyOf;

typedef struct CopyState {
    const CopyOf *databases;
    uint32_t count;
    uint64_t own;    /* so many lines of the ledger that lay beside it have been carried out in it */
    int64_t made_at;
} CopyState;

typedef struct LedgerLines {
    LedgerLine *items;
    uint32_t count;
} LedgerLines;

/* own goes on from the ledger of the copy; others are of other servers of the same databases, and each keeps its order.
 * Errors: E_FORGED (the chain of one does not hold), E_BUSY (one is still written), E_NO_MEMORY, E_TOO_LARGE. */
MUST_USE Err lines_gather(const CopyState *copy, const Ledger *own, const OtherLedgers *others, Arena *keep, LedgerLines *ret_lines);

#endif
