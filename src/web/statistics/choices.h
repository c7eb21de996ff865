/* The filters of the statistics as a form: what a publication has, and no more.
 * Must not offer a manager another unit than their own.
 * Used by web/statistics. */
#ifndef WEB_STATISTICS_CHOICES_H
#define WEB_STATISTICS_CHOICES_H

#include "web/statistics/tables.h"

/* With what was right of the question chosen, and what is wrong told beside its filter. Errors: E_NO_MEMORY. */
MUST_USE Err statistics_choices(const StatisticsMaking *making, const Asked *asked, ChoiceViews *ret_choices);

#endif
