/* Who may try to sign in now, decided in memory before the key agent or a database is asked: strangers share what the agent
 * gives a municipality without a grant, and always leave enough of it to those who are familiar (rules: sign-in 8).
 * Must not ask the agent, nor keep a name or an address.
 * Made by memory.c; used by sign_in.c and enrol.c. */
#ifndef SERVICE_SESSION_GATE_H
#define SERVICE_SESSION_GATE_H

#include "crypto/crypto.h"
#include "crypto/key.h"

typedef struct Gate Gate;

/* What tells one attempt from another. */
typedef struct Visit {
    Id tenant;       /* one that there is */
    Str user_name;   /* as people_user_name gives it */
    Str address;     /* the client's; empty: of nobody, and never waits */
    Str familiar;    /* what this browser was given when it signed in: tokens of gate_token, joined by '.' */
    int64_t now;
} Visit;

/* Lives in keep. The key that familiar browsers are known by is random until gate_keep. Errors: E_NO_MEMORY, E_CRYPTO, E_IO. */
MUST_USE Err gate_new(const Crypto *crypto, Arena *keep, Gate **ret_gate);
void gate_done(Gate *gate);
/* The key of this installation: with it, familiar outlives the process. */
void gate_keep(Gate *gate, const Key *familiar);

/* Who comes: somebody whose account has been signed in from this browser, or from this address while this process runs; else a
 * stranger, from an address that has failed lately (worn) or one that has not. */
typedef enum Guest { GUEST_NONE = 0, GUEST_FAMILIAR, GUEST_FRESH, GUEST_WORN, GUEST_COUNT } Guest;

/* Lets an attempt in, or has it wait; an attempt that waits is counted for its address. Whoever was let in leaves.
 * Errors: E_BUSY (gate_until says till when), E_CRYPTO. */
MUST_USE Err gate_enter(Gate *gate, const Visit *visit, Guest *ret_guest);
void gate_leave(Gate *gate, Guest guest);
/* An attempt that was let in failed; until: how long its account waits. The account of one who is familiar does not wait: what
 * is counted then is this browser's own. */
MUST_USE Err gate_failed(Gate *gate, const Visit *visit, Guest guest, int64_t until);
/* It went well: from here on it is familiar. */
MUST_USE Err gate_passed(Gate *gate, const Visit *visit);
/* When this attempt would be let in; now, if it would be. */
MUST_USE Err gate_until(Gate *gate, const Visit *visit, int64_t *ret_until);

/* What a browser keeps: this token, and up to GATE_TOKENS - 1 of those that it had. */
#define GATE_TOKENS 6
MUST_USE Err gate_token(Gate *gate, const Visit *visit, Arena *keep, Str *ret_familiar);

/* The waiting of an address alone (one-time codes): till when, now if it need not wait; and a failure of it. */
MUST_USE Err gate_address_until(Gate *gate, Str address, int64_t now, int64_t *ret_until);
MUST_USE Err gate_address_failed(Gate *gate, Str address, int64_t now);

/* Whether a refusal of somebody who is not signed in is told in the audit by a line of its own. Of many, one line in
 * GATE_TELL_MS tells how many came since the last (*ret_untold). */
#define GATE_TELL_MS ((int64_t)10 * 60 * 1000)
bool gate_tells(Gate *gate, Id tenant, int64_t now, uint32_t *ret_untold);

#endif
