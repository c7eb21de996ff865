/* Whether the ledger tells of all that is gone, and passes through every head that was signed.
 * Must not be kept longer than a verification.
 * Used by verify.c. */
#ifndef STORE_VERIFY_LEDGER_CHECK_H
#define STORE_VERIFY_LEDGER_CHECK_H

#include "store/ledger/file.h"
#include "store/rowmap.h"

typedef struct LedgerCheck {
    RowMap map;       /* its lines about this database, by kind and object, and by their hash */
    bool there;       /* there is a ledger */
    bool changed;     /* a line of it is none */
    int64_t newest;   /* of the chain, that it has a line of */
    int64_t writer;
} LedgerCheck;

MUST_USE Err ledger_check_load(const Tx *tx, const OtherLedgers *others, LedgerCheck *ret_check);
/* Of a head of this host's: is its ledger's head a line that stands, in this ledger or another server's? */
bool ledger_check_covers(const LedgerCheck *check, int64_t head, const Hash *ledger);
/* What is gone and stands in no line. What was ended a moment ago may still be on its way into the file. */
bool ledger_check_lacks(const LedgerCheck *check, const RowMapEntry *entry);

/* The same of a row that stands and says that something ended: columns are those of its table. */
bool ledger_check_row(const LedgerCheck *check, const RowMapEntry *entry, const Value *columns);

#endif
