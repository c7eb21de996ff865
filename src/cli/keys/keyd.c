/* stafettlogg keyd: the key agent.
 * Must not take a ceiling from outside in production (the agent refuses).
 * Called from the table of commands. */
#include <argp.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/command.h"
#include "keyd/ceilings.h"
#include "keyd/serve.h"
#include "sys/file.h"
#include "sys/user.h"

enum { OPTION_GROUP = 256, OPTION_USER };

static const struct argp_option options[] = {
    {.name = "socket", .key = 's', .arg = "PATH", .doc = "where to serve (default " KEYD_SOCKET ")"},
    {.name = "key-file", .key = 'k', .arg = "PATH", .doc = "the key file"},
    {.name = "mirror", .key = 'm', .arg = "PATH", .doc = "a second copy of it, best on another disk (up to three)"},
    {.name = "mode", .key = 'M', .arg = "MODE", .doc = "accept a key file of this mode only"},
    {.name = "budget", .key = 'b', .arg = "NAME=N", .doc = "another ceiling (demo and test only)"},
    {.name = "group", .key = OPTION_GROUP, .arg = "GROUP", .doc = "group of the socket, by name or number"},
    {.name = "allow-user", .key = OPTION_USER, .arg = "USER", .doc = "who may connect, beside this user, by name or number"},
    {0},
};

static void add_place(KeydOptions *keyd, struct argp_state *state, char *path)
{
    if (keyd->places.count == KEY_FILE_PLACES_MAX)
        argp_error(state, "too many mirrors");
    else
        keyd->places.paths[keyd->places.count++] = path;
}

static void add_budget(KeydOptions *keyd, struct argp_state *state, char *text)
{
    Str name;
    int64_t ceiling = 0;
    Str number = str_cut(str_from_c(text), '=', &name);
    if (keyd->ceiling_count == CEILING_SETTINGS_MAX || !is_ok(num_parse(number, 0, UINT32_MAX, &ceiling)))
        argp_error(state, "--budget takes NAME=N");
    else
        keyd->ceilings[keyd->ceiling_count++] = (CeilingSetting){.name = name, .ceiling = (uint32_t)ceiling};
}

static void add_user(KeydOptions *keyd, struct argp_state *state, char *text)
{
    if (keyd->user_count == ALLOWED_USERS_MAX)
        argp_error(state, "too many users");
    else
        keyd->users[keyd->user_count++] = option_account("--allow-user", text, user_number);
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    KeydOptions *keyd = state->input;
    switch (key) {
    case 's':
        keyd->socket = text;
        return 0;
    case 'k':
        keyd->places.paths[0] = text;
        return 0;
    case 'm':
        add_place(keyd, state, text);
        return 0;
    case 'M':
        if (!is_ok(mode_from_str(str_from_c(text), &keyd->mode)))
            argp_error(state, "--mode is production, demo or test");
        return 0;
    case 'b':
        add_budget(keyd, state, text);
        return 0;
    case OPTION_GROUP:
        keyd->group = option_account("--group", text, group_number);
        return 0;
    case OPTION_USER:
        add_user(keyd, state, text);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "no arguments are expected");
        return 0;
    case ARGP_KEY_END:
        if (!keyd->places.paths[0])
            argp_error(state, "--key-file is needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err ceilings_exist(const KeydOptions *keyd)
{
    for (size_t i = 0; i < keyd->ceiling_count; i++)
        if (!ceilings_has(keyd->ceilings[i].name))
            return told(fail(E_NOT_FOUND), "no ceiling has that name; see man stafettlogg-keyd");
    return ok();
}

static Err is_readable(const char *path)
{
    return access(path, R_OK) == 0 ? ok() : err_from_errno(errno);
}

Err command_keyd(int argc, char **argv)
{
    static const struct argp argp = {
        .options = options, .parser = parse, .doc = "Runs the key agent until SIGTERM. It starts sealed: see unseal."};
    KeydOptions keyd = {.socket = KEYD_SOCKET, .places = {.count = 1}};
    argp_parse(&argp, argc, argv, 0, NULL, &keyd);
    TRY(about("key file", keyd.places.paths[0], is_readable(keyd.places.paths[0])));
    TRY(folder_stands(keyd.socket));
    TRY(ceilings_exist(&keyd));
    Err served = keyd_serve(&keyd);
    if (served.id == E_MODE)
        return told(served, "the key file is of another mode than --mode says, or this mode has no such option");
    if (served.id == E_BUSY)
        return told(served, "another key agent uses this key file or answers at %s", keyd.socket);
    return served;
}
