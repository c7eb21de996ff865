/* Reads what a publication shows: all that a page, a chart, a file or the API may know.
 * Must not compute: a number stands in the shown bytes, or it is masked.
 * Called by service, figures and cli. Needs no memory, and as long for ten million facts as for ten. */
#ifndef CUBE_ANSWER_H
#define CUBE_ANSWER_H

#include "cube/cube.h"

/* A view into the bytes, which must outlive it. */
typedef struct CubeShown {
    CubeDims dims;
    Str numbers; /* big-endian u32 each */
} CubeShown;

/* Errors: E_MALFORMED, E_TRUNCATED. */
MUST_USE Err cube_shown_open(Str bytes, CubeShown *ret_shown);

/* Years that are closed in this publication: the first, and how many. Only they can be asked for by year, and all of them
 * together are "all years"; of a year that is not over there are quarters. */
uint16_t cube_first_year(const CubeShown *shown);
uint32_t cube_closed_years(const CubeShown *shown);

/* In the place of a position in a list: all together, or one row for each. */
#define CUBE_ALL UINT16_MAX
#define CUBE_EACH (UINT16_MAX - 1)

/* At most one of the four is CUBE_EACH: the rows of the answer run along it. With none the rows are one, the number itself. */
typedef struct CubeQuestion {
    uint16_t category; /* position in the list */
    uint16_t year;     /* the year itself, as 2026 */
    CubeSide side;     /* CUBE_WHOLE: not broken down; value is CUBE_ALL then */
    uint16_t value;    /* position among the side's values. CUBE_QUARTER: 0..3 or CUBE_EACH of a year, closed or not; or with the
                          year CUBE_ALL the value CUBE_EACH: a row for every quarter from dims.first to dims.last */
} CubeQuestion;

typedef struct CubeAnswer {
    uint32_t rows;
    uint32_t total; /* number or MASKED; of rows along years the total over all closed years */
    bool parts;     /* the rows are parts of the total: percentages may be told where both are shown */
} CubeAnswer;

/* How many rows an answer has: room for cube_answer. 0 when the question is not on offer. */
uint32_t cube_rows(const CubeShown *shown, const CubeQuestion *question);
/* ret_rows has room for cube_rows. A category that was chosen is a filter: with fewer than five the whole answer is masked.
 * Errors: E_RANGE when the question is not on offer (a combination of two breakdowns, a year that is not closed, a value that is
 * on no list): the page says so, the same words for all of them. */
MUST_USE Err cube_answer(const CubeShown *shown, const CubeQuestion *question, uint32_t *ret_rows, CubeAnswer *ret_answer);

#endif
