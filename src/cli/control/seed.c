/* stafettlogg seed: a municipality of invented people for measuring, as large as one likes.
 * Must not run in production.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/control/control.h"
#include "cli/control/seed_order.h"
#include "sys/clock.h"

#define ARENA_BYTES ((size_t)1 << 16)

enum {
    OPTION_LOGS = 256, OPTION_UNITS, OPTION_YEARS, OPTION_SEED, OPTION_ENTRIES, OPTION_LONG, OPTION_UNTIL, OPTION_NUMBER,
    OPTION_NAME,
};

static const struct argp_option options[] = {
    {.name = "logs", .key = OPTION_LOGS, .arg = "N", .doc = "how many logs (1 to 200000)"},
    {.name = "units", .key = OPTION_UNITS, .arg = "N", .doc = "units, every other one a school or kindergarten (default 40)"},
    {.name = "years", .key = OPTION_YEARS, .arg = "N", .doc = "over how many years the logs begin (default 3)"},
    {.name = "seed", .key = OPTION_SEED, .arg = "S", .doc = "whole number; the same gives the same again (default 1)"},
    {.name = "entries", .key = OPTION_ENTRIES, .arg = "MIN-MAX", .doc = "entries of a log, or one number (default 5-80)"},
    {.name = "long", .key = OPTION_LONG, .arg = "N", .doc = "the first log has N entries (up to 4000)"},
    {.name = "until", .key = OPTION_UNTIL, .arg = "DATE", .doc = "all happened before this day (default today)"},
    {.name = "number", .key = OPTION_NUMBER, .arg = "NNNN", .doc = "number of the new municipality (default 9901)"},
    {.name = "name", .key = OPTION_NAME, .arg = "NAME", .doc = "what it is called (default Målevik)"},
    {0},
};

typedef struct Wish {
    Place place;
    SeedPlan plan;
    const char *number;
    const char *name;
} Wish;

static uint32_t number_of(const char *option, const char *text, int64_t minimum, int64_t maximum)
{
    return (uint32_t)option_number(option, text, minimum, maximum);
}

static void take_entries(SeedPlan *plan, const char *text, struct argp_state *state)
{
    int64_t minimum = 0, maximum = 0;
    Str first;
    Str second = str_cut(str_from_c(text), '-', &first);

    if (!is_ok(num_parse(first, 1, SEED_ENTRIES_MAX, &minimum)) ||
        !is_ok(num_parse(second.length > 0 ? second : first, minimum, SEED_ENTRIES_MAX, &maximum)))
        argp_error(state, "--entries is one number or two, as 5-80, from 1 to %d", SEED_ENTRIES_MAX);
    plan->entries_min = (uint32_t)minimum;
    plan->entries_max = (uint32_t)maximum;
}

/* A day to come would let people have written before they could. */
static void take_until(SeedPlan *plan, const char *text, struct argp_state *state)
{
    Day today = plan->until;

    if (!is_ok(day_parse(str_from_c(text), &plan->until)) || plan->until > today || plan->until < 0)
        argp_error(state, "--until is a day that is not to come, as 2026-11-21");
}

static error_t take_plan(SeedPlan *plan, int key, const char *text, struct argp_state *state)
{
    switch (key) {
    case OPTION_LOGS:
        plan->logs = number_of("--logs", text, 1, SEED_LOGS_MAX);
        return 0;
    case OPTION_UNITS:
        plan->units = number_of("--units", text, SEED_UNITS_MIN, SEED_UNITS_MAX);
        return 0;
    case OPTION_YEARS:
        plan->years = number_of("--years", text, 1, SEED_YEARS_MAX);
        return 0;
    case OPTION_SEED:
        plan->seed = (uint64_t)option_number("--seed", text, 0, INT64_MAX);
        return 0;
    case OPTION_LONG:
        plan->longest = number_of("--long", text, 1, SEED_LONG_MAX);
        return 0;
    case OPTION_ENTRIES:
        take_entries(plan, text, state);
        return 0;
    case OPTION_UNTIL:
        take_until(plan, text, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool four_digits(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case OPTION_NUMBER:
        wish->number = text;
        return 0;
    case OPTION_NAME:
        wish->name = text;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "no arguments are expected");
        return 0;
    case ARGP_KEY_END:
        if (wish->plan.logs == 0)
            argp_error(state, "say how many: --logs N");
        if (!four_digits(wish->number))
            argp_error(state, "--number is four digits");
        return 0;
    default:
        return take_plan(&wish->plan, key, text, state);
    }
}

static Err today(Day *ret_today)
{
    Clock clock;
    int64_t now = 0;

    clock_init(&clock, false);
    TRY(clock_now(&clock, &now));
    *ret_today = oslo_day(now);
    return ok();
}

/* What the table of errors cannot know: which number, and what helps. */
static Err tell(const Wish *wish, Err error)
{
    switch ((int)error.id) {
    case E_MODE:
        return told(error, "invented people are for modes demo and test; this installation is in production");
    case E_DUPLICATE:
        return told(error, "municipality %s is here already, and nothing was changed; take another --number", wish->number);
    case E_BUDGET:
        return told(error, "a ceiling of the key agent is reached; what is stored is whole. It is raised for a test by "
                           "'stafettlogg keyd --budget indexed-municipality-day=1000000'");
    case E_STOPPED:
        return told(error, "stopped; what is stored is whole and stays");
    default:
        return error;
    }
}

Err command_seed(int argc, char **argv)
{
    static const struct argp argp = {
        .options = options, .children = place_children, .parser = parse,
        .doc = "Makes a municipality of invented people with as many logs as wanted, for measuring, in modes demo and test. The "
               "same seed gives the same content. Tells some of it, one line of JSON each."};
    Wish wish = {.place.keyd = KEYD_SOCKET, .number = "9901", .name = "Målevik",
                 .plan = {.seed = 1, .units = 40, .years = 3, .entries_min = 5, .entries_max = 80}};
    AUTO(arena_freep) Arena *arena = NULL;
    ControlRequest request = {.act = CONTROL_SEED};

    TRY(today(&wish.plan.until));
    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(arena_new(ARENA_BYTES, &arena));
    request.texts[0] = str_from_c(wish.number);
    request.texts[1] = str_from_c(wish.name);
    TRY(seed_order_write(&wish.plan, arena, &request.texts[2]));
    return tell(&wish, control_ask(&wish.place, &request));
}
