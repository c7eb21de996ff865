/* What seeding does where the databases are open: in serve, or in the command itself.
 * Must not run in production.
 * Called through the table of control acts. */
#ifndef CLI_CONTROL_SEED_ACT_H
#define CLI_CONTROL_SEED_ACT_H

#include "cli/control/doing.h"

/* CONTROL_SEED. Says how far it is, and at last who and what is in it, one line of JSON each.
 * Errors: those of seed_run; E_STOPPED when the caller is gone, or serve ends. */
MUST_USE Err control_seed(const Doing *doing);

#endif
