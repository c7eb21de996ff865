/* One connection's pipeline: statements are handed over without waiting, and their answers are read in the same order.
 * Must not know transactions' meaning nor any row.
 * Used by postgres.c. */
#ifndef STORE_POSTGRES_PIPELINE_H
#define STORE_POSTGRES_PIPELINE_H

#include <libpq-fe.h>

#include "store/driver.h"

/* Statements of this folder's own, prepared beside those of the list. */
enum { OWN_BEGIN = SQL_COUNT, OWN_ALONE, OWN_HEADS_ALONE, OWN_COMMIT, OWN_STEPS, OWN_END = OWN_STEPS + TX_STEP_COUNT };

#define OWED_MAX 128

/* What the server owes us, oldest first. */
enum owed_kind { OWED_ROWS, OWED_NOTHING, OWED_PREPARED, OWED_SYNC };
typedef struct Owed {
    enum owed_kind kind;
    unsigned statement;
} Owed;

struct Link {
    PGconn *connection;
    enum link_use use;
    bool broken;
    bool standby_missed;        /* a warning said that a commit was not confirmed by the standby */
    bool inside;                /* a transaction, or a snapshot */
    bool failed;                /* a statement of it failed: it can only be rolled back */
    bool unasked;               /* the server has not been told to send what it has */
    bool last;                  /* the next answers that are waited for are a snapshot's last */
    Owed owed[OWED_MAX];
    uint32_t first, count;
    PGresult *running;
    int row;
    uint32_t filling;           /* columns of the table that a copy fills */
    bool prepared[OWN_END];
};

/* The Err of what the server refused; a lost connection is E_STORE and breaks the link. */
MUST_USE Err pipeline_error(Link *link, const PGresult *result);

/* Statements can be handed over from now on. Reads what an ended snapshot still owes. Errors: E_STORE when the server has
 * closed the connection. */
MUST_USE Err pipeline_enter(Link *link);
/* Everything is answered; a script may run. */
MUST_USE Err pipeline_leave(Link *link);

/* Hands a statement over and sends nothing yet; values are copied. OWED_ROWS: pipeline_next will come to it.
 * OWED_NOTHING: nobody reads its answer; that it failed is the error of a later call. */
MUST_USE Err pipeline_send(Link *link, unsigned statement, const Value *parameters, enum owed_kind kind);
/* A statement of our own, answered before this returns. */
MUST_USE Err pipeline_run(Link *link, unsigned statement);
/* Ends what was handed over: an error before this point does not reach beyond it, and a snapshot ends here. Sent at once. */
MUST_USE Err pipeline_sync(Link *link);

/* Waits for the next answer with rows. Errors: the statement's, or E_STORE and E_DISK_FULL when one before it failed. */
MUST_USE Err pipeline_next(Link *link);
/* One column of a row that an answer holds, in its binary form. */
void pipeline_column(const PGresult *result, int row, int place, Value *ret_value);
MUST_USE Err pipeline_step(Link *link, Value *columns, bool *ret_row);
/* Nobody wants the rows that are still to come. */
void pipeline_finish(Link *link);

#endif
