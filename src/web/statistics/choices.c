/* The filters of the statistics as a form.
 * Must not hold a choice that the address would refuse.
 * Used by web/statistics. */
#include "web/statistics/choices.h"

#include "web/call/answer.h"

#define GROUPS_MAX 5

/* The choices of one filter while they are made. */
typedef struct Making {
    const StatisticsMaking *of;
    FiguresQuestion chosen;
    OptionView *options;
    size_t count, begun;
    ChoiceGroup *groups;
    size_t group_count;
} Making;

static Err begin(const StatisticsMaking *of, size_t room, Making *ret_making)
{
    Making making = {.of = of, .chosen = *of->question};

    TRY(ARENA_NEW(of->call->arena, OptionView, room, &making.options));
    TRY(ARENA_NEW(of->call->arena, ChoiceGroup, GROUPS_MAX, &making.groups));
    *ret_making = making;
    return ok();
}

/* What was added since the last group is one; nothing is none. */
static void end_group(Making *making, Str label)
{
    if (making->count > making->begun)
        making->groups[making->group_count++] = (ChoiceGroup){
            .label = label, .options = {.items = making->options + making->begun, .count = making->count - making->begun}};
    making->begun = making->count;
}

static void add(Making *making, Str value, Str label, bool chosen)
{
    making->options[making->count++] = (OptionView){.value = value, .label = label, .chosen = chosen};
}

static ChoiceView choice(const Making *making, const Asked *asked, const char *id, Str label)
{
    ChoiceView view = {.id = str_from_c(id), .label = label, .groups = {.items = making->groups, .count = making->group_count}};

    for (size_t i = 0; i < asked->fault_count; i++)
        if (str_equal(view.id, str_from_c(asked->faults[i].field)))
            view.error = call_text(making->of->call, asked->faults[i].words);
    return view;
}

/* ---- category ---- */

static Err categories(const StatisticsMaking *of, const Asked *asked, ChoiceView *ret_view)
{
    const FiguresView view = of->question->view;
    const uint16_t count = asked_shown(of->read, view)->dims.categories;
    Str label = STR_NONE, value = STR_NONE;
    Making making;

    TRY(begin(of, (size_t)count + 1, &making));
    for (uint16_t i = 0; i <= count; i++) {
        TRY(statistics_category(of->call, of->read, view, i, &label));
        if (i > 0)
            TRY(str_format(of->call->arena, &value, "%u", figures_code(&of->read->counted, figures_categories(view), i)));
        add(&making, value, label, making.chosen.place.category == i);
    }
    end_group(&making, STR_NONE);
    *ret_view = choice(&making, asked, ASKED_CATEGORY,
                       call_text(of->call, view == FIGURES_ATTENTIONS ? MSG_STATISTICS_CATEGORY_ATTENTIONS : MSG_STATISTICS_CATEGORY_MEASURES));
    return ok();
}

/* ---- period ---- */

static Err add_period(Making *making, FigurePlace place)
{
    const FigurePlace chosen = making->chosen.place;
    Str value = STR_NONE, label = STR_NONE;

    TRY(asked_period(making->of->call, place, &value));
    TRY(statistics_period(making->of->call, place, &label));
    add(making, value, label, chosen.year == place.year && chosen.quarter == place.quarter);
    return ok();
}

/* Whole years, the newest first, then quarters. */
static Err periods(const StatisticsMaking *of, const Asked *asked, ChoiceView *ret_view)
{
    const CubeShown *shown = asked_shown(of->read, of->question->view);
    const uint32_t years = cube_closed_years(shown), quarters = shown->dims.last - shown->dims.first + 1u;
    Making making;

    TRY(begin(of, (size_t)years + quarters + 1, &making));
    for (uint32_t i = years; i-- > 0;)
        TRY(add_period(&making, (FigurePlace){.year = (uint16_t)(cube_first_year(shown) + i)}));
    if (years > 0)
        TRY(add_period(&making, (FigurePlace){0}));
    end_group(&making, STR_NONE);
    for (uint32_t i = quarters; i-- > 0 && of->question->view != FIGURES_OUTCOMES;)
        TRY(add_period(&making, (FigurePlace){.year = (uint16_t)((shown->dims.first + i) / 4), .quarter = (uint8_t)((shown->dims.first + i) % 4 + 1)}));
    end_group(&making, call_text(of->call, MSG_STATISTICS_FIRST_QUARTER));
    *ret_view = choice(&making, asked, ASKED_PERIOD, call_text(of->call, MSG_STATISTICS_PERIOD));
    return ok();
}

/* ---- by what ---- */

static bool same_by(const FiguresQuestion *a, const FiguresQuestion *b)
{
    return a->place.by == b->place.by && a->place.value == b->place.value && a->each == b->each && a->beside == b->beside;
}

static Err add_by(Making *making, const FiguresQuestion *question, Str label)
{
    FiguresQuestion asks = *question;
    Str value = STR_NONE;

    asks.view = making->chosen.view;
    TRY(asked_by(making->of->call, making->of->read, &asks, &value));
    add(making, value, label, same_by(&asks, &making->chosen));
    return ok();
}

static Err add_values(Making *making, FiguresBy by)
{
    const StatisticsMaking *of = making->of;
    const bool own_only = by == FIGURES_BY_UNIT && !asked_every_unit(of->call);
    const uint16_t count = figures_values(asked_shown(of->read, making->chosen.view), by);
    FiguresQuestion question = {.place = {.by = by}, .each = true};
    Str label = STR_NONE;

    if (!own_only) {
        TRY(statistics_text(of->call, "each", figures_by_code(by), &label));
        TRY(add_by(making, &question, label));
    }
    question.each = false;
    for (uint16_t i = 1; i <= count && (by != FIGURES_BY_UNIT || i <= of->read->unit_count); i++) {
        question.place.value = i;
        if (own_only && of->read->own + 1 != (int)i)
            continue;
        TRY(statistics_value(of->call, of->read, question.place, &label));
        TRY(add_by(making, &question, label));
    }
    TRY(statistics_text(of->call, "by", figures_by_code(by), &label));
    end_group(making, label);
    return ok();
}

static Err by_what(const StatisticsMaking *of, const Asked *asked, ChoiceView *ret_view)
{
    const CubeShown *shown = asked_shown(of->read, of->question->view);
    const FiguresQuestion whole = {0};
    FiguresQuestion beside = {.place = {.by = FIGURES_BY_UNIT, .value = (uint16_t)(of->read->own + 1)}, .beside = true};
    Making making;

    TRY(begin(of, (size_t)shown->dims.organisations + shown->dims.levels + shown->dims.attentions + 8, &making));
    if (!asked_every_unit(of->call) && of->read->own >= 0)
        TRY(add_by(&making, &beside, call_text(of->call, MSG_STATISTICS_BESIDE)));
    TRY(add_by(&making, &whole, call_text(of->call, MSG_STATISTICS_WHOLE)));
    end_group(&making, STR_NONE);
    for (unsigned by = FIGURES_BY_NOTHING + 1; by < FIGURES_BY_COUNT; by++)
        if (figures_may(of->question->view, (FiguresBy)by))
            TRY(add_values(&making, (FiguresBy)by));
    *ret_view = choice(&making, asked, ASKED_BY, call_text(of->call, MSG_STATISTICS_BY));
    return ok();
}

Err statistics_choices(const StatisticsMaking *making, const Asked *asked, ChoiceViews *ret_choices)
{
    const bool broken_down = making->question->view != FIGURES_OUTCOMES;
    ChoiceView *views = NULL;

    TRY(ARENA_NEW(making->call->arena, ChoiceView, 3, &views));
    TRY(categories(making, asked, &views[0]));
    TRY(periods(making, asked, &views[1]));
    if (broken_down)
        TRY(by_what(making, asked, &views[2]));
    *ret_choices = (ChoiceViews){.items = views, .count = broken_down ? 3 : 2};
    return ok();
}
