/* Gives every custodian of a key file one share of the root key and one of the recovery key.
 * Must not keep either key.
 * Called when keys are made and when a custodian is replaced. */
#include "keyd/split.h"

#include <string.h>

void split_wipe(Split *split)
{
    crypto_wipe(split, sizeof *split);
}

Err custodian_name(Custodian *custodian, Str name)
{
    if (name.length > CUSTODIAN_NAME_MAX)
        return fail(E_TOO_LARGE);
    if (!utf8_valid(name))
        return fail(E_BAD_UTF8);
    memset(custodian->name, 0, sizeof custodian->name);
    custodian->name_length = (uint8_t)name.length;
    if (name.length)
        memcpy(custodian->name, name.data, name.length);
    return ok();
}

Err split_among(const Crypto *crypto, const Key *root, const Key *recovery, KeyFile *file, CustodianShares *shares)
{
    AUTO(split_wipe) Split roots = {0};
    AUTO(split_wipe) Split recoveries = {0};
    ShareSet roots_set = {.threshold = file->threshold, .count = file->custodian_count};
    ShareSet recoveries_set = roots_set;

    TRY(crypto_random(crypto, roots_set.id.bytes, ID_BYTES));
    TRY(crypto_random(crypto, recoveries_set.id.bytes, ID_BYTES));
    file->set = roots_set.id;
    TRY(shamir_split(crypto, root, roots_set, roots.shares));
    TRY(shamir_split(crypto, recovery, recoveries_set, recoveries.shares));
    for (size_t i = 0; i < file->custodian_count; i++) {
        Custodian *custodian = &file->custodians[i];
        custodian->index = roots.shares[i].index;
        shares[i].mode = file->mode;
        shares[i].custodian = custodian->id;
        TRY(share_encode(&roots.shares[i], shares[i].root));
        TRY(share_encode(&recoveries.shares[i], shares[i].recovery));
        TRY(sha256(str_from_bytes(shares[i].root, SHARE_BYTES), custodian->share_hash));
    }
    return ok();
}
