/* Sealed values and wrapped keys, bound to their place (AES-256-GCM).
 * Must not open a value at another place than its own.
 * Used through crypto/crypto.h. */
#ifndef CRYPTO_SEAL_H
#define CRYPTO_SEAL_H

#include "crypto/key.h"

/* Tables and columns that hold sealed values. Part of the associated data: numbers are never reused. */
#define SEAL_TABLES(X)                                                                                               \
    X(LOG, 1)                                                                                                        \
    X(ENTRY, 2)                                                                                                      \
    X(DOCUMENT, 3)                                                                                                   \
    X(PARTICIPANT, 4)                                                                                                \
    X(CONSENT, 5)                                                                                                    \
    X(DRAFT, 6)                                                                                                      \
    X(FACT, 7)                                                                                                       \
    X(PERSON, 8)                                                                                                     \
    X(UNIT, 9)                                                                                                       \
    X(SETTING, 10)                                                                                                   \
    X(OUTBOX, 11)                                                                                                    \
    X(INBOX, 12)                                                                                                     \
    X(WIZARD, 13)                                                                                                    \
    X(SCOPE, 14)                                                                                                     \
    X(OPERATOR, 15)                                                                                                  \
    X(KEY_FILE, 16)                                                                                                  \
    X(SHARE_FILE, 17)                                                                                                \
    X(INVITATION, 18)                                                                                                \
    X(REPORT, 19)                                                                                                    \
    X(CROSSING, 20)

#define X(name, number) SEAL_TABLE_##name = (number),
typedef enum SealTable { SEAL_TABLES(X) } SealTable;
#undef X

#define SEAL_COLUMNS(X) X(BODY, 1) X(HEADER, 2) X(NAME, 3) X(CONTACT, 4) X(CREDENTIALS, 5) X(KEY, 6)

#define X(name, number) SEAL_COLUMN_##name = (number),
typedef enum SealColumn { SEAL_COLUMNS(X) } SealColumn;
#undef X

/* What a sealed value is bound to; a value moved, swapped or rolled back fails to open. A column that SealColumn does not
 * name may use a number from 32 on. */
typedef struct SealContext {
    Mode mode;
    Id tenant;
    uint8_t table;  /* SealTable */
    uint8_t column; /* SealColumn */
    Id row;         /* random, made before sealing */
    uint32_t version;
    Id scope;       /* the log, person or register whose key it is */
} SealContext;

typedef enum SealPadding {
    PAD_TEXT = 1,     /* steps of 64 to 1 KiB, of 256 to 16 KiB, of 4 KiB above */
    PAD_DOCUMENT = 2, /* steps of 64 KiB */
} SealPadding;

/* A key set up once to open many values, by one thread: that costs as much as opening a short one. Give it back as soon as they
 * are open, which wipes the key. opener_free(NULL) is fine. Errors: E_CRYPTO, E_NO_MEMORY. */
typedef struct Opener Opener;
MUST_USE Err opener_new(const Crypto *crypto, const Key *key, Opener **ret_opener);
void opener_free(Opener *opener);
void opener_freep(Opener **opener);

/* Under which sub-key, and where. */
typedef struct Sealing {
    const Key *key;
    Opener *opener;       /* the same key, for opening; or NULL */
    SealContext context;
    SealPadding padding; /* not looked at when it is opened, nor is generation */
    uint32_t generation; /* which key it was; 0 where a scope has one */
} Sealing;

/* Seals plain (0..SEALED_PLAIN_MAX bytes).
 * *ret_sealed lives in keep; so does the padded plain text, until keep is rewound (which wipes it).
 * Errors: E_TOO_LARGE, E_NO_MEMORY, E_CRYPTO, E_IO. */
MUST_USE Err crypto_seal(const Crypto *crypto, const Sealing *sealing, Str plain, Arena *keep, Str *ret_sealed);

/* Opens it again. *ret_plain lives in keep. Errors: E_FORGED when any byte of it, of the key or of the context differs;
 * E_TRUNCATED or E_MALFORMED when it cannot be a sealed value at all; E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err crypto_open(const Crypto *crypto, const Sealing *sealing, Str sealed, Arena *keep, Str *ret_plain);

/* The generation a sealed value names. Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err sealed_generation(Str sealed, uint32_t *ret_generation);
/* The last 16 bytes: what a log's head counts (rules: keys 4). Errors: E_TRUNCATED. */
MUST_USE Err sealed_tag(Str sealed, uint8_t ret_tag[static 16]);
/* Bytes that a plain text of this length has when sealed. */
size_t sealed_size(SealPadding padding, size_t plain_length);

/* Raw AES-256-GCM for keys under keys, where the caller has its own fixed-width associated data and no padding:
 * nonce 12 | ciphertext | tag 16 into ret_wrapped, which has plain.length + 28 bytes. Hedged nonce as above. */
#define WRAP_OVERHEAD 28
MUST_USE Err crypto_wrap(const Crypto *crypto, const Key *key, Str associated, Str plain, void *ret_wrapped);
/* Errors: E_FORGED, E_TRUNCATED. ret_plain has wrapped.length - 28 bytes. */
MUST_USE Err crypto_unwrap(const Crypto *crypto, const Key *key, Str associated, Str wrapped, void *ret_plain);

#endif
