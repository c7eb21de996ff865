/* Sealing, deriving, hashing, signing: everything that touches a key, on top of OpenSSL and libsodium.
 * Must not print, log or store a key; must not be bypassed: no other folder includes a cryptographic library.
 * Used by store (hashes), keys, keyd, service, cli. Formats: docs/formats.md. Claims: docs/crypto.md. */
#ifndef CRYPTO_CRYPTO_H
#define CRYPTO_CRYPTO_H

#include "base/mode.h"
#include "base/world.h"

#define KEY_BYTES 32
#define HASH_BYTES 32
#define SIGNATURE_BYTES 64
#define SEALED_OVERHEAD 33 /* format 1, generation 4, nonce 12, tag 16 */
#define SEALED_PLAIN_MAX ((size_t)12 << 20)
#define BOX_OVERHEAD 61 /* format 1, ephemeral public key 32, nonce 12, tag 16 */

/* A secret of 32 bytes. Has no printer. Declare it AUTO(key_wipe) so that it dies with its scope. */
typedef struct Key {
    uint8_t bytes[KEY_BYTES];
} Key;

void key_wipe(Key *key);
/* Wipes any memory; the compiler may not leave it out. */
void crypto_wipe(void *memory, size_t length);
/* Compares secrets in constant time. */
bool crypto_equal(const void *a, const void *b, size_t length);

/* The algorithms, fetched once, and the source of randomness. Safe for all threads, never changes after it is made.
 * world must outlive it. Errors: E_CRYPTO, E_NO_MEMORY. */
typedef struct Crypto Crypto;
MUST_USE Err crypto_new(const World *world, Crypto **ret_crypto);
void crypto_free(Crypto *crypto);
void crypto_freep(Crypto **crypto);

/* A fresh random key. Errors: E_IO. */
MUST_USE Err crypto_key_new(const Crypto *crypto, Key *ret_key);
MUST_USE Err crypto_random(const Crypto *crypto, void *ret_bytes, size_t length);

/* ---- Sub-keys (HKDF-SHA-256, expand). One label per use, so that no two uses share a key. The texts are for ever. ---- */
#define KEY_LABELS(X)                                                                        \
    X(HEADER, "header")     /* log: child's name, level, next step */                        \
    X(ENTRY, "entry")       /* log: entries, participants, consents */                       \
    X(DOCUMENT, "document") /* log: document contents */                                     \
    X(DRAFT, "draft")       /* log: drafts */                                                \
    X(FACT, "fact")         /* log: HMAC that finds an entry's fact (settled 21) */          \
    X(HEAD, "head")         /* log: HMAC over id, version and tag of all rows (settled 3) */ \
    X(DATA, "data")         /* person and register: ordinary fields */                       \
    X(SECRET, "secret")     /* person and register: credentials */                           \
    X(WRAP, "wrap")         /* municipality: wraps scope keys */                             \
    X(STORE, "store")       /* root: wraps what stands in the key file */                    \
    X(FILE, "file")         /* root: authenticates the key file */                           \
    X(JOURNAL, "journal")   /* root: authenticates the head of the agent's journal */        \
    X(NONCE, "nonce")       /* any: hedges nonces; used inside crypto only */                \
    X(BOX, "box")           /* sealed box; used inside crypto only */                        \
    X(SHARE, "share")       /* passphrase of a custodian: seals the share file */

#define X(name, text) LABEL_##name,
typedef enum KeyLabel { KEY_LABELS(X) LABEL_COUNT } KeyLabel;
#undef X

MUST_USE Err crypto_derive(const Crypto *crypto, const Key *key, KeyLabel label, Key *ret_sub_key);

/* ---- Sealing (AES-256-GCM) ---- */

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
    X(SHARE_FILE, 17)

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

/* Under which sub-key, and where. */
typedef struct Sealing {
    const Key *key;
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
/* The last 16 bytes: what a log's head counts (settled 3). Errors: E_TRUNCATED. */
MUST_USE Err sealed_tag(Str sealed, uint8_t ret_tag[static 16]);
/* Bytes that a plain text of this length has when sealed. */
size_t sealed_size(SealPadding padding, size_t plain_length);

/* Raw AES-256-GCM for keys under keys, where the caller has its own fixed-width associated data and no padding:
 * nonce 12 | ciphertext | tag 16 into ret_wrapped, which has plain.length + 28 bytes. Hedged nonce as above. */
#define WRAP_OVERHEAD 28
MUST_USE Err crypto_wrap(const Crypto *crypto, const Key *key, Str associated, Str plain, void *ret_wrapped);
/* Errors: E_FORGED, E_TRUNCATED. ret_plain has wrapped.length - 28 bytes. */
MUST_USE Err crypto_unwrap(const Crypto *crypto, const Key *key, Str associated, Str wrapped, void *ret_plain);

/* ---- Hashes ---- */

/* SHA-256 of the parts, one after the other. Errors: E_CRYPTO. */
MUST_USE Err crypto_sha256(const Crypto *crypto, const Str *parts, size_t count, uint8_t ret_hash[static HASH_BYTES]);
/* The same without a Crypto, for callers that hash and nothing else (store, build tools); 1 us slower. */
MUST_USE Err sha256(Str bytes, uint8_t ret_hash[static HASH_BYTES]);

/* SHA-256 of a stream. sha256_free(NULL) is fine; use AUTO(sha256_freep). */
typedef struct Sha256 Sha256;
MUST_USE Err sha256_new(Sha256 **ret_sha256);
MUST_USE Err sha256_add(Sha256 *sha256, Str bytes);
/* The hash of all that was added; then ready for the next stream. */
MUST_USE Err sha256_done(Sha256 *sha256, uint8_t ret_hash[static HASH_BYTES]);
void sha256_free(Sha256 *sha256);
void sha256_freep(Sha256 **sha256);

/* HMAC-SHA-256 over the parts, one after the other (give fixed-width parts, or lengths). Errors: E_CRYPTO. */
MUST_USE Err crypto_hmac(const Crypto *crypto, const Key *key, const Str *parts, size_t count,
                         uint8_t ret_mac[static HASH_BYTES]);
/* A short keyed hash for tables in memory (SipHash-2-4); never stored. key is 16 random bytes. */
uint64_t crypto_short_hash(const uint8_t key[static 16], Str bytes);

/* ---- Signatures and boxes ---- */

/* Ed25519 from a seed of 32 bytes. Errors: E_CRYPTO; E_FORGED when a signature does not fit. */
MUST_USE Err signature_public(const Key *seed, uint8_t ret_public[static 32]);
MUST_USE Err signature_make(const Key *seed, Str message, uint8_t ret_signature[static SIGNATURE_BYTES]);
MUST_USE Err signature_verify(const uint8_t public_key[static 32], Str message,
                           const uint8_t signature[static SIGNATURE_BYTES]);

/* X25519: the public half of a private key; and a box that only the private half opens (ephemeral X25519, HKDF,
 * AES-256-GCM; associated binds it to its place). ret_box has plain.length + BOX_OVERHEAD bytes.
 * Errors: E_CRYPTO, E_FORGED. */
MUST_USE Err box_public(const Key *private_key, uint8_t ret_public[static 32]);
MUST_USE Err box_seal(const Crypto *crypto, const uint8_t public_key[static 32], Str associated, Str plain, void *ret_box);
MUST_USE Err box_open(const Crypto *crypto, const Key *private_key, Str associated, Str box, void *ret_plain);

#endif
