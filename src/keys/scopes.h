/* Keys of scopes, as the key agent gives them: one for each log and each person, one for the register.
 * Must not keep a key longer than its caller: there is no cache across requests.
 * Used by service. Rules: keys 3-9, 11, docs/crypto.md. */
#ifndef KEYS_SCOPES_H
#define KEYS_SCOPES_H

#include "keys/keys.h"

/* One key of one scope, under a grant, and what for. */
typedef struct KeyUse {
    Id grant;
    Id tenant;
    ScopeKind kind;
    Id scope;
    Purpose purpose;
} KeyUse;

/* By a text of this kind; by nothing when it is empty. */
IndexedBy indexed_by(IndexKind kind, Str text);

/* Makes a random scope key; use->purpose is not asked for. by: what it shall be found by: a log by its child's national id, a
 * person by the national id or the e-mail that a registrar typed, never by a user name. Errors: E_TOO_LARGE (a text over
 * 128 bytes), E_RANGE (a kind that this scope is not found by, a national id that is not eleven digits, an e-mail that is
 * nothing but digits). */
MUST_USE Err keys_scope_new(Keys *keys, KeyUse use, IndexedBy by, WrappedKey *ret_wrapped, Key *ret_key);
/* The same scope key, found by something else from now on (a corrected number). Errors: as keys_scope_new. */
MUST_USE Err keys_scope_index(Keys *keys, KeyUse use, Str wrapped, IndexedBy by, WrappedKey *ret_wrapped);

/* The scope key, or for PURPOSE_HEADER and PURPOSE_DRAFT that sub-key only (do not derive it again).
 * PURPOSE_SIGN_IN: grant is none, kind is SCOPE_PERSON. Registers are not counted. Errors also: E_BUSY (wrapped under an epoch that is
 * over: it was read before it was wrapped anew, and is to be read again), E_RANGE (a purpose that is not
 * built, or not for this kind or the grant's role). */
MUST_USE Err keys_unwrap(Keys *keys, KeyUse use, Str wrapped, Key *ret_key);
/* The keys of count (1..UNWRAP_MAX) scopes in one question, each as keys_unwrap gives it and counted as if it had been asked
 * for alone. All or none. Errors also: E_RANGE when they are not all of one grant and tenant. */
MUST_USE Err keys_unwrap_many(Keys *keys, const KeyUse *uses, const Str *wrapped, size_t count, Key *ret_keys);

/* The header sub-keys of count (1..512) logs. */
typedef struct HeaderKeys {
    Id grant;
    Id tenant;
    const Id *scopes;
    const Str *wrapped;
    size_t count;
} HeaderKeys;

/* All or none: wrapped values that do not fit give E_FORGED and *ret_bad is the index of the first. */
MUST_USE Err keys_unwrap_headers(Keys *keys, HeaderKeys wanted, Key *ret_keys, size_t *ret_bad);

/* Who looks something up, and what for: PURPOSE_READ or PURPOSE_SIGN_IN. */
typedef struct IndexUse {
    Id grant; /* none for a user name */
    Id tenant;
    IndexKind kind;
    Purpose purpose;
} IndexUse;

/* Where a text is found, for looking it up. National ids are counted, 20 an hour and person. A user name is looked up to
 * sign in and without a grant; an e-mail has the index that the same user name has, so that neither may be the other's.
 * Errors: E_RANGE (a user name or e-mail that is nothing but digits; a purpose that this kind is not looked up for). */
MUST_USE Err keys_blind_index(Keys *keys, IndexUse use, Str text, BlindIndex *ret_index);

/* A sealed row, and the wrapped key of its scope. */
typedef struct KeyCheck {
    Id tenant;
    ScopeKind kind;
    Str wrapped;
    KeyLabel label; /* of the sub-key it is sealed under */
    SealContext context;
    Str sealed;     /* at most 64 KiB */
} KeyCheck;

/* Opens it inside the agent: ok, or E_FORGED. For verify: no key and no text leaves. Errors: E_TOO_LARGE. */
MUST_USE Err keys_check(Keys *keys, const KeyCheck *check);

#endif
