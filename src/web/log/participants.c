/* Who takes part in one log: letting staff in and out, the baton, the child, and new codes for the family (SH).
 * Must not decide who may: the service does; buttons follow what it says.
 * Called through the table of routes. */
#include "web/log/participants.h"

#include "domain/clocks.h"
#include "domain/period.h"
#include "pages/templates.h"
#include "service/acts/actor.h"
#include "service/acts/baton/appoint.h"
#include "service/acts/baton/offer.h"
#include "service/acts/candidates.h"
#include "service/acts/child.h"
#include "service/acts/family_code.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/form/inputs.h"
#include "web/form/posted.h"
#include "web/log/layout.h"

typedef struct Page {
    LogView log;
    LogCandidates candidates;
    bool child_in;
    PageParticipants view;
} Page;

static Err open_page(Call *call, Page *page)
{
    TRY(log_of_address(call, &page->log));
    Act act = log_may(&page->log, ACT_PARTICIPANT_ADD) ? ACT_PARTICIPANT_ADD : log_may_appoint(&page->log) ? ACT_HOLDER_APPOINT : ACT_NONE;
    if (act != ACT_NONE)
        TRY(log_candidates(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], act, &page->candidates));
    for (uint32_t i = 0; i < page->log.people_count; i++)
        page->child_in = page->child_in || (page->log.people[i].role == ROLE_CHILD && !page->log.people[i].former);
    TRY(log_layout(call, &page->log, call_text(call, MSG_PEOPLE_HEADING), &page->view.layout));
    return log_url(call, call->ids[0], "", &page->view.back);
}

/* ---- rows ---- */

/* A button beside a person: where it leads, what it says, and what it says to those who do not see the name beside it. */
typedef struct Button {
    const char *where;
    enum msg text, hidden;
} Button;
static const Button end_button = {"/deltakere/ut", MSG_PEOPLE_END, MSG_PEOPLE_END_HIDDEN};
static const Button end_child_button = {"/deltakere/barn_ut", MSG_PEOPLE_END, MSG_PEOPLE_END_HIDDEN};
static const Button code_button = {"/deltakere/kode", MSG_STAFF_NEW_CODE, MSG_STAFF_NEW_CODE_HIDDEN};

static Err button(Call *call, const Page *page, const LogPerson *person, const Button *is, ActionView *ret_action)
{
    ActionView action = {.token = page->view.layout.form_token, .name = STR("participant"), .text = call_text(call, is->text)};
    Buf id = buf_new(call->arena, ID_TEXT);

    buf_add_id(&id, person->participant);
    TRY(buf_done(&id, &action.value));
    TRY(log_url(call, call->ids[0], is->where, &action.action));
    TRY(message_with(call, is->hidden, "name", person->name, &action.hidden));
    *ret_action = action;
    return ok();
}

static Err buttons_of(Call *call, const Page *page, const LogPerson *person, ParticipantView *view)
{
    bool family = role_is_family(person->role);

    if (person->former)
        return ok();
    if (person->role == ROLE_ACTOR && log_may(&page->log, ACT_PARTICIPANT_END))
        TRY(button(call, page, person, &end_button, &view->end));
    if (person->role == ROLE_CHILD && log_may(&page->log, ACT_CHILD_KEEP_OUT)) {
        TRY(button(call, page, person, &end_child_button, &view->end));
        view->end.name = STR_NONE;
    }
    if (person->role == ROLE_GUARDIAN && log_may(&page->log, ACT_GUARDIAN_END))
        TRY(log_entry_url(call, call->ids[0], "deltakere/slutt", person->participant, &view->leave));
    if (family && log_may(&page->log, ACT_GUARDIAN_ADD))
        TRY(button(call, page, person, &code_button, &view->code));
    return ok();
}

static Err list_people(Call *call, const Page *page, bool former, Participants *ret_list)
{
    ParticipantView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, ParticipantView, (size_t)page->log.people_count + 1, &items));
    for (uint32_t i = 0; i < page->log.people_count; i++) {
        const LogPerson *person = &page->log.people[i];
        if (person->former != former || person->outside)
            continue;
        ParticipantView *view = &items[count++];
        *view = (ParticipantView){.name = person->name, .from = {person->from_at}, .to = {person->to_at}};
        TRY(role_words(call, person->role, person->unit_name, &view->role));
        TRY(buttons_of(call, page, person, view));
    }
    *ret_list = (Participants){.items = items, .count = count};
    return ok();
}

/* ---- forms ---- */

/* A choice among people, by their role. */
typedef struct Choice {
    const char *name;
    enum msg label, help;
} Choice;
static const Choice actor_choice = {"role_row", MSG_PEOPLE_ACTOR, MSG_PEOPLE_ACTOR_HELP};
static const Choice holder_choice = {"holder", MSG_PEOPLE_HOLDER, MSG_PEOPLE_HOLDER_HELP};

static Err choice_inputs(Call *call, const Choice *choice, LogPeople people, Inputs *ret_inputs)
{
    OptionView *items = NULL;

    TRY(inputs_new(call, 1, ret_inputs));
    TRY(ARENA_NEW(call->arena, OptionView, (size_t)people.count + 1, &items));
    FieldView *field = inputs_add(ret_inputs, choice->name, INPUT_SELECT, call_text(call, choice->label));
    field->help = call_text(call, choice->help);
    for (uint32_t i = 0; i < people.count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        buf_add_id(&id, people.items[i].participant);
        TRY(buf_done(&id, &items[i].value));
        TRY(str_format(call->arena, &items[i].label, "%.*s, %.*s", STR_ARGS(people.items[i].name),
                       STR_ARGS(people.items[i].unit_name)));
        items[i].chosen = str_equal(items[i].value, field->value);
    }
    field->options = (Options){.items = items, .count = people.count};
    return ok();
}

/* What can be chosen on the page. */
typedef struct Forms {
    Inputs actor, holder;
} Forms;

static Err forms_of(Call *call, const Page *page, Forms *ret_forms)
{
    TRY(choice_inputs(call, &actor_choice, page->candidates.actors, &ret_forms->actor));
    return choice_inputs(call, &holder_choice, page->candidates.holders, &ret_forms->holder);
}

static Err child_part(Call *call, Page *page)
{
    if (page->child_in || !log_may(&page->log, ACT_CHILD_LET_IN))
        return ok();
    page->view.let_child_in = (ActionView){.token = page->view.layout.form_token, .text = call_text(call, MSG_PEOPLE_CHILD_IN)};
    page->view.child_note = call_text(call, MSG_PEOPLE_CHILD_NOTE);
    return log_url(call, call->ids[0], "/deltakere/barn", &page->view.let_child_in.action);
}

static Err actor_part(Call *call, Page *page, Inputs *inputs)
{
    Url action;

    if (!log_may(&page->log, ACT_PARTICIPANT_ADD))
        return ok();
    if (page->candidates.actors.count == 0) {
        page->view.nobody = call_text(call, MSG_PEOPLE_NOBODY);
        return ok();
    }
    TRY(log_url(call, call->ids[0], "/deltakere", &action));
    return inputs_form(inputs, action, call_text(call, MSG_PEOPLE_ACTOR_SAVE), &page->view.add_actor);
}

/* Nobody holds it: until when another is appointed, and by whoever may, whom. */
static Err unheld_part(Call *call, Page *page, Inputs *inputs)
{
    const int64_t latest = clock_due(CLOCK_HOLDER_APPOINTED, page->log.unheld_since, NULL);
    const MsgArgument day = {.name = STR("day"), .type = ARGUMENT_DAY, .number = oslo_day(latest)};
    FieldView *field = &inputs->fields[0];
    Url action;

    TRY(message_of(call, MSG_PEOPLE_UNHELD, &day, 1, &page->view.unheld));
    if (!log_may_appoint(&page->log))
        return ok();
    if (page->candidates.holders.count == 0) {
        page->view.unheld_nobody = call_text(call, MSG_PEOPLE_APPOINT_NOBODY);
        return ok();
    }
    field->label = call_text(call, MSG_PEOPLE_APPOINT);
    field->help = call_text(call, MSG_PEOPLE_APPOINT_HELP);
    TRY(log_url(call, call->ids[0], "/deltakere/stafettholder", &action));
    return inputs_form(inputs, action, call_text(call, MSG_PEOPLE_APPOINT_SAVE), &page->view.appoint);
}

/* Offered to somebody it waits for their answer; else it can be offered, where the consents name somebody to offer it to. */
static Err baton_part(Call *call, Page *page, Inputs *inputs)
{
    const LogPerson *offer = &page->log.offer;
    Url action;

    if (page->log.unheld_since != 0)
        return unheld_part(call, page, inputs);
    if (!id_is_none(offer->participant)) {
        const MsgArgument arguments[] = {
            {.name = STR("name"), .type = ARGUMENT_TEXT, .text = offer->name},
            {.name = STR("unit"), .type = ARGUMENT_TEXT, .text = offer->unit_name},
            {.name = STR("day"), .type = ARGUMENT_DAY, .number = period_last_day(offer->to_at)},
        };
        TRY(message_of(call, MSG_PEOPLE_OFFERED, arguments, COUNT_OF(arguments), &page->view.offered));
        if (!log_may(&page->log, ACT_BATON_WITHDRAW))
            return ok();
        return log_url(call, call->ids[0], "/handling/baton_withdraw", &page->view.take_back);
    }
    if (!log_may(&page->log, ACT_BATON_OFFER) || page->candidates.holders.count == 0)
        return ok();
    TRY(log_url(call, call->ids[0], "/deltakere/stafettpinne", &action));
    return inputs_form(inputs, action, call_text(call, MSG_PEOPLE_HOLDER_SAVE), &page->view.offer_baton);
}

static Err show(Call *call, int status, Page *page, Forms *forms)
{
    Html html = call_html(call);

    TRY(list_people(call, page, false, &page->view.present));
    TRY(list_people(call, page, true, &page->view.former));
    TRY(codes_view(call, call->ids[0], &page->view.codes));
    TRY(actor_part(call, page, &forms->actor));
    TRY(baton_part(call, page, &forms->holder));
    TRY(child_part(call, page));
    if (log_may(&page->log, ACT_GUARDIAN_ADD)) {
        TRY(log_url(call, call->ids[0], "/deltakere/foresatt", &page->view.add_guardian));
        TRY(log_url(call, call->ids[0], "/deltakere/invitasjon", &page->view.invite_guardian));
    }
    page->view.layout.has_errors = forms->actor.error_count + forms->holder.error_count > 0;
    page_participants(&html, &page->view);
    return call_page(call, status, &html);
}

Err participants_page(Call *call)
{
    Page page = {0};
    Forms forms;

    TRY(open_page(call, &page));
    TRY(forms_of(call, &page, &forms));
    return show(call, 200, &page, &forms);
}

/* ---- what the buttons do ---- */

static Err done_here(Call *call, Act act)
{
    return done_in_log(call, act_code(act), (Id){0}, "/deltakere");
}

/* What could not be done is said at its field, else where the page begins; somebody else may have been faster. */
static Err refuse(Call *call, const Choice *choice, enum msg text)
{
    Page page = {0};
    Forms forms;

    TRY(open_page(call, &page));
    TRY(forms_of(call, &page, &forms));
    if (choice)
        inputs_fault(choice == &actor_choice ? &forms.actor : &forms.holder, choice->name, call_text(call, text));
    page.view.refusal = choice ? STR_NONE : call_text(call, text);
    return show(call, 422, &page, &forms);
}

Err participants_add_send(Call *call)
{
    Id role_row, participant;

    if (!is_ok(id_from_text(call_field(call, "role_row"), &role_row)))
        return refuse(call, &actor_choice, MSG_PEOPLE_ACTOR_MISSING);
    TRY(done_leads_in_log(call, "/deltakere"));
    Err added = log_actor_add(call->service, &call->actor, call->ids[0], role_row, &participant);
    if (added.id == E_INVALID)
        return refuse(call, &actor_choice, MSG_PEOPLE_ACTOR_GONE);
    TRY(added);
    return done_here(call, ACT_PARTICIPANT_ADD);
}

Err participants_baton_send(Call *call)
{
    Id role_row;

    if (!is_ok(id_from_text(call_field(call, "holder"), &role_row)))
        return refuse(call, &holder_choice, MSG_PEOPLE_HOLDER_MISSING);
    TRY(done_leads_in_log(call, "/deltakere"));
    Err offered = baton_offer(call->service, &call->actor, call->ids[0], role_row);
    if (offered.id == E_INVALID)
        return posted_before(call) ? fail(E_REPLAYED) : refuse(call, &holder_choice, MSG_PEOPLE_HOLDER_GONE);
    TRY(offered);
    return done_here(call, ACT_BATON_OFFER);
}

Err participants_appoint_send(Call *call)
{
    Id role_row;

    if (!is_ok(id_from_text(call_field(call, "holder"), &role_row)))
        return refuse(call, &holder_choice, MSG_PEOPLE_HOLDER_MISSING);
    TRY(done_leads_in_log(call, "/deltakere"));
    Err appointed = holder_appoint(call->service, &call->actor, call->ids[0], role_row);
    if (appointed.id == E_INVALID)
        return posted_before(call) ? fail(E_REPLAYED) : refuse(call, &holder_choice, MSG_PEOPLE_APPOINT_GONE);
    TRY(appointed);
    return done_here(call, ACT_HOLDER_APPOINT);
}

Err participants_end_send(Call *call)
{
    Id participant;

    TRY(id_from_text(call_field(call, "participant"), &participant));
    TRY(done_leads_in_log(call, "/deltakere"));
    Err ended = log_participant_end(call->service, &call->actor, call->ids[0], participant);
    /* Somebody else was faster: it has ended, as was wanted. */
    if (ended.id != E_STALE)
        TRY(ended);
    return done_here(call, ACT_PARTICIPANT_END);
}

static Err keep_code(Call *call, const GuardianCode *code, const char *what)
{
    TRY(codes_keep(call, call->ids[0], code->name, str_from_c(code->code)));
    return done_in_log(call, what, (Id){0}, "/deltakere");
}

Err participants_code_send(Call *call)
{
    GuardianCode code;
    Id participant;

    TRY(id_from_text(call_field(call, "participant"), &participant));
    TRY(done_leads_in_log(call, "/deltakere"));
    Err given = log_family_code(call->service, &call->actor, (LogPart){call->ids[0], participant}, call->arena, &code);
    if (given.id == E_INVALID)
        return refuse(call, NULL, MSG_PEOPLE_CODE_REFUSED);
    TRY(given);
    return keep_code(call, &code, "code");
}

Err participants_child_send(Call *call)
{
    GuardianCode code;

    TRY(done_leads_in_log(call, "/deltakere"));
    Err let_in = log_child_let_in(call->service, &call->actor, call->ids[0], call->arena, &code);
    if (let_in.id == E_INVALID) /* the child is in already */
        return done_here(call, ACT_CHILD_LET_IN);
    TRY(let_in);
    return keep_code(call, &code, act_code(ACT_CHILD_LET_IN));
}

/* ---- keeping the child out: with a reason where it is needed ---- */

static Err ask_reason(Call *call)
{
    PageEntry view = {.heading = call_text(call, MSG_PEOPLE_CHILD_OUT), .lead = call_text(call, MSG_PEOPLE_CHILD_OUT_LEAD)};
    Html html = call_html(call);
    Page page = {0};
    Inputs inputs;
    Url action;

    TRY(open_page(call, &page));
    TRY(inputs_new(call, 1, &inputs));
    FieldView *field = inputs_add(&inputs, "reason", INPUT_AREA, call_text(call, MSG_FIELD_PARTICIPANT_REASON));
    field->maximum = REASON_MAX;
    inputs_fault(&inputs, "reason", call_text(call, MSG_ENTRY_REMOVE_MISSING));
    TRY(log_url(call, call->ids[0], "/deltakere/barn_ut", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_PEOPLE_CHILD_OUT), &view.form));
    TRY(log_url(call, call->ids[0], "/deltakere", &view.form.cancel));
    TRY(log_layout(call, &page.log, view.heading, &view.layout));
    view.layout.has_errors = true;
    page_entry(&html, &view);
    return call_page(call, 422, &html);
}

Err participants_child_out_send(Call *call)
{
    TRY(done_leads_in_log(call, "/deltakere"));
    Err kept = log_child_keep_out(call->service, &call->actor, call->ids[0], call_field(call, "reason"));
    if (kept.id == E_INVALID)
        return ask_reason(call);
    if (kept.id != E_STALE)
        TRY(kept);
    return done_here(call, ACT_CHILD_KEEP_OUT);
}
