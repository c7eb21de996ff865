/* Joins the root key, and the recovery key, from shares, after it has asked of each what the agent asks when it is unsealed.
 * Must not let the root key outlive the call.
 * Called by replace.c, accept.c, recover.c. */
#include "keyd/join.h"

#include <string.h>

#include "keyd/split.h"

static const Custodian *find(const KeyFile *file, Id custodian)
{
    for (size_t i = 0; i < file->custodian_count; i++)
        if (id_equal(file->custodians[i].id, custodian))
            return &file->custodians[i];
    return NULL;
}

/* The same questions that the agent asks when it is unsealed, and one more: not the lost one's. */
static Err check_given(const KeyFile *file, const Joining *joining, size_t at, Share *ret_share)
{
    const CustodianShares *given = &joining->given[at];
    const Custodian *custodian = find(file, given->custodian);
    const Str bytes = str_from_bytes(given->root, SHARE_BYTES);
    uint8_t hash[HASH_BYTES];

    for (size_t i = 0; i < at; i++)
        if (id_equal(joining->given[i].custodian, given->custodian))
            return fail(E_SAME_CUSTODIAN);
    TRY(sha256(bytes, hash));
    if (!custodian || custodian->index == joining->lost || !crypto_equal(custodian->share_hash, hash, sizeof hash))
        return fail(E_WRONG_SHARE);
    TRY(share_decode(bytes, ret_share));
    return id_equal(ret_share->set, file->set) ? ok() : fail(E_WRONG_SHARE);
}

Err root_join(const Crypto *crypto, const KeyFile *file, const Joining *joining, RootKeys *ret_keys)
{
    AUTO(split_wipe) Split given = {0};
    AUTO(key_wipe) Key root = {0};

    if (joining->count != file->threshold)
        return fail(E_RANGE);
    for (size_t i = 0; i < joining->count; i++)
        TRY(check_given(file, joining, i, &given.shares[i]));
    TRY(shamir_join(given.shares, joining->count, &root));
    TRY(root_keys_derive(crypto, &root, ret_keys));
    return is_ok(key_file_verify(crypto, ret_keys, file)) ? ok() : fail(E_WRONG_SHARE);
}

Err recovery_join(const KeyFile *file, const Joining *joining, Key *ret_recovery)
{
    AUTO(split_wipe) Split given = {0};
    AUTO(key_wipe) Key recovery = {0};
    uint8_t public_key[32];

    if (joining->count > CUSTODIANS_MAX)
        return fail(E_RANGE);
    for (size_t i = 0; i < joining->count; i++)
        TRY(share_decode(str_from_bytes(joining->given[i].recovery, SHARE_BYTES), &given.shares[i]));
    TRY(shamir_join(given.shares, joining->count, &recovery));
    TRY(box_public(&recovery, public_key));
    if (memcmp(public_key, file->recovery_public, sizeof public_key) != 0)
        return fail(E_WRONG_SHARE);
    *ret_recovery = recovery;
    return ok();
}
