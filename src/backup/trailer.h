/* The clear ends of a backup's file: what stands before its sealed chunks, and what was signed behind them.
 * Must not say anything of what is inside: whoever finds the file reads these.
 * Used by backup, service/backup, cli/backup. Format: docs/formats.md. */
#ifndef BACKUP_TRAILER_H
#define BACKUP_TRAILER_H

#include "crypto/crypto.h"

#define BACKUP_HEAD_BYTES 32
#define BACKUP_TRAILER_BYTES 145
#define BACKUP_SMALLEST (BACKUP_HEAD_BYTES + STREAM_OVERHEAD + BACKUP_TRAILER_BYTES)

/* Which backup it is, and where its nonces begin. */
typedef struct BackupHead {
    Mode mode;
    Id id;
    uint8_t prefix[STREAM_PREFIX];
} BackupHead;

/* What the agent signed of it. */
typedef struct BackupTrailer {
    Mode mode;
    Id id;
    int64_t made_at;       /* UTC ms */
    int64_t destroy_after; /* its key dies then */
    uint64_t size;         /* of head and chunks */
    uint8_t sha256[HASH_BYTES];
    uint8_t signature[SIGNATURE_BYTES];
} BackupTrailer;

void backup_head_encode(const BackupHead *head, uint8_t ret_bytes[static BACKUP_HEAD_BYTES]);
/* Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err backup_head_decode(Str bytes, BackupHead *ret_head);

void backup_trailer_encode(const BackupTrailer *trailer, uint8_t ret_bytes[static BACKUP_TRAILER_BYTES]);
/* Errors: E_TRUNCATED, E_MALFORMED. */
MUST_USE Err backup_trailer_decode(Str bytes, BackupTrailer *ret_trailer);
/* SHA-256 of the trailer without its signature: the document that is signed. */
MUST_USE Err backup_trailer_hash(const BackupTrailer *trailer, uint8_t ret_hash[static HASH_BYTES]);

#endif
