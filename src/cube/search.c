/* Steps, and certificates made of them.
 * Must not pay for a bound cell.
 * Used by freeze and deep. */
#include "cube/search.h"

Err search_new(Work *work, Search **ret_search)
{
    Search *search;

    TRY(ARENA_NEW(work->arena, Search, 1, &search));
    TRY(trial_new(work, &search->trial));
    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
        if (work->star.values[side])
            TRY(paths_new(work, side, &search->paths[side]));
    *ret_search = search;
    return ok();
}

/* ---- A step is written down ---- */

static void begin(Search *search, float cost)
{
    search->tried.cost = cost;
    search->tried.count = 0;
}

static void write_change(Search *search, const Way *way, uint32_t value, uint32_t category, int32_t more)
{
    const Star *star = &search->trial.work->star;
    Step *step = &search->tried;
    Place place = {way->side, value, way->year, category};

    step->changes[step->count++] = (Change){star_entry(star, place), more};
    if (way->other == NO_YEAR)
        return;
    place.period = way->other;
    step->changes[step->count++] = (Change){star_entry(star, place), -more};
}

/* The way that leads to the node, back to where it began. */
static void write_path(Search *search, const Way *way, uint32_t node)
{
    const Paths *paths = &search->paths[way->side];

    for (uint32_t before = paths->from[node]; before != node; node = before, before = paths->from[node]) {
        if (before < paths->values && node != paths_total(paths))
            write_change(search, way, before, node - paths->values, -way->sign);
        else if (node < paths->values && before != paths_total(paths))
            write_change(search, way, node, before - paths->values, way->sign);
    }
}

static void finish(Search *search)
{
    uint32_t times = INT32_MAX;

    for (uint32_t i = 0; i < search->tried.count; i++) {
        const Change *change = &search->tried.changes[i];
        int32_t there = search->trial.entries[change->entry];
        if (change->more < 0 && (uint32_t)there < times)
            times = (uint32_t)there;
    }
    search->tried.times = times;
    if (times > 0 && search->tried.cost < search->best.cost)
        search->best = search->tried;
}

/* ---- Ways that change the whole: a fact of one category becomes one of another, on all sides at once ---- */

static float whole_price(const Search *search, Way way, uint32_t category)
{
    way.side = CUBE_WHOLE;
    return paths_price(&search->trial, &way, 0, category);
}

/* From a category everywhere, on all sides but one. */
static void leave_category(Search *search, Way way, uint32_t category, CubeSide but)
{
    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++) {
        Paths *paths = &search->paths[side];
        way.side = side;
        if (side != but && paths->nodes)
            paths_find(&search->trial, &way,
                       (Journey){paths_category(paths, category), PATHS_EVERYWHERE, PATHS_EVERYWHERE, search->best.cost}, paths);
    }
}

/* To the same category, or the total, on all sides but one. */
static float arrive(const Search *search, uint32_t category, CubeSide but)
{
    float cost = 0;

    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
        if (side != but && search->paths[side].nodes)
            cost += search->paths[side].cost[paths_category(&search->paths[side], category)];
    return cost;
}

/* The facts of one category become more or fewer by sign, those of `to` (or, with the category of all, none) the other way round; on
 * one side somebody else writes it. */
static void write_whole(Search *search, Way way, uint32_t category, uint32_t to, CubeSide but)
{
    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++) {
        way.side = side;
        if (side != but && search->paths[side].nodes)
            write_path(search, &way, paths_category(&search->paths[side], to));
    }
    way.side = CUBE_WHOLE;
    write_change(search, &way, 0, category, way.sign);
    if (to != search->trial.work->star.categories)
        write_change(search, &way, 0, to, -way.sign);
}

/* The cheapest category to exchange this one for, when all ways have been found. */
static bool cheapest_exchange(const Search *search, Way way, uint32_t category, uint32_t *ret_to, float *ret_cost)
{
    float least = search->best.cost, from = whole_price(search, way, category);
    bool found = false;

    for (uint32_t to = 0; to <= search->trial.work->star.categories; to++) {
        float cost = to == category ? PATHS_NOWHERE : from + whole_price(search, way, to) + arrive(search, to, CUBE_WHOLE);
        if (cost < least && cost < TRIAL_BOUND) {
            least = cost;
            *ret_to = to;
            found = true;
        }
    }
    *ret_cost = least;
    return found;
}

static void try_whole(Search *search, Way way, uint32_t category)
{
    uint32_t to;
    float cost;

    leave_category(search, way, category, CUBE_WHOLE);
    if (!cheapest_exchange(search, way, category, &to, &cost))
        return;
    begin(search, cost);
    write_whole(search, way, category, to, CUBE_WHOLE);
    finish(search);
}

/* All facts of a year together: one of some category comes or goes. */
static void try_whole_total(Search *search, Way way)
{
    uint32_t total = search->trial.work->star.categories;

    for (uint32_t category = 0; category < total; category++) {
        leave_category(search, way, category, CUBE_WHOLE);
        float cost = whole_price(search, way, category) + whole_price(search, way, total) + arrive(search, total, CUBE_WHOLE);
        if (cost >= search->best.cost || cost >= TRIAL_BOUND)
            continue;
        begin(search, cost);
        write_whole(search, way, category, total, CUBE_WHOLE);
        finish(search);
    }
}

/* ---- Ways within one side ---- */

/* A fact of the value comes or goes, of whatever category: for this the total of all must be masked. */
static void try_value_alone(Search *search, Way way, uint32_t value)
{
    uint32_t total = search->trial.work->star.categories;
    float own = paths_price(&search->trial, &way, value, total) + whole_price(search, way, total);

    for (uint32_t category = 0; category < total && own < search->best.cost; category++) {
        if (!paths_may(&search->trial, &way, value, category, way.sign))
            continue;
        leave_category(search, way, category, way.side);
        float cost = own + paths_price(&search->trial, &way, value, category) + whole_price(search, way, category) +
                     arrive(search, total, way.side);
        if (cost >= search->best.cost)
            continue;
        begin(search, cost);
        write_whole(search, way, category, total, way.side);
        write_change(search, &way, value, category, way.sign);
        finish(search);
    }
}

static void try_value_total(Search *search, Way way, uint32_t value)
{
    Paths *paths = &search->paths[way.side];
    float own = paths_price(&search->trial, &way, value, paths->categories);

    paths_find(&search->trial, &way, (Journey){paths_total(paths), value, value, search->best.cost}, paths);
    if (own + paths->cost[value] < search->best.cost) {
        begin(search, own + paths->cost[value]);
        write_path(search, &way, value);
        finish(search);
    }
    try_value_alone(search, way, value);
}

/* The entry changes, and the way leads round to it again; or the whole has one fact of another category instead. */
static void try_entry(Search *search, Way way, uint32_t value, uint32_t category)
{
    Paths *paths = &search->paths[way.side];
    uint32_t end = paths_category(paths, category), to;
    float own = paths_price(&search->trial, &way, value, category), cost;

    if (own >= search->best.cost || !paths_may(&search->trial, &way, value, category, way.sign))
        return;
    paths_find(&search->trial, &way, (Journey){value, end, end, search->best.cost}, paths);
    if (own + paths->cost[end] < search->best.cost) {
        begin(search, own + paths->cost[end]);
        write_path(search, &way, end);
        write_change(search, &way, value, category, way.sign);
        finish(search);
    }
    if (search->best.cost < whole_price(search, way, category) + own)
        return;
    paths_find(&search->trial, &way, (Journey){value, PATHS_EVERYWHERE, end, search->best.cost}, paths);
    leave_category(search, way, category, way.side);
    search->best.cost -= own;
    bool found = cheapest_exchange(search, way, category, &to, &cost);
    search->best.cost += own;
    if (!found)
        return;
    begin(search, own + cost);
    write_whole(search, way, category, to, CUBE_WHOLE);
    write_change(search, &way, value, category, way.sign);
    finish(search);
}

static void try_way(Search *search, Way way, Place place)
{
    bool total = place.category == search->trial.work->star.categories;

    if (way.side == CUBE_WHOLE && total)
        try_whole_total(search, way);
    else if (way.side == CUBE_WHOLE)
        try_whole(search, way, place.category);
    else if (total)
        try_value_total(search, way, place.value);
    else
        try_entry(search, way, place.value, place.category);
}

/* With another year, so that the sums of several years stay: not where the cell is such a sum. */
static void try_pairs(Search *search, Way way, Place place)
{
    const Star *star = &search->trial.work->star;

    for (way.other = 0; way.other < star->closed && search->best.cost > PATHS_FREE; way.other++)
        if (way.other != way.year && !star_holds(star, place.period, way.other))
            try_way(search, way, place);
}

bool search_step(Search *search, uint32_t cell, int32_t sign)
{
    const Star *star = &search->trial.work->star;
    Place place = star_cell_place(star, cell);

    search->best.cost = TRIAL_BOUND;
    search->best.count = 0;
    for (uint32_t year = 0; year < star->years && search->best.cost > PATHS_FREE; year++) {
        Way way = {place.side, year, NO_YEAR, sign};
        if (!star_holds(star, place.period, year))
            continue;
        try_way(search, way, place);
        if (search->best.cost > PATHS_FREE && place.side != CUBE_QUARTER && search->trial.work->span_count > 0)
            try_pairs(search, way, place);
    }
    return search->best.count > 0;
}

void search_take(Search *search, uint32_t times)
{
    const Step *step = &search->best;

    if (times > step->times)
        times = step->times;
    for (uint32_t i = 0; i < step->count; i++)
        trial_change(&search->trial, step->changes[i].entry, step->changes[i].more * (int32_t)times);
}

/* Each step takes the cell nearer by one at least. */
bool search_reach(Search *search, uint32_t cell, uint32_t goal)
{
    const Trial *trial = &search->trial;

    for (;;) {
        int64_t missing = (int64_t)goal - (int64_t)trial->work->numbers[cell] - trial->more[cell];
        if (missing == 0)
            return trial_cost(trial) < TRIAL_BOUND;
        if (!search_step(search, cell, missing < 0 ? -1 : 1))
            return false;
        search_take(search, (uint32_t)(missing < 0 ? -missing : missing));
    }
}

static Err certify_goal(Search *search, uint32_t cell, uint32_t goal)
{
    if (search_reach(search, cell, goal))
        return trial_keep(&search->trial);
    trial_drop(&search->trial);
    return ok();
}

Err search_certify(Search *search, uint32_t cell)
{
    const Work *work = search->trial.work;

    if (work->lowest[cell] > work_low_goal(work, cell))
        TRY(certify_goal(search, cell, work_low_goal(work, cell)));
    if (work->highest[cell] < work_high_goal(work, cell))
        TRY(certify_goal(search, cell, work_high_goal(work, cell)));
    return ok();
}
