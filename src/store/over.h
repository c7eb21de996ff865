/* Rows whose time is over, removed a kind at a time; how long each is kept is service/municipality/keeping.h's.
 * Must not remove a row that somebody may still go on with: the caller says what is over.
 * Called by the job of serve that removes them. */
#ifndef STORE_OVER_H
#define STORE_OVER_H

#include "store/store.h"

/* Each removes what ended, was used or was kept at this time (UTC ms) or before; *ret_count is how many rows. Codes stand
 * in the chain: a work that removes one writes a line. Invitations: volatile.h. */
MUST_USE Err store_sessions_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_forms_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_codes_delete_used(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_codes_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_waits_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_drafts_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_blind_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);
MUST_USE Err store_outbox_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);

#endif
