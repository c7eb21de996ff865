/* Dijkstra's shortest paths; the nodes that were met wait in a heap.
 * Must not go where somebody would have to pay for a bound cell.
 * Used by search. */
#include "cube/paths.h"

Err paths_new(const Work *work, CubeSide side, Paths *ret_paths)
{
    Paths paths = {.values = work->star.values[side], .categories = work->star.categories};

    paths.nodes = paths.values + paths.categories + 1;
    TRY(ARENA_NEW(work->arena, float, paths.nodes, &paths.cost));
    TRY(ARENA_NEW(work->arena, uint32_t, paths.nodes, &paths.from));
    TRY(ARENA_NEW(work->arena, uint8_t, paths.nodes, &paths.settled));
    TRY(ARENA_NEW(work->arena, uint32_t, paths.nodes, &paths.heap));
    TRY(ARENA_NEW(work->arena, uint32_t, paths.nodes, &paths.place));
    *ret_paths = paths;
    return ok();
}

float paths_price(const Trial *trial, const Way *way, uint32_t value, uint32_t category)
{
    const Star *star = &trial->work->star;
    Place place = {way->side, value, way->year, category};
    float price = trial_price(trial, star_cell(star, place));

    if (way->other != NO_YEAR) {
        place.period = way->other;
        price += trial_price(trial, star_cell(star, place));
    }
    for (uint32_t i = 0; i < trial->work->span_count; i++) {
        place.period = trial->work->spans[i];
        bool differs = star_holds(star, place.period, way->year) !=
                       (way->other != NO_YEAR && star_holds(star, place.period, way->other));
        if (differs)
            price += trial_price(trial, star_cell(star, place));
    }
    return price;
}

static bool may_in(const Trial *trial, Place place, int32_t more)
{
    const Star *star = &trial->work->star;

    return more > 0 ? star_exists(star, place.side, place.value, place.period) : trial->entries[star_entry(star, place)] > 0;
}

bool paths_may(const Trial *trial, const Way *way, uint32_t value, uint32_t category, int32_t more)
{
    Place place = {way->side, value, way->year, category}, other = place;

    other.period = way->other;
    return may_in(trial, place, more) && (way->other == NO_YEAR || may_in(trial, other, -more));
}

/* ---- The heap ---- */

static void put(Paths *paths, uint32_t at, uint32_t node)
{
    paths->heap[at] = node;
    paths->place[node] = at + 1;
}

static void rise(Paths *paths, uint32_t node)
{
    uint32_t at = paths->place[node] ? paths->place[node] - 1 : paths->met++;

    for (; at > 0 && paths->cost[paths->heap[(at - 1) / 2]] > paths->cost[node]; at = (at - 1) / 2)
        put(paths, at, paths->heap[(at - 1) / 2]);
    put(paths, at, node);
}

/* Takes the nearest, or PATHS_EVERYWHERE when none is left. */
static uint32_t take_nearest(Paths *paths)
{
    if (paths->met == 0)
        return PATHS_EVERYWHERE;
    uint32_t nearest = paths->heap[0], node = paths->heap[--paths->met], at = 0;

    for (uint32_t next = 1; next < paths->met; next = 2 * at + 1) {
        if (next + 1 < paths->met && paths->cost[paths->heap[next + 1]] < paths->cost[paths->heap[next]])
            next++;
        if (paths->cost[paths->heap[next]] >= paths->cost[node])
            break;
        put(paths, at, paths->heap[next]);
        at = next;
    }
    if (paths->met > 0)
        put(paths, at, node);
    paths->place[nearest] = 0;
    return nearest;
}

/* ---- The ways ---- */

/* Worth asking what it costs. */
static bool may_better(const Paths *paths, uint32_t node, uint32_t next)
{
    return !paths->settled[next] && paths->cost[node] < paths->cost[next];
}

static void relax(Paths *paths, uint32_t node, uint32_t next, float price)
{
    if (price >= TRIAL_BOUND || paths->cost[node] + price >= paths->cost[next])
        return;
    paths->cost[next] = paths->cost[node] + price;
    paths->from[next] = node;
    rise(paths, next);
}

/* From a value: over its entries to categories, over its total to the total. */
static void leave_value(const Trial *trial, const Way *way, const Journey *journey, Paths *paths, uint32_t value)
{
    bool first = value == journey->from;

    for (uint32_t category = 0; category < paths->categories; category++) {
        uint32_t next = paths_category(paths, category);
        if (may_better(paths, value, next) && !(first && next == journey->not_first) &&
            paths_may(trial, way, value, category, -way->sign))
            relax(paths, value, next, paths_price(trial, way, value, category) + PATHS_STEP);
    }
    if (may_better(paths, value, paths_total(paths)) && !(first && paths_total(paths) == journey->not_first))
        relax(paths, value, paths_total(paths), paths_price(trial, way, value, paths->categories));
}

/* From a category, or from the total, to values. */
static void leave_column(const Trial *trial, const Way *way, const Journey *journey, Paths *paths, uint32_t node)
{
    uint32_t category = node - paths->values;
    bool first = node == journey->from, total = node == paths_total(paths);

    for (uint32_t value = 0; value < paths->values; value++)
        if (may_better(paths, node, value) && !(first && value == journey->not_first) &&
            (total || paths_may(trial, way, value, category, way->sign)))
            relax(paths, node, value, paths_price(trial, way, value, category) + (total ? 0 : PATHS_STEP));
}

void paths_find(const Trial *trial, const Way *way, Journey journey, Paths *paths)
{
    for (uint32_t node = 0; node < paths->nodes; node++) {
        paths->cost[node] = PATHS_NOWHERE;
        paths->settled[node] = 0;
        paths->place[node] = 0;
    }
    paths->met = 0;
    paths->cost[journey.from] = 0;
    paths->from[journey.from] = journey.from;
    for (uint32_t node = journey.from; node != PATHS_EVERYWHERE; node = take_nearest(paths)) {
        if (node == journey.to || paths->cost[node] >= journey.at_most)
            return;
        paths->settled[node] = 1;
        if (node < paths->values)
            leave_value(trial, way, &journey, paths, node);
        else
            leave_column(trial, way, &journey, paths, node);
    }
}
