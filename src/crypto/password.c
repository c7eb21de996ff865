/* Argon2id through libsodium, one at a time, four may wait: the memory of a flood of sign-ins is bounded.
 * Must not start a second hash beside the first.
 * Called from service and cli. */
#include "crypto/password.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#define FORMAT 1
#define MEMORY_KIB (64u * 1024)
#define PASSES 3u
#define MEMORY_KIB_MAX (256u * 1024)
#define PASSES_MAX 16u
#define WAITING_MAX 4
#define AT_SALT 9
#define AT_HASH 25

struct Passwords {
    const Crypto *crypto;
    mtx_t queue;   /* guards waiting */
    mtx_t running; /* held by the one that hashes */
    int waiting;
};

Err passwords_new(const Crypto *crypto, Passwords **ret_passwords)
{
    Passwords *passwords = calloc(1, sizeof *passwords);
    if (!passwords)
        return fail(E_NO_MEMORY);
    passwords->crypto = crypto;
    if (mtx_init(&passwords->queue, mtx_plain) != thrd_success || mtx_init(&passwords->running, mtx_plain) != thrd_success) {
        free(passwords);
        return fail(E_NO_MEMORY);
    }
    *ret_passwords = passwords;
    return ok();
}

void passwords_free(Passwords *passwords)
{
    if (!passwords)
        return;
    mtx_destroy(&passwords->running);
    mtx_destroy(&passwords->queue);
    free(passwords);
}

void passwords_freep(Passwords **passwords)
{
    passwords_free(*passwords);
    *passwords = NULL;
}

/* The one that hashes and four that wait. */
static Err enter(Passwords *passwords)
{
    mtx_lock(&passwords->queue);
    bool full = passwords->waiting > WAITING_MAX;
    if (!full)
        passwords->waiting++;
    mtx_unlock(&passwords->queue);
    if (full)
        return fail(E_BUSY);
    mtx_lock(&passwords->running);
    return ok();
}

static void leave(Passwords *passwords)
{
    mtx_unlock(&passwords->running);
    mtx_lock(&passwords->queue);
    passwords->waiting--;
    mtx_unlock(&passwords->queue);
}

typedef struct Cost {
    uint32_t memory_kib;
    uint32_t passes;
} Cost;

static const Cost todays = {.memory_kib = MEMORY_KIB, .passes = PASSES};

static Err argon(Passwords *passwords, Str password, const uint8_t *salt, Cost cost, uint8_t ret_hash[static HASH_BYTES])
{
    TRY(enter(passwords));
    int result = crypto_pwhash(ret_hash, HASH_BYTES, password.length ? password.data : "", password.length, salt, cost.passes,
                               (size_t)cost.memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
    leave(passwords);
    return result == 0 ? ok() : fail(E_CRYPTO);
}

static Err check_password(Str password)
{
    if (password.length > PASSWORD_MAX_BYTES)
        return fail(E_RANGE);
    if (!utf8_valid(password))
        return fail(E_BAD_UTF8);
    if (utf8_length(password) < PASSWORD_MIN_CODE_POINTS)
        return fail(E_RANGE);
    return ok();
}

static void put_u32(uint8_t *to, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t get_u32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static Err new_hash(const Crypto *crypto, PasswordHash *ret_hash)
{
    ret_hash->bytes[0] = FORMAT;
    put_u32(ret_hash->bytes + 1, MEMORY_KIB);
    put_u32(ret_hash->bytes + 5, PASSES);
    return crypto_random(crypto, ret_hash->bytes + AT_SALT, PASSWORD_BYTES - AT_SALT);
}

Err password_hash(Passwords *passwords, Str password, PasswordHash *ret_hash)
{
    PasswordHash hash;
    TRY(check_password(password));
    TRY(new_hash(passwords->crypto, &hash));
    TRY(argon(passwords, password, hash.bytes + AT_SALT, todays, hash.bytes + AT_HASH));
    *ret_hash = hash;
    return ok();
}

Err password_decoy(Passwords *passwords, PasswordHash *ret_hash)
{
    return new_hash(passwords->crypto, ret_hash);
}

Err password_verify(Passwords *passwords, Str password, const PasswordHash *hash)
{
    uint8_t computed[HASH_BYTES];
    const Cost cost = {.memory_kib = get_u32(hash->bytes + 1), .passes = get_u32(hash->bytes + 5)};

    if (hash->bytes[0] != FORMAT || cost.memory_kib < 8 || cost.memory_kib > MEMORY_KIB_MAX || cost.passes < 1 ||
        cost.passes > PASSES_MAX)
        return fail(E_MALFORMED);
    /* A password that is too long costs the same as a wrong one. */
    bool too_long = password.length > PASSWORD_MAX_BYTES;
    TRY(argon(passwords, too_long ? STR_NONE : password, hash->bytes + AT_SALT, cost, computed));
    bool right = crypto_equal(computed, hash->bytes + AT_HASH, HASH_BYTES) && !too_long;
    crypto_wipe(computed, sizeof computed);
    return right ? ok() : fail(E_NO_SESSION);
}

bool password_outdated(const PasswordHash *hash)
{
    return get_u32(hash->bytes + 1) < MEMORY_KIB || get_u32(hash->bytes + 5) < PASSES;
}

Err password_key(Passwords *passwords, Str passphrase, const uint8_t salt[static 16], Key *ret_key)
{
    AUTO(key_wipe) Key key = {0};
    TRY(check_password(passphrase));
    TRY(argon(passwords, passphrase, salt, todays, key.bytes));
    *ret_key = key;
    return ok();
}
