/* stafettlogg seed: a municipality of invented people for measuring, as large as one likes.
 * Must not run in production.
 * Called from the table of commands. */
#ifndef CLI_SEED_SEED_H
#define CLI_SEED_SEED_H

#include "base/err.h"

/* As every command (cli/cli.h). */
MUST_USE Err command_seed(int argc, char **argv);

#endif
