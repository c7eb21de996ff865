/* stafettlogg backup feed: the newest backup is given to each place of the register that is a command.
 * Must not be called by serve, which runs no program.
 * Called by backup.c. Rule: operation 5. */
#ifndef CLI_BACKUP_FEED_H
#define CLI_BACKUP_FEED_H

#include "cli/command/place.h"
#include "keys/keys.h"
#include "service/backup/shelf.h"

/* Each place: `PROGRAM put NAME` reads it, `PROGRAM get NAME` gives it back, and only when that is byte for byte what was signed the place
 * has it. What it has already is not given again. Of several that fail the first error is returned, after all were tried. Errors:
 * E_NOT_FOUND (no such place, no backup yet, or none for longer than BACKUP_LATE_MS, which is given all the same), E_IO (a program that fails), E_FORGED (another one came back). */
MUST_USE Err backup_feed(const Place *place, const BackupSigner *signer, Keys *keys);

#endif
