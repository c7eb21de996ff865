/* The memory of sessions: queue of password hashes, process key, waits of client addresses, texts shown once.
 * Must not keep an address, and must not grow with the number of those who try.
 * Called by the room session. */
#include "service/session/memory.h"

#include <string.h>
#include <threads.h>

#include "service/session/demo_names.h"
#include "service/session/files.h"
#include "service/session/gate.h"
#include "service/session/host_list.h"
#include "service/session/reasons.h"
#include "service/session/told.h"

#define SESSIONS_CAP ((size_t)4 << 20)
#define ONCE_SLOTS 64

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
    Once *once[ONCE_USE_COUNT];
    HostList *host_list;
    Gate *gate;
    DemoNames *demo_names;
    Told *told;
    Reasons *reasons;
    Files *files;
};

static Err fill(const Crypto *crypto, Sessions *sessions)
{
    for (unsigned use = 0; use < ONCE_USE_COUNT; use++)
        TRY(ARENA_NEW(sessions->arena, Once, ONCE_SLOTS, &sessions->once[use]));
    TRY(host_list_new(sessions->arena, &sessions->host_list));
    TRY(gate_new(crypto, sessions->arena, &sessions->gate));
    TRY(files_new(sessions->arena, &sessions->files));
    TRY(told_new(sessions->arena, &sessions->told));
    TRY(reasons_new(sessions->arena, &sessions->reasons));
    TRY(demo_names_new(sessions->arena, &sessions->demo_names));
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
    if (sessions->files)
        files_done(sessions->files);
    if (sessions->told)
        told_done(sessions->told);
    if (sessions->reasons)
        reasons_done(sessions->reasons);
    if (sessions->demo_names)
        demo_names_done(sessions->demo_names);
    if (sessions->gate)
        gate_done(sessions->gate);
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

Gate *sessions_gate(Sessions *sessions)
{
    return sessions->gate;
}

Files *sessions_files(Sessions *sessions)
{
    return sessions->files;
}

Told *sessions_told(Sessions *sessions)
{
    return sessions->told;
}

Reasons *sessions_reasons(Sessions *sessions)
{
    return sessions->reasons;
}

DemoNames *sessions_demo_names(Sessions *sessions)
{
    return sessions->demo_names;
}

const PasswordHash *sessions_decoy(const Sessions *sessions)
{
    return &sessions->decoy;
}

/* The use is part of it, so that no two of them ever give the same. */
static Err keyed(const Sessions *sessions, Str use, Str text, uint8_t ret_hash[static HASH_BYTES])
{
    const Str parts[] = {use, text};

    return crypto_hmac(sessions->crypto, &sessions->process, parts, COUNT_OF(parts), ret_hash);
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
