/* What statistics are about, in words.
 * Must not know a figure but to write it.
 * Used by web/statistics. */
#include "web/statistics/words.h"

#include <stdio.h>

#include "web/call/answer.h"
#include "web/call/words.h"

Err statistics_text(const Call *call, const char *prefix, const char *code, Str *ret_text)
{
    Buf key = buf_new(call->arena, 64);
    Str text = STR_NONE;

    buf_format(&key, "statistics.%s.%s", prefix, code);
    TRY(buf_done(&key, &text));
    *ret_text = msg_by_key(call->language, text);
    return ok();
}

/* The list of attentions and measures as it is in entries; outcomes without what follows from them. What stands in a place is told by
 * the publication. */
static Err listed(const Call *call, const StatisticsRead *read, CountedList list, uint16_t position, Str *ret_name)
{
    const uint16_t code = figures_code(&read->counted, list, position);
    char number[8];

    if (list == COUNTED_OUTCOMES) {
        snprintf(number, sizeof number, "%u", code);
        return statistics_text(call, "outcome", number, ret_name);
    }
    if (code == 0) {
        *ret_name = call_text(call, MSG_STATISTICS_NOT_STATED);
        return ok();
    }
    return code_word(call, counted_codes(list), code_text(code), ret_name);
}

/* Measures and outcomes are about the same categories. */
static const char *categories_code(FiguresView view)
{
    return figures_view_code(view == FIGURES_OUTCOMES ? FIGURES_MEASURES : view);
}

Err statistics_category(const Call *call, const StatisticsRead *read, FiguresView view, uint16_t category, Str *ret_name)
{
    if (category == 0)
        return statistics_text(call, "all", categories_code(view), ret_name);
    return listed(call, read, figures_categories(view), category, ret_name);
}

Err statistics_value(const Call *call, const StatisticsRead *read, FigurePlace place, Str *ret_name)
{
    if (place.value == 0) {
        *ret_name = call_text(call, MSG_STATISTICS_WHOLE);
        return ok();
    }
    if (place.by != FIGURES_BY_UNIT)
        return listed(call, read, figures_list(place.by), place.value, ret_name);
    *ret_name = place.value <= read->unit_count ? read->units[place.value - 1].name : STR_NONE;
    return ok();
}

Err statistics_period(const Call *call, FigurePlace place, Str *ret_name)
{
    const MsgArgument arguments[] = {{.name = STR("year"), .type = ARGUMENT_NUMBER, .number = place.year},
                                     {.name = STR("quarter"), .type = ARGUMENT_NUMBER, .number = place.quarter}};

    if (place.year == 0) {
        *ret_name = call_text(call, MSG_STATISTICS_PERIOD_ALL);
        return ok();
    }
    return message_of(call, place.quarter == 0 ? MSG_STATISTICS_PERIOD_YEAR : MSG_STATISTICS_PERIOD_QUARTER, arguments,
                      COUNT_OF(arguments), ret_name);
}

Err statistics_figure(const Call *call, const Figure *figure, Str *ret_text)
{
    if (figure->state == FIGURE_SHOWN)
        return str_format(call->arena, ret_text, "%u", figure->count);
    *ret_text = call_text(call, figure->state == FIGURE_MASKED ? MSG_STATISTICS_MASKED : MSG_STATISTICS_UNAVAILABLE);
    return ok();
}

const char *statistics_rows_code(const FiguresQuestion *question, FiguresRows of)
{
    static const char *const codes[] = {[FIGURES_ROWS_YEAR] = "year", [FIGURES_ROWS_QUARTER] = "quarter"};

    if (of == FIGURES_ROWS_CATEGORY)
        return categories_code(question->view);
    return of == FIGURES_ROWS_VALUE ? figures_by_code(question->place.by) : codes[of];
}
