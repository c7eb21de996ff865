/* The API of a consent before there is a log, and of a guardian who comes later: the same services as the pages.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#include "web/api/invitations.h"

#include "api/invited.h"
#include "domain/child.h"
#include "service/acts/invitation/invitation_join.h"
#include "service/acts/invitation/invitation_log.h"
#include "service/session/enrol.h"
#include "web/api/answer.h"
#include "web/api/sent.h"
#include "web/call/answer.h"
#include "web/log/layout.h"

/* An act that takes nothing but a yes, about what the address names. */
static Err begin_act(Call *call, const char *what)
{
    ApiDocument document;

    TRY(sent_read(call, &api_nothing, false, &document));
    return api_leads_to_one(call, what, call->ids[0]);
}

/* ---- whoever asks ---- */

Err api_invitations(Call *call)
{
    InvitationStates states = {0};
    Str body = STR_NONE;

    TRY(invitation_list(call->service, &call->actor, call->arena, &states));
    TRY(write_invitations(&states, call->arena, &body));
    return api_answer(call, body);
}

static Err tell_made(Call *call, const InvitationMade *made)
{
    Str body = STR_NONE;

    TRY(write_invitation_made(made, call->arena, &body));
    return api_answer(call, body);
}

static Err read_units(Call *call, const Values *values, InvitationWish *wish)
{
    Str text = values_get(values, "units");
    Id *units = NULL;

    TRY(ARENA_NEW(call->arena, Id, LOG_UNITS_MAX + 1, &units));
    while (text.length > 0) {
        Str unit = STR_NONE;
        text = str_cut(text, '\n', &unit);
        if (wish->unit_count >= LOG_UNITS_MAX || !is_ok(id_from_text(unit, &units[wish->unit_count++])))
            return fail(E_INVALID);
    }
    wish->units = units;
    return ok();
}

Err api_invitation_make(Call *call)
{
    InvitationWish wish = {0};
    InvitationMade made = {0};
    ApiDocument document;
    int64_t persons = 0;

    TRY(sent_read(call, &api_invitation, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    if (!is_ok(num_parse(values_get(&document.values, "persons"), 1, INVITED_MAX, &persons)))
        return sent_fault_at(call, &document, 0, FAULT_BAD_NUMBER);
    if (!is_ok(read_units(call, &document.values, &wish)))
        return sent_fault_at(call, &document, 1, FAULT_BAD_REFERENCE);
    wish.persons = (uint32_t)persons;
    TRY(world_id(call->service->world, &call->actor.makes));
    TRY(api_leads_to_one(call, "invitations", call->actor.makes));
    Err asked = invitation_make(call->service, &call->actor, &wish, call->arena, &made);
    if (asked.id == E_INVALID)
        return sent_fault_at(call, &document, 1, FAULT_BAD_REFERENCE);
    if (asked.id == E_RANGE)
        return api_problem(call, &(Problem){.status = 429, .refusal = call_text(call, MSG_INVITATIONS_MANY)});
    TRY(asked);
    return tell_made(call, &made);
}

Err api_invitation_of_log(Call *call)
{
    InvitationMade made = {0};
    LogView log = {0};

    TRY(log_of_address(call, &log));
    if (!log_may(&log, ACT_GUARDIAN_ADD))
        return fail(E_NOT_FOUND);
    const InvitationWish wish = {.persons = 1, .log = call->ids[0], .units = log.consented_units, .unit_count = log.consented_count};
    TRY(begin_act(call, "invitations"));
    TRY(world_id(call->service->world, &call->actor.makes));
    Err asked = invitation_make(call->service, &call->actor, &wish, call->arena, &made);
    if (asked.id == E_RANGE)
        return api_problem(call, &(Problem){.status = 429, .refusal = call_text(call, MSG_INVITATIONS_MANY)});
    if (asked.id == E_INVALID)
        return sent_too_late(call);
    TRY(asked);
    return tell_made(call, &made);
}

Err api_invitation_end(Call *call)
{
    TRY(begin_act(call, "invitations"));
    TRY(invitation_end(&call->actor, call->ids[0], call->arena));
    return api_acted(call);
}

Err api_invitation_log(Call *call)
{
    CreatedLog made = {0};
    ApiDocument document;

    TRY(sent_read(call, &api_nothing, false, &document));
    TRY(world_id(call->service->world, &call->actor.makes));
    TRY(api_leads_to_one(call, "logs", call->actor.makes));
    Err created = invitation_log(call->service, &call->actor, call->ids[0], call->arena, &made);
    if (created.id == E_INVALID || created.id == E_REFUSED) {
        Str why = call_text(call, created.id == E_INVALID ? MSG_INVITATIONS_LOG_REFUSED : MSG_INVITATIONS_OF_AGE);
        return api_problem(call, &(Problem){.status = 409, .refusal = why});
    }
    TRY(created);
    return api_written(call, made.log);
}

Err api_invitation_guardian(Call *call)
{
    Id log = {{0}};

    TRY(begin_act(call, "invitations"));
    Err joined = invitation_join(call->service, &call->actor, call->ids[0], call->arena, &log);
    if (joined.id == E_INVALID || joined.id == E_RANGE) {
        Str why = call_text(call, joined.id == E_RANGE ? MSG_INVITATIONS_OTHER_CHILD : MSG_INVITATIONS_JOIN_REFUSED);
        return api_problem(call, &(Problem){.status = 409, .refusal = why});
    }
    TRY(joined);
    return api_acted(call);
}

/* ---- whoever is asked ---- */

Err api_questions(Call *call)
{
    InvitedStates states = {0};
    Str body = STR_NONE;

    TRY(invited_list(call->service, &call->actor, call->arena, &states));
    TRY(write_questions(&states, call->arena, &body));
    return api_answer(call, body);
}

/* Codes are counted as on the page, by the address that they come from. */
Err api_question_take(Call *call)
{
    const Str address = call->request->headers[HEADER_X_REAL_IP];
    ApiDocument document;
    Id invitation = {{0}};

    TRY(sent_read(call, &api_invitation_code, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    Err may = session_enrolment_may_try(call->service, address);
    if (may.id == E_BUSY)
        return api_problem(call, &(Problem){.status = 429});
    TRY(may);
    Err taken = invited_take(&call->actor, values_get(&document.values, "code"), call->arena, &invitation);
    if (taken.id == E_NOT_FOUND) {
        TRY(session_enrolment_failed(call->service, address));
        return sent_fault_at(call, &document, 0, FAULT_BAD_REFERENCE);
    }
    if (taken.id == E_DUPLICATE)
        return sent_too_late(call);
    TRY(taken);
    TRY(api_leads_to_one(call, "questions", invitation));
    return api_written(call, invitation);
}

Err api_question_yes(Call *call)
{
    ApiDocument document;
    InvitedYes yes;

    TRY(sent_read(call, &api_invitation_yes, false, &document));
    if (!document.good)
        return sent_faults(call, &document);
    api_yes_of(&document.values, &yes);
    if (child_faults(&yes.child) & CHILD_FAULT_BIRTH)
        return sent_fault_at(call, &document, api_yes_at(CHILD_BIRTH_DATE), FAULT_MISSING);
    if (child_faults(&yes.child) & CHILD_FAULT_ADDRESS)
        return api_problem(call, &(Problem){.status = 422, .refusal = call_text(call, MSG_WIZARD_ADDRESS_PROTECTED)});
    TRY(api_leads_to_one(call, "questions", call->ids[0]));
    Err said = invited_yes(call->service, &call->actor, call->ids[0], &yes, call->arena);
    if (said.id == E_INVALID || said.id == E_MALFORMED || said.id == E_MODE)
        return sent_fault_at(call, &document, api_yes_at(CHILD_NATIONAL_ID), FAULT_BAD_NUMBER);
    if (said.id == E_RANGE || said.id == E_REFUSED) {
        Str why = call_text(call, said.id == E_RANGE ? MSG_INVITED_OTHER_CHILD : MSG_INVITED_OF_AGE);
        return api_problem(call, &(Problem){.status = 409, .refusal = why});
    }
    if (said.id == E_STALE)
        return sent_too_late(call);
    TRY(said);
    return api_acted(call);
}

Err api_question_no(Call *call)
{
    bool gone = false;

    TRY(begin_act(call, "questions"));
    TRY(invited_no(call->service, &call->actor, call->ids[0], &gone));
    return api_acted(call);
}
