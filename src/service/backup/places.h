/* The register of the places where backups lie: in which country, and who runs them.
 * Must not let a place count that is in a country where nothing may be kept.
 * Used by service/backup, cli. Rule: operation 4. */
#ifndef SERVICE_BACKUP_PLACES_H
#define SERVICE_BACKUP_PLACES_H

#include "base/arena.h"
#include "base/str.h"

#define BACKUP_PLACES_MAX 4
#define BACKUP_PLACES_FILE "places"
#define BACKUP_PLACES_BYTES ((size_t)16 << 10)

/* A folder of its own on another disk, or on another machine that is mounted here; or a program that takes backups elsewhere. */
typedef struct BackupPlace {
    Str country; /* two capital letters */
    char *path;  /* absolute */
    Str keeper;  /* who runs it, in words */
} BackupPlace;

typedef struct BackupPlaces {
    BackupPlace items[BACKUP_PLACES_MAX];    /* folders, which whoever makes a backup writes into */
    uint32_t count;
    BackupPlace commands[BACKUP_PLACES_MAX]; /* programs, which `stafettlogg backup feed` gives the newest that lies in a folder */
    uint32_t command_count;
} BackupPlaces;

#define BACKUP_PLACE_COMMAND "command:"

/* One line each: "NO /srv/backup Who runs it", "NO command:/usr/local/bin/to-archive Who runs it"; empty lines and those that begin with
 * # count for nothing. In Norway only.
 * Errors, with *ret_line the line that is wrong: E_MALFORMED, E_BAD_UTF8, E_FORBIDDEN (another country), E_DUPLICATE (a path that
 * stands there already), E_TOO_LARGE (more than there may be). */
MUST_USE Err backup_places_read(Str text, Arena *keep, BackupPlaces *ret_places, uint32_t *ret_line);

#endif
