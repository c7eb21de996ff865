/* What a publication begins with: all that may be asked for, less what the two agreed rules mask, less decoys; and what it costs to
 * mask each of the numbers that are left (rules: statistics 5, 6, 9, 10, 15).
 * Must not show what the rules mask, nor a number of a period that was published before and was masked then.
 * Used by freeze. */
#ifndef CUBE_FLOOR_H
#define CUBE_FLOOR_H

#include "cube/work.h"

/* The breakdowns, from the finest, which is given up first when not all can be certified. */
#define FLOOR_VIEWS 18
/* Flags and prices of all cells. Cells that are bound stay as they are; published_to is the last quarter that was published before,
 * 0 when there was none. Errors: E_CRYPTO, E_NO_MEMORY. */
MUST_USE Err floor_lay(Work *work, uint16_t published_to, Dice *dice);
/* Masks what is not bound of the view; *ret_any: it had something. */
void floor_drop(Work *work, uint32_t view, bool *ret_any);

#endif
