/* A restore that has not come to its end: a file in the data folder says so from its first act to its last, and which databases it has made.
 * Must not be taken away before everything is verified: serve opens no folder that has it.
 * Used by installation.c, cli/backup. */
#ifndef CLI_CONTROL_UNFINISHED_H
#define CLI_CONTROL_UNFINISHED_H

#include "base/arena.h"
#include "base/id.h"

#define UNFINISHED_FILE "unfinished-restore"

/* Errors: E_FORBIDDEN (told on stderr) when there is one, E_TOO_LARGE (path). */
MUST_USE Err unfinished_none(const char *data);

/* Which databases it made, none id: the host's. Errors: E_NOT_FOUND (no restore was begun here), E_MALFORMED, those of a file. */
MUST_USE Err unfinished_read(const char *data, Arena *keep, IdList *ret_tenants);
/* Each is durable before it returns: begun; about to make a database; ended. */
MUST_USE Err unfinished_begin(const char *data);
MUST_USE Err unfinished_makes(const char *data, Id tenant);
MUST_USE Err unfinished_end(const char *data);

#endif
