/* stafettlogg unit list|close: the units of a municipality, and one that goes over into another.
 * Must not decide what service decides.
 * Called from the table of commands; the act itself also by serve's control thread. Rule: rest 10. */
#include "cli/control/unit.h"

#include <argp.h>
#include <string.h>

#include "service/jobs/unit_order.h"
#include "service/municipality.h"

/* ---- the act ---- */

static Err list(const Doing *doing, const UnitOrder *order)
{
    Units units = {0};

    TRY(unit_order_list(&doing->installation->service, order, doing->arena, &units));
    for (uint32_t i = 0; i < units.count; i++) {
        const Unit *unit = &units.items[i];
        buf_add_id(doing->out, unit->id);
        buf_format(doing->out, " %s %.*s%s%.*s\n", unit->closed ? "closed" : "open", STR_ARGS(unit->name), unit->number.length > 0 ? ", " : "",
                   STR_ARGS(unit->number));
    }
    return ok();
}

static Err close_unit(const Doing *doing, const UnitOrder *order)
{
    UnitClosing closing;

    if (!is_ok(id_from_text(doing->texts[2], &closing.unit)))
        return fail(E_NOT_FOUND);
    if (!is_ok(id_from_text(doing->texts[3], &closing.into)))
        return fail(E_INVALID);
    TRY(unit_order_close(&doing->installation->service, order, &closing));
    buf_add(doing->out, STR("closed; what is left of it follows within the hour\n"));
    return ok();
}

Err control_unit(const Doing *doing)
{
    UnitOrder order = {.by = doing->by};
    Municipality municipality;

    TRY(municipality_by_number(&doing->installation->service, doing->texts[0], doing->arena, &municipality));
    order.tenant = municipality.tenant;
    if (str_equal(doing->texts[1], STR("list")))
        return list(doing, &order);
    return str_equal(doing->texts[1], STR("close")) ? close_unit(doing, &order) : fail(E_MALFORMED);
}

/* ---- the command ---- */

enum { OPTION_INTO = 256 };

static const struct argp_option options[] = {
    {.name = "municipality", .key = 'm', .arg = "NNNN", .doc = "the municipality's number"},
    {.name = "into", .key = OPTION_INTO, .arg = "UNIT", .doc = "close: the unit that follows it, by its id"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *act;
    const char *unit;
    const char *into;
    const char *municipality;
} Wish;

static void check_complete(const Wish *wish, struct argp_state *state)
{
    bool closes = wish->act && strcmp(wish->act, "close") == 0;

    if (!wish->act || (!closes && strcmp(wish->act, "list") != 0))
        argp_error(state, "say list, or close UNIT");
    if (!wish->municipality)
        argp_error(state, "say which --municipality");
    if (closes != (wish->unit != NULL) || closes != (wish->into != NULL))
        argp_error(state, "close needs a unit and --into; list takes neither");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case 'm':
        wish->municipality = text;
        return 0;
    case OPTION_INTO:
        wish->into = text;
        return 0;
    case ARGP_KEY_ARG:
        if (wish->unit)
            argp_error(state, "one unit at a time");
        *(wish->act ? &wish->unit : &wish->act) = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err say(const Wish *wish, Err error)
{
    if (command_has_told())
        return error;
    if (error.id == E_NOT_FOUND && wish->unit)
        return told(error, "municipality %s: there is no such unit, or no such municipality", wish->municipality);
    if (error.id == E_STALE)
        return told(error, "the unit is closed already");
    if (error.id == E_INVALID)
        return told(error, "--into must be the id of another unit that is open");
    return about("municipality", wish->municipality, error);
}

Err command_unit(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = place_children,
                                     .parser = parse,
                                     .args_doc = "list\nclose UNIT",
                                     .doc = "Lists the units of a municipality, or closes one: its logs and people go to another. That "
                                            "cannot be undone."};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    const ControlRequest request = {.act = CONTROL_UNIT,
                                    .texts = {str_from_c(wish.municipality), str_from_c(wish.act), str_from_c(wish.unit ? wish.unit : ""),
                                              str_from_c(wish.into ? wish.into : "")}};
    return say(&wish, control_ask(&wish.place, &request));
}
