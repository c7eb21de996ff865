/* Numbers that add up to a total that is on offer as well: whoever sees the total and all members but some knows those together
 * (rules: statistics 7).
 * Must not judge: lines are the same for who masks and for who checks.
 * Used inside cube. */
#ifndef CUBE_LINES_H
#define CUBE_LINES_H

#include "cube/work.h"

typedef struct Line {
    uint32_t first, step, count; /* the members' cells */
    uint32_t total;
    bool categories;             /* the members are the categories of a filter */
    uint32_t enough;             /* what is masked of it sums to 0 or to at least this */
} Line;

typedef struct Lines {
    Line *items;
    uint32_t count;
} Lines;

/* All lines along which something can be asked for, or could. Errors: E_NO_MEMORY. */
MUST_USE Err lines_find(const Star *star, Arena *keep, Lines *ret_lines);
/* Shows loosely masked cells again where every line that they are on holds with them, the coarse ones first. Errors: E_NO_MEMORY. */
MUST_USE Err lines_loosen(Work *work, Lines lines);
/* Masks the next-lowest where too little is masked, until every line holds. *ret_masked: how many. */
void lines_mend(Work *work, Lines lines, uint32_t *ret_masked);

#endif
