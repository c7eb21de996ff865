/* Tables of figures as a page shows them: numbers, the word for what is masked, and a picture beside them.
 * Must not put anything but what is shown into a length, a title or an order.
 * Used by web/statistics. Rules: statistics 5, 14. */
#ifndef WEB_STATISTICS_TABLES_H
#define WEB_STATISTICS_TABLES_H

#include "pages/views.h"
#include "web/statistics/words.h"

/* What a page is made of. */
typedef struct StatisticsMaking {
    const Call *call;
    const StatisticsRead *read;
    const FiguresQuestion *question;
} StatisticsMaking;

/* Errors: E_NO_MEMORY. */
MUST_USE Err statistics_table_views(const StatisticsMaking *making, const FiguresTables *tables, FigureTableViews *ret_views);

#endif
