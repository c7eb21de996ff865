/* Finds certificates: the cheapest change of the data that takes one cell a step down, or up, and leaves what is shown as it is, but
 * for cells that have to be masked for it.
 * Must not find a way that does not exist: each is a data set, of whole numbers that are none or more.
 * Used by freeze and deep. */
#ifndef CUBE_SEARCH_H
#define CUBE_SEARCH_H

#include "cube/paths.h"

#define STEP_CHANGES 1400 /* on a way each node is met once: two years, all sides, 64 categories at most between two values each */

/* One more, or one fewer, of something: the entries that change, and how many times it can be done. */
typedef struct Step {
    float cost;
    uint32_t count;
    Change changes[STEP_CHANGES];
    uint32_t times;
} Step;

typedef struct Search {
    Trial trial;
    Paths paths[CUBE_SIDES];
    Step best, tried;
} Search;

/* Errors: E_NO_MEMORY. */
MUST_USE Err search_new(Work *work, Search **ret_search);
/* The cheapest step of the cell in the direction of sign, from where the trial is, into search->best; false when there is none. */
bool search_step(Search *search, uint32_t cell, int32_t sign);
/* Does the step at most so many times. */
void search_take(Search *search, uint32_t times);
/* Steps until the trial has the cell at the goal; false when it cannot be had. The trial stands as it got to. */
bool search_reach(Search *search, uint32_t cell, uint32_t goal);
/* A certificate for each goal of the sensitive cell that it is not certified for yet, where there is one that can be paid.
 * Errors: E_NO_MEMORY. */
MUST_USE Err search_certify(Search *search, uint32_t cell);

#endif
