/* The API of the baton, of roles and of units: the same services as the pages.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#include "web/api/staff.h"

#include "service/acts/baton/appoint.h"
#include "service/acts/baton/offer.h"
#include "service/jobs/unit_close.h"
#include "service/people/confirmed.h"
#include "service/people/staff.h"
#include "web/api/answer.h"
#include "web/api/sent.h"
#include "web/form/posted.h"
#include "web/log/layout.h"

/* What a field names does not fit. */
static Err tell_reference(Call *call, ApiDocument *document)
{
    return sent_fault_at(call, document, 0, FAULT_BAD_REFERENCE);
}

/* The same of somebody who reads the log: to whoever does not there is none. */
static Err tell_reader(Call *call, ApiDocument *document)
{
    LogView log = {0};

    TRY(log_of_address(call, &log));
    return tell_reference(call, document);
}

static Err hand_over(Call *call, Err (*does)(Service *service, const Actor *actor, Id log, Id role_row))
{
    ApiDocument document;
    Id role;

    TRY(sent_read(call, &api_role, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    if (!is_ok(id_from_text(values_get(&document.values, "role"), &role)))
        return tell_reader(call, &document);
    TRY(api_leads_to_log(call));
    Err done = does(call->service, &call->actor, call->ids[0], role);
    if (done.id == E_INVALID && posted_before(call))
        return fail(E_REPLAYED);
    if (done.id == E_INVALID)
        return tell_reader(call, &document);
    TRY(done);
    return api_acted(call);
}

Err api_baton_offer(Call *call)
{
    return hand_over(call, baton_offer);
}

Err api_holder_appoint(Call *call)
{
    return hand_over(call, holder_appoint);
}

Err api_role_end(Call *call)
{
    RoleEnd end = {.role_row = call->ids[0]};
    ApiDocument document;

    TRY(sent_read(call, &api_ending, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    end.takes = str_equal(values_get(&document.values, "takes"), STR("1"));
    TRY(api_leads_to_one(call, "roles", call->ids[0]));
    Err ended = people_role_end(call->service, &call->actor, &end);
    if (ended.id == E_INVALID)
        return sent_fault_at(call, &document, 0, FAULT_MISSING);
    if (ended.id == E_STALE)
        return sent_too_late(call);
    TRY(ended);
    return api_acted(call);
}

Err api_unit_close(Call *call)
{
    UnitClosing closing = {.unit = call->ids[0]};
    ApiDocument document;

    TRY(sent_read(call, &api_following, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    if (!is_ok(id_from_text(values_get(&document.values, "into"), &closing.into)))
        return tell_reference(call, &document);
    TRY(api_leads_to_one(call, "units", call->ids[0]));
    Err closed = unit_close(call->service, &call->actor, &closing);
    if (closed.id == E_INVALID)
        return tell_reference(call, &document);
    if (closed.id == E_STALE)
        return sent_too_late(call);
    TRY(closed);
    return api_acted(call);
}

Err api_staff_confirm(Call *call)
{
    ApiDocument document;

    TRY(sent_read(call, &api_nothing, false, &document));
    if (!id_equal(call->ids[0], call->actor.tenant))
        return fail(E_NOT_FOUND);
    TRY(api_leads_to_one(call, "staff-list", call->ids[0]));
    TRY(staff_confirm(&call->actor));
    return api_acted(call);
}
