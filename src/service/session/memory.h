/* What sessions need and no database keeps: the Argon2id queue, this process's own key, waits of client addresses, and
 * texts that are shown once.
 * Must not be stored, nor outlive the process; no address stands here in the clear.
 * Made in main (cli/serve, tests); used by the room session. Rules: sign-in 13, reading-and-writing 15. */
#ifndef SERVICE_SESSION_MEMORY_H
#define SERVICE_SESSION_MEMORY_H

#include "base/world.h"
#include "crypto/password.h"
#include "crypto/totp.h"
#include "store/rows.h"

typedef struct Sessions Sessions;
typedef struct HostList HostList; /* service/session/host_list.h */

/* Safe for all threads. crypto outlives it. Errors: E_CRYPTO, E_IO, E_NO_MEMORY. */
MUST_USE Err sessions_new(const Crypto *crypto, Sessions **ret_sessions);
void sessions_free(Sessions *sessions);
void sessions_freep(Sessions **sessions);

Passwords *sessions_passwords(Sessions *sessions);
HostList *sessions_host_list(Sessions *sessions);
/* A hash that no password fits, at the present cost. */
const PasswordHash *sessions_decoy(const Sessions *sessions);

/* Errors: E_BUSY while this address must still wait; E_CRYPTO. An empty address never waits. */
MUST_USE Err sessions_address_check(Sessions *sessions, Str address, int64_t now);
/* Counts a failure of this address. Its wait ends by itself, and what is remembered of it goes with the next day. */
MUST_USE Err sessions_address_failed(Sessions *sessions, Str address, int64_t now);

/* An account at an address, at a time. */
typedef struct Visit {
    Id account;   /* the key of its wait */
    Str address;
    int64_t now;
} Visit;

/* Where an account has been signed in from before. Failures elsewhere do not keep its owner away from there: only those
 * of this account at this address count (rules: sign-in 8: no outsider locks anybody out). account: the key of its wait.
 * *ret_familiar false: never signed in from there, or long ago. *ret_waits: failures there are waited for. */
MUST_USE Err sessions_familiar(Sessions *sessions, Visit visit, bool *ret_familiar, bool *ret_waits);
/* Notes an attempt at a familiar address that failed, or one at any address that did not: the address is familiar then. */
MUST_USE Err sessions_familiar_tried(Sessions *sessions, Id account, Str address, int64_t now, bool right);

/* The authenticator's secret that belongs to an enrolment code: the same on both pages, carried by neither. It is new
 * when the process has been started again. */
MUST_USE Err sessions_totp_secret(const Sessions *sessions, Id code, uint8_t ret_secret[static TOTP_SECRET_BYTES]);

/* What a text is for. Each use has room of its own: sentences that nobody fetches push out no code. */
typedef enum OnceUse { ONCE_CODES, ONCE_DONE, ONCE_USE_COUNT } OnceUse;

/* A text for the next page of one session, about one object (none: about the municipality). */
typedef struct OnceKey {
    const Hash *session;
    Id about;
    OnceUse use;
} OnceKey;

/* The text is gone when it is taken, after SESSIONS_ONCE_MS, and when the process ends; a newer one of the same key takes
 * its place. When too many of one use wait, the oldest of them goes. Errors: E_TOO_LARGE for more than SESSIONS_ONCE_MAX
 * bytes. */
#define SESSIONS_ONCE_MAX ((size_t)4 << 10)
#define SESSIONS_ONCE_MS ((int64_t)10 * 60 * 1000)
MUST_USE Err sessions_once_put(Sessions *sessions, OnceKey key, Str text, int64_t now);
/* Empty when there is none. */
MUST_USE Err sessions_once_take(Sessions *sessions, OnceKey key, int64_t now, Arena *keep, Str *ret_text);

#endif
