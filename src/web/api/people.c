/* The API of who takes part in a log: actors, guardians and the child, in and out; the same services as the pages.
 * Must not decide anything, nor tell a code twice.
 * Called through the table of routes. */
#include "web/api/people.h"

#include "api/people.h"
#include "service/acts/actor.h"
#include "service/acts/child.h"
#include "service/acts/family_code.h"
#include "service/acts/guardian_end.h"
#include "web/api/answer.h"
#include "web/api/sent.h"
#include "web/log/layout.h"

/* What was named does not fit: said to whoever reads the log, and to nobody else that there is one. */
static Err tell_reader(Call *call, ApiDocument *document)
{
    LogView log = {0};

    TRY(log_of_address(call, &log));
    return document->values.kind->count > 0 ? sent_fault_at(call, document, 0, FAULT_BAD_REFERENCE) : sent_too_late(call);
}

/* Who has ended somebody's part is told the same as whoever was faster. */
static Err end_part(Call *call, Err (*ends)(Service *service, const Actor *actor, Id log, Id participant))
{
    ApiDocument document;

    TRY(sent_read(call, &api_nothing, false, &document));
    TRY(api_leads_to_log(call));
    Err ended = ends(call->service, &call->actor, call->ids[0], call->ids[1]);
    if (ended.id == E_INVALID)
        return fail(E_NOT_FOUND);
    if (ended.id == E_STALE)
        return sent_too_late(call);
    TRY(ended);
    return api_acted(call);
}

static Err tell_code(Call *call, const GuardianCode *code)
{
    Str body = STR_NONE;

    TRY(write_code(call->ids[0], str_from_c(code->code), call->arena, &body));
    call->location = call->actor.answer.location;
    return api_answer(call, body);
}

Err api_actor_add(Call *call)
{
    ApiDocument document;
    Id role, participant;

    TRY(sent_read(call, &api_role, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    if (!is_ok(id_from_text(values_get(&document.values, "role"), &role)))
        return tell_reader(call, &document);
    TRY(api_leads_to_log(call));
    Err added = log_actor_add(call->service, &call->actor, call->ids[0], role, &participant);
    if (added.id == E_INVALID)
        return tell_reader(call, &document);
    TRY(added);
    return api_acted(call);
}

Err api_actor_end(Call *call)
{
    return end_part(call, log_participant_end);
}

Err api_guardian_end(Call *call)
{
    return end_part(call, log_guardian_end);
}

Err api_family_code(Call *call)
{
    ApiDocument document;
    GuardianCode code;

    TRY(sent_read(call, &api_nothing, false, &document));
    TRY(api_leads_to_log(call));
    Err made = log_family_code(call->service, &call->actor, (LogPart){call->ids[0], call->ids[1]}, call->arena, &code);
    if (made.id == E_INVALID)
        return fail(E_NOT_FOUND);
    TRY(made);
    return tell_code(call, &code);
}

Err api_child_let_in(Call *call)
{
    ApiDocument document;
    GuardianCode code;

    TRY(sent_read(call, &api_nothing, false, &document));
    TRY(api_leads_to_log(call));
    Err let_in = log_child_let_in(call->service, &call->actor, call->ids[0], call->arena, &code);
    if (let_in.id == E_INVALID)
        return tell_reader(call, &document);
    TRY(let_in);
    return tell_code(call, &code);
}

Err api_child_keep_out(Call *call)
{
    ApiDocument document;

    TRY(sent_read(call, &api_keeping_out, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    TRY(api_leads_to_log(call));
    Err kept = log_child_keep_out(call->service, &call->actor, call->ids[0], values_get(&document.values, "reason"));
    if (kept.id == E_INVALID)
        return sent_fault_at(call, &document, 0, FAULT_MISSING);
    if (kept.id == E_STALE)
        return sent_too_late(call);
    TRY(kept);
    return api_acted(call);
}
