/* What statistics are about, in words.
 * Must not know a figure.
 * Used by web/statistics. */
#ifndef WEB_STATISTICS_WORDS_H
#define WEB_STATISTICS_WORDS_H

#include "web/statistics/asked.h"

/* "statistics.<prefix>.<code>" */
MUST_USE Err statistics_text(const Call *call, const char *prefix, const char *code, Str *ret_text);
/* "Fravær", "Alle områder" */
MUST_USE Err statistics_category(const Call *call, const StatisticsRead *read, FiguresView view, uint16_t category, Str *ret_name);
/* "Tindlia skole", "Stor bekymring"; of no value "Hele kommunen". */
MUST_USE Err statistics_value(const Call *call, const StatisticsRead *read, FigurePlace place, Str *ret_name);
/* "2025", "2. kvartal 2025", "Alle hele år" */
MUST_USE Err statistics_period(const Call *call, FigurePlace place, Str *ret_name);
/* A number as it stands in pages and files, or the one word for what is masked, or the one for what is not offered. */
MUST_USE Err statistics_figure(const Call *call, const Figure *figure, Str *ret_text);
/* "category", or what the table's values are of, "year", "quarter"; of categories the view's name for them. */
const char *statistics_rows_code(const FiguresQuestion *question, FiguresRows of);

#endif
