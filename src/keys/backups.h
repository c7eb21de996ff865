/* Keys of backups: made by the key agent, one for each, and sealed to the recovery key until their day (rules: keys 6).
 * Must not be asked for one again: only custodians open it (keyd/recover.h).
 * Used by backup and tests. */
#ifndef KEYS_BACKUPS_H
#define KEYS_BACKUPS_H

#include "keys/keys.h"

/* A fresh random key, which stands in every copy of the key file before the answer. destroy_at: UTC ms, at most 800 days away; the agent
 * destroys it then by itself. Errors also: E_RANGE (that time, or no id), E_DUPLICATE, E_TOO_LARGE (a thousand are kept). */
MUST_USE Err keys_backup_new(Keys *keys, Id backup, int64_t destroy_at, Key *ret_key);

/* One page of those that are kept, in no order. */
typedef struct BackupKeys {
    BackupKey items[BACKUPS_LISTED];
    uint32_t count;
    uint32_t next; /* where the next page begins; 0: this was the last */
} BackupKeys;
/* from: 0, then what the page before said. */
MUST_USE Err keys_backup_list(Keys *keys, uint32_t from, BackupKeys *ret_page);

#endif
