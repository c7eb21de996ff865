/* What a custodian or an operator types, or keeps in a file: a passphrase.
 * Must not show it, and must not leave it anywhere but in the arena that is given.
 * Used by the commands that open or make shares. */
#ifndef CLI_COMMAND_PASSPHRASE_H
#define CLI_COMMAND_PASSPHRASE_H

#include "base/arena.h"
#include "base/str.h"

/* A line that is typed without being shown, from the terminal; *ret_line lives in keep. Errors: E_NOT_FOUND when there is
 * no terminal, E_TOO_LARGE (over 1024 bytes), E_IO. */
MUST_USE Err passphrase_ask(const char *prompt, Arena *keep, Str *ret_line);
/* The first line of a file of at most 1024 bytes, without the mark of UTF-8 before it and whatever ends it. Errors: as file_read. */
MUST_USE Err passphrase_read(const char *path, Arena *keep, Str *ret_line);

#endif
