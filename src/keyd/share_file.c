/* Share files: what a custodian takes away, sealed under a passphrase that only they know.
 * Must not tell a wrong passphrase from a changed file.
 * Called by init and unseal. */
#include <assert.h>
#include <string.h>

#include "keyd/share_file.h"

#define MAGIC "SLSHARE"
#define FORMAT 1
#define AT_MODE 8
#define AT_CUSTODIAN 9
#define AT_SALT 25
#define AT_ZEROS 41
#define AT_SEALED 56
#define PLAIN_BYTES (2 * SHARE_BYTES)

static_assert(AT_SEALED + PLAIN_BYTES + WRAP_OVERHEAD == SHARE_FILE_BYTES, "docs/formats.md");

typedef Err KeyOf(Passwords *passwords, Str passphrase, const uint8_t salt[static 16], Key *ret_key);

/* What opens or seals the two shares of one file. */
typedef struct Opener {
    const Crypto *crypto;
    Passwords *passwords;
    Str passphrase;
} Opener;

static Err sealing_key(const Opener *opener, KeyOf *key_of, const uint8_t *bytes, Key *ret_key)
{
    AUTO(key_wipe) Key slow = {0};
    TRY(key_of(opener->passwords, opener->passphrase, bytes + AT_SALT, &slow));
    return crypto_derive(opener->crypto, &slow, LABEL_SHARE, ret_key);
}

Err share_file_encode(const Crypto *crypto, Passwords *passwords, Str passphrase, const CustodianShares *shares,
                      uint8_t ret_bytes[static SHARE_FILE_BYTES])
{
    AUTO(key_wipe) Key key = {0};
    uint8_t plain[PLAIN_BYTES];
    uint8_t bytes[SHARE_FILE_BYTES] = MAGIC;

    bytes[7] = FORMAT;
    bytes[AT_MODE] = (uint8_t)shares->mode;
    memcpy(bytes + AT_CUSTODIAN, shares->custodian.bytes, ID_BYTES);
    TRY(crypto_random(crypto, bytes + AT_SALT, AT_ZEROS - AT_SALT));
    TRY(sealing_key(&(Opener){crypto, passwords, passphrase}, password_key, bytes, &key));
    memcpy(plain, shares->root, SHARE_BYTES);
    memcpy(plain + SHARE_BYTES, shares->recovery, SHARE_BYTES);
    Err sealed = crypto_wrap(crypto, &key, str_from_bytes(bytes, AT_SEALED), str_from_bytes(plain, sizeof plain),
                             bytes + AT_SEALED);
    crypto_wipe(plain, sizeof plain);
    TRY(sealed);
    memcpy(ret_bytes, bytes, sizeof bytes);
    return ok();
}

static Err open_with(const Opener *opener, KeyOf *key_of, Str file, uint8_t ret_plain[static PLAIN_BYTES])
{
    AUTO(key_wipe) Key key = {0};
    Err derived = sealing_key(opener, key_of, (const uint8_t *)file.data, &key);

    if (derived.id == E_RANGE || derived.id == E_BAD_UTF8)
        return fail(E_WRONG_SHARE);
    TRY(derived);
    Err opened = crypto_unwrap(opener->crypto, &key, str_slice(file, 0, AT_SEALED), str_slice(file, AT_SEALED, file.length),
                               ret_plain);
    return opened.id == E_FORGED ? fail(E_WRONG_SHARE) : opened;
}

Err share_file_decode(const Crypto *crypto, Passwords *passwords, Str passphrase, Str file, CustodianShares *ret_shares)
{
    const Opener opener = {crypto, passwords, passphrase};
    uint8_t plain[PLAIN_BYTES];

    if (file.length != SHARE_FILE_BYTES || !str_starts(file, STR(MAGIC "\x01")))
        return fail(E_MALFORMED);
    const uint8_t *bytes = (const uint8_t *)file.data;
    Err opened = open_with(&opener, password_key, file, plain);
    if (opened.id == E_WRONG_SHARE)
        opened = open_with(&opener, password_key_former, file, plain);
    TRY(opened);
    ret_shares->mode = (Mode)bytes[AT_MODE];
    memcpy(ret_shares->custodian.bytes, bytes + AT_CUSTODIAN, ID_BYTES);
    memcpy(ret_shares->root, plain, SHARE_BYTES);
    memcpy(ret_shares->recovery, plain + SHARE_BYTES, SHARE_BYTES);
    crypto_wipe(plain, sizeof plain);
    return ok();
}
