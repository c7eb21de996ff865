/* stafettlogg demo: fills an installation with a made-up municipality, and tells who is in it.
 * Must not run in production, nor name anybody who exists.
 * Called from the table of commands. */
#include "cli/demo/demo.h"

#include <argp.h>
#include <stdio.h>

#include "base/json.h"
#include "cli/demo/lives.h"
#include "cli/demo/logs.h"
#include "cli/demo/statistics.h"
#include "cli/demo/town.h"

#define KEEP ((size_t)8 << 20)
#define SCRATCH ((size_t)32 << 20)
#define LINE_MAX_BYTES 2000

enum { OPTION_LIVES = 256, OPTION_STATISTICS };

static const struct argp_option options[] = {
    {.name = "number", .key = 'n', .arg = "NNNN", .doc = "number of the municipality (default 0301)"},
    {.name = "name", .key = 'N', .arg = "NAME", .doc = "what it is called (default Nordvær)"},
    {.name = "lives", .key = OPTION_LIVES, .doc = "also logs at different points of their lives; moves the time forward (mode test only)"},
    {.name = "statistics", .key = OPTION_STATISTICS, .doc = "also statistics of three years, published half-year by half-year"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *number;
    const char *name;
    bool lives;
    bool statistics;
} Wish;

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
    case OPTION_LIVES:
        wish->lives = true;
        return 0;
    case OPTION_STATISTICS:
        wish->statistics = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "no arguments are expected");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const char *demo_id(Demo *demo, Id id)
{
    char *text = NULL;

    if (!is_ok(ARENA_NEW(demo->scratch, char, ID_TEXT + 1, &text)))
        return "";
    id_to_text(id, text);
    return text;
}

Err demo_say_words(Demo *demo, const char *kind, const DemoWord *words, size_t count)
{
    Buf line = buf_new(demo->scratch, LINE_MAX_BYTES);
    Str text = STR_NONE;

    buf_format(&line, "{\"%s\":{", kind);
    for (size_t i = 0; i < count; i++) {
        buf_format(&line, "%s\"%s\":", i > 0 ? "," : "", words[i].key);
        buf_add_json(&line, str_from_c(words[i].text));
    }
    buf_add(&line, STR("}}\n"));
    TRY(buf_done(&line, &text));
    return fwrite(text.data, 1, text.length, stdout) == text.length ? ok() : fail(E_IO);
}

static Err fill(Demo *demo, const Wish *wish)
{
    int64_t now = 0;

    TRY(world_now(demo->service->world, &now));
    demo->today = oslo_day(now);
    demo->lives = wish->lives;
    demo->days_left = wish->lives ? DEMO_LIVES_BEGIN : 0;
    TRY(demo_make_town(demo));
    if (wish->lives)
        TRY(demo_make_lives(demo));
    if (wish->statistics)
        TRY(demo_publish_statistics(demo));
    TRY(demo_make_logs(demo));
    TRY(demo_hand_over_codes(demo));
    for (int person = 0; person < DEMO_STAFF_COUNT; person++)
        TRY(demo_leave(demo, (enum DemoPerson)person));
    return ok();
}

Err command_demo(int argc, char **argv)
{
    static const struct argp argp = {
        .options = options,
        .children = place_children,
        .parser = parse,
        .doc = "Fills an installation in mode demo or test with a made-up municipality. Tells who and what is in it, one line "
               "of JSON each."};
    Wish wish = {.place.keyd = KEYD_SOCKET, .number = "0301", .name = "Nordvær"};
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(installation_close) Installation installation = INSTALLATION_NONE;

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(arena_new(KEEP, &keep));
    TRY(arena_new(SCRATCH, &scratch));
    TRY(installation_open(&wish.place, &installation));
    if (installation.service.mode != MODE_DEMO && installation.service.mode != MODE_TEST)
        return told(fail(E_MODE), "invented people are for modes demo and test; this installation is in production");
    if (wish.lives && installation.service.mode != MODE_TEST)
        return told(fail(E_MODE), "--lives moves the time, which is possible in mode test only");
    Demo demo = {.service = &installation.service,
                 .installation = &installation,
                 .keep = keep,
                 .scratch = scratch,
                 .number = str_from_c(wish.number),
                 .name = str_from_c(wish.name)};
    TRY(about("municipality", wish.number, fill(&demo, &wish)));
    return fflush(stdout) == 0 ? ok() : fail(E_IO);
}
