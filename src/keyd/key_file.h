/* The key file: everything the agent must find again after a restart, of no use without the root key.
 * Must not hold a key in plain text, nor be versioned or backed up: overwritten in place and mirrored (rules: keys 7).
 * Used by keyd and by init. Format: docs/formats.md. */
#ifndef KEYD_KEY_FILE_H
#define KEYD_KEY_FILE_H

#include "keyd/vault.h"

#define MUNICIPALITIES_MAX 512
#define KEY_FILE_PLACES_MAX 4
#define SEED_WRAPPED_BYTES (KEY_BYTES + WRAP_OVERHEAD)
#define MUNICIPALITY_KEYS 6
#define MUNICIPALITY_KEYS_BEFORE 3 /* up to format 2 */
#define MUNICIPALITY_WRAPPED_BYTES (MUNICIPALITY_KEYS * KEY_BYTES + WRAP_OVERHEAD)
#define SEALED_KEYS_MAX 16384 /* 357 municipalities with a former epoch for each of 30 days, and the backups of two years */
#define SEALED_BOX_BYTES (KEY_BYTES + BOX_OVERHEAD)
#define KEY_FILE_MAX ((size_t)5 << 19)

typedef struct Custodian {
    Id id;
    uint8_t index; /* of the share */
    uint8_t share_hash[HASH_BYTES];
    uint8_t name_length;
    char name[CUSTODIAN_NAME_MAX]; /* zeros behind name_length */
} Custodian;

typedef struct KeyFileMunicipality {
    Id tenant;
    uint32_t epoch;
    uint8_t keys;                                /* wrapped: MUNICIPALITY_KEYS, or as many as the file's format had */
    uint8_t wrapped[MUNICIPALITY_WRAPPED_BYTES]; /* key, permanent index key, epoch index key; then name index key, and key and
                                                  * epoch index key of the epoch before, zeros when none is being turned */
    AuditHead head;                              /* newest one shown; size 0: none yet */
    ScopesMade made;                             /* of which ceilings are a share */
    uint32_t former_epoch;                       /* 0: none is being turned */
    int64_t turned_at;                           /* when this epoch began */
} KeyFileMunicipality;

typedef enum SealedKind { SEALED_NONE = 0, SEALED_EPOCH = 1, SEALED_BACKUP = 2 } SealedKind;

/* A key that only the recovery key opens (keyd/sealed.h). A place whose key was destroyed is all zero, and is used again: the file
 * never becomes shorter, so that what was destroyed was written over. */
typedef struct SealedKey {
    uint8_t kind;       /* SealedKind */
    Id id;              /* tenant or backup */
    uint32_t epoch;     /* 0 of a backup */
    int64_t made_at;
    int64_t destroy_at; /* UTC ms; 0: not yet known, the epoch is being turned */
    uint8_t box[SEALED_BOX_BYTES];
} SealedKey;

typedef struct KeyFile {
    uint8_t format; /* as read; what is written has the newest */
    Mode mode;
    uint8_t threshold;
    uint8_t custodian_count;
    uint16_t municipality_count;
    uint64_t sequence; /* grows with each write: the newest intact copy counts */
    Id set;            /* of the shares that open it */
    uint8_t head_public[32];
    uint8_t recovery_public[32];
    uint8_t head_seed[SEED_WRAPPED_BYTES];
    Custodian custodians[CUSTODIANS_MAX];
    KeyFileMunicipality municipalities[MUNICIPALITIES_MAX];
    uint16_t sealed_places;
    SealedKey sealed[SEALED_KEYS_MAX];
    uint8_t mac[HASH_BYTES]; /* as read or written */
} KeyFile;

/* Two keys out of the root; the root itself is not kept. */
typedef struct RootKeys {
    Key store; /* wraps what stands in the key file */
    Key file;  /* authenticates it */
} RootKeys;

void root_keys_wipe(RootKeys *keys);
MUST_USE Err root_keys_derive(const Crypto *crypto, const Key *root, RootKeys *ret_keys);

/* The bytes of file in the newest format, authenticated under keys->file, in keep; file->format and file->mac say so, and what an
 * older format had wrapped otherwise is wrapped anew.
 * Errors: E_TOO_LARGE, E_NO_MEMORY, E_CRYPTO. */
MUST_USE Err key_file_encode(const Crypto *crypto, const RootKeys *keys, KeyFile *file, Arena *keep, Str *ret_bytes);
/* Reads bytes that are whole (checksum), yet unproven. Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err key_file_decode(Str bytes, KeyFile *ret_file);
/* Is this the file that these root keys wrote? Errors: E_FORGED (also after a wrong join). */
MUST_USE Err key_file_verify(const Crypto *crypto, const RootKeys *keys, const KeyFile *file);

/* Wrapping of single values, bound to mode, kind, tenant and epoch. */
MUST_USE Err key_file_put_seed(const Crypto *crypto, const RootKeys *keys, KeyFile *file, const Key *seed);
MUST_USE Err key_file_get_seed(const Crypto *crypto, const RootKeys *keys, const KeyFile *file, Key *ret_seed);
/* Writes the row of municipality->tenant, a new one when there is none. Errors: E_TOO_LARGE (no room), E_CRYPTO. */
MUST_USE Err key_file_put_municipality(const Crypto *crypto, const RootKeys *keys, KeyFile *file,
                                       const Municipality *municipality);
MUST_USE Err key_file_get_municipality(const Crypto *crypto, const RootKeys *keys, const KeyFile *file, size_t at,
                                       Municipality *ret_municipality);
/* The row's place, or municipality_count. */
size_t key_file_find(const KeyFile *file, Id tenant);

#endif
