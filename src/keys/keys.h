/* The client of the key agent: its state, grants, signed heads, journal. Keys of scopes: keys/scopes.h.
 * Must not keep a key longer than its caller: there is no cache across requests.
 * Used by service, jobs, cli. Rules: keys 3-9, 11, docs/crypto.md. */
#ifndef KEYS_KEYS_H
#define KEYS_KEYS_H

#include "crypto/crypto.h"
#include "wire/wire.h"

/* A pool of connections to one agent. Safe for all threads; connects when needed, connects anew when the agent was
 * restarted (grants of before are gone then: E_NO_GRANT).
 * Errors of every function below, and of those in keys/scopes.h: E_NO_AGENT (gone, or no answer in time), E_SEALED, E_NO_GRANT (unknown, ended, or of
 * another tenant), E_BUDGET, E_FORGED, E_MODE, E_NOT_FOUND (no such municipality), E_BUSY (all connections in use). */
typedef struct Keys Keys;

typedef struct KeysOptions {
    const char *socket;   /* path of the agent's socket */
    const Crypto *crypto; /* must outlive the client */
    int timeout_ms;       /* per message; 0 means 2000 */
    int connections;      /* 1..64; 0 means 16 */
} KeysOptions;

/* Does not connect yet. Errors: E_TOO_LARGE (path), E_NO_MEMORY. */
MUST_USE Err keys_open(const KeysOptions *options, Keys **ret_keys);
void keys_close(Keys *keys);
void keys_closep(Keys **keys);
/* How many questions were put to the agent since opening: equal for what must not be told apart (rules: access 7). */
uint64_t keys_messages(const Keys *keys);
/* The algorithms, for sealing and opening with the keys it gives. */
const Crypto *keys_crypto(const Keys *keys);

typedef struct KeysStatus {
    Mode mode;
    bool sealed;
    uint8_t shares_given;  /* distinct custodians in the open attempt */
    uint8_t threshold;
    uint8_t custodians;
    uint8_t memory;        /* of the keys that stay: 0 plain, 1 locked, 2 memfd_secret (root cannot read it) */
    uint8_t calls_limited; /* SandboxState of seccomp */
    uint8_t paths_limited; /* SandboxState of Landlock */
    uint32_t grants;
    uint32_t municipalities;
    int64_t now;           /* the agent's clock, UTC ms */
    uint8_t head_public[32];     /* Ed25519: verifies signed heads */
    uint8_t recovery_public[32]; /* X25519: backups are sealed to it */
} KeysStatus;

/* Works while sealed. */
MUST_USE Err keys_status(Keys *keys, KeysStatus *ret_status);

/* A share, as decoded by the custodian's own process. Errors: E_WRONG_SHARE, E_SAME_CUSTODIAN. */
MUST_USE Err keys_unseal_share(Keys *keys, Id custodian, const uint8_t *share_bytes, KeysStatus *ret_status);
/* One person may seal: the safe direction. */
MUST_USE Err keys_seal(Keys *keys);

/* A grant for one person in one role, at most 8 h. */
typedef struct GrantWish {
    Id tenant;
    Id person;
    uint8_t role;
    int64_t ends_at; /* UTC ms */
} GrantWish;

/* ret_grant is none of the caller's choice: the agent makes it.
 * Errors: E_RANGE (ends in the past or later than 8 h from now), E_FORGED (no head of the database, or of the host's, was
 * shown since unsealing, or an older one was). */
MUST_USE Err keys_grant_new(Keys *keys, GrantWish wish, Id *ret_grant);
/* Its session goes on: without a use a grant opens drafts only after as long as a session may be idle. */
MUST_USE Err keys_grant_touch(Keys *keys, Id grant, Id tenant);
MUST_USE Err keys_grant_end(Keys *keys, Id grant);

/* Signs and remembers a head; a smaller size, or the same size with another root, is E_FORGED: grants of that tenant end
 * (of all tenants, for the host's database) and no new one is given until a good head is shown. */
MUST_USE Err keys_sign_head(Keys *keys, const AuditHead *head, uint8_t ret_signature[static SIGNATURE_BYTES]);
/* The newest head the agent knows; size 0: none. For verify. */
MUST_USE Err keys_head_newest(Keys *keys, Id tenant, AuditHead *ret_head);

/* The agent's journal of key acts: the oldest records after `after`. Those up to seq stand in the host's audit now, and are
 * forgotten. Errors of keys_journal_taken: E_RANGE (not that many). */
MUST_USE Err keys_journal(Keys *keys, uint64_t after, JournalRecord ret_records[static JOURNAL_RECORDS], uint32_t *ret_count);
MUST_USE Err keys_journal_taken(Keys *keys, uint64_t seq);

/* Keys for a new municipality (tenant 0 is made by init). Errors: E_DUPLICATE. */
MUST_USE Err keys_municipality_new(Keys *keys, Id tenant);
/* Test mode only, forward only. Errors: E_MODE, E_RANGE. */
MUST_USE Err keys_clock_advance(Keys *keys, int64_t by_ms);

#endif
