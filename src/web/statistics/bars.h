/* The picture beside a row of figures, in per cent of the width (rules: statistics 14).
 * Must not know a masked number: what is masked is hatched, always as long.
 * Used by web/statistics. */
#ifndef WEB_STATISTICS_BARS_H
#define WEB_STATISTICS_BARS_H

#include "figures/figures.h"
#include "pages/views.h"

/* What the bars of one table are measured by. */
typedef struct BarScale {
    const FiguresTable *table;
    uint32_t longest[FIGURES_BESIDE]; /* in each column, as bar_length counts */
} BarScale;

BarScale bars_scale(const FiguresTable *table);
/* The bars of one row. Errors: E_NO_MEMORY. */
MUST_USE Err bars_of(const BarScale *scale, const FiguresRow *row, Arena *keep, Bars *ret_bars);
/* b1 .. b7: of a column. */
Str bars_shade(unsigned column);

#endif
