/* The four options that say where an installation stands.
 * Must not open anything.
 * Called by the commands that need databases. */
#include "cli/command/place.h"

#include <stdio.h>

#include "cli/command/command.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"

static const struct argp_option where[] = {
    {.name = "data", .key = 'd', .arg = "DIR", .doc = "the data folder"},
    {.name = "database", .key = 'D', .arg = "TEXT",
     .doc = "PostgreSQL by this connection string (without a password: use peer or pgpass) instead of SQLite"},
    {0},
};

static const struct argp_option agent[] = {
    {.name = "keyd", .key = 'k', .arg = "PATH", .doc = "socket of the key agent (default " KEYD_SOCKET ")"},
    {.name = "ledger", .key = 'L', .arg = "FILE",
     .doc = "a second place for the ledger of what ended, on another disk; the first is `ledger` in the data folder"},
    {0},
};

Err place_complete(Place *place)
{
    int length = snprintf(place->ledger_path, sizeof place->ledger_path, "%s/ledger", place->data);

    return length < 0 || (size_t)length >= sizeof place->ledger_path ? fail(E_TOO_LARGE) : ok();
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Place *place = state->input;
    switch (key) {
    case 'd':
        place->data = text;
        return 0;
    case 'k':
        place->keyd = text;
        return 0;
    case 'D':
        place->database = text;
        return 0;
    case 'L':
        place->ledger = text;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_whole(int key, char *text, struct argp_state *state)
{
    Place *place = state->input;

    (void)text;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = state->child_inputs[1] = place;
        return 0;
    case ARGP_KEY_END:
        if (!place->data)
            argp_error(state, "--data is needed");
        if (!is_ok(place_complete(place)))
            argp_error(state, "the path of the data folder is too long");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp place_where = {.options = where, .parser = parse};
const struct argp place_agent = {.options = agent, .parser = parse};
static const struct argp_child whole[] = {{.argp = &place_where}, {.argp = &place_agent}, {0}};
static const struct argp place_argp = {.parser = parse_whole, .children = whole};
const struct argp_child place_children[] = {{.argp = &place_argp}, {0}};

StoresOptions place_stores(const Place *place, const World *world)
{
    return (StoresOptions){.driver = place->database ? postgres_driver() : sqlite_driver(),
                           .place = str_from_c(place->database ? place->database : place->data),
                           .ledger = {place->ledger_path[0] ? place->ledger_path : NULL, place->ledger},
                           .world = world};
}
