/* Argon2id through libsodium, one at a time, ten may wait: the memory of a flood of sign-ins is bounded.
 * Must not start a second hash beside the first.
 * Called from service and cli. */
#include "crypto/password.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/clean.h"

#define FORMAT 1
#define SCRATCH ((size_t)64 << 10)
#define MEMORY_KIB (64u * 1024)
#define PASSES 3u
#define MEMORY_KIB_MAX (256u * 1024)
#define PASSES_MAX 16u
#define WAITING_MAX 10 /* the gate of signing in lets fewer come so far (service/session/gate.h) */
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

/* The one that hashes and those that wait. */
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

/* What a password is hashed as: NFC, so that it fits whichever keyboard it is typed on. */
static Err compose(Str password, Arena *scratch, Str *ret_composed)
{
    if (password.length > PASSWORD_MAX_BYTES)
        return fail(E_RANGE);
    TRY(text_nfc(password, scratch, ret_composed));
    return utf8_length(*ret_composed) < PASSWORD_MIN_CODE_POINTS ? fail(E_RANGE) : ok();
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
    AUTO(arena_freep) Arena *arena = NULL;
    PasswordHash hash;
    Str composed = STR_NONE;

    TRY(arena_new(SCRATCH, &arena));
    TRY(compose(password, arena, &composed));
    TRY(new_hash(passwords->crypto, &hash));
    TRY(argon(passwords, composed, hash.bytes + AT_SALT, todays, hash.bytes + AT_HASH));
    *ret_hash = hash;
    return ok();
}

Err password_decoy(Passwords *passwords, PasswordHash *ret_hash)
{
    return new_hash(passwords->crypto, ret_hash);
}

/* Composed, and decomposed where that differs: hashes were once made of the letters as they came. What is typed decides how
 * many are tried, never what is stored: the time tells nothing about an account. What cannot be one costs as much as a wrong one. */
static Err forms_of(Str password, Arena *scratch, Str ret_forms[static 2], size_t *ret_count)
{
    bool possible = password.length <= PASSWORD_MAX_BYTES && utf8_valid(password);

    ret_forms[0] = STR_NONE;
    *ret_count = 1;
    if (!possible)
        return ok();
    TRY(text_nfc(password, scratch, &ret_forms[0]));
    TRY(text_nfd(password, scratch, &ret_forms[1]));
    *ret_count += !str_equal(ret_forms[0], ret_forms[1]);
    return ok();
}

Err password_verify(Passwords *passwords, Str password, const PasswordHash *hash)
{
    AUTO(arena_freep) Arena *arena = NULL;
    uint8_t computed[HASH_BYTES];
    const Cost cost = {.memory_kib = get_u32(hash->bytes + 1), .passes = get_u32(hash->bytes + 5)};
    size_t count = 0;
    bool right = false;
    Str forms[2];

    if (hash->bytes[0] != FORMAT || cost.memory_kib < 8 || cost.memory_kib > MEMORY_KIB_MAX || cost.passes < 1 ||
        cost.passes > PASSES_MAX)
        return fail(E_MALFORMED);
    TRY(arena_new(SCRATCH, &arena));
    TRY(forms_of(password, arena, forms, &count));
    for (size_t i = 0; i < count; i++) {
        TRY(argon(passwords, forms[i], hash->bytes + AT_SALT, cost, computed));
        right |= crypto_equal(computed, hash->bytes + AT_HASH, HASH_BYTES) && forms[i].length > 0;
        crypto_wipe(computed, sizeof computed);
    }
    return right ? ok() : fail(E_NO_SESSION);
}

bool password_outdated(const PasswordHash *hash)
{
    return get_u32(hash->bytes + 1) < MEMORY_KIB || get_u32(hash->bytes + 5) < PASSES;
}

static Err key_of(Passwords *passwords, Str form, const uint8_t salt[static 16], Key *ret_key)
{
    AUTO(key_wipe) Key key = {0};

    TRY(argon(passwords, form, salt, todays, key.bytes));
    *ret_key = key;
    return ok();
}

Err password_key(Passwords *passwords, Str passphrase, const uint8_t salt[static 16], Key *ret_key)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str composed = STR_NONE;

    TRY(arena_new(SCRATCH, &arena));
    TRY(compose(passphrase, arena, &composed));
    return key_of(passwords, composed, salt, ret_key);
}

Err password_key_former(Passwords *passwords, Str passphrase, const uint8_t salt[static 16], Key *ret_key)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str forms[2];
    size_t count = 0;

    TRY(arena_new(SCRATCH, &arena));
    TRY(forms_of(passphrase, arena, forms, &count));
    return count < 2 ? fail(E_RANGE) : key_of(passwords, forms[1], salt, ret_key);
}
