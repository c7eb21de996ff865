/* What earlier publications bind: every number that was shown stays shown, and every certificate that still holds may be used again.
 * Must not let a number change (rules: statistics 8).
 * Used by freeze. */
#ifndef CUBE_PAST_H
#define CUBE_PAST_H

#include "cube/deep.h"

typedef struct Past {
    uint16_t last;              /* quarter; 0: this is the first publication */
    uint8_t hash[HASH_BYTES];   /* of the newest ledger */
    Certificates certificates;  /* entries numbered as in the present cube */
} Past;

/* Binds cells of the work and brings its counts of logs. Both empty: nothing was published. Errors: E_FORGED (a number is not what
 * the facts give; ledger and certificates do not belong together), E_RANGE (lists have become shorter), E_MALFORMED, E_TRUNCATED,
 * E_NO_MEMORY. */
MUST_USE Err past_read(Str ledger, Str certificates, Work *work, Past *ret_past);
/* Keeps those that certify something which has no certificate yet, for at most the price. Errors: E_NO_MEMORY. */
MUST_USE Err past_reuse(const Past *past, Trial *trial, float at_most);
/* Keeps one with which the number is nothing, if there is one that can be paid; *ret_certified: there is. Errors: E_NO_MEMORY. */
MUST_USE Err past_reuse_deep(const Past *past, Trial *trial, const Deep *deep, bool *ret_certified);

#endif
