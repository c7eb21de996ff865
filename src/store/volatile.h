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

/* ---- consents that are asked for before there is a log ---- */

/* Errors: E_DUPLICATE. */
MUST_USE Err store_invitation_insert(Tx *tx, const InvitationRow *row);
/* Errors: E_NOT_FOUND. */
MUST_USE Err store_invitation_by_id(Tx *tx, Id id, Arena *keep, InvitationRow *ret_row);
/* Those that somebody has made, the newest first; at most 100. */
MUST_USE Err store_invitations_of_person(Tx *tx, Id maker, Arena *keep, InvitationRows *ret_rows);
/* What was said, in the place of what was said before. Errors: E_STALE when somebody else has said something since row was read. */
MUST_USE Err store_invitation_seal(Tx *tx, const InvitationRow *row);
/* Errors: E_DUPLICATE when this person is asked already. */
MUST_USE Err store_invited_insert(Tx *tx, const InvitedRow *row);
/* Person and said_at as they are in row. Errors: E_STALE when it is gone; E_DUPLICATE when another row of the same
 * invitation is this person's. */
MUST_USE Err store_invited_update(Tx *tx, const InvitedRow *row);
/* Somebody's, the one that ends first before the others; those of an invitation, and all that somebody has made. */
MUST_USE Err store_invited_of_person(Tx *tx, Id person, Arena *keep, InvitedRows *ret_rows);
MUST_USE Err store_invited_of(Tx *tx, Id invitation, Arena *keep, InvitedRows *ret_rows);
MUST_USE Err store_invited_of_maker(Tx *tx, Id maker, Arena *keep, InvitedRows *ret_rows);
/* An account that never had a role or a place in a log, and is asked for nothing else, was made for an invitation: its row, its key
 * and all that hangs on it go. Others stay. The work writes a line. */
MUST_USE Err store_invited_account_end(Tx *tx, Id person);
/* The invitation has become a log: its rows and its key go, the accounts stay. The work writes a line.
 * Errors: E_NOT_FOUND when there is none any more. */
MUST_USE Err store_invitation_used(Tx *tx, Id id);
/* It has come to nothing: rows, key and the accounts that were made for it go. The work writes a line. Errors: as above. */
MUST_USE Err store_invitation_end(Tx *tx, Id id);
/* All to join this log come to nothing. */
MUST_USE Err store_invitations_end_of_log(Tx *tx, Id log);
/* All whose time was over at this time (UTC ms) or before, and those whose maker has not the role any more in which they asked, with
 * their keys and the accounts that were made for them, which stand in the chain; *ret_count is how many. */
MUST_USE Err store_invitations_delete_over(Tx *tx, int64_t at, uint32_t *ret_count);

#endif
