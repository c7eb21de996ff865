/* The page of the statistics.
 * Must not read anything but what a publication shows, nor name a person.
 * Called through the table of routes. */
#include "web/statistics/statistics.h"

#include "pages/templates.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/statistics/choices.h"

#define HEADLINES_MAX 3

/* ---- above the figures ---- */

static Err day_words(const Call *call, enum msg id, Day day, Str *ret_text)
{
    const MsgArgument argument = {.name = STR("day"), .type = ARGUMENT_DAY, .number = day};

    return message_of(call, id, &argument, 1, ret_text);
}

static Err published_words(const StatisticsMaking *making, PageStatistics *page)
{
    const StatisticsRead *read = making->read;
    MsgArgument arguments[] = {{.name = STR("number"), .type = ARGUMENT_NUMBER, .number = read->number},
                               {.name = STR("day"), .type = ARGUMENT_DAY, .number = oslo_day(read->published_at)},
                               {.name = STR("period")}};

    TRY(statistics_period(making->call, (FigurePlace){.year = read->last_quarter / 4, .quarter = (uint8_t)(read->last_quarter % 4 + 1)},
                          &arguments[2].text));
    TRY(message_of(making->call, MSG_STATISTICS_PUBLISHED, arguments, COUNT_OF(arguments), &page->published));
    return day_words(making->call, MSG_STATISTICS_NEXT, read->next_on, &page->next);
}

static Err view_links(const StatisticsMaking *making, Links *ret_links)
{
    const Call *call = making->call;
    LinkView *links = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, FIGURES_VIEW_COUNT, &links));
    for (unsigned i = 0; i < FIGURES_VIEW_COUNT; i++) {
        const FiguresQuestion question = asked_in_view(making->read, making->question, (FiguresView)i);
        Str query = STR_NONE;
        TRY(asked_query(call, making->read, &question, &query));
        TRY(url_format(call->arena, &links[i].url, STATISTICS_PAGE "%.*s", STR_ARGS(query)));
        TRY(statistics_text(call, "view", figures_view_code((FiguresView)i), &links[i].text));
        links[i].current = making->question->view == (FiguresView)i;
    }
    *ret_links = (Links){.items = links, .count = FIGURES_VIEW_COUNT};
    return ok();
}

static Err error_views(const Call *call, const Asked *asked, ErrorViews *ret_errors)
{
    ErrorView *errors = NULL;

    TRY(ARENA_NEW(call->arena, ErrorView, ASKED_FILTERS, &errors));
    for (size_t i = 0; i < asked->fault_count; i++) {
        const Str field = str_from_c(asked->faults[i].field);
        errors[i] = (ErrorView){.field = str_equal(field, STR(ASKED_VIEW)) ? STR_NONE : field, .message = call_text(call, asked->faults[i].words)};
    }
    *ret_errors = (ErrorViews){.items = errors, .count = asked->fault_count};
    return ok();
}

/* ---- headlines ---- */

/* "Tindlia skole: registrerte oppmerksomheter" where two stand beside each other. */
static Err total_about(const StatisticsMaking *making, const Figure *figure, bool beside, Str *ret_about)
{
    const bool attentions = making->question->view == FIGURES_ATTENTIONS;
    MsgArgument arguments[] = {{.name = STR("name")},
                               {.name = STR("what"),
                                .text = call_text(making->call, attentions ? MSG_STATISTICS_HEADLINE_ATTENTIONS : MSG_STATISTICS_HEADLINE_MEASURES)}};

    *ret_about = arguments[1].text;
    if (!beside)
        return ok();
    TRY(statistics_value(making->call, making->read, figure->place, &arguments[0].text));
    return message_of(making->call, MSG_STATISTICS_HEADLINE_BESIDE, arguments, COUNT_OF(arguments), ret_about);
}

static Err share_headline(const Call *call, const FiguresRow *row, unsigned column, HeadlineView *view)
{
    const int share = figure_share(&row->figures[column], &row->figures[FIGURES_COLUMNS - 1]);

    view->about = call_text(call, column == 0 ? MSG_STATISTICS_HEADLINE_WANTED : MSG_STATISTICS_HEADLINE_SOME);
    if (share >= 0)
        return str_format(call->arena, &view->text, "%d\u00a0%%", share);
    view->text = call_text(call, MSG_STATISTICS_MASKED);
    return ok();
}

static Err headlines(const StatisticsMaking *making, const FiguresTables *tables, HeadlineViews *ret_views)
{
    const bool outcomes = tables->columns == FIGURES_EACH_OUTCOME;
    const unsigned totals = outcomes ? 1 : tables->columns;
    HeadlineView *views = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(making->call->arena, HeadlineView, HEADLINES_MAX, &views));
    for (unsigned k = 0; k < totals; k++) {
        const Figure *figure = &tables->headline.figures[outcomes ? FIGURES_COLUMNS - 1 : k];
        TRY(statistics_figure(making->call, figure, &views[count].text));
        TRY(total_about(making, figure, tables->columns == FIGURES_BESIDE, &views[count++].about));
    }
    for (unsigned k = 0; k < 2 && outcomes && tables->headline.figures[k].state != FIGURE_UNAVAILABLE; k++)
        TRY(share_headline(making->call, &tables->headline, k, &views[count++]));
    *ret_views = (HeadlineViews){.items = views, .count = count};
    return ok();
}

static bool is_unavailable(const FiguresTables *tables)
{
    for (unsigned k = 0; k < tables->columns; k++)
        if (tables->headline.figures[k].state != FIGURE_UNAVAILABLE)
            return false;
    return true;
}

/* ---- the page ---- */

static Err add_figures(const StatisticsMaking *making, PageStatistics *page)
{
    const Call *call = making->call;
    FiguresTables tables = {0};
    Str query = STR_NONE;

    TRY(figures_answer(asked_shown(making->read, making->question->view), making->question, call->arena, &tables));
    TRY(headlines(making, &tables, &page->headlines));
    if (is_unavailable(&tables))
        page->unavailable = call_text(call, MSG_STATISTICS_UNAVAILABLE_WHY);
    TRY(statistics_table_views(making, &tables, &page->tables));
    TRY(asked_query(call, making->read, making->question, &query));
    TRY(url_format(call->arena, &page->csv, STATISTICS_CSV "%.*s", STR_ARGS(query)));
    return url_format(call->arena, &page->json, STATISTICS_API "%.*s", STR_ARGS(query));
}

static Err fill(const StatisticsMaking *making, const Asked *asked, PageStatistics *page)
{
    const Call *call = making->call;

    page->layout.has_errors = asked->fault_count > 0;
    page->view = str_from_c(figures_view_code(making->question->view));
    TRY(published_words(making, page));
    TRY(view_links(making, &page->views));
    TRY(error_views(call, asked, &page->form.errors));
    TRY(statistics_choices(making, asked, &page->choices));
    TRY(url_format(call->arena, &page->reset, STATISTICS_PAGE "?view=%s", figures_view_code(making->question->view)));
    if (!asked_every_unit(call) && making->read->own < 0)
        page->note = call_text(call, MSG_STATISTICS_OWN_MISSING);
    return asked->fault_count == 0 ? add_figures(making, page) : ok();
}

Err statistics_page(Call *call)
{
    PageStatistics page = {0};
    Html html = call_html(call);
    StatisticsRead read = {0};
    Asked asked = {0};

    TRY(statistics_read(call->service, &call->actor, call->arena, &read));
    page.layout = call_layout(call, call_text(call, MSG_STATISTICS_HEADING), STATISTICS_PAGE);
    if (!read.published) {
        TRY(day_words(call, MSG_STATISTICS_NONE, read.next_on, &page.none));
    } else {
        TRY(statistics_asked(call, &read, &asked));
        const StatisticsMaking making = {call, &read, &asked.question};
        TRY(fill(&making, &asked, &page));
    }
    page_statistics(&html, &page);
    return call_page(call, asked.fault_count > 0 ? 422 : 200, &html);
}
