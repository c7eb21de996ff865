/* New keys for an installation, and the files in which custodians carry their shares.
 * Must not keep the root key or the recovery key: they exist until they are split.
 * Used by init, unseal and tests. Rules: keys 2, 6, 7, 9. */
#ifndef KEYD_MAKE_H
#define KEYD_MAKE_H

#include "crypto/password.h"
#include "crypto/shamir.h"
#include "keyd/key_file_disk.h"

/* What one custodian carries. */
typedef struct CustodianShares {
    Mode mode;
    Id custodian;
    uint8_t root[SHARE_BYTES];     /* opens the agent */
    uint8_t recovery[SHARE_BYTES]; /* opens backups, during a restore only */
} CustodianShares;

void custodian_shares_wipe(CustodianShares *shares);

typedef struct MakeOptions {
    Mode mode;
    uint8_t custodians; /* 1..5 */
    uint8_t threshold;  /* 2..custodians; 1 outside production only */
    const char *names[CUSTODIANS_MAX]; /* UTF-8, at most 64 bytes; NULL gives "custodian 1" ... */
} MakeOptions;

/* Keys of the host (tenant zero), a head-signing seed and a recovery key, written to places; ret_shares has `custodians`
 * elements. Errors: E_RANGE, E_MODE (a threshold of one, or one place, in production), E_DUPLICATE (a copy is there),
 * E_IO and others. */
MUST_USE Err keys_make(const Crypto *crypto, const MakeOptions *options, const KeyFilePlaces *places,
                       CustodianShares ret_shares[static CUSTODIANS_MAX]);

#endif
