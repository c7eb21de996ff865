/* A session and what it stands on, in one question; store.h has the rules.
 * Must not hold anything that the chain should cover.
 * Called by service. */
#ifndef STORE_VOLATILE_H
#define STORE_VOLATILE_H

#include "store/store.h"

/* A session with the role that it was begun with; zeros when there is no such role (any more). */
MUST_USE Err store_session_with_role(Tx *tx, const Hash *token_hash, Arena *keep, SessionRow *ret_row, RoleRow *ret_role);

/* How far a job is; zeros with its name when it was never taken. */
MUST_USE Err store_job(Tx *tx, Str name, Arena *keep, JobRow *ret_row);
/* Takes it for a runner until a time, or for longer when the runner has it already: of several servers one does. *ret_row is the
 * row as it is now. Errors: E_BUSY while another has it, or it is not to be tried yet. */
typedef struct JobTake {
    Str name;
    Id runner;
    int64_t now, until_at;
    bool at_once;  /* also when it failed and is not to be tried yet; not while another has it */
} JobTake;
MUST_USE Err store_job_take(Tx *tx, const JobTake *take, JobRow *ret_row);
/* Gives it back: done up to done_to, and not to be tried before until_at (0: at any time). Errors: E_STALE when it is not this
 * runner's any more. */
MUST_USE Err store_job_give(Tx *tx, const JobRow *row, int64_t done_to, int64_t until_at);

#endif
