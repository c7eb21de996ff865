/* A log looked at once more in a work, and written last, each in one question; store.h has the rules.
 * Must not be called outside a work that writes in the log.
 * Called by service. */
#ifndef STORE_CONTENT_H
#define STORE_CONTENT_H

#include "store/store.h"

/* A save goes on from a content whose head was good (known): of its entries only their marks are needed, and what was added to
 * them is read, so that a save costs little more in a long log. An entry that somebody changed in the file since it was read is
 * under the digest as it was known: the next who reads it finds it forged. */

/* Whether a log is still the one that was read, and the settings as they are now. An entry that was added since is not looked
 * for: it has counted up in the log's own row, and one that has not is refused by store_log_written.
 * Errors: E_STALE when the log's own row, its people, consents or documents are not those that were read. */
MUST_USE Err store_log_check(Tx *tx, const LogContent *known, Arena *keep, SettingRows *ret_settings);

/* store_log_content, going on from what was known of the log before: its rows and marks are taken for its first entries, and only
 * those after them are read. The digest is over both: whether it is that of the head, the caller finds out. */
MUST_USE Err store_log_content_from(Tx *tx, const Permit *permit, const LogContent *known, Arena *keep, LogContent *ret_content);

/* Somebody was active. */
typedef struct LogWritten {
    int64_t no;
    int64_t last_activity_at;
    int64_t wake_on;
    int64_t looked_to;
    Str header;                     /* with the version that it takes the place of; 0: the header stays */
    uint32_t header_version;
    const LogContent *known;        /* found unchanged by store_log_check in this work; NULL: the whole log is read */
    Arena *keep;                    /* of the rows and marks that are told; NULL: none are */
} LogWritten;
/* The log as it is now. */
typedef struct LogAfter {
    Hash digest;
    uint32_t rows;
    EntryRows added;                /* those after the known ones */
    LogMarks marks;                 /* of entries: of those that were added */
} LogAfter;
/* What was written last but the head: gives the digest as it is now. Errors: E_STALE when header_version is not the stored
 * one, or an entry is there that neither known nor this work has. */
MUST_USE Err store_log_written(Tx *tx, const LogWritten *written, LogAfter *ret_after);

#endif
