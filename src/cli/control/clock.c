/* stafettlogg clock advance 30d: moves the time of a test installation forward, for all its processes.
 * Must not work outside mode test: the agent refuses.
 * Called from the table of commands. */
#include <argp.h>
#include <string.h>

#include "cli/control/control.h"

#define SECONDS_MAX (INT64_C(36500) * 86400)

typedef struct Wish {
    Place place;
    const char *act;
    const char *by;
} Wish;

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "say: advance 30d");
        *(state->arg_num == 0 ? &wish->act : &wish->by) = text;
        return 0;
    case ARGP_KEY_END:
        if (!wish->by || strcmp(wish->act, "advance") != 0)
            argp_error(state, "say: advance 30d");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* 30d, 12h, 90m, 10s */
static Err read_span(Str text, int64_t *ret_ms)
{
    static const struct {
        char unit;
        int64_t ms;
    } units[] = {{'d', 86400000}, {'h', 3600000}, {'m', 60000}, {'s', 1000}};
    int64_t number = 0;

    if (text.length < 2)
        return fail(E_USAGE);
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (text.data[text.length - 1] != units[i].unit)
            continue;
        if (!is_ok(num_parse(str_slice(text, 0, text.length - 1), 1, SECONDS_MAX, &number)))
            return fail(E_USAGE);
        *ret_ms = number * units[i].ms;
        return ok();
    }
    return fail(E_USAGE);
}

Err command_clock(int argc, char **argv)
{
    static const struct argp argp = {.children = place_children,
                                     .parser = parse,
                                     .args_doc = "advance SPAN",
                                     .doc = "Moves the time forward, in mode test only. SPAN is 30d, 12h, 90m or 10s."};
    Wish wish = {.place.keyd = KEYD_SOCKET, .act = ""};
    AUTO(arena_freep) Arena *arena = NULL;
    ControlRequest request = {.act = CONTROL_CLOCK_ADVANCE};
    int64_t by = 0;

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    if (!is_ok(read_span(str_from_c(wish.by), &by)))
        return told(fail(E_USAGE), "SPAN is a whole number of days, hours, minutes or seconds: 30d, 12h, 90m, 10s");
    TRY(arena_new(1 << 12, &arena));
    TRY(str_format(arena, &request.texts[0], "%lld", (long long)by));
    return control_ask(&wish.place, &request);
}
