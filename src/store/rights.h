/* What the rights of each person add up to.
 * Must not be used to bring under the sum what nobody has given.
 * Used by the verbs, verify.c and proofs.c. */
#ifndef STORE_RIGHTS_H
#define STORE_RIGHTS_H

#include "store/proofs.h"

/* A row with a good proof may still be missing, or be a former one. So each person's proven row has the sum of their rights: one MAC
 * for each row of a role or of a place in a log, those that have ended too, added as numbers of 256 bits. It moves with each right
 * by what the right was and is; the other rows are not looked at, so that what a stranger did to them never comes under it.
 * The sum is a MAC's and not a hash's: whoever writes rows as they like could find some that add up to the same. */

/* Where the rights of a person are added up: in a transaction of the store's, or while a database is brought forward. */
typedef struct RightsAdding {
    const RowsOf *of;
    Sha256 *sha;
    Hash sum;
} RightsAdding;
/* Adds one right; columns: of a role, or the plain ones of a place in a log. Errors: the prover's. */
MUST_USE Err rights_add(RightsAdding *adding, enum table table, const Value *columns);

/* One right in a work: a row of a role, or of a place in a log with its plain columns; NULL: it was not there, or is not any more. */
typedef struct RightMove {
    Id person;
    enum table table;
    const void *former, *now;
} RightMove;
typedef struct RightMoves {
    const RightMove *items;
    uint32_t count;
} RightMoves;
#define ONE_RIGHT(...) ((RightMoves){&(RightMove){__VA_ARGS__}, 1})
/* Called by every verb that adds, changes or ends a right. However many move, the people are read and put
 * in a few statements. Somebody who has no account has no sum. Errors: E_FORGED for a person whose row is none of ours. */
MUST_USE Err rights_move(Tx *tx, RightMoves moves);
/* What the rights of somebody add up to who has this one alone (move->now), and whose row is not put yet. */
MUST_USE Err rights_first(Tx *tx, const RightMove *move, Hash *ret_sum);
/* The places of everybody in a log that is about to be deleted. */
MUST_USE Err rights_end_of_log(Tx *tx, int64_t no);

typedef struct RightsWatch {
    void *self;
    void (*differs)(void *self, const Id *person);
} RightsWatch;
/* For verify: tells everybody whose rights are not those that were given. Not where a row of theirs is none of ours, which is a finding
 * of its own. */
MUST_USE Err rights_check(Tx *tx, const RightsWatch *watch, Arena *scratch);

#endif
