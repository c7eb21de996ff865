/* Shamir's sharing over GF(2^8) (polynomial 0x11b), byte by byte, with no branch and no table on secret bytes.
 * Must not be asked whether a share is right beyond its checksum: what the joined key opens tells that.
 * Called from cli and keyd. */
#include "crypto/shamir.h"

#include <string.h>

#define CHECKSUM_BYTES 8
#define VALUE_AT 18

void share_wipe(Share *share)
{
    crypto_wipe(share, sizeof *share);
}

static uint8_t gf_multiply(uint8_t a, uint8_t b)
{
    uint32_t product = 0;
    uint32_t left = a;
    for (unsigned bit = 0; bit < 8; bit++) {
        product ^= left & (0u - ((uint32_t)b >> bit & 1u));
        left = (left << 1) ^ (0x11bu & (0u - (left >> 7 & 1u)));
    }
    return (uint8_t)product;
}

/* a^254; the inverse of every a but 0. */
static uint8_t gf_invert(uint8_t a)
{
    uint8_t power = a;
    for (int i = 0; i < 6; i++)
        power = gf_multiply(gf_multiply(power, power), a);
    return gf_multiply(power, power);
}

Err shamir_split(const Crypto *crypto, const Key *key, ShareSet set, Share ret_shares[static SHARES_MAX])
{
    uint8_t coefficients[SHARES_MAX - 1][KEY_BYTES];

    if (set.count < 1 || set.count > SHARES_MAX || set.threshold < 1 || set.threshold > set.count)
        return fail(E_RANGE);
    TRY(crypto_random(crypto, coefficients, sizeof coefficients));
    for (uint8_t s = 0; s < set.count; s++) {
        Share *share = &ret_shares[s];
        *share = (Share){.set = set.id, .index = (uint8_t)(s + 1), .threshold = set.threshold};
        for (size_t byte = 0; byte < KEY_BYTES; byte++) {
            uint8_t value = 0;
            for (int power = set.threshold - 2; power >= 0; power--)
                value = gf_multiply((uint8_t)(value ^ coefficients[power][byte]), share->index);
            share->value[byte] = (uint8_t)(value ^ key->bytes[byte]);
        }
    }
    crypto_wipe(coefficients, sizeof coefficients);
    return ok();
}

static Err check_set(const Share *shares, size_t count)
{
    if (count < 1 || count > SHARES_MAX || count != shares[0].threshold)
        return fail(E_WRONG_SHARE);
    for (size_t i = 0; i < count; i++) {
        if (!id_equal(shares[i].set, shares[0].set) || shares[i].threshold != shares[0].threshold ||
            shares[i].index < 1 || shares[i].index > SHARES_MAX)
            return fail(E_WRONG_SHARE);
        for (size_t other = 0; other < i; other++)
            if (shares[other].index == shares[i].index)
                return fail(E_WRONG_SHARE);
    }
    return ok();
}

Err shamir_join(const Share *shares, size_t count, Key *ret_key)
{
    AUTO(key_wipe) Key key = {0};

    TRY(check_set(shares, count));
    for (size_t i = 0; i < count; i++) {
        /* Lagrange's factor at x = 0. Indexes are not secret. */
        uint8_t factor = 1;
        for (size_t j = 0; j < count; j++)
            if (j != i)
                factor = gf_multiply(factor, gf_multiply(shares[j].index, gf_invert(shares[j].index ^ shares[i].index)));
        for (size_t byte = 0; byte < KEY_BYTES; byte++)
            key.bytes[byte] ^= gf_multiply(shares[i].value[byte], factor);
    }
    *ret_key = key;
    return ok();
}

Err share_encode(const Share *share, uint8_t ret_bytes[static SHARE_BYTES])
{
    uint8_t hash[HASH_BYTES];

    memcpy(ret_bytes, share->set.bytes, ID_BYTES);
    ret_bytes[16] = share->index;
    ret_bytes[17] = share->threshold;
    memcpy(ret_bytes + VALUE_AT, share->value, KEY_BYTES);
    TRY(sha256(str_from_bytes(ret_bytes, SHARE_BYTES - CHECKSUM_BYTES), hash));
    memcpy(ret_bytes + SHARE_BYTES - CHECKSUM_BYTES, hash, CHECKSUM_BYTES);
    return ok();
}

Err share_decode(Str bytes, Share *ret_share)
{
    uint8_t hash[HASH_BYTES];
    Share share;

    if (bytes.length != SHARE_BYTES)
        return fail(E_WRONG_SHARE);
    TRY(sha256(str_slice(bytes, 0, SHARE_BYTES - CHECKSUM_BYTES), hash));
    if (!crypto_equal(hash, bytes.data + SHARE_BYTES - CHECKSUM_BYTES, CHECKSUM_BYTES))
        return fail(E_WRONG_SHARE);
    memcpy(share.set.bytes, bytes.data, ID_BYTES);
    share.index = (uint8_t)bytes.data[16];
    share.threshold = (uint8_t)bytes.data[17];
    memcpy(share.value, bytes.data + VALUE_AT, KEY_BYTES);
    if (share.index < 1 || share.index > SHARES_MAX || share.threshold < 1 || share.threshold > SHARES_MAX)
        return fail(E_WRONG_SHARE);
    *ret_share = share;
    return ok();
}
