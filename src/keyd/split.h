/* Splits root and recovery key among the custodians of a key file.
 * Must not be used outside keyd.
 * Used by make.c, replace.c. */
#ifndef KEYD_SPLIT_H
#define KEYD_SPLIT_H

#include "keyd/make.h"

typedef struct Split {
    Share shares[SHARES_MAX];
} Split;
void split_wipe(Split *split);

/* Errors: E_TOO_LARGE, E_BAD_UTF8. */
MUST_USE Err custodian_name(Custodian *custodian, Str name);

/* A fresh set of shares for the file's custodians, whose ids and names stand already; index and hash are filled in.
 * shares has as many elements. */
MUST_USE Err split_among(const Crypto *crypto, const Key *root, const Key *recovery, KeyFile *file, CustodianShares *shares);

#endif
