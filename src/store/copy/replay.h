/* What a line of the ledger says ended, ended again in a database that is older than the line.
 * Must not take anything back: a line ends what it names, or finds it ended.
 * Called by cli/backup. Rule: deletion 10. */
#ifndef STORE_COPY_REPLAY_H
#define STORE_COPY_REPLAY_H

#include "store/ledger/line.h"
#include "store/store.h"

typedef struct Replay {
    void *self;
    /* The head of a log over its rows as they are now, by its own key. */
    Err (*head)(void *self, const ScopeKeyRow *scope, const Hash *digest, uint32_t rows, Hash *ret_head);
    /* A participant as the next version is sealed: how a guardian who left was reached is not in it, unless the log must be kept. */
    Err (*reseal)(void *self, const ScopeKeyRow *scope, const LogRow *log, ParticipantRow *row);
    /* Until when the archive report of a log is kept that was purged then. */
    int64_t (*report_end)(int64_t purged_at);
    AuditLine line; /* who, when and which act; what it is about is filled in */
} Replay;

/* In a work. Times are those of the line: of the first time. A change has its audit line, and a log that was touched its head.
 * *ret_changed false: it had ended already, or was never here. Errors: E_SCHEMA (a kind that this program does not know), those of head
 * and of the store. */
MUST_USE Err store_replay(Tx *tx, const LedgerLine *line, const Replay *replay, bool *ret_changed);

/* Whether what a line says is gone is gone: asked of every line when all have been replayed. Errors: E_INTERNAL when it is there. */
MUST_USE Err store_replayed(Tx *tx, const LedgerLine *line);

#endif
