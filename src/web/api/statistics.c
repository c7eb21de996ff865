/* Statistics for programs.
 * Must not answer what the page does not.
 * Called through the table of routes. */
#include "web/api/statistics.h"

#include "api/statistics.h"
#include "web/api/answer.h"
#include "web/call/answer.h"
#include "web/statistics/asked.h"

/* The first filter that is wrong; the page tells all of them. */
static Err tell_fault(Call *call, const AskedFault *fault)
{
    return api_problem(call, &(Problem){.status = 422,
                                        .field = {.name = fault->field, .code = "unknown", .detail = call_text(call, fault->words)}});
}

Err api_statistics(Call *call)
{
    StatisticsRead read = {0};
    FiguresTables tables = {0};
    Asked asked = {0};
    Str body = STR_NONE;

    TRY(statistics_read(call->service, &call->actor, call->arena, &read));
    if (read.published)
        TRY(statistics_asked(call, &read, &asked));
    if (asked.fault_count > 0)
        return tell_fault(call, &asked.faults[0]);
    if (read.published)
        TRY(figures_answer(asked_shown(&read, asked.question.view), &asked.question, call->arena, &tables));
    const ApiStatistics statistics = {&read, &asked.question, read.published ? &tables : NULL};
    TRY(write_statistics(&statistics, call->arena, &body));
    return api_answer(call, body);
}
