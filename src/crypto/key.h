/* What a key is, and what its sub-keys are for.
 * Must not hold a function: these are the types of the folder.
 * Used by the headers of crypto. */
#ifndef CRYPTO_KEY_H
#define CRYPTO_KEY_H

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

/* The algorithms and the source of randomness: crypto/crypto.h. */
typedef struct Crypto Crypto;

/* ---- Sub-keys (HKDF-SHA-256, expand). One label per use, so that no two uses share a key. The texts are for ever. ---- */
#define KEY_LABELS(X)                                                                        \
    X(HEADER, "header")     /* log: child's name, level, next step */                        \
    X(ENTRY, "entry")       /* log: entries, participants, consents */                       \
    X(DOCUMENT, "document") /* log: document contents */                                     \
    X(DRAFT, "draft")       /* log: drafts */                                                \
    X(FACT, "fact")         /* log: HMAC that finds an entry's fact (rules: statistics 2, 3) */ \
    X(HEAD, "head")         /* log: HMAC over id, version and tag of all rows (rules: keys 4) */ \
    X(DATA, "data")         /* person and register: ordinary fields */                       \
    X(SECRET, "secret")     /* person and register: credentials */                           \
    X(WRAP, "wrap")         /* municipality: wraps scope keys */                             \
    X(STORE, "store")       /* root: wraps what stands in the key file */                    \
    X(FILE, "file")         /* root: authenticates the key file */                           \
    X(JOURNAL, "journal")   /* root: authenticates the head of the agent's journal */        \
    X(NONCE, "nonce")       /* any: hedges nonces; used inside crypto only */                \
    X(BOX, "box")           /* sealed box; used inside crypto only */                        \
    X(SHARE, "share")       /* passphrase of a custodian: seals the share file */            \
    X(ROW, "row")           /* municipality: HMAC over the rows that give power */           \
    X(STATISTICS, "statistics") /* municipality: private half of the pair that facts are sealed to */ \
    X(TRANSFER, "transfer")     /* municipality: private half of the pair that packages are sealed to */

#define X(name, text) LABEL_##name,
typedef enum KeyLabel { KEY_LABELS(X) LABEL_COUNT } KeyLabel;
#undef X

#endif
