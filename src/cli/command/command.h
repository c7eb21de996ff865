/* What all commands share: how one is called, how it tells a failure, its options, its clock and algorithms.
 * Must not know what a command does.
 * Used by every command. */
#ifndef CLI_COMMAND_COMMAND_H
#define CLI_COMMAND_COMMAND_H

#include "crypto/crypto.h"
#include "sys/clock.h"

#define KEYD_SOCKET "/run/stafettlogg/keyd.sock"

/* A command: gets its own name as argv[0]. Failures are told once, by cli_main, on stderr. */
typedef Err CommandRun(int argc, char **argv);
CommandRun command_backup;
CommandRun command_certificate;
CommandRun command_clock;
CommandRun command_custodian;
CommandRun command_demo;
CommandRun command_epoch;
CommandRun command_front;
CommandRun command_import;
CommandRun command_init;
CommandRun command_jobs;
CommandRun command_keyd;
CommandRun command_keyd_status;
CommandRun command_municipality;
CommandRun command_openapi;
CommandRun command_policy;
CommandRun command_report;
CommandRun command_restore;
CommandRun command_seed;
CommandRun command_serve;
CommandRun command_statistics;
CommandRun command_transfer;
CommandRun command_unit;
CommandRun command_unseal;
CommandRun command_verify;

/* The command of that name runs from here on: what it tells begins with the name. */
void command_begins(const char *name);
/* Whether it has told of its failure. */
bool command_has_told(void);

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

#endif
