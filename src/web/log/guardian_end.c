/* The page that says what follows when a guardian's participation ends, and the button that ends it.
 * Must not end anything before it was said that the log closes.
 * Called through the table of routes. */
#include "web/log/guardian_end.h"

#include "pages/templates.h"
#include "service/acts/guardian_end.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/words.h"
#include "web/form/inputs.h"
#include "web/log/layout.h"

static const LogPerson *guardian_of(const LogView *log, Id participant)
{
    for (uint32_t i = 0; i < log->people_count; i++)
        if (id_equal(log->people[i].participant, participant) && log->people[i].role == ROLE_GUARDIAN)
            return log->people[i].former ? NULL : &log->people[i];
    return NULL;
}

Err guardian_end_page(Call *call)
{
    PageEntry view = {0};
    Html html = call_html(call);
    LogView log = {0};
    Inputs inputs;
    Url action;

    TRY(log_of_address(call, &log));
    const LogPerson *guardian = guardian_of(&log, call->ids[1]);
    if (!guardian || !log_may(&log, ACT_GUARDIAN_END))
        return fail(E_NOT_FOUND);
    enum msg save = guardian->closes ? MSG_PEOPLE_LEAVE_SAVE_CLOSES : MSG_PEOPLE_LEAVE_SAVE;
    TRY(message_with(call, MSG_PEOPLE_LEAVE_HEADING, "name", guardian->name, &view.heading));
    enum msg lead = log.ask.flags & FLAG_LEGAL_HOLD ? MSG_PEOPLE_LEAVE_LEAD_KEPT : MSG_PEOPLE_LEAVE_LEAD;
    TRY(message_with(call, lead, "name", guardian->name, &view.lead));
    if (guardian->closes || guardian->pauses)
        view.warning = call_text(call, guardian->closes ? MSG_PEOPLE_LEAVE_CLOSES : MSG_PEOPLE_LEAVE_PAUSES);
    /* A title names nobody (rules: reading-and-writing 10). */
    TRY(log_layout(call, &log, call_text(call, MSG_PEOPLE_LEAVE_SAVE), &view.layout));
    TRY(inputs_new(call, 1, &inputs));
    TRY(log_entry_url(call, call->ids[0], "deltakere/slutt", guardian->participant, &action));
    TRY(inputs_form(&inputs, action, call_text(call, save), &view.form));
    TRY(log_url(call, call->ids[0], "/deltakere", &view.form.cancel));
    page_entry(&html, &view);
    return call_page(call, 200, &html);
}

/* A holder does not see a passive log: their way leads to those that they have. */
Err guardian_end_send(Call *call)
{
    Url next = URL("/mine");

    if (call->actor.role != ROLE_RELAY_HOLDER)
        TRY(log_url(call, call->ids[0], "/deltakere", &next));
    TRY(done_leads_to(call, next.text));
    Err ended = log_guardian_end(call->service, &call->actor, call->ids[0], call->ids[1]);
    if (ended.id == E_INVALID)
        return fail(E_NOT_FOUND);
    /* Somebody else was faster: it has ended, as was wanted. */
    if (ended.id != E_STALE)
        TRY(ended);
    return done_redirect(call, act_code(ACT_GUARDIAN_END), (Id){0}, next.text);
}
