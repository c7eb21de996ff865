/* A database on its way out, row by row, and into an empty one: the same bytes whichever database they come from or go to.
 * Must not open, change or leave out anything that a chain or a proof speaks of.
 * Called by service/backup. Format: docs/formats.md. */
#ifndef STORE_COPY_COPY_H
#define STORE_COPY_COPY_H

#include "store/store.h"

/* What a copy says of itself before its rows. */
typedef struct CopyHead {
    Id tenant;       /* none: the host's */
    uint32_t steps;  /* of the schema that were run */
    Hash step_hash;  /* of the last one's text */
    uint64_t size;   /* lines of its chains, as the key agent signs it */
    Hash root;
} CopyHead;

/* Takes a copy as it comes. An Err ends it. Bytes live until the call is over. */
typedef struct CopyTo {
    void *self;
    Err (*head)(void *self, const CopyHead *head);
    Err (*table)(void *self, Str table);
    Err (*row)(void *self, Str row);
} CopyTo;

/* One snapshot of everything but sessions, forms and waits, which end with the machine. Beside works and readings; it holds a
 * connection of its own, and for as long as it takes the write-ahead log is not emptied. Errors: those of to; E_FORGED, E_STORE,
 * E_NO_MEMORY. */
MUST_USE Err store_copy(Store *store, const CopyTo *to);

/* Whether there is a database of this tenant (none: the host's). Errors: E_NOT_FOUND, E_STORE. */
MUST_USE Err copy_find(const StoresOptions *options, Id tenant);
/* Takes one away that was begun and not ended. None is fine. Errors: E_STORE, E_IO. */
MUST_USE Err copy_forget(const StoresOptions *options, Id tenant);

/* A database that is being filled. Nobody else may use the place. */
typedef struct Filling Filling;
/* Makes it, of the schema that the copy had. options->prover is not asked. Errors: E_DUPLICATE (it is there already), E_SCHEMA (steps
 * that this program does not know), E_DISK_FULL, E_STORE. */
MUST_USE Err filling_new(const StoresOptions *options, const CopyHead *head, Filling **ret_filling);
/* Ends it; what was not committed is lost. */
void filling_free(Filling *filling);
void filling_freep(Filling **filling);
/* Errors: E_MALFORMED (not what store_copy wrote, or a table that this schema has not), E_DUPLICATE, E_INVALID, E_DISK_FULL, E_STORE. */
MUST_USE Err filling_table(Filling *filling, Str table);
MUST_USE Err filling_row(Filling *filling, Str row);
/* All of it is durable. */
MUST_USE Err filling_done(Filling *filling);

#endif
