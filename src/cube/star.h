/* Where each number of a cube stands, and what the facts give there. Two kinds of places:
 *   an entry is a count as fine as the cube knows: of one side a value, with a year and a category. The entries of a side add up, year
 *   by year and category by category, to those of the whole; nothing else ties two sides together, so any entries that add up so are
 *   those of some facts: draw the facts of a year and category, and deal out the values of each side among them.
 *   a cell is a number that can be asked for: entries summed over categories, over years, over both, or neither.
 * Must not know masks. Used inside cube. */
#ifndef CUBE_STAR_H
#define CUBE_STAR_H

#include "cube/cube.h"

typedef struct Star {
    CubeDims dims;
    uint32_t years;              /* begun */
    uint32_t closed;             /* the first so many of them are over */
    uint32_t periods;            /* the years, then for each year but the first all years up to it */
    uint32_t categories;         /* a cell's category may be this number: all together */
    uint32_t values[CUBE_SIDES]; /* 0: the family has no such side */
    uint32_t cell_at[CUBE_SIDES + 1];
    uint32_t entry_at[CUBE_SIDES + 1];
} Star;

/* A cell, or with a period that is a year and a category that is one an entry. */
typedef struct Place {
    CubeSide side;
    uint32_t value;
    uint32_t period;
    uint32_t category;
} Place;

/* Errors: E_RANGE. */
MUST_USE Err star_new(const CubeDims *dims, Star *ret_star);

uint32_t star_cells(const Star *star);
uint32_t star_entries(const Star *star);
uint32_t star_cell(const Star *star, Place place);
uint32_t star_entry(const Star *star, Place place);
Place star_cell_place(const Star *star, uint32_t cell);
Place star_entry_place(const Star *star, uint32_t entry);

/* All years up to and with this one, as a period. */
uint32_t star_span(const Star *star, uint32_t year);
/* The last year of a period; the first is the same, or 0 of a span. */
uint32_t star_last_year(const Star *star, uint32_t period);
bool star_is_span(const Star *star, uint32_t period);
/* The year belongs to the period. */
bool star_holds(const Star *star, uint32_t period, uint32_t year);
/* Facts can have it: of quarters only those that are published. */
bool star_exists(const Star *star, CubeSide side, uint32_t value, uint32_t year);
/* Such cells can be asked for in the publication of these dimensions. */
bool star_offers(const Star *star, Place place);
/* The threshold of R1 and of R2: below it, and above 0, a number is sensitive. */
uint32_t star_enough(const Star *star, Place place);

/* Counts the facts into entries (zeros before). Errors: E_RANGE. */
MUST_USE Err star_count(const Star *star, const CubeFacts *facts, int32_t *entries);
/* Sums entries into cells. */
void star_sum(const Star *star, const int32_t *entries, uint32_t *ret_numbers);
/* The value of the fact on the side. */
uint32_t star_value(const CubeFact *fact, CubeSide side);
/* Of all cells that an entry is part of the number, at most STAR_PARTS. */
#define STAR_PARTS (2 * (CUBE_YEARS_MAX + 1))
uint32_t star_parts(const Star *star, uint32_t entry, uint32_t *ret_cells);

#endif
