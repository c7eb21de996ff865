/* What somebody asks of the statistics, and the tables of figures that answer it, out of what a publication shows.
 * Must not know a word, a reader's rights, or a number that is masked: what it reads holds none.
 * Used by web/statistics, web/api and api. Rules: statistics 5, 9, 14. */
#ifndef FIGURES_FIGURES_H
#define FIGURES_FIGURES_H

#include "cube/answer.h"
#include "domain/statistics/counted.h"

/* Name, code in addresses and documents, the family of facts, the list of its categories. */
#define FIGURES_VIEWS_OF(X)                                          \
    X(ATTENTIONS, "attentions", CUBE_ATTENTIONS, COUNTED_ATTENTIONS) \
    X(MEASURES, "measures", CUBE_MEASURES, COUNTED_MEASURES)         \
    X(OUTCOMES, "outcomes", CUBE_MEASURES, COUNTED_MEASURES)

#define X(name, code, family, list) FIGURES_##name,
typedef enum FiguresView { FIGURES_VIEWS_OF(X) FIGURES_VIEW_COUNT } FiguresView;
#undef X

/* By what a figure is broken down besides category and period; at most one of them (rules: statistics 9). */
#define FIGURES_BYS(X)                           \
    X(NOTHING, "", COUNTED_NOTHING)              \
    X(UNIT, "unit", COUNTED_NOTHING)             \
    X(SEVERITY, "severity", COUNTED_SEVERITIES)  \
    X(OUTCOME, "outcome", COUNTED_OUTCOMES)      \
    X(ATTENTION, "attention", COUNTED_MEASURES_FOR)

#define X(name, code, list) FIGURES_BY_##name,
typedef enum FiguresBy { FIGURES_BYS(X) FIGURES_BY_COUNT } FiguresBy;
#undef X

#define FIGURES_COLUMNS 8 /* each outcome and "not evaluated", and their total */

/* One figure by what it counts. Positions are places in the publication's own lists, from 1 on; 0 is all. */
typedef struct FigurePlace {
    uint16_t category;
    uint16_t year;   /* 2025; 0: all whole years */
    uint8_t quarter; /* 1-4; 0: the whole year */
    FiguresBy by;
    uint16_t value;  /* of by: a unit of the publication, a code; 0: all, which is the same as by nothing */
} FigurePlace;

/* A state left out is nothing that is offered. There is one state for every reason to mask (rules: statistics 5, 6, 15). */
typedef enum FigureState { FIGURE_UNAVAILABLE = 0, FIGURE_MASKED, FIGURE_SHOWN } FigureState;

typedef struct Figure {
    FigurePlace place;
    FigureState state;
    uint32_t count; /* 0 unless it is shown */
} Figure;

typedef struct FiguresQuestion {
    FiguresView view;
    FigurePlace place;
    bool each;   /* every value of place.by for itself; place.value is 0 then */
    bool beside; /* one unit beside the whole municipality: place.by is the unit */
} FiguresQuestion;

/* What the rows of a table are. */
typedef enum FiguresRows { FIGURES_ROWS_CATEGORY, FIGURES_ROWS_VALUE, FIGURES_ROWS_YEAR, FIGURES_ROWS_QUARTER } FiguresRows;
/* And its columns: one number; a unit's and the municipality's; one for each outcome, and their total. */
typedef enum FiguresColumns { FIGURES_ONE = 1, FIGURES_BESIDE = 2, FIGURES_EACH_OUTCOME = FIGURES_COLUMNS } FiguresColumns;

typedef struct FiguresRow {
    Figure figures[FIGURES_COLUMNS]; /* as many as the table has columns */
} FiguresRow;

typedef struct FiguresTable {
    FiguresRows of;
    FiguresColumns columns;
    const FiguresRow *rows; /* in the order of the publication's list, never by size */
    uint32_t count;         /* 0: nothing of it is offered */
    FiguresRow total;
    bool parts;             /* rows are parts of the total: shares may be told */
    bool no_total;          /* quarters of all years: nothing is the sum of them */
} FiguresTable;

#define FIGURES_TABLES_MAX 3

typedef struct FiguresTables {
    FiguresTable tables[FIGURES_TABLES_MAX]; /* those of which something is offered */
    uint32_t count;
    FiguresRow headline; /* what was asked for as a whole */
    FiguresColumns columns;
} FiguresTables;

const char *figures_view_code(FiguresView view);
/* Of the family that the view is about. */
CubeFamily figures_family(FiguresView view);
const char *figures_by_code(FiguresBy by);
/* The list of a view's categories, and of what it is broken down by; COUNTED_NOTHING for units and nothing. */
CountedList figures_categories(FiguresView view);
CountedList figures_list(FiguresBy by);
/* How many values there are to break down by, "not stated" too; how many outcomes are columns of their own. */
uint16_t figures_values(const CubeShown *shown, FiguresBy by);
/* The code of a position from 1 on, in the lists of the publication; 0 for "not stated". */
uint16_t figures_code(const Counted *counted, CountedList list, uint16_t position);
/* The position of a code ("0": not stated). Errors: E_MALFORMED. */
MUST_USE Err figures_position(const Counted *counted, CountedList list, Str text, uint16_t *ret_position);
/* Whether this view can be broken down so. */
bool figures_may(FiguresView view, FiguresBy by);

/* The whole percent that a figure is of a total; -1 unless both are shown and the total is more than 0. */
int figure_share(const Figure *figure, const Figure *total);
/* What a figure of a row is a share of: an outcome of its row, others of their column. NULL where no share is told. */
const Figure *figures_whole(const FiguresTable *table, const FiguresRow *row, unsigned column);
/* Every table that answers the question, out of what its family shows. Errors: E_NO_MEMORY. */
MUST_USE Err figures_answer(const CubeShown *shown, const FiguresQuestion *question, Arena *keep, FiguresTables *ret_tables);

#endif
