/* A log looked at once more in a work, and written last, each in one question; store.h has the rules.
 * Must not be called outside a work that writes in the log.
 * Called by service. */
#ifndef STORE_CONTENT_H
#define STORE_CONTENT_H

#include "store/store.h"

/* Whether a log is still the one that was read, and the settings as they are now. */
typedef struct LogCheck {
    SettingRows settings;
    Hash digest;
    uint32_t rows;
} LogCheck;
MUST_USE Err store_log_check(Tx *tx, int64_t no, Arena *keep, LogCheck *ret_check);

/* Somebody was active. */
typedef struct LogWritten {
    int64_t no;
    int64_t last_activity_at;
    int64_t wake_on;
    Str header;                     /* with the version that it takes the place of; 0: the header stays */
    uint32_t header_version;
} LogWritten;
/* What was written last but the head: gives the digest as it is now. Errors: E_STALE when header_version is not the stored one. */
MUST_USE Err store_log_written(Tx *tx, const LogWritten *written, Hash *ret_digest, uint32_t *ret_rows);

#endif
