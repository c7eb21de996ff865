/* What several sides together say. Of a year and category with n facts, of which a have one value and b another, a + b - n at least have
 * both; of several sides likewise, and of several years and categories the sum. Any number from there up can be, since the sides are
 * dealt out independently.
 * Must not count a number that is large enough to be shown.
 * Used by freeze and verify. */
#include <stdlib.h>
#include <string.h>

#include "cube/deep.h"

/* ---- Finding ---- */

typedef struct Finder {
    const Work *work;
    Deeps *found;
    Arena *keep;
    uint32_t room;
    uint32_t year, category;
} Finder;

static Err add(Finder *finder, const Deep *deep)
{
    Deeps *found = finder->found;

    if (found->count == finder->room) {
        uint32_t room = finder->room ? 2 * finder->room : 256;
        Deep *items;
        TRY(ARENA_NEW(finder->keep, Deep, room, &items));
        if (found->count)
            memcpy(items, found->items, found->count * sizeof *items);
        found->items = items;
        finder->room = room;
    }
    found->items[found->count++] = *deep;
    return ok();
}

static uint32_t count_at(const Work *work, CubeSide side, uint32_t value, uint32_t year, uint32_t category)
{
    return (uint32_t)work->entries[star_entry(&work->star, (Place){side, value, year, category})];
}

/* A quarter is of one year, and years that are not over are in no sum. */
static bool is_a_sum(const Star *star, const Deep *deep, uint32_t period)
{
    return !star_is_span(star, period) || (deep->values[CUBE_QUARTER] == DEEP_ANY && star_last_year(star, period) < star->closed);
}

/* The same values in more: all categories, all years up to each. */
static Err add_with_sums(Finder *finder, Deep deep)
{
    const Star *star = &finder->work->star;

    for (uint32_t period = finder->year; period < star->periods; period++) {
        if (!star_holds(star, period, finder->year) || !is_a_sum(star, &deep, period))
            continue;
        deep.period = (uint16_t)period;
        deep.category = finder->category;
        TRY(add(finder, &deep));
        deep.category = star->categories;
        TRY(add(finder, &deep));
    }
    return ok();
}

/* Adds values of this side and the next ones to those that meet in `least` facts at least. It ends where they need not meet. */
static Err extend(Finder *finder, Deep *deep, CubeSide side, uint32_t least, unsigned sides)
{
    const Work *work = finder->work;
    uint32_t all = count_at(work, CUBE_WHOLE, 0, finder->year, finder->category);

    if (side == CUBE_SIDES)
        return sides >= 2 && least <= FEWEST_REGISTRATIONS ? add_with_sums(finder, *deep) : ok();
    TRY(extend(finder, deep, side + 1, least, sides));
    for (uint32_t value = 0; value < work->star.values[side]; value++) {
        uint32_t there = count_at(work, side, value, finder->year, finder->category);
        if (there == 0 || least + there <= all)
            continue;
        deep->values[side] = (uint16_t)value;
        TRY(extend(finder, deep, side + 1, least + there - all, sides + 1));
        deep->values[side] = DEEP_ANY;
    }
    return ok();
}

/* ---- Counting what the facts give ---- */

static bool meets(const Deep *deep, const CubeFact *fact)
{
    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
        if (deep->values[side] != DEEP_ANY && deep->values[side] != star_value(fact, side))
            return false;
    return true;
}

/* Which of them hold a year and category, as lists one behind the other. */
typedef struct Buckets {
    uint32_t *begins;
    uint32_t *deeps;
} Buckets;

static bool is_in(const Star *star, const Deep *deep, uint32_t bucket)
{
    uint32_t year = bucket / star->categories, category = bucket % star->categories;

    return star_holds(star, deep->period, year) && (deep->category == star->categories || deep->category == category);
}

static Err sort_into_buckets(const Star *star, const Deeps *deeps, Arena *scratch, Buckets *ret_buckets)
{
    uint32_t buckets = star->years * star->categories, count = 0;
    Buckets result;

    TRY(ARENA_NEW(scratch, uint32_t, buckets + 1, &result.begins));
    for (uint32_t bucket = 0; bucket < buckets; bucket++)
        for (uint32_t i = 0; i < deeps->count; i++)
            count += is_in(star, &deeps->items[i], bucket);
    TRY(ARENA_NEW(scratch, uint32_t, count, &result.deeps));
    count = 0;
    for (uint32_t bucket = 0; bucket < buckets; bucket++) {
        result.begins[bucket] = count;
        for (uint32_t i = 0; i < deeps->count; i++)
            if (is_in(star, &deeps->items[i], bucket))
                result.deeps[count++] = i;
    }
    result.begins[buckets] = count;
    *ret_buckets = result;
    return ok();
}

static Err count_facts(const Work *work, Deeps *deeps, Arena *scratch)
{
    const Star *star = &work->star;
    Buckets buckets;

    TRY(sort_into_buckets(star, deeps, scratch, &buckets));
    for (size_t i = 0; i < work->facts->count; i++) {
        const CubeFact *fact = &work->facts->facts[i];
        uint32_t bucket = (fact->quarter / 4u - star->dims.first / 4u) * star->categories + fact->category;
        for (uint32_t k = buckets.begins[bucket]; k < buckets.begins[bucket + 1]; k++)
            deeps->items[buckets.deeps[k]].number += meets(&deeps->items[buckets.deeps[k]], fact);
    }
    return ok();
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(Deep));
}

/* The same sum is found from each of its parts. */
static void leave_each_once(Deeps *deeps)
{
    uint32_t kept = 0;

    qsort(deeps->items, deeps->count, sizeof *deeps->items, compare);
    for (uint32_t i = 0; i < deeps->count; i++)
        if (i == 0 || compare(&deeps->items[i], &deeps->items[i - 1]) != 0)
            deeps->items[kept++] = deeps->items[i];
    deeps->count = kept;
}

static void leave_sensitive(const Star *star, Deeps *deeps)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < deeps->count; i++) {
        uint32_t enough = deeps->items[i].category == star->categories ? FEWEST_REGISTRATIONS : FEWEST_ANSWERS;
        if (deeps->items[i].number < enough)
            deeps->items[kept++] = deeps->items[i];
    }
    deeps->count = kept;
}

Err deep_find(const Work *work, Arena *keep, Deeps *ret_deeps)
{
    Deeps found = {0};
    Finder finder = {.work = work, .found = &found, .keep = keep};
    Deep none = {.values = {DEEP_ANY, DEEP_ANY, DEEP_ANY, DEEP_ANY, DEEP_ANY}};

    for (finder.year = 0; finder.year < work->star.years; finder.year++)
        for (finder.category = 0; finder.category < work->star.categories; finder.category++)
            TRY(extend(&finder, &none, CUBE_ORGANISATION, count_at(work, CUBE_WHOLE, 0, finder.year, finder.category), 0));
    if (found.count > 0) {
        leave_each_once(&found);
        TRY(count_facts(work, &found, keep));
        leave_sensitive(&work->star, &found);
    }
    *ret_deeps = found;
    return ok();
}

/* ---- Certifying ---- */

static uint32_t least_at(const Star *star, const int32_t *entries, const Deep *deep, Place place)
{
    place.side = CUBE_WHOLE;
    place.value = 0;
    int64_t all = entries[star_entry(star, place)], least = all;

    for (CubeSide side = CUBE_ORGANISATION; side < CUBE_SIDES; side++)
        if (deep->values[side] != DEEP_ANY)
            least += entries[star_entry(star, (Place){side, deep->values[side], place.period, place.category})] - all;
    return least > 0 ? (uint32_t)least : 0;
}

/* The first year and category from `from` on where they have to meet; or none. */
static bool next_meeting(const Star *star, const int32_t *entries, const Deep *deep, uint32_t *bucket)
{
    for (; *bucket < star->years * star->categories; (*bucket)++)
        if (is_in(star, deep, *bucket) &&
            least_at(star, entries, deep, (Place){.period = *bucket / star->categories, .category = *bucket % star->categories}) > 0)
            return true;
    return false;
}

uint32_t deep_least(const Star *star, const int32_t *entries, const Deep *deep)
{
    uint32_t sum = 0;

    for (uint32_t bucket = 0; next_meeting(star, entries, deep, &bucket); bucket++)
        sum += least_at(star, entries, deep, (Place){.period = bucket / star->categories, .category = bucket % star->categories});
    return sum;
}

/* It changes something that the number is made of. */
static bool concerns(const Star *star, const Deep *deep, const Certificate *certificate)
{
    for (uint32_t i = 0; i < certificate->count; i++) {
        Place place = star_entry_place(star, certificate->changes[i].entry);
        if ((place.side == CUBE_WHOLE || deep->values[place.side] == place.value) && star_holds(star, deep->period, place.period) &&
            (deep->category == star->categories || deep->category == place.category))
            return true;
    }
    return false;
}

bool deep_is_nothing(const Star *star, int32_t *entries, const Deep *deep, const Certificate *certificate)
{
    uint32_t bucket = 0;

    if (!concerns(star, deep, certificate))
        return false;
    for (uint32_t i = 0; i < certificate->count; i++)
        entries[certificate->changes[i].entry] += certificate->changes[i].more;
    bool nothing = !next_meeting(star, entries, deep, &bucket);
    for (uint32_t i = 0; i < certificate->count; i++)
        entries[certificate->changes[i].entry] -= certificate->changes[i].more;
    return nothing;
}

static bool is_certified(const Work *work, const Deep *deep)
{
    for (uint32_t i = 0; i < work->certificates.count; i++)
        if (deep_is_nothing(&work->star, work->entries, deep, &work->certificates.items[i]))
            return true;
    return false;
}

/* What the deep cell must still have after the step. */
static uint32_t least_after(Search *search, const Step *step, const Deep *deep)
{
    for (uint32_t i = 0; i < step->count; i++)
        search->trial.entries[step->changes[i].entry] += step->changes[i].more;
    uint32_t least = deep_least(&search->trial.work->star, search->trial.entries, deep);
    for (uint32_t i = 0; i < step->count; i++)
        search->trial.entries[step->changes[i].entry] -= step->changes[i].more;
    return least;
}

/* The cheapest step away from the meeting, of one of its values: none that leads back to it elsewhere. */
static bool lessen(Search *search, const Deep *deep, uint32_t bucket, Step *best)
{
    const Star *star = &search->trial.work->star;
    uint32_t category = bucket % star->categories, now = deep_least(star, search->trial.entries, deep);
    Place place = {.period = bucket / star->categories};

    best->cost = TRIAL_BOUND;
    for (place.side = CUBE_ORGANISATION; place.side < CUBE_SIDES; place.side++)
        for (unsigned total = 0; total < 2 && deep->values[place.side] != DEEP_ANY; total++) {
            place.value = deep->values[place.side];
            place.category = total ? star->categories : category;
            if (search_step(search, star_cell(star, place), -1) && search->best.cost < best->cost &&
                least_after(search, &search->best, deep) < now)
                *best = search->best;
        }
    if (best->cost >= TRIAL_BOUND)
        return false;
    search->best = *best;
    search_take(search, 1);
    return true;
}

Err deep_certify(Search *search, const Deep *deep, bool *ret_certified)
{
    const Work *work = search->trial.work;
    size_t mark = arena_mark(work->arena);
    uint32_t bucket = 0;
    Step *best;

    *ret_certified = true;
    if (is_certified(work, deep))
        return ok();
    TRY(ARENA_NEW(work->arena, Step, 1, &best));
    while (next_meeting(&work->star, search->trial.entries, deep, &bucket) && lessen(search, deep, bucket, best))
        bucket = 0;
    arena_rewind(work->arena, mark);
    *ret_certified = deep_least(&work->star, search->trial.entries, deep) == 0 && trial_cost(&search->trial) < TRIAL_BOUND;
    if (*ret_certified)
        return trial_keep(&search->trial);
    trial_drop(&search->trial);
    return ok();
}
