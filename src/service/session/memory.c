/* The memory of sessions: queue of password hashes, process key, waits of client addresses, texts shown once.
 * Must not keep an address, and must not grow with the number of those who try.
 * Called by the room session. */
#include "service/session/memory.h"

#include <string.h>
#include <threads.h>

#include "domain/signin.h"
#include "service/session/host_list.h"

#define ADDRESSES 4096 /* a new address takes the place of the one that shares its slot */
#define FAMILIAR 8192
#define FORGET_MS ((int64_t)24 * 60 * 60 * 1000)
#define FAMILIAR_MS (30 * FORGET_MS)
#define SESSIONS_CAP ((size_t)1 << 20)
#define ONCE_SLOTS 64

typedef struct AddressWait {
    Id key;
    uint32_t failures;
    int64_t at;
} AddressWait;

typedef struct Once {
    Hash session;
    Id about;
    int64_t at;
    uint32_t length; /* 0 = free */
    char text[SESSIONS_ONCE_MAX];
} Once;

struct Sessions {
    Arena *arena; /* holds this struct and all below */
    const Crypto *crypto;
    Passwords *passwords;
    PasswordHash decoy;
    Key process;
    mtx_t lock;
    AddressWait *addresses;
    AddressWait *familiar; /* by account and address */
    Once *once[ONCE_USE_COUNT];
    HostList *host_list;
};

static Err fill(const Crypto *crypto, Sessions *sessions)
{
    TRY(ARENA_NEW(sessions->arena, AddressWait, ADDRESSES, &sessions->addresses));
    TRY(ARENA_NEW(sessions->arena, AddressWait, FAMILIAR, &sessions->familiar));
    for (unsigned use = 0; use < ONCE_USE_COUNT; use++)
        TRY(ARENA_NEW(sessions->arena, Once, ONCE_SLOTS, &sessions->once[use]));
    TRY(host_list_new(sessions->arena, &sessions->host_list));
    TRY(crypto_key_new(crypto, &sessions->process));
    TRY(passwords_new(crypto, &sessions->passwords));
    return password_decoy(sessions->passwords, &sessions->decoy);
}

Err sessions_new(const Crypto *crypto, Sessions **ret_sessions)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Sessions *sessions = NULL;

    TRY(arena_new(SESSIONS_CAP, &arena));
    TRY(ARENA_NEW(arena, Sessions, 1, &sessions));
    sessions->crypto = crypto;
    if (mtx_init(&sessions->lock, mtx_plain) != thrd_success)
        return fail(E_NO_MEMORY);
    sessions->arena = TAKE(arena);
    Err filled = fill(crypto, sessions);
    if (is_ok(filled))
        *ret_sessions = sessions;
    else
        sessions_free(sessions);
    return filled;
}

void sessions_free(Sessions *sessions)
{
    if (!sessions)
        return;
    passwords_freep(&sessions->passwords);
    if (sessions->host_list)
        host_list_done(sessions->host_list);
    mtx_destroy(&sessions->lock);
    arena_free(sessions->arena);
}

void sessions_freep(Sessions **sessions)
{
    sessions_free(TAKE(*sessions));
}

Passwords *sessions_passwords(Sessions *sessions)
{
    return sessions->passwords;
}

HostList *sessions_host_list(Sessions *sessions)
{
    return sessions->host_list;
}

const PasswordHash *sessions_decoy(const Sessions *sessions)
{
    return &sessions->decoy;
}

/* The parts begin with a word of their own, so that an address and a code never give the same. */
static Err keyed(const Sessions *sessions, Str use, Str text, uint8_t ret_hash[static HASH_BYTES])
{
    const Str parts[] = {use, text};

    return crypto_hmac(sessions->crypto, &sessions->process, parts, COUNT_OF(parts), ret_hash);
}

static size_t slot_number(const uint8_t hash[static HASH_BYTES], size_t slots)
{
    return (((size_t)hash[ID_BYTES] << 8) | hash[ID_BYTES + 1]) % slots;
}

static Err find_address(Sessions *sessions, Str address, Id *ret_key, AddressWait **ret_slot)
{
    char group[SIGNIN_GROUP_TEXT];
    uint8_t hash[HASH_BYTES];

    signin_address_group(address, group);
    TRY(keyed(sessions, STR("address:"), str_from_c(group), hash));
    memcpy(ret_key->bytes, hash, ID_BYTES);
    *ret_slot = &sessions->addresses[slot_number(hash, ADDRESSES)];
    return ok();
}

static bool remembered(const AddressWait *slot, Id key, int64_t now)
{
    return id_equal(slot->key, key) && now - slot->at < FORGET_MS;
}

/* Failures that have not been forgiven yet. */
static uint32_t failures_left(const AddressWait *slot, int64_t now)
{
    int64_t forgiven = now > slot->at ? (now - slot->at) / ADDRESS_FORGIVE_MS : 0;

    return slot->failures > forgiven ? slot->failures - (uint32_t)forgiven : 0;
}

Err sessions_address_check(Sessions *sessions, Str address, int64_t now)
{
    AddressWait *slot = NULL;
    Id key = {0};

    if (address.length == 0)
        return ok();
    TRY(find_address(sessions, address, &key, &slot));
    mtx_lock(&sessions->lock);
    bool waits = remembered(slot, key, now) && now < slot->at + signin_address_wait(slot->failures);
    mtx_unlock(&sessions->lock);
    return waits ? fail(E_BUSY) : ok();
}

Err sessions_address_failed(Sessions *sessions, Str address, int64_t now)
{
    AddressWait *slot = NULL;
    Id key = {0};

    if (address.length == 0)
        return ok();
    TRY(find_address(sessions, address, &key, &slot));
    mtx_lock(&sessions->lock);
    uint32_t before = remembered(slot, key, now) ? failures_left(slot, now) : 0;
    *slot = (AddressWait){.key = key, .failures = before < UINT32_MAX ? before + 1 : before, .at = now};
    mtx_unlock(&sessions->lock);
    return ok();
}

/* ---- where an account is at home ---- */

static Err find_familiar(Sessions *sessions, Id account, Str address, Id *ret_key, AddressWait **ret_slot)
{
    char group[SIGNIN_GROUP_TEXT];
    uint8_t hash[HASH_BYTES];

    signin_address_group(address, group);
    const Str parts[] = {STR("familiar:"), id_bytes(&account), str_from_c(group)};
    TRY(crypto_hmac(sessions->crypto, &sessions->process, parts, COUNT_OF(parts), hash));
    memcpy(ret_key->bytes, hash, ID_BYTES);
    *ret_slot = &sessions->familiar[slot_number(hash, FAMILIAR)];
    return ok();
}

static bool is_familiar(const AddressWait *slot, Id key, int64_t now)
{
    return id_equal(slot->key, key) && now - slot->at < FAMILIAR_MS;
}

Err sessions_familiar(Sessions *sessions, Visit visit, bool *ret_familiar, bool *ret_waits)
{
    AddressWait *slot = NULL;
    Id key = {0};

    TRY(find_familiar(sessions, visit.account, visit.address, &key, &slot));
    mtx_lock(&sessions->lock);
    *ret_familiar = is_familiar(slot, key, visit.now);
    *ret_waits = *ret_familiar && visit.now < slot->at + signin_wait(slot->failures);
    mtx_unlock(&sessions->lock);
    return ok();
}

Err sessions_familiar_tried(Sessions *sessions, Id account, Str address, int64_t now, bool right)
{
    AddressWait *slot = NULL;
    Id key = {0};

    TRY(find_familiar(sessions, account, address, &key, &slot));
    mtx_lock(&sessions->lock);
    bool known = is_familiar(slot, key, now);
    if (right)
        *slot = (AddressWait){.key = key, .at = now};
    else if (known)
        *slot = (AddressWait){.key = key, .failures = slot->failures < UINT32_MAX ? slot->failures + 1 : slot->failures, .at = now};
    mtx_unlock(&sessions->lock);
    return ok();
}

Err sessions_totp_secret(const Sessions *sessions, Id code, uint8_t ret_secret[static TOTP_SECRET_BYTES])
{
    uint8_t hash[HASH_BYTES];

    TRY(keyed(sessions, STR("totp:"), id_bytes(&code), hash));
    memcpy(ret_secret, hash, TOTP_SECRET_BYTES);
    crypto_wipe(hash, sizeof hash);
    return ok();
}

/* ---- shown once ---- */

static void forget_once(Once *slot)
{
    crypto_wipe(slot, sizeof *slot);
}

static bool is_once_of(const Once *slot, const OnceKey *key)
{
    return slot->length > 0 && crypto_equal(slot->session.bytes, key->session->bytes, HASH_BYTES) &&
           id_equal(slot->about, key->about);
}

/* The slot of this key, else a free one of its use, else the oldest of these. */
static Once *once_slot(Sessions *sessions, const OnceKey *key)
{
    Once *slots = sessions->once[key->use], *best = &slots[0];

    for (size_t i = 0; i < ONCE_SLOTS; i++) {
        Once *slot = &slots[i];
        if (is_once_of(slot, key))
            return slot;
        if (best->length > 0 && (slot->length == 0 || slot->at < best->at))
            best = slot;
    }
    return best;
}

/* Of every use: a code does not outlive its time because only sentences come and go. */
static void forget_old_once(Sessions *sessions, int64_t now)
{
    for (unsigned use = 0; use < ONCE_USE_COUNT; use++)
        for (size_t i = 0; i < ONCE_SLOTS; i++) {
            Once *slot = &sessions->once[use][i];
            if (slot->length > 0 && now - slot->at >= SESSIONS_ONCE_MS)
                forget_once(slot);
        }
}

Err sessions_once_put(Sessions *sessions, OnceKey key, Str text, int64_t now)
{
    if (text.length > SESSIONS_ONCE_MAX)
        return fail(E_TOO_LARGE);
    mtx_lock(&sessions->lock);
    forget_old_once(sessions, now);
    Once *slot = once_slot(sessions, &key);
    forget_once(slot);
    slot->session = *key.session;
    slot->about = key.about;
    slot->at = now;
    slot->length = (uint32_t)text.length;
    if (text.length > 0)
        memcpy(slot->text, text.data, text.length);
    mtx_unlock(&sessions->lock);
    return ok();
}

Err sessions_once_take(Sessions *sessions, OnceKey key, int64_t now, Arena *keep, Str *ret_text)
{
    Err taken = ok();
    Str text = STR_NONE;

    mtx_lock(&sessions->lock);
    forget_old_once(sessions, now);
    for (size_t i = 0; i < ONCE_SLOTS && is_ok(taken); i++) {
        Once *slot = &sessions->once[key.use][i];
        if (!is_once_of(slot, &key))
            continue;
        taken = str_copy(keep, str_from_bytes(slot->text, slot->length), &text);
        if (is_ok(taken))
            forget_once(slot);
    }
    mtx_unlock(&sessions->lock);
    TRY(taken);
    *ret_text = text;
    return ok();
}
