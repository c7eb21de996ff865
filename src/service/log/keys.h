/* Seals and opens what stands in a log, under the log's sub-keys and bound to its place; makes and checks the head.
 * Must not read or write the database, nor keep a key.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_KEYS_H
#define SERVICE_LOG_KEYS_H

#include "crypto/crypto.h"
#include "domain/fields.h"
#include "domain/policy/matrix.h"
#include "store/rows.h"

/* One log open for one request. Declare it AUTO(log_keys_wipe): the keys die with the scope. */
typedef struct LogKeys {
    const Crypto *crypto;
    Mode mode;
    Id tenant;
    Id log;
    Key entry, header, document, head, fact;
    Opener *entries; /* where many are opened: their key, set up; else NULL */
} LogKeys;

void log_keys_wipe(LogKeys *keys);
/* Many entries are opened with these keys now. Errors: those of opener_new. */
MUST_USE Err log_keys_for_many(LogKeys *keys);
/* Which log, and with which algorithms. */
typedef struct LogOf {
    const Crypto *crypto;
    Mode mode;
    Id tenant;
    Id log;
} LogOf;
/* Derives the sub-keys from the log's scope key. Errors: E_CRYPTO. */
MUST_USE Err log_keys_derive(const LogOf *of, const Key *scope, LogKeys *ret_keys);

/* Where a sealed value of a log stands. */
typedef struct LogPlace {
    SealTable table;
    SealColumn column;
    Id row;
    uint32_t version;
} LogPlace;

/* Seals the canonical encoding of values under the sub-key of its place; *ret_sealed lives in keep.
 * Errors: E_TOO_LARGE, E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err log_seal(const LogKeys *keys, LogPlace place, const Values *values, Arena *keep, Str *ret_sealed);
/* What is found sealed at a place, and the kind that is expected there. */
typedef struct LogSealed {
    LogPlace place;
    KindId kind;
    Str sealed;
} LogSealed;
/* Opens it again.
 * Errors: E_FORGED for anything that was not sealed by us, for this place, as this kind. */
MUST_USE Err log_unseal(const LogKeys *keys, LogSealed found, Arena *keep, Values *ret_values);
/* A consent document, under the document sub-key. version is 1: a document is never changed. */
MUST_USE Err log_seal_document(const LogKeys *keys, Id row, Str bytes, Arena *keep, Str *ret_sealed);
MUST_USE Err log_unseal_document(const LogKeys *keys, Id row, Str sealed, Arena *keep, Str *ret_bytes);
/* The log's head: HMAC over log id, number of rows and the store's digest of all of them (rules: keys 4). */
MUST_USE Err log_head(const LogKeys *keys, const Hash *digest, uint32_t rows, Hash *ret_head);
/* Errors: E_FORGED when head is not what digest and rows give. */
MUST_USE Err log_head_check(const LogKeys *keys, const Hash *digest, uint32_t rows, const Hash *head);

#endif
