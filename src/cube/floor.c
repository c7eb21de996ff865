/* The two rules on every page, decoys, and prices.
 * Must not look for what follows from several numbers: lines.h and search.h do.
 * Used by freeze. */
#include <assert.h>

#include "cube/contributors.h"
#include "cube/floor.h"

typedef struct View {
    CubeSide side;
    bool category;
    bool span;
    float price; /* of masking one number of it */
} View;

/* Those that a reader misses least stand first. */
static const View VIEWS[] = {
    {CUBE_ORGANISATION, true, false, 20},   {CUBE_ORGANISATION, true, true, 30},   {CUBE_ATTENTION, true, false, 30},
    {CUBE_QUARTER, true, false, 40},        {CUBE_LEVEL, true, false, 40},         {CUBE_ATTENTION, true, true, 45},
    {CUBE_LEVEL, true, true, 60},           {CUBE_ORGANISATION, false, false, 200}, {CUBE_ATTENTION, false, false, 250},
    {CUBE_ORGANISATION, false, true, 300},  {CUBE_ATTENTION, false, true, 400},    {CUBE_LEVEL, false, false, 500},
    {CUBE_QUARTER, false, false, 500},      {CUBE_LEVEL, false, true, 1000},       {CUBE_WHOLE, true, false, 1000},
    {CUBE_WHOLE, true, true, 3000},         {CUBE_WHOLE, false, false, 1e5F},      {CUBE_WHOLE, false, true, 1e6F},
};
static_assert(COUNT_OF(VIEWS) == FLOOR_VIEWS, "every view has its row");
#define ZERO_DISCOUNT 0.3F /* a zero that is masked takes less from a reader */
#define DECOYS_BELOW 5

static bool is_of(const Work *work, const View *view, Place place)
{
    return place.side == view->side && (place.category < work->star.categories) == view->category &&
           star_is_span(&work->star, place.period) == view->span;
}

static const View *view_of(const Work *work, Place place)
{
    for (size_t i = 0; i < COUNT_OF(VIEWS); i++)
        if (is_of(work, &VIEWS[i], place))
            return &VIEWS[i];
    return &VIEWS[0]; /* a quarter has no span, and none is offered */
}

/* Too few facts for more than the municipality's level. */
static bool is_small(const Work *work, Place place)
{
    uint32_t years = star_is_span(&work->star, place.period) ? star_last_year(&work->star, place.period) + 1 : 1;
    Place whole = {CUBE_WHOLE, 0, place.period, work->star.categories};

    return place.side != CUBE_WHOLE && work->numbers[star_cell(&work->star, whole)] < years * work->options.fewest_facts;
}

/* What was published is as it was: nothing is added there. */
static bool was_published(const Work *work, Place place, uint16_t published_to)
{
    uint32_t year = work->star.dims.first / 4u + star_last_year(&work->star, place.period);
    uint32_t last = year * 4 + (place.side == CUBE_QUARTER ? place.value : 3);

    return published_to != 0 && last <= published_to;
}

static void offer(Work *work, uint16_t published_to)
{
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        Place place = star_cell_place(&work->star, cell);
        if (star_offers(&work->star, place))
            work->flags[cell] |= CELL_OFFERED;
        if (star_offers(&work->star, place) && !is_small(work, place) && !was_published(work, place, published_to))
            work->flags[cell] |= CELL_SHOWN;
    }
}

/* The numbers from `first` on, `step` apart, as one distribution with a total of its own. */
typedef struct Row {
    uint32_t first, step, count, total;
} Row;

static void ask_the_rules(Work *work, Row row)
{
    uint32_t counts[CUBE_VALUES_MAX], shown[CUBE_VALUES_MAX], total = 0;

    for (uint32_t i = 0; i < row.count; i++)
        counts[i] = work->numbers[row.first + i * row.step];
    suppress((Distribution){counts, row.count, work->numbers[row.total]}, shown, &total);
    for (uint32_t i = 0; i < row.count; i++) {
        uint32_t cell = row.first + i * row.step;
        bool homogeneous = work->options.mask_homogeneous && counts[i] == work->numbers[row.total] && row.step == 1 &&
                           row.first >= work->star.cell_at[CUBE_ORGANISATION];
        if ((shown[i] == MASKED || homogeneous) && !(work->flags[cell] & CELL_BOUND))
            work_mask(work, cell);
    }
    if (total == MASKED && !(work->flags[row.total] & CELL_BOUND))
        work_mask(work, row.total);
}

/* The categories of every filter. */
static void mask_categories(Work *work)
{
    uint32_t width = work->star.categories + 1;

    for (uint32_t cell = 0; cell < star_cells(&work->star); cell += width)
        ask_the_rules(work, (Row){cell, 1, work->star.categories, cell + work->star.categories});
}

/* Severities, outcomes and attentions are distributions too. A category that was chosen and has fewer than five is masked by whoever
 * answers, and its parts may stand among other categories (rules: statistics 6). */
static void mask_values(Work *work, CubeSide side)
{
    const Star *star = &work->star;

    for (uint32_t period = 0; period < star->periods; period++)
        for (uint32_t category = 0; category <= star->categories; category++) {
            uint32_t total = star_cell(star, (Place){CUBE_WHOLE, 0, period, category});
            uint32_t first = star_cell(star, (Place){side, 0, period, category});
            if (star->values[side] && work->numbers[total] >= FEWEST_REGISTRATIONS)
                ask_the_rules(work, (Row){first, star->periods * (star->categories + 1), star->values[side], total});
        }
}

/* How many binary digits it has: a large number is missed more than a small one, not as many times more as it is larger. */
static float digits(uint32_t number)
{
    return number ? (float)(32 - __builtin_clz(number)) : 0;
}

static Err set_price(Work *work, uint32_t cell, Dice *dice)
{
    Place place = star_cell_place(&work->star, cell);
    float known = view_of(work, place)->price * (1 + 0.25F * digits(work->numbers[cell]));
    uint32_t chance;

    TRY(dice_throw(dice, &chance));
    work->price[cell] = known * (0.9F + 0.2F * (float)chance / 4294967296.0F) * (work->numbers[cell] ? 1 : ZERO_DISCOUNT);
    return ok();
}

static bool may_be_decoy(const Work *work, uint32_t cell)
{
    Place place = star_cell_place(&work->star, cell);

    return work_shows(work, cell) && !(work->flags[cell] & (CELL_BOUND | CELL_SENSITIVE)) && work->numbers[cell] < DECOYS_BELOW &&
           place.category < work->star.categories && place.side != CUBE_WHOLE;
}

static Err place_decoy(Work *work, uint32_t cell, Dice *dice)
{
    uint32_t chance;

    if (!may_be_decoy(work, cell))
        return ok();
    TRY(dice_throw(dice, &chance));
    if (chance % 100 < work->options.decoys) {
        work_mask(work, cell);
        work->flags[cell] |= CELL_SENSITIVE | CELL_DECOY;
    }
    return ok();
}

/* Sums of several years of which something was shown when they were on offer: what was masked of them stays so. */
static void find_bound_spans(const Work *work, bool *bound)
{
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++)
        if (work->flags[cell] & CELL_BOUND) {
            uint32_t period = star_cell_place(&work->star, cell).period;
            bound[period] = bound[period] || star_is_span(&work->star, period);
        }
}

static void find_sensitive(Work *work, uint32_t cell, const bool *bound)
{
    Place place = star_cell_place(&work->star, cell);
    uint32_t number = work->numbers[cell];

    if (!(work->flags[cell] & CELL_OFFERED || (bound[place.period] && place.side != CUBE_QUARTER)) || number == 0 ||
        (number >= star_enough(&work->star, place) && !contributors_are_few(work, cell)))
        return;
    work->flags[cell] |= CELL_SENSITIVE;
    if (!(work->flags[cell] & CELL_BOUND))
        work_mask(work, cell);
}

Err floor_lay(Work *work, uint16_t published_to, Dice *dice)
{
    bool bound[2 * CUBE_YEARS_MAX] = {false};

    find_bound_spans(work, bound);
    offer(work, published_to);
    mask_categories(work);
    mask_values(work, CUBE_LEVEL);
    mask_values(work, CUBE_ATTENTION);
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        find_sensitive(work, cell, bound);
        TRY(place_decoy(work, cell, dice));
    }
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++)
        if (work_shows(work, cell))
            TRY(set_price(work, cell, dice));
    return ok();
}

void floor_drop(Work *work, uint32_t view, bool *ret_any)
{
    *ret_any = false;
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++) {
        if (work->flags[cell] & CELL_BOUND || !is_of(work, &VIEWS[view], star_cell_place(&work->star, cell)))
            continue;
        *ret_any = *ret_any || work_shows(work, cell);
        work_mask(work, cell);
        work->flags[cell] &= (uint8_t)~CELL_LOOSE;
    }
}
