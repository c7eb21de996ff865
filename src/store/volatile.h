/* A session and what it stands on, in one question; store.h has the rules.
 * Must not hold anything that the chain should cover.
 * Called by service. */
#ifndef STORE_VOLATILE_H
#define STORE_VOLATILE_H

#include "store/store.h"

/* A session with the role that it was begun with; zeros when there is no such role (any more). */
MUST_USE Err store_session_with_role(Tx *tx, const Hash *token_hash, Arena *keep, SessionRow *ret_row, RoleRow *ret_role);

#endif
