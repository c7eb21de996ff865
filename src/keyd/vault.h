/* What the agent does with one municipality's keys: make, wrap, open and find scopes. No I/O, no clock.
 * Must not hand a municipality's keys out of this folder.
 * Called by keyd. Rules: keys 3, 5, 8. */
#ifndef KEYD_VAULT_H
#define KEYD_VAULT_H

#include "crypto/crypto.h"
#include "wire/wire.h"

/* The keys of one municipality while the agent is unsealed; lives in locked memory, wiped at sealing. */
typedef struct Municipality {
    Id tenant;
    Mode mode;
    uint32_t epoch;
    Key key;             /* wraps scope keys; turned with the epoch */
    Key permanent_index; /* inner = HMAC(permanent, text): survives epochs */
    Key epoch_index;     /* index = HMAC(epoch index, inner): turned with the epoch */
    Key name_index;      /* the same of user names, by which somebody signs in: survives epochs */
    int64_t turned_at;   /* when this epoch began, UTC ms; 0: before that was kept */
    /* While it is turned the epoch before opens and finds too; else all of this is zero. */
    uint32_t former_epoch;
    Key former_key;
    Key former_index;
} Municipality;

void municipality_wipe(Municipality *municipality);

/* How many scopes of a kind the agent has made for a municipality, less what ceilings.h does not count. */
typedef struct ScopesMade {
    uint32_t logs;
    uint32_t persons;
} ScopesMade;

/* A scope key out of its wrapping. */
typedef struct Scope {
    Key key;
    bool has_inner;
    uint8_t inner[HASH_BYTES];
} Scope;

void scope_wipe(Scope *scope);

/* Random keys for a municipality, epoch 1. Errors: E_IO. */
MUST_USE Err municipality_make(const Crypto *crypto, Mode mode, Id tenant, Municipality *ret_municipality);

/* A new epoch begins, and the former one stays until municipality_turned. Errors: E_IO, E_DUPLICATE (one is being turned). */
MUST_USE Err municipality_turn(const Crypto *crypto, int64_t now, Municipality *municipality);
/* The former epoch's keys leave it. */
void municipality_turned(Municipality *municipality);

/* A fresh scope; index_kind INDEX_NONE leaves it without an index. Errors: E_IO, E_CRYPTO. */
MUST_USE Err scope_make(const Crypto *crypto, const Municipality *municipality, IndexedBy by, Scope *ret_scope);
/* Gives a scope another index text. */
MUST_USE Err scope_set_index(const Crypto *crypto, const Municipality *municipality, IndexedBy by, Scope *scope);
/* Where a scope's key belongs. */
typedef struct ScopePlace {
    const Municipality *municipality;
    ScopeKind kind;
    Id id;
} ScopePlace;

/* Wraps under the present epoch, bound to mode, tenant, kind, scope id and epoch. */
MUST_USE Err scope_wrap(const Crypto *crypto, const ScopePlace *place, const Scope *scope, WrappedKey *ret_wrapped);
/* Errors: E_FORGED for another place, kind or municipality, or an epoch that has not been; E_STALE for an epoch that is over;
 * E_MALFORMED for another format. */
MUST_USE Err scope_open(const Crypto *crypto, const ScopePlace *place, Str wrapped, Scope *ret_scope);
/* The epoch that a wrapped key names. Errors: E_MALFORMED. */
MUST_USE Err wrapped_epoch(Str wrapped, uint32_t *ret_epoch);
/* Where a text is found. */
MUST_USE Err municipality_index(const Crypto *crypto, const Municipality *municipality, IndexedBy by, BlindIndex *ret_index);
/* The key that proves rows of the municipality's database: the same in every epoch, and it opens nothing. */
MUST_USE Err municipality_row_key(const Crypto *crypto, const Municipality *municipality, Key *ret_key);
/* The private half of a key pair, out of the key that no epoch turns. Errors: E_RANGE (no such use). */
MUST_USE Err municipality_pair(const Crypto *crypto, const Municipality *municipality, PairUse use, Key *ret_private);
/* What a purpose gets of a log's key: all of it, or one sub-key. Errors: E_RANGE for a purpose that gets none. */
MUST_USE Err scope_key_for(const Crypto *crypto, const Scope *scope, Purpose purpose, Key *ret_key);

#endif
