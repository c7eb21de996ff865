/* The API of the baton, of roles and of units: the same services as the pages.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#include "web/api/staff.h"

#include "api/read.h"
#include "service/acts/baton/appoint.h"
#include "service/acts/baton/offer.h"
#include "service/jobs/unit_close.h"
#include "service/people/confirmed.h"
#include "service/people/staff.h"
#include "web/api/answer.h"
#include "web/form/posted.h"
#include "web/log/layout.h"

/* The document's faults, or none. */
static Err read_body(Call *call, const Kind *kind, ApiDocument *document)
{
    return api_read(call->request->body, kind, call->arena, document);
}

static Err tell(Call *call, const ApiDocument *document)
{
    return api_problem(call, &(Problem){.status = 422, .document = document});
}

/* What a field names does not fit. */
static Err tell_reference(Call *call, ApiDocument *document)
{
    document->faults[0] = FAULT_BAD_REFERENCE;
    return tell(call, document);
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

    TRY(read_body(call, &api_role, &document));
    if (!document.good)
        return tell(call, &document);
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

/* The address of what was changed, which its repetition is told too. */
static Err leads_to(Call *call, const char *what)
{
    char id[ID_TEXT + 1];
    Str location = STR_NONE;

    id_to_text(call->ids[0], id);
    TRY(str_format(call->arena, &location, "/api/v1/%s/%s", what, id));
    call->actor.answer = (FormAnswer){.location = location, .status = 200};
    return ok();
}

Err api_role_end(Call *call)
{
    RoleEnd end = {.role_row = call->ids[0]};
    ApiDocument document;

    TRY(read_body(call, &api_ending, &document));
    if (!document.good)
        return tell(call, &document);
    end.takes = str_equal(values_get(&document.values, "takes"), STR("1"));
    TRY(leads_to(call, "roles"));
    Err ended = people_role_end(call->service, &call->actor, &end);
    if (ended.id == E_INVALID) {
        document.faults[0] = FAULT_MISSING;
        return tell(call, &document);
    }
    if (ended.id == E_STALE)
        return posted_before(call) ? fail(E_REPLAYED) : api_problem(call, &(Problem){.status = 409});
    TRY(ended);
    return api_acted(call);
}

Err api_unit_close(Call *call)
{
    UnitClosing closing = {.unit = call->ids[0]};
    ApiDocument document;

    TRY(read_body(call, &api_following, &document));
    if (!document.good)
        return tell(call, &document);
    if (!is_ok(id_from_text(values_get(&document.values, "into"), &closing.into)))
        return tell_reference(call, &document);
    TRY(leads_to(call, "units"));
    Err closed = unit_close(call->service, &call->actor, &closing);
    if (closed.id == E_INVALID)
        return tell_reference(call, &document);
    if (closed.id == E_STALE)
        return posted_before(call) ? fail(E_REPLAYED) : api_problem(call, &(Problem){.status = 409});
    TRY(closed);
    return api_acted(call);
}

Err api_staff_confirm(Call *call)
{
    ApiDocument document;

    TRY(read_body(call, &api_nothing, &document));
    if (!id_equal(call->ids[0], call->actor.tenant))
        return fail(E_NOT_FOUND);
    TRY(leads_to(call, "staff-list"));
    TRY(staff_confirm(&call->actor));
    return api_acted(call);
}
