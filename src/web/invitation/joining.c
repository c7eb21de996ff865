/* Another guardian of a log that there is, asked in the app.
 * Must not tell the guardian whose log it is: they say that themselves.
 * Called through the table of routes. Rule: consent 3. */
#include "web/invitation/joining.h"

#include "pages/templates.h"
#include "service/acts/invitation/invitation.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/form/inputs.h"
#include "web/invitation/invitations.h"
#include "web/log/layout.h"

#define TO_PAGE STR("/invitasjoner")

static Err open_log(Call *call, LogView *ret_log)
{
    TRY(log_of_address(call, ret_log));
    return log_may(ret_log, ACT_GUARDIAN_ADD) ? ok() : fail(E_NOT_FOUND);
}

static Err show(Call *call, int status, const LogView *log, enum msg fault)
{
    PageEntry view = {.heading = call_text(call, MSG_JOINING_HEADING), .lead = call_text(call, MSG_JOINING_LEAD)};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, 1, &inputs));
    if (fault != MSG_COUNT)
        inputs_fault(&inputs, "", call_text(call, fault));
    TRY(log_url(call, call->ids[0], "/deltakere/invitasjon", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_JOINING_SAVE), &view.form));
    TRY(log_url(call, call->ids[0], "/deltakere", &view.form.cancel));
    TRY(log_layout(call, log, view.heading, &view.layout));
    view.layout.has_errors = fault != MSG_COUNT;
    page_entry(&html, &view);
    return call_page(call, status, &html);
}

Err joining_page(Call *call)
{
    LogView log = {0};

    TRY(open_log(call, &log));
    return show(call, 200, &log, MSG_COUNT);
}

/* To the units that the others have said yes to. */
Err joining_send(Call *call)
{
    InvitationMade made = {0};
    LogView log = {0};

    TRY(open_log(call, &log));
    const InvitationWish wish = {.persons = 1, .log = call->ids[0], .units = log.consented_units, .unit_count = log.consented_count};
    TRY(done_leads_to(call, TO_PAGE));
    Err asked = invitation_make(call->service, &call->actor, &wish, call->arena, &made);
    if (asked.id == E_INVALID || asked.id == E_RANGE)
        return show(call, 422, &log, asked.id == E_RANGE ? MSG_INVITATIONS_MANY : MSG_JOINING_REFUSED);
    TRY(asked);
    TRY(invitations_keep_codes(call, &made));
    return done_redirect(call, act_code(ACT_INVITATION_MAKE), (Id){0}, TO_PAGE);
}
