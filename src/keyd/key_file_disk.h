/* The copies of the key file on disk: read whole, overwritten in place, one after the other.
 * Must not leave two copies torn.
 * Used by the agent, by init and by the replacement of a custodian. */
#ifndef KEYD_KEY_FILE_DISK_H
#define KEYD_KEY_FILE_DISK_H

#include "keyd/key_file.h"

/* Where the copies stand; the first is the key file, the others are its mirrors. */
typedef struct KeyFilePlaces {
    const char *paths[KEY_FILE_PLACES_MAX];
    size_t count;
} KeyFilePlaces;

/* One process at a time works with a key file: an agent, or a replacement of a custodian. The lock, a file beside the
 * first place, ends with *ret_fd. Errors: E_BUSY, E_TOO_LARGE, E_NOT_FOUND, E_IO. */
MUST_USE Err key_file_lock(const KeyFilePlaces *places, int *ret_fd);

/* The newest whole copy. *ret_spoilt counts copies that are missing or torn. Errors: E_NOT_FOUND (no copy at all),
 * E_MALFORMED (none whole), E_NO_MEMORY. */
MUST_USE Err key_file_read(const KeyFilePlaces *places, KeyFile *ret_file, size_t *ret_spoilt);
/* Overwrites each copy in its place, one after the other, durably; file->sequence grows by one. A cut spoils one copy at
 * most. Errors: as file_overwrite, after all places were tried; the sequence has grown then. */
MUST_USE Err key_file_write(const Crypto *crypto, const RootKeys *keys, const KeyFilePlaces *places, KeyFile *file);
/* Makes the copies (0600) for the first time. Errors: E_DUPLICATE when one is there. */
MUST_USE Err key_file_create(const Crypto *crypto, const RootKeys *keys, const KeyFilePlaces *places, KeyFile *file);

#endif
