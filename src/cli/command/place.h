/* Where an installation stands, as the options of commands say it: data folder, key agent, database.
 * Must not hold a password: other users of the machine can read a command's arguments.
 * Used by the commands that need databases. */
#ifndef CLI_COMMAND_PLACE_H
#define CLI_COMMAND_PLACE_H

#include <argp.h>

#include "store/store.h"

typedef struct Place {
    const char *data;     /* the data folder: lock, control socket, and the databases unless PostgreSQL holds them */
    const char *keyd;     /* socket of the key agent; starts as KEYD_SOCKET */
    const char *database; /* connection string of PostgreSQL; NULL: SQLite in the data folder */
    const char *ledger;   /* a second place for the ledger; NULL: there is none */
    char ledger_path[512]; /* of the first, in the data folder */
} Place;

/* Options --data, --keyd, --database and --ledger as a child of a command's own. The command passes its Place on:
 *     case ARGP_KEY_INIT: state->child_inputs[0] = &wish->place; */
extern const struct argp_child place_children[];

/* The same in parts, for a command that must not ask for all of them: --data and --database, and --keyd and --ledger. The input of each is
 * the Place; that the data folder is there and what follows from it (place_complete) is the command's to see to. */
extern const struct argp place_where, place_agent;

/* For a command with options of its own: what follows from the data folder. Errors: E_TOO_LARGE (its path). */
MUST_USE Err place_complete(Place *place);

/* How the store is opened there, as long as the place stands. */
StoresOptions place_stores(const Place *place, const World *world);

#endif
