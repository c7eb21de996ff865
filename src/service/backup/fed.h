/* Which backup each place that is a command was given last, and when: the file `fed` in the data folder.
 * Must not say so before it was found there again.
 * Used by cli/backup, which writes it, and by serve, which tells when a place has not been given one for too long. Rule: operation 5. */
#ifndef SERVICE_BACKUP_FED_H
#define SERVICE_BACKUP_FED_H

#include "service/backup/places.h"
#include "service/backup/shelf.h"

#define BACKUP_FED_FILE "fed"
#define BACKUP_FED_BYTES ((size_t)16 << 10)
#define BACKUP_LATE_MS (26 * INT64_C(3600000)) /* a day, and the two hours in which one may be on its way */

typedef struct BackupFed {
    int64_t at;             /* UTC ms, when it was found there */
    char name[BACKUP_NAME];
    char *program;          /* of the place */
} BackupFed;

/* One more than there may be places of today: one that was taken out of the register stays until another is given one. */
typedef struct BackupFeeds {
    BackupFed items[BACKUP_PLACES_MAX];
    uint32_t count;
} BackupFeeds;

/* A line each: "AT NAME PROGRAM". Errors: E_MALFORMED. */
MUST_USE Err backup_feeds_read(Str text, Arena *keep, BackupFeeds *ret_feeds);
MUST_USE Err backup_feeds_write(const BackupFeeds *feeds, Arena *keep, Str *ret_text);
/* What this place was given last; NULL: nothing. */
const BackupFed *backup_fed_last(const BackupFeeds *feeds, const char *program);
/* It was given this one now; places that the register does not name any more are left out. */
void backup_feeds_put(BackupFeeds *feeds, const BackupPlaces *places, const BackupFed *fed);
/* How many places have been given none for BACKUP_LATE_MS. */
uint32_t backup_feeds_late(const BackupFeeds *feeds, const BackupPlaces *places, int64_t now);

#endif
