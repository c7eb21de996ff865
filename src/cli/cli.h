/* The commands of stafettlogg: one table, and the little that all commands share.
 * Must not decide what services decide: a command reads its arguments and calls them.
 * Used by main.c and the commands. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "crypto/crypto.h"
#include "sys/clock.h"

#define KEYD_SOCKET "/run/stafettlogg/keyd.sock"

/* Runs the command that argv[1] names; returns the exit code (docs/man). */
int cli_main(int argc, char **argv);

/* A command: gets its own name as argv[0]. Failures are told once, by cli_main, on stderr. */
typedef Err CommandRun(int argc, char **argv);
CommandRun command_clock;
CommandRun command_custodian;
CommandRun command_demo;
CommandRun command_front;
CommandRun command_import;
CommandRun command_init;
CommandRun command_keyd;
CommandRun command_keyd_status;
CommandRun command_municipality;
CommandRun command_openapi;
CommandRun command_policy;
CommandRun command_serve;
CommandRun command_unseal;
CommandRun command_verify;

/* Tells on stderr what went wrong and what to do, instead of the general words that cli_main would say; passes error on.
 * For a command's own arguments: paths, names of options. Must not repeat what could be a person's. */
__attribute__((format(printf, 2, 3))) Err told(Err error, const char *format, ...);
/* Passes error on. When it is one of those that a path or a name explains (none there, no right, exists, no answer), and
 * nothing was told yet, tells it with `what` and `name`: "key file /x: there is none". */
MUST_USE Err about(const char *what, const char *name, Err error);
/* The folder in which path stands, about it. Errors: E_NOT_FOUND, E_FORBIDDEN. */
MUST_USE Err folder_stands(const char *path);

/* Clock, randomness and algorithms for one command. Must not move in memory once opened. */
typedef struct Tools {
    Clock clock;
    World world;
    Crypto *crypto;
} Tools;

MUST_USE Err tools_open(Tools *ret_tools);
void tools_close(Tools *tools);

/* A whole number of an option; ends the command with a usage message when it is none. */
int64_t option_number(const char *option, const char *text, int64_t minimum, int64_t maximum);
/* The same for a user or group by name or number; find is user_number or group_number. */
int64_t option_account(const char *option, const char *text, Err (*find)(const char *name, int64_t *ret_number));

/* A line that is typed without being shown, from the terminal; *ret_line lives in keep. Errors: E_NOT_FOUND when there is
 * no terminal, E_TOO_LARGE (over 1024 bytes), E_IO. */
MUST_USE Err passphrase_ask(const char *prompt, Arena *keep, Str *ret_line);
/* The first line of a file of at most 1024 bytes. Errors: as file_read. */
MUST_USE Err passphrase_read(const char *path, Arena *keep, Str *ret_line);

#endif
