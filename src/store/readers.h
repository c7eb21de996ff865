/* The pool of reading connections.
 * Must not be seen by verbs.
 * Used by stores.c. */
#ifndef STORE_READERS_H
#define STORE_READERS_H

#include "store/store.h"

/* A pool of at most count connections (READERS_MAX at most). Errors: E_RANGE. */
MUST_USE Err readers_start(Stores *stores, uint32_t count);
/* No snapshot may be open. */
void readers_stop(Stores *stores);
/* Fills in what concerns reading. */
void readers_figures(Stores *stores, StoreFigures *figures);

#endif
