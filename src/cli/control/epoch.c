/* stafettlogg epoch turn MUNICIPALITY: the keys of a municipality go to a new epoch at once.
 * Must not do it in another way than the night does.
 * Called from the table of commands; the act itself also by serve's control thread. */
#include "cli/control/epoch.h"

#include <argp.h>
#include <string.h>
#include <threads.h>

#include "service/jobs/epoch.h"
#include "service/municipality.h"

#define TELL_EVERY 5120 /* keys: twenty batches */
#define WORDS_MAX 80

/* ---- the act ---- */

static Err tell(void *self, uint32_t wrapped)
{
    const ControlHearer *hearer = *(const ControlHearer **)self;
    char words[WORDS_MAX];

    if (wrapped % TELL_EVERY != 0)
        return hearer->tell(hearer->self, STR_NONE);
    snprintf(words, sizeof words, "%u keys wrapped anew\n", wrapped);
    return hearer->tell(hearer->self, str_from_c(words));
}

static void rest(void *self, int ms)
{
    (void)self;
    thrd_sleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static Err find(const Doing *doing, Id *ret_tenant)
{
    Municipalities all = {0};

    if (str_equal(doing->texts[0], STR("host")))
        return ok();
    TRY(municipality_list(&doing->installation->service, doing->arena, &all));
    for (uint32_t i = 0; i < all.count; i++) {
        if (!str_equal(all.items[i].number, doing->texts[0]))
            continue;
        *ret_tenant = all.items[i].tenant;
        return ok();
    }
    return fail(E_NOT_FOUND);
}

Err control_epoch(const Doing *doing)
{
    const ControlHearer *hearer = doing->hearer;
    EpochOrder order = {.by = doing->by, .self = &hearer, .tell = tell, .rest = rest};
    uint32_t wrapped = 0;

    TRY(find(doing, &order.tenant));
    TRY(epoch_turn(&doing->installation->service, &order, &wrapped));
    buf_format(doing->out, "%.*s: turned, %u keys wrapped anew\n", STR_ARGS(doing->texts[0]), wrapped);
    return ok();
}

/* ---- the command ---- */

typedef struct Wish {
    Place place;
    const char *act;
    const char *number;
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
            argp_error(state, "one municipality at a time");
        *(state->arg_num == 0 ? &wish->act : &wish->number) = text;
        return 0;
    case ARGP_KEY_END:
        if (!wish->number || strcmp(wish->act, "turn") != 0)
            argp_error(state, "say: turn MUNICIPALITY");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err say(const char *number, Err error)
{
    if (command_has_told())
        return error;
    if (error.id == E_BUDGET)
        return told(error, "municipality %s: so many former epochs are kept already that no more has room before some of them die", number);
    if (error.id == E_FORGED)
        return told(error, "municipality %s: a key does not open; the epoch before stays until `stafettlogg verify` finds nothing", number);
    return about("municipality", number, error);
}

Err command_epoch(int argc, char **argv)
{
    static const struct argp argp = {.children = place_children,
                                     .parser = parse,
                                     .args_doc = "turn MUNICIPALITY",
                                     .doc = "Gives a municipality (its number, or host) a new key epoch at once: every key is wrapped "
                                            "anew, and the former epoch leaves the key agent."};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    const ControlRequest request = {.act = CONTROL_EPOCH, .texts = {str_from_c(wish.number)}};
    return say(wish.number, control_ask(&wish.place, &request));
}
