/* The filters of the statistics.
 * Must not guess: a value that is none is told, not repaired.
 * Used by web/statistics and web/api. */
#include "web/statistics/asked.h"

#include "web/call/answer.h"

static void fault(Asked *asked, const char *field, enum msg words)
{
    asked->faults[asked->fault_count++] = (AskedFault){field, words};
}

static Err read_view(Str text, FiguresView *ret_view)
{
    for (unsigned i = 0; i < FIGURES_VIEW_COUNT; i++)
        if (text.length == 0 || str_equal(text, str_from_c(figures_view_code((FiguresView)i)))) {
            *ret_view = (FiguresView)i;
            return ok();
        }
    return fail(E_MALFORMED);
}

/* ---- the period ---- */

/* The newest year that is over; of a municipality's first year the newest quarter. */
static void newest(const CubeShown *shown, FigurePlace *place)
{
    const uint32_t years = cube_closed_years(shown);

    place->year = (uint16_t)(years > 0 ? cube_first_year(shown) + years - 1 : shown->dims.last / 4u);
    place->quarter = (uint8_t)(years > 0 ? 0 : shown->dims.last % 4 + 1);
}

/* A year that is over, or a quarter. */
static bool is_published(const CubeShown *shown, int64_t year, int64_t quarter)
{
    const int64_t first = cube_first_year(shown), at = year * 4 + quarter - 1;

    if (quarter == 0)
        return year >= first && year < first + cube_closed_years(shown);
    return at >= shown->dims.first && at <= shown->dims.last;
}

/* Errors: E_MALFORMED. */
static Err read_period(const CubeShown *shown, Str text, FigurePlace *place)
{
    Str year_text = STR_NONE;
    int64_t year = 0, quarter = 0;
    const Str quarter_text = str_cut(text, '-', &year_text);

    if (str_equal(text, STR(ASKED_ALL)))
        return ok();
    if (text.length == 0) {
        newest(shown, place);
        return ok();
    }
    if (year_text.length != 4 || (text.length != 4 && quarter_text.length != 1))
        return fail(E_MALFORMED);
    TRY(num_parse(year_text, 1800, 2999, &year));
    if (quarter_text.length > 0)
        TRY(num_parse(quarter_text, 1, 4, &quarter));
    if (!is_published(shown, year, quarter))
        return fail(E_MALFORMED);
    place->year = (uint16_t)year;
    place->quarter = (uint8_t)quarter;
    return ok();
}

Err asked_period(const Call *call, FigurePlace place, Str *ret_value)
{
    if (place.year == 0) {
        *ret_value = STR(ASKED_ALL);
        return ok();
    }
    if (place.quarter == 0)
        return str_format(call->arena, ret_value, "%u", place.year);
    return str_format(call->arena, ret_value, "%u-%u", place.year, place.quarter);
}

/* ---- by what ---- */

bool asked_every_unit(const Call *call)
{
    return call->actor.role == ROLE_MUNICIPALITY_ADMIN;
}

/* A unit of the publication, which a manager may name when it is their own. Errors: E_MALFORMED. */
static Err read_unit(const Call *call, const StatisticsRead *read, Str text, uint16_t *ret_value)
{
    Id id;

    TRY(id_from_text(text, &id));
    for (uint32_t i = 0; i < read->unit_count; i++)
        if (id_equal(read->units[i].id, id) && (asked_every_unit(call) || (int)i == read->own)) {
            *ret_value = (uint16_t)(i + 1);
            return ok();
        }
    return fail(E_MALFORMED);
}

static Err read_value(const Call *call, const StatisticsRead *read, FiguresBy by, Str text, uint16_t *ret_value)
{
    if (by == FIGURES_BY_UNIT)
        return read_unit(call, read, text, ret_value);
    return figures_position(&read->counted, figures_list(by), text, ret_value);
}

static Err read_by_code(FiguresView view, Str text, FiguresBy *ret_by)
{
    for (unsigned i = FIGURES_BY_NOTHING + 1; i < FIGURES_BY_COUNT; i++)
        if (figures_may(view, (FiguresBy)i) && str_equal(text, str_from_c(figures_by_code((FiguresBy)i)))) {
            *ret_by = (FiguresBy)i;
            return ok();
        }
    return fail(E_MALFORMED);
}

/* A manager who asks for nothing else sees their unit beside the municipality (rules: statistics 13). */
static void read_default(const Call *call, const StatisticsRead *read, FiguresQuestion *question)
{
    if (asked_every_unit(call) || read->own < 0 || !figures_may(question->view, FIGURES_BY_UNIT))
        return;
    question->beside = true;
    question->place.by = FIGURES_BY_UNIT;
    question->place.value = (uint16_t)(read->own + 1);
}

/* Errors: E_MALFORMED. */
static Err read_by(const Call *call, const StatisticsRead *read, Str text, FiguresQuestion *question)
{
    Str code = STR_NONE;
    const Str value_text = str_cut(text, '-', &code);
    FiguresBy by = FIGURES_BY_NOTHING;
    uint16_t value = 0;

    if (text.length == 0) {
        read_default(call, read, question);
        return ok();
    }
    if (str_equal(text, STR(ASKED_WHOLE)))
        return ok();
    TRY(read_by_code(question->view, code, &by));
    if (code.length < text.length)
        TRY(read_value(call, read, by, value_text, &value));
    else if (by == FIGURES_BY_UNIT && !asked_every_unit(call))
        return fail(E_MALFORMED);
    question->place.by = by;
    question->place.value = value;
    question->each = value == 0;
    return ok();
}

Err asked_value(const Call *call, const StatisticsRead *read, FigurePlace place, Str *ret_text)
{
    char id[ID_TEXT + 1];

    if (place.by != FIGURES_BY_UNIT)
        return str_format(call->arena, ret_text, "%u", figures_code(&read->counted, figures_list(place.by), place.value));
    id_to_text(read->units[place.value - 1].id, id);
    return str_format(call->arena, ret_text, "%s", id);
}

Err asked_by(const Call *call, const StatisticsRead *read, const FiguresQuestion *question, Str *ret_value)
{
    const FigurePlace place = question->place;
    Str value = STR_NONE;

    *ret_value = STR_NONE;
    if (question->beside)
        return ok();
    if (place.by == FIGURES_BY_NOTHING) {
        *ret_value = asked_every_unit(call) || read->own < 0 ? STR_NONE : STR(ASKED_WHOLE);
        return ok();
    }
    if (place.value == 0) {
        *ret_value = str_from_c(figures_by_code(place.by));
        return ok();
    }
    TRY(asked_value(call, read, place, &value));
    return str_format(call->arena, ret_value, "%s-%.*s", figures_by_code(place.by), STR_ARGS(value));
}

/* ---- all of them ---- */

const CubeShown *asked_shown(const StatisticsRead *read, FiguresView view)
{
    return &read->cubes[figures_family(view) - 1];
}

FiguresQuestion asked_in_view(const StatisticsRead *read, const FiguresQuestion *question, FiguresView view)
{
    FiguresQuestion other = *question;

    other.view = view;
    if (figures_categories(view) != figures_categories(question->view))
        other.place.category = 0;
    if (!figures_may(view, question->place.by)) {
        other.place.by = FIGURES_BY_NOTHING;
        other.place.value = 0;
        other.each = other.beside = false;
    }
    if (view == FIGURES_OUTCOMES && other.place.quarter != 0) {
        other.place.quarter = 0;
        other.place.year = is_published(asked_shown(read, view), other.place.year, 0) ? other.place.year : 0;
    }
    return other;
}

Err statistics_asked(const Call *call, const StatisticsRead *read, Asked *ret_asked)
{
    const Str category = call_query(call, ASKED_CATEGORY), period = call_query(call, ASKED_PERIOD);
    Asked asked = {0};
    FiguresQuestion *question = &asked.question;
    FigurePlace *place = &question->place;

    if (!is_ok(read_view(call_query(call, ASKED_VIEW), &question->view)))
        fault(&asked, ASKED_VIEW, MSG_STATISTICS_FAULT_VIEW);
    const CubeShown *shown = asked_shown(read, question->view);
    if (category.length > 0 && !is_ok(figures_position(&read->counted, figures_categories(question->view), category, &place->category)))
        fault(&asked, ASKED_CATEGORY, question->view == FIGURES_ATTENTIONS ? MSG_STATISTICS_FAULT_ATTENTION : MSG_STATISTICS_FAULT_MEASURE);
    if (!is_ok(read_period(shown, period, place)) || (period.length > 0 && place->quarter != 0 && question->view == FIGURES_OUTCOMES))
        fault(&asked, ASKED_PERIOD, MSG_STATISTICS_FAULT_PERIOD);
    *question = asked_in_view(read, question, question->view);
    if (!is_ok(read_by(call, read, call_query(call, ASKED_BY), question)))
        fault(&asked, ASKED_BY, MSG_STATISTICS_FAULT_BY);
    *ret_asked = asked;
    return ok();
}

Err asked_query(const Call *call, const StatisticsRead *read, const FiguresQuestion *question, Str *ret_query)
{
    Buf query = buf_new(call->arena, 256);
    Str period = STR_NONE, by = STR_NONE;

    TRY(asked_period(call, question->place, &period));
    TRY(asked_by(call, read, question, &by));
    buf_format(&query, "?view=%s", figures_view_code(question->view));
    if (question->place.category != 0)
        buf_format(&query, "&category=%u", figures_code(&read->counted, figures_categories(question->view), question->place.category));
    buf_format(&query, "&period=%.*s", STR_ARGS(period));
    if (by.length > 0)
        buf_format(&query, "&by=%.*s", STR_ARGS(by));
    return buf_done(&query, ret_query);
}
