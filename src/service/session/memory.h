/* What sessions need and no database keeps: the Argon2id queue, this process's own key, the gate of signing in, and texts that
 * are shown once.
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
typedef struct Gate Gate;         /* service/session/gate.h */
typedef struct DemoNames DemoNames; /* service/session/demo_names.h */
typedef struct Told Told;         /* service/session/told.h */
typedef struct Reasons Reasons;   /* service/session/reasons.h */
typedef struct Files Files;       /* service/session/files.h */

/* Safe for all threads. crypto outlives it. Errors: E_CRYPTO, E_IO, E_NO_MEMORY. */
MUST_USE Err sessions_new(const Crypto *crypto, Sessions **ret_sessions);
void sessions_free(Sessions *sessions);
void sessions_freep(Sessions **sessions);

Passwords *sessions_passwords(Sessions *sessions);
HostList *sessions_host_list(Sessions *sessions);
Gate *sessions_gate(Sessions *sessions);
DemoNames *sessions_demo_names(Sessions *sessions);
Told *sessions_told(Sessions *sessions);
Reasons *sessions_reasons(Sessions *sessions);
Files *sessions_files(Sessions *sessions);
/* A hash that no password fits, at the present cost. */
const PasswordHash *sessions_decoy(const Sessions *sessions);

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
