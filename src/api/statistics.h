/* Statistics as JSON: each figure with what it counts, by codes.
 * Must say the same as the shapes statistics and statistics_figure, and hold what the page shows and no more.
 * Used by web's handlers under /api/. */
#ifndef API_STATISTICS_H
#define API_STATISTICS_H

#include "figures/figures.h"
#include "service/statistics/read.h"

/* tables: NULL before the first publication. One document of at most API_ANSWER_MAX bytes. Errors: E_TOO_LARGE, E_NO_MEMORY. */
typedef struct ApiStatistics {
    const StatisticsRead *read;
    const FiguresQuestion *question;
    const FiguresTables *tables;
} ApiStatistics;
MUST_USE Err write_statistics(const ApiStatistics *statistics, Arena *keep, Str *ret_body);

#endif
