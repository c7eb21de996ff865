/* The answers of a manager to a log of another municipality, for programs.
 * Must not tell whom it is about.
 * Called through the table of routes. */
#include "web/api/crossings.h"

#include "service/crossing/taken.h"
#include "web/api/answer.h"
#include "web/api/sent.h"
#include "web/call/answer.h"
#include "web/call/words.h"

static Err too_late(Call *call, enum msg why)
{
    return api_problem(call, &(Problem){.status = 409, .refusal = call_text(call, why)});
}

Err api_crossing_take(Call *call)
{
    ApiDocument document;
    Id role, log = {0};

    TRY(sent_read(call, &api_role, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    if (!is_ok(id_from_text(values_get(&document.values, "role"), &role)))
        return sent_fault_at(call, &document, 0, FAULT_BAD_REFERENCE);
    TRY(api_leads_to_one(call, "transfers", call->ids[0]));
    Err taken = crossing_take(call->service, &call->actor, call->ids[0], role, &log);
    if (taken.id == E_INVALID)
        return sent_fault_at(call, &document, 0, FAULT_BAD_REFERENCE);
    if (taken.id == E_STALE)
        return too_late(call, MSG_CROSSING_REFUSED);
    TRY(taken);
    return api_written(call, id_is_none(log) ? call->ids[0] : log);
}

Err api_crossing_refuse(Call *call)
{
    ApiDocument document;

    TRY(sent_read(call, &api_nothing, false, &document));
    TRY(api_leads_to_one(call, "transfers", call->ids[0]));
    Err refused = crossing_refuse(call->service, &call->actor, call->ids[0]);
    if (refused.id == E_STALE)
        return too_late(call, MSG_CROSSING_GONE);
    TRY(refused);
    return api_acted(call);
}
