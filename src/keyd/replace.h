/* A custodian is lost: enough of the others make new keys, so that nothing the lost one holds opens anything.
 * Must not run beside an agent over the same key file: lock it first (key_file_lock).
 * Used by cli (custodian replace) and tests. Rules: keys 6, 7, 9. */
#ifndef KEYD_REPLACE_H
#define KEYD_REPLACE_H

#include "keyd/make.h"

typedef struct Replacement {
    uint8_t lost;                 /* index of the lost share, as the key file lists it */
    const char *name;             /* of who comes instead; UTF-8, at most 64 bytes */
    const CustodianShares *given; /* shares of the others, exactly as many as the threshold */
    size_t given_count;
} Replacement;

/* Nothing is written yet. Hand out `shares` first, then write `file` under `keys` with key_file_write: from that moment
 * the former shares open nothing. */
typedef struct Replaced {
    KeyFile file;
    RootKeys keys;
    CustodianShares shares[CUSTODIANS_MAX]; /* of file.custodian_count custodians, in their order */
} Replaced;
void replaced_wipe(Replaced *replaced);

/* A new root key over the same municipality keys and the same head-signing seed, a new recovery key over the same keys of backups
 * and former epochs, both split anew. The
 * other custodians keep ids and names. Errors: E_NOT_FOUND (no such custodian, no key file), E_WRONG_SHARE (not of this key
 * file, or of the lost one), E_SAME_CUSTODIAN, E_RANGE (not as many as the threshold), E_TOO_LARGE, E_BAD_UTF8 (name). It
 * is large: on failure *ret_replaced is all zero. */
MUST_USE Err keys_replace(const Crypto *crypto, const KeyFilePlaces *places, const Replacement *replacement,
                          Replaced *ret_replaced);

#endif
