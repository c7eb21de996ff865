/* After an incident custodians take another head of a database for the newest: one that somebody who held the server had signed
 * was longer than the database will ever be, or of another chain.
 * Must not run beside an agent over the same key file: lock it first (key_file_lock).
 * Used by cli (custodian accept-head) and tests. Rules: keys 7, reading-and-writing 4. */
#ifndef KEYD_ACCEPT_H
#define KEYD_ACCEPT_H

#include "keyd/make.h"

typedef struct Acceptance {
    const CustodianShares *given; /* exactly as many as the threshold */
    size_t given_count;
    AuditHead head;               /* as verify tells it; of tenant zero: the host's */
} Acceptance;

/* Writes the head into every copy of the key file; whatever stood there is forgotten. ret_former is that.
 * Errors: E_NOT_FOUND (no such municipality, no key file), E_RANGE (not as many as the threshold, or a head without lines),
 * E_WRONG_SHARE, E_SAME_CUSTODIAN, those of key_file_write. */
MUST_USE Err keys_accept_head(const Crypto *crypto, const KeyFilePlaces *places, const Acceptance *acceptance,
                              AuditHead *ret_former);

#endif
