/* The cheapest ways to move facts within one side of the cube and one year, so that all sums that are not on the way stay as they are.
 * A side's year is a table, values down, categories across. It is read as a network: a node for each value, one for each category, and
 * one for the total of all values. Between a value and a category lies their entry, between a value and the total the value's own
 * total. Going over an entry changes it by one, in one direction more, in the other less; a way that comes back to where it began
 * leaves every sum alone. What a way costs is what the shown cells on it cost to mask, so the cheapest way is a shortest path.
 * Must not weigh entries that are not there: nothing becomes less than none.
 * Used by search. */
#ifndef CUBE_PATHS_H
#define CUBE_PATHS_H

#include "cube/trial.h"

#define NO_YEAR UINT32_MAX

/* Which network, and in which sense: sign is what going from a category to a value does to their entry. Where there is another year
 * all that is done is undone there, and the sums of both years together stay as well. */
typedef struct Way {
    CubeSide side;
    uint32_t year, other;
    int32_t sign;
} Way;

typedef struct Paths {
    uint32_t values, categories, nodes;
    float *cost;     /* of the cheapest way to each node */
    uint32_t *from;  /* the node before it */
    uint8_t *settled;
    uint32_t *heap;  /* nodes that were met and are not settled, the nearest first */
    uint32_t *place; /* of each node in the heap, counted from 1; 0: it is not there */
    uint32_t met;    /* nodes in the heap */
} Paths;
#define PATHS_NOWHERE 1e30F
#define PATHS_STEP 0.001F /* of two ways that cost the same the shorter is the better */
#define PATHS_FREE 0.5F   /* what costs less masks nothing */

static inline uint32_t paths_category(const Paths *paths, uint32_t category)
{
    return paths->values + category;
}
static inline uint32_t paths_total(const Paths *paths)
{
    return paths->values + paths->categories;
}

/* Where to and how dear at most: `to` is a node, or PATHS_EVERYWHERE. The first step does not go to `not_first`. */
typedef struct Journey {
    uint32_t from, to, not_first;
    float at_most;
} Journey;
#define PATHS_EVERYWHERE UINT32_MAX

/* Errors: E_NO_MEMORY. */
MUST_USE Err paths_new(const Work *work, CubeSide side, Paths *ret_paths);
void paths_find(const Trial *trial, const Way *way, Journey journey, Paths *paths);
/* What it costs to change an entry, or with the category of all the value's total: cells that are shown and would differ. */
float paths_price(const Trial *trial, const Way *way, uint32_t value, uint32_t category);
/* Facts may become more, or fewer, there. */
bool paths_may(const Trial *trial, const Way *way, uint32_t value, uint32_t category, int32_t more);

#endif
