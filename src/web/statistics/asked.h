/* What an address asks of the statistics: its filters read, and written into addresses again.
 * Must not give a manager another unit than their own.
 * Used by web/statistics and web/api. Rules: statistics 9, 13. */
#ifndef WEB_STATISTICS_ASKED_H
#define WEB_STATISTICS_ASKED_H

#include "figures/figures.h"
#include "service/statistics/read.h"
#include "web/call/call.h"

#define STATISTICS_PAGE "/statistikk"
#define STATISTICS_CSV "/statistikk/csv"
#define STATISTICS_API "/api/v1/statistics"

/* The filters, as they stand in addresses. */
#define ASKED_VIEW "view"         /* a view's code; none: attentions */
#define ASKED_CATEGORY "category" /* a code; none: all */
#define ASKED_PERIOD "period"     /* 2025, 2025-2 or all; none: the newest year */
#define ASKED_BY "by"             /* unit, unit-<id>, severity, severity-2 ...; none: the municipality, for a manager their unit beside it */
#define ASKED_WHOLE "whole"       /* of by: the municipality alone, for a manager */
#define ASKED_ALL "all"           /* of period: all whole years */

typedef struct AskedFault {
    const char *field;
    enum msg words;
} AskedFault;

#define ASKED_FILTERS 4

typedef struct Asked {
    FiguresQuestion question; /* a filter that is wrong is left out of it */
    AskedFault faults[ASKED_FILTERS];
    size_t fault_count;
} Asked;

/* What a view's family shows. */
const CubeShown *asked_shown(const StatisticsRead *read, FiguresView view);

/* The question of this request. What is no filter's value is a fault, and what is right beside it stays. */
MUST_USE Err statistics_asked(const Call *call, const StatisticsRead *read, Asked *ret_asked);

/* The same question of a view, without what that view has not: a breakdown, a quarter, categories of the other family. */
FiguresQuestion asked_in_view(const StatisticsRead *read, const FiguresQuestion *question, FiguresView view);

/* The filters as "?view=...". */
MUST_USE Err asked_query(const Call *call, const StatisticsRead *read, const FiguresQuestion *question, Str *ret_query);
/* Whether the reader may ask for every unit: a manager for their own only. */
bool asked_every_unit(const Call *call);
/* One value of what is broken down by, as in addresses after the '-': a unit's id, a code. */
MUST_USE Err asked_value(const Call *call, const StatisticsRead *read, FigurePlace place, Str *ret_text);
/* One value of a filter, as it stands in an address. by: with a value or each; empty for the whole municipality. */
MUST_USE Err asked_period(const Call *call, FigurePlace place, Str *ret_value);
MUST_USE Err asked_by(const Call *call, const StatisticsRead *read, const FiguresQuestion *question, Str *ret_value);

#endif
