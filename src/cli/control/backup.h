/* Backups as the operator orders them: the register of places in the data folder, and the control act behind `stafettlogg backup`.
 * Must not make a backup anywhere but in a place of the register.
 * Used by control.c, serve_jobs.c, cli/backup. */
#ifndef CLI_CONTROL_BACKUP_H
#define CLI_CONTROL_BACKUP_H

#include "cli/control/doing.h"
#include "service/backup/fed.h"
#include "service/backup/make.h"

/* The register, DATA/places; without the file there is none. What is wrong in it is told on stderr
 * with its line. Errors: those of backup_places_read and file_read. */
MUST_USE Err backup_places_load(const char *data, Arena *keep, BackupPlaces *ret_places);

/* What each place that is a command was given last, DATA/fed; without the file nothing. Errors: E_MALFORMED, those of file_read. */
MUST_USE Err backup_feeds_load(const char *data, Arena *keep, BackupFeeds *ret_feeds);
MUST_USE Err backup_feeds_store(const char *data, const BackupFeeds *feeds, Arena *scratch);
/* How many such places have been given none for a day: serve's alarm. */
MUST_USE Err backup_unfed(const Service *service, const char *data, uint32_t *ret_late);

/* CONTROL_BACKUP, without texts. Says how far it is, and at last where the backup lies. */
MUST_USE Err control_backup(const Doing *doing);

/* When none was made since the last midnight in Norway: one is, by serve itself; progress is asked whether to go on. Without a register it does nothing. *ret_made: whether one
 * was made. Errors: those of backup_make and of the register. */
MUST_USE Err backup_daily(Service *service, const char *data, const BackupProgress *progress, bool *ret_made);

/* How far something is after took_ms: "23 of 100 MB, about 4 minutes left". of: what is counted; NULL: bytes, told as MB.
 * total 0: it is not known, and only how much is said. */
typedef struct BackupFar {
    uint64_t done, total;
    int64_t took_ms;
    const char *of;
} BackupFar;
MUST_USE Err backup_progress_words(const BackupFar *far, Arena *keep, Str *ret_words);

#endif
