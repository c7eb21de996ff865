/* The root key and the recovery key, joined from the shares of custodians who came together at the machine.
 * Must not be used by the running agent, which takes shares one by one.
 * Used by replace.c, accept.c, recover.c. */
#ifndef KEYD_JOIN_H
#define KEYD_JOIN_H

#include "keyd/make.h"

typedef struct Joining {
    const CustodianShares *given; /* exactly as many as the threshold */
    size_t count;
    uint8_t lost;                 /* index of a share that does not count; 0: none */
} Joining;

/* The keys of the root, which have proven the file. Errors: E_RANGE (not as many as the threshold), E_SAME_CUSTODIAN,
 * E_WRONG_SHARE (not of this file, or the lost one's). */
MUST_USE Err root_join(const Crypto *crypto, const KeyFile *file, const Joining *joining, RootKeys *ret_keys);
/* The recovery key, which must be the one that the file's keys are sealed to. Ask root_join first. Errors: E_WRONG_SHARE. */
MUST_USE Err recovery_join(const KeyFile *file, const Joining *joining, Key *ret_recovery);

#endif
