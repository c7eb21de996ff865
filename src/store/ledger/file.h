/* The ledger's file: lines are added at its end and nowhere else, in two places where there are two, each synced before anybody is
 * answered. It stands outside every database, so that an older one that is put back cannot take it back.
 * Must not be written by two processes: whoever has the lock on the data folder writes.
 * Used by writer.c, heads.c, verify.c, catch_up.c. Rule: deletion 10. Format: docs/formats.md. */
#ifndef STORE_LEDGER_FILE_H
#define STORE_LEDGER_FILE_H

#include "store/ledger/line.h"
#include "sys/thread.h"

#define LEDGER_PLACES 2

typedef struct Ledger Ledger;

typedef struct LedgerPlaces {
    const char *paths[LEDGER_PLACES]; /* NULL: there is none */
} LedgerPlaces;

/* Opens and checks the file, and makes it where there is none; what a cut left at its end is taken away, since nobody was answered.
 * Of two places the longer one goes on, and the other is made the same. reading: nothing is made or changed.
 * Errors: E_FORGED when a line was changed or two places went different ways; E_IO, E_NO_MEMORY. */
MUST_USE Err ledger_open(const LedgerPlaces *places, bool reading, Ledger **ret_ledger);
void ledger_free(Ledger *ledger);

/* ---- the writer's thread ---- */

/* Lines wait until the transaction that they belong to is durable. */
uint32_t ledger_mark(const Ledger *ledger);
MUST_USE Err ledger_add(Ledger *ledger, const LedgerLine *line);
void ledger_drop(Ledger *ledger, uint32_t mark);
/* From before the commit until its lines are written no head is told: a head never stands between the two. */
void ledger_hold(Ledger *ledger);
void ledger_let_go(Ledger *ledger);
/* Held: what waits is written to every place and synced; nothing waits any more, whether it was or not. Errors: E_DISK_FULL, E_IO. */
MUST_USE Err ledger_write(Ledger *ledger);

/* ---- any thread ---- */

/* The number in the chain of this writer up to which the file stands for this database: 0, when it has no line of it. */
int64_t ledger_stands(Ledger *ledger, Id tenant, uint16_t writer);
/* The hash of the newest line of a database that belongs to a line of the chain up to `chain`; zeros when there is none. */
MUST_USE Err ledger_head(Ledger *ledger, Id tenant, int64_t chain, Hash *ret_hash);

/* Every line in order. Errors: those of `line`; E_FORGED, after the last good line. */
typedef struct LedgerWatch {
    void *self;
    Err (*line)(void *self, const LedgerLine *line);
} LedgerWatch;
MUST_USE Err ledger_each(const Ledger *ledger, const LedgerWatch *watch);

/* Ledgers of other servers of the same database: each server keeps what ended through it. */
#define LEDGERS_OTHER_MAX 4
typedef struct OtherLedgers {
    const Ledger *items[LEDGERS_OTHER_MAX];
    uint32_t count;
} OtherLedgers;

#endif
