/* A document that was sent: read, and what is wrong with it.
 * Must not decide anything.
 * Used by the handlers of this room. */
#include "web/api/sent.h"

#include "web/api/answer.h"
#include "web/form/posted.h"

Err sent_read(Call *call, const Kind *kind, bool again, ApiDocument *ret_document)
{
    TRY(api_read(call->request->body, kind, call->arena, ret_document));
    ret_document->good &= dates_check(&ret_document->values, (Written){oslo_day(call->actor.now), again}, ret_document->faults);
    return ok();
}

Err sent_faults(Call *call, const ApiDocument *document)
{
    return api_problem(call, &(Problem){.status = 422, .document = document});
}

Err sent_fault_at(Call *call, ApiDocument *document, unsigned at, Fault fault)
{
    document->faults[at] = fault;
    return sent_faults(call, document);
}

Err sent_too_late(Call *call)
{
    return posted_before(call) ? fail(E_REPLAYED) : api_problem(call, &(Problem){.status = 409});
}
