/* Archive reports for programs.
 * Must not hand out a report.
 * Called through the table of routes. */
#include "web/api/reports.h"

#include "api/reports.h"
#include "web/api/answer.h"

static LogReader reader_of(Call *call)
{
    return (LogReader){call->service, &call->actor, call->arena};
}

Err api_log_reports(Call *call)
{
    const LogReader reader = reader_of(call);
    ReportTold told;
    Str body = STR_NONE;

    TRY(report_told(&reader, call->ids[0], &told));
    TRY(write_report(&told, call->arena, &body));
    return api_answer(call, body);
}

Err api_reports(Call *call)
{
    const LogReader reader = reader_of(call);
    ReportList list;
    Str body = STR_NONE;

    TRY(report_list(&reader, &list));
    TRY(write_reports(&list, call->arena, &body));
    return api_answer(call, body);
}
