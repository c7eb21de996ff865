/* stafettlogg municipality add | list: the municipalities of this installation.
 * Must not show the enrolment code twice, nor decide what service decides.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/command/typed.h"
#include "cli/control/control.h"

#define SCRATCH ((size_t)1 << 20)

enum { OPTION_ADMIN_NAME = 256, OPTION_ADMIN_EMAIL };

static const struct argp_option options[] = {
    {.name = "number", .key = 'n', .arg = "NNNN", .doc = "add: today's municipality number"},
    {.name = "name", .key = 'N', .arg = "NAME", .doc = "add: the municipality's name"},
    {.name = "admin-name", .key = OPTION_ADMIN_NAME, .arg = "NAME", .doc = "add: its first administrator"},
    {.name = "admin-email", .key = OPTION_ADMIN_EMAIL, .arg = "ADDRESS", .doc = "add: the administrator's e-mail at work"},
    {0},
};

typedef struct Wish {
    const char *act;
    Place place;
    const char *number;
    const char *name;
    const char *admin_name;
    const char *admin_email;
} Wish;

static void check_complete(const Wish *wish, struct argp_state *state)
{
    bool adds = wish->act && strcmp(wish->act, "add") == 0;

    if (!wish->act || (!adds && strcmp(wish->act, "list") != 0))
        argp_error(state, "say add or list");
    if (adds && (!wish->number || !wish->name || !wish->admin_name || !wish->admin_email))
        argp_error(state, "add needs --number, --name, --admin-name and --admin-email");
    else if (adds && (strlen(wish->number) != 4 || strspn(wish->number, "0123456789") != 4))
        argp_error(state, "--number is four digits, as 0301");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case 'n':
        wish->number = text;
        return 0;
    case 'N':
        wish->name = text;
        return 0;
    case OPTION_ADMIN_NAME:
        wish->admin_name = text;
        return 0;
    case OPTION_ADMIN_EMAIL:
        wish->admin_email = text;
        return 0;
    case ARGP_KEY_ARG:
        if (wish->act)
            argp_error(state, "one word only: add or list");
        wish->act = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* What is wrong with the administrator is told here, by the field's name: serve would tell its log. */
static Err check_admin(const Wish *wish, Arena *arena)
{
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};

    TRY(typed_take(&person, STAFF_PERSON_NAME, str_from_c(wish->admin_name), arena));
    return typed_take(&person, STAFF_PERSON_EMAIL, str_from_c(wish->admin_email), arena);
}

static Err add(const Wish *wish)
{
    AUTO(arena_freep) Arena *arena = NULL;
    const ControlRequest request = {.act = CONTROL_MUNICIPALITY_ADD,
                                    .texts = {str_from_c(wish->number), str_from_c(wish->name),
                                              str_from_c(wish->admin_name), str_from_c(wish->admin_email)}};

    TRY(arena_new(SCRATCH, &arena));
    TRY(check_admin(wish, arena));
    TRY(about("municipality", wish->number, control_ask(&wish->place, &request)));
    fprintf(stderr, "Hand the code over in person. It is shown this once and is good for 14 days.\n");
    return ok();
}

Err command_municipality(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = place_children,
                                     .parser = parse,
                                     .args_doc = "add|list",
                                     .doc = "Adds a municipality with its first administrator, or lists all of them."};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    if (strcmp(wish.act, "list") == 0)
        return control_ask(&wish.place, &(ControlRequest){.act = CONTROL_MUNICIPALITY_LIST});
    return add(&wish);
}
