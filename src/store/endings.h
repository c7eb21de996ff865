/* Which change of which table ends something, and what line of the ledger it makes: one table.
 * Must not read a database or a file.
 * Used by audit.c (what a work changes) and catch_up.c (what lines say was changed). Rule: deletion 10. */
#ifndef STORE_ENDINGS_H
#define STORE_ENDINGS_H

#include "store/driver.h"
#include "store/ledger/line.h"

#define LEDGER_FACTS_MAX 2

typedef struct LedgerFact {
    uint8_t kind;
    int64_t value;
} LedgerFact;

typedef struct LedgerFacts {
    LedgerFact items[LEDGER_FACTS_MAX];
    uint32_t count;
} LedgerFacts;

/* columns: of the row as it stands; NULL: it is gone. marked: of a log whose state, flags or owner the work changed. */
LedgerFacts ledger_facts(enum table table, const Value *columns, bool marked);
/* Whether any change of this table can make a line. */
bool ledger_tells(enum table table);

#endif
