/* What the parts of the log service share: the keys of one log, sealing in its place, and who stands how to it.
 * Must not be included outside service/log_*.c and their tests.
 * Rules: settled 2, 3, 15; 2-lifecycle. */
#ifndef SERVICE_LOG_PRIV_H
#define SERVICE_LOG_PRIV_H

#include "domain/lifecycle.h"
#include "service/log.h"

/* ---- keys and sealing (log_seal.c) ---- */

/* One log open for one request. Declare it AUTO(log_keys_wipe): the keys die with the scope. */
typedef struct LogKeys {
    const Crypto *crypto;
    Mode mode;
    Id tenant;
    Id log;
    Key entry, header, document, head;
} LogKeys;

void log_keys_wipe(LogKeys *keys);
/* Derives the sub-keys from the log's scope key. Errors: E_CRYPTO. */
MUST_USE Err log_keys_derive(const Crypto *crypto, Mode mode, Id tenant, Id log, const Key *scope, LogKeys *ret_keys);

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
/* Opens it again; the kind must be the one expected there.
 * Errors: E_FORGED for anything that was not sealed by us, for this place, as this kind. */
MUST_USE Err log_unseal(const LogKeys *keys, LogPlace place, KindId kind, Str sealed, Arena *keep, Values *ret_values);
/* A consent document, under the document sub-key. version is 1: a document is never changed. */
MUST_USE Err log_seal_document(const LogKeys *keys, Id row, Str bytes, Arena *keep, Str *ret_sealed);
MUST_USE Err log_unseal_document(const LogKeys *keys, Id row, Str sealed, Arena *keep, Str *ret_bytes);

/* The log's head: HMAC over log id, number of rows and the store's digest of all of them (settled 3). */
MUST_USE Err log_head(const LogKeys *keys, const Hash *digest, uint32_t rows, Hash *ret_head);
/* Errors: E_FORGED when head is not what digest and rows give. */
MUST_USE Err log_head_check(const LogKeys *keys, const Hash *digest, uint32_t rows, const Hash *head);

/* ---- who asks (log_access.c) ---- */

/* The municipality's settings that a decision about a log needs. */
typedef struct LogSettings {
    unsigned grace_days;
    bool guardians_write;
    bool print_on;
} LogSettings;

/* The question to the policy, from plain columns alone. FLAG_OF_AGE needs the birth date, which is sealed: whoever has
 * opened the log adds age_flags and asks again before showing anything.
 * Consents: valid_to is the first UTC ms at which a consent no longer holds; of several of one person the newest counts.
 * An actor whose unit a valid consent no longer names is as one whose participation has ended (scenario 11).
 * Errors: E_NO_MEMORY. */
MUST_USE Err log_ask(const LogStanding *standing, const Actor *actor, const LogSettings *settings, Act act, Opening opening,
                     Arena *scratch, Ask *ret_ask);

/* ---- what entries refer to (log_refs.c) ---- */

/* What is already in a log, as far as an entry may refer to it. */
typedef struct LogTargets {
    EntryRows entries; /* all versions */
    ParticipantRows participants;
    int64_t now;
} LogTargets;

/* Every reference in values stands in the same log: entries (by the id of their first version) that are not removed and
 * of the kind that the field is named after, and participants (by participant id); who is made responsible takes part
 * now. Errors: E_INVALID. */
MUST_USE Err log_refs_check(const Values *values, const LogTargets *targets);

/* The newest version of an entry, or NULL. entry is the id of its first version. */
const EntryRow *log_newest(const EntryRows *entries, Id entry);

/* The act that writing this kind asks for; ACT_NONE for kinds that are not written as entries. answers: the writer
 * answers for the measure that is evaluated. */
Act log_write_act(KindId kind, bool answers);
/* True when participant stands among the responsible persons of a measure. */
bool log_answers_for(const Values *measure, Id participant);

/* ---- the header (log_header.c) ---- */

/* The newest version of one entry, opened. */
typedef struct LogOpened {
    Values values;
    bool removed;
} LogOpened;

/* The header of a log, from its entries in the order of writing: the child's name, the newest level, the next step. That
 * is the planned or running measure, or the coming meeting, that is due first. A measure past its deadline stays first
 * until it is dealt with; a meeting that is over does not. The texts live in the entries or in keep.
 * Errors: E_INVALID without a child. */
MUST_USE Err log_header_make(const LogOpened *entries, uint32_t count, Day today, Arena *keep, Values *ret_header);

#endif
