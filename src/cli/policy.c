/* stafettlogg policy print: who may do what, as the tables say it.
 * Must not need a database or a key.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "domain/policy.h"

#define TEXT_MAX ((size_t)1 << 20)

static error_t parse(int key, char *text, struct argp_state *state)
{
    if (key == ARGP_KEY_ARG && (state->arg_num > 0 || strcmp(text, "print") != 0))
        argp_usage(state);
    if (key == ARGP_KEY_NO_ARGS)
        argp_usage(state);
    return key == ARGP_KEY_ARG ? 0 : ARGP_ERR_UNKNOWN;
}

Err command_policy(int argc, char **argv)
{
    static const struct argp argp = {
        .parser = parse,
        .args_doc = "print",
        .doc = "Prints the whole matrix of rights: states against roles, then every act with its conditions.",
    };
    AUTO(arena_freep) Arena *arena = NULL;
    Str text = STR_NONE;

    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    TRY(arena_new(2 * TEXT_MAX, &arena));
    Buf buf = buf_new(arena, TEXT_MAX);
    policy_print(&buf);
    TRY(buf_done(&buf, &text));
    return fwrite(text.data, 1, text.length, stdout) == text.length && fflush(stdout) == 0 ? ok() : fail(E_IO);
}
