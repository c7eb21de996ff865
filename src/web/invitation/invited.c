/* A guardian who is asked for their consent before there is a log: the code, what is asked, the child, themselves, yes or no.
 * Must not store what is typed before the yes, nor blame anybody for a no.
 * Called through the table of routes. Rule: consent 3. */
#include "web/invitation/invited.h"

#include "domain/consent.h"
#include "domain/period.h"
#include "pages/templates.h"
#include "service/acts/invitation/invited.h"
#include "service/seal.h"
#include "service/session/enrol.h"
#include "service/session/wizard_state.h"
#include "web/call/answer.h"
#include "web/call/cookie.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/child_form.h"
#include "web/form/consent_form.h"
#include "web/form/kind_form.h"
#include "web/form/posted.h"

#define PAGE "/invitasjon"
#define ROOM ((size_t)FIELDS_MAX + 3)
#define WORD_CHILD STR("child")
#define WORD_GUARDIAN STR("guardian")

static const FieldKey until_key[] = {CONSENT_VALID_TO, FIELD_NONE};

static Err url_of(Call *call, Id invitation, const char *suffix, Url *ret_url)
{
    char id[ID_TEXT + 1];

    id_to_text(invitation, id);
    return url_format(call->arena, ret_url, PAGE "/%s%s", id, suffix);
}

/* ---- the code ---- */

static Err list_of(Call *call, LinkView **ret_links, size_t *ret_count)
{
    InvitedStates states = {0};
    LinkView *items = NULL;

    *ret_count = 0;
    if (call->actor.role != ROLE_GUARDIAN)
        return ok();
    TRY(invited_list(call->service, &call->actor, call->arena, &states));
    TRY(ARENA_NEW(call->arena, LinkView, (size_t)states.count + 1, &items));
    for (uint32_t i = 0; i < states.count; i++) {
        TRY(url_of(call, states.items[i].invitation, "", &items[i].url));
        TRY(message_with(call, MSG_INVITED_FROM, "unit", states.items[i].units[0], &items[i].text));
    }
    *ret_links = items;
    *ret_count = states.count;
    return ok();
}

static Err show_code(Call *call, int status, Str fault)
{
    PageInvited view = {.layout = call_layout(call, call_text(call, MSG_INVITED_HEADING), PAGE)};
    Html html = call_html(call);
    LinkView *links = NULL;
    size_t count = 0;
    Inputs inputs;

    TRY(list_of(call, &links, &count));
    view.asked = (Links){.items = links, .count = count};
    TRY(inputs_new(call, 1, &inputs));
    inputs_add(&inputs, "enrolment", INPUT_TEXT, call_text(call, MSG_INVITED_CODE));
    if (fault.length > 0)
        inputs_fault(&inputs, "enrolment", fault);
    TRY(inputs_form(&inputs, URL(PAGE), call_text(call, MSG_WEB_GO_ON), &view.form));
    view.form.cancel = URL("/mine");
    view.layout.has_errors = fault.length > 0;
    page_invited(&html, &view);
    return call_page(call, status, &html);
}

Err invited_code_page(Call *call)
{
    return show_code(call, 200, STR_NONE);
}

/* As for signing in the first time: an address that types many codes which are none must wait. */
static Err ask_to_wait(Call *call)
{
    Str fault = STR_NONE;

    TRY(call_enrolment_wait(call, &fault));
    return show_code(call, 429, fault);
}

/* Whoever came in another role is a guardian too from now on, and chooses that role to answer. */
static Err lead_on(Call *call, Id invitation)
{
    Url url;

    TRY(url_of(call, invitation, "", &url));
    return call_redirect(call, call->actor.role == ROLE_GUARDIAN ? url.text : STR("/rolle"));
}

Err invited_code_send(Call *call)
{
    Id invitation = {{0}};

    Err may = session_enrolment_may_try(call->service, call->request->headers[HEADER_X_REAL_IP]);
    if (may.id == E_BUSY)
        return ask_to_wait(call);
    TRY(may);
    Err taken = invited_take(&call->actor, call_field(call, "enrolment"), call->arena, &invitation);
    if (taken.id == E_NOT_FOUND) {
        TRY(session_enrolment_failed(call->service, call->request->headers[HEADER_X_REAL_IP]));
        return show_code(call, 422, call_text(call, MSG_ENROL_CODE_REFUSED));
    }
    if (taken.id == E_DUPLICATE)
        return show_code(call, 422, call_text(call, MSG_INVITED_TWICE));
    TRY(taken);
    return lead_on(call, invitation);
}

/* ---- what is asked ---- */

typedef struct Invited {
    Call *call;
    InvitedState state;
    Values child, guardian, consent;
} Invited;

static Err open_invited(Call *call, Invited *invited)
{
    *invited = (Invited){.call = call};
    return invited_state(call->service, &call->actor, call->ids[0], call->arena, &invited->state);
}

/* Two of the pages: a form, and the way to say no. */
static Err show(const Invited *invited, int status, PageEntry *view)
{
    Call *call = invited->call;
    Html html = call_html(call);

    view->layout = call_layout(call, view->heading, PAGE);
    view->layout.has_errors = view->form.errors.count > 0;
    view->layout.sensitive = true;
    TRY(url_of(call, invited->state.invitation, "/nei", &view->other_answer));
    view->other = call_text(call, invited->state.said ? MSG_INVITED_TAKE_BACK : MSG_INVITED_NO_LINK);
    page_entry(&html, view);
    return call_page(call, status, &html);
}

static Err add_child(const Invited *invited, Inputs *inputs)
{
    TRY(inputs_new(invited->call, ROOM, inputs));
    return kind_inputs(inputs, kind_of(KIND_CHILD), NULL, NULL);
}

static Err show_child(const Invited *invited, int status, Inputs *inputs)
{
    Call *call = invited->call;
    PageEntry view = {.heading = call_text(call, MSG_INVITED_CHILD)};
    Str units = STR_NONE;
    Url action;

    TRY(words_listed(call, invited->state.units, invited->state.unit_count, &units));
    const MsgArgument about[] = {
        {.name = STR("unit"), .type = ARGUMENT_TEXT, .text = invited->state.units[0]},
        {.name = STR("units"), .type = ARGUMENT_TEXT, .text = units},
        {.name = STR("persons"), .type = ARGUMENT_NUMBER, .number = invited->state.persons},
    };
    TRY(message_of(call, invited->state.joins ? MSG_INVITED_ABOUT_JOINS : MSG_INVITED_ABOUT, about, COUNT_OF(about), &view.about));
    view.lead = call_text(call, MSG_INVITED_LEAD);
    TRY(url_of(call, invited->state.invitation, "/child", &action));
    TRY(inputs_form(inputs, action, call_text(call, MSG_WEB_GO_ON), &view.form));
    return show(invited, status, &view);
}

static Err show_said(const Invited *invited)
{
    PageEntry view = {.heading = call_text(invited->call, MSG_INVITED_SAID), .removal_only = true};

    view.lead = call_text(invited->call, invited->state.joins ? MSG_INVITED_SAID_LEAD_JOINS : MSG_INVITED_SAID_LEAD);
    return show(invited, 200, &view);
}

Err invited_page(Call *call)
{
    Invited invited;
    Inputs inputs;

    TRY(open_invited(call, &invited));
    if (invited.state.said)
        return show_said(&invited);
    TRY(add_child(&invited, &inputs));
    return show_child(&invited, 200, &inputs);
}

/* ---- the child; what was typed travels in the page, sealed ---- */

static Err seal_child(const Invited *invited, Str *ret_state)
{
    Call *call = invited->call;
    Str plain = STR_NONE;

    TRY(wizard_begin(call->service, &call->actor));
    TRY(scoped_encode(&invited->child, call->arena, &plain));
    return wizard_seal(call->service, &call->actor, plain, call->arena, ret_state);
}

static Err open_child(Invited *invited)
{
    Call *call = invited->call;
    WizardOpened opened = {0};

    TRY(wizard_open(call->service, &call->actor, call_field(call, "state"), call->arena, &opened));
    return values_decode(opened.state, &invited->child);
}

static Err add_guardian(const Invited *invited, Inputs *inputs, Str state)
{
    Call *call = invited->call;
    Values start = {.kind = kind_of(KIND_CONSENT)};

    TRY(inputs_new(call, ROOM, inputs));
    FieldView *field = inputs_add(inputs, "state", INPUT_HIDDEN, STR_NONE);
    field->value = state;
    TRY(kind_inputs(inputs, kind_of(KIND_GUARDIAN), NULL, NULL));
    TRY(values_put_day(&start, CONSENT_VALID_TO, consent_proposed(oslo_day(call->actor.now), invited->state.months), call->arena));
    return kind_inputs_some(inputs, start.kind, until_key, NULL, &start);
}

static Err show_guardian(const Invited *invited, int status, Inputs *inputs)
{
    Call *call = invited->call;
    PageEntry view = {.heading = call_text(call, MSG_INVITED_GUARDIAN)};
    Str units = STR_NONE;
    Url action;

    TRY(words_listed(call, invited->state.units, invited->state.unit_count, &units));
    const MsgArgument yes[] = {
        {.name = STR("child"), .type = ARGUMENT_TEXT, .text = values_at(&invited->child, CHILD_NAME)},
        {.name = STR("units"), .type = ARGUMENT_TEXT, .text = units},
    };
    TRY(message_of(call, MSG_INVITED_YES, yes, COUNT_OF(yes), &view.about));
    view.lead = call_text(call, MSG_INVITED_YES_LEAD);
    TRY(url_of(call, invited->state.invitation, "/guardian", &action));
    TRY(inputs_form(inputs, action, call_text(call, MSG_INVITED_YES_BUTTON), &view.form));
    TRY(url_of(call, invited->state.invitation, "", &view.form.cancel));
    return show(invited, status, &view);
}

static Err child_send(Invited *invited)
{
    Inputs inputs;
    Str state = STR_NONE;
    bool good = true;

    TRY(add_child(invited, &inputs));
    invited->child = (Values){.kind = kind_of(KIND_CHILD)};
    TRY(kind_read_some(&inputs, NULL, &invited->child, &good));
    if (good)
        TRY(child_check(&inputs, &invited->child, &good));
    if (good && invited_is_of_age(&invited->state, &invited->child, oslo_day(invited->call->actor.now))) {
        inputs_fault(&inputs, "", call_text(invited->call, MSG_INVITED_OF_AGE));
        good = false;
    }
    if (!good)
        return show_child(invited, 422, &inputs);
    TRY(seal_child(invited, &state));
    invited->call->form = (Form){0};
    TRY(add_guardian(invited, &inputs, state));
    return show_guardian(invited, 200, &inputs);
}

/* ---- yes ---- */

static Err refused(Invited *invited, Inputs *inputs, enum msg text)
{
    inputs_fault(inputs, "", call_text(invited->call, text));
    return show_guardian(invited, 422, inputs);
}

static Err read_guardian(Invited *invited, Inputs *inputs, bool *good)
{
    invited->guardian = (Values){.kind = kind_of(KIND_GUARDIAN)};
    invited->consent = (Values){.kind = kind_of(KIND_CONSENT)};
    TRY(kind_read_some(inputs, NULL, &invited->guardian, good));
    TRY(kind_read_some(inputs, until_key, &invited->consent, good));
    return consent_days_check(inputs, 0, day_of(values_at(&invited->consent, CONSENT_VALID_TO)), invited->state.months, good);
}

static Err yes_send(Invited *invited, Inputs *inputs)
{
    Call *call = invited->call;
    const InvitedYes yes = {.child = invited->child, .guardian = invited->guardian,
                            .until = day_of(values_at(&invited->consent, CONSENT_VALID_TO))};
    Url page;

    TRY(url_of(call, invited->state.invitation, "", &page));
    TRY(done_leads_to(call, page.text));
    Err said = invited_yes(call->service, &call->actor, invited->state.invitation, &yes, call->arena);
    if (said.id == E_INVALID)
        return refused(invited, inputs, MSG_INVITED_REFUSED);
    if (said.id == E_RANGE)
        return refused(invited, inputs, MSG_INVITED_OTHER_CHILD);
    if (said.id == E_REFUSED)
        return refused(invited, inputs, MSG_INVITED_OF_AGE);
    if (said.id == E_STALE && !posted_before(call))
        return refused(invited, inputs, MSG_INVITED_AT_ONCE);
    TRY(said);
    return done_redirect(call, act_code(ACT_INVITATION_ANSWER), (Id){0}, page.text);
}

static Err guardian_send(Invited *invited)
{
    Inputs inputs;
    bool good = true;

    Err opened = open_child(invited);
    if (opened.id == E_NOT_FOUND || opened.id == E_FORGED || opened.id == E_MALFORMED) {
        /* Typed too long ago, or in another session: begun anew. */
        invited->call->form = (Form){0};
        TRY(add_child(invited, &inputs));
        inputs_fault(&inputs, "", call_text(invited->call, MSG_WIZARD_OVER));
        return show_child(invited, 422, &inputs);
    }
    TRY(opened);
    TRY(add_guardian(invited, &inputs, call_field(invited->call, "state")));
    TRY(read_guardian(invited, &inputs, &good));
    return good ? yes_send(invited, &inputs) : show_guardian(invited, 422, &inputs);
}

Err invited_step_send(Call *call)
{
    Invited invited;
    Url page;

    TRY(open_invited(call, &invited));
    if (invited.state.said) {
        TRY(url_of(call, invited.state.invitation, "", &page));
        return call_redirect(call, page.text);
    }
    if (str_equal(call->word, WORD_CHILD))
        return child_send(&invited);
    return str_equal(call->word, WORD_GUARDIAN) ? guardian_send(&invited) : fail(E_NOT_FOUND);
}

/* ---- no ---- */

Err invited_no_page(Call *call)
{
    PageEntry view = {.heading = call_text(call, MSG_INVITED_NO)};
    Html html = call_html(call);
    Invited invited;
    Inputs inputs;
    Url action;

    TRY(open_invited(call, &invited));
    view.lead = call_text(call, invited.state.joins ? MSG_INVITED_NO_LEAD_JOINS : MSG_INVITED_NO_LEAD);
    view.layout = call_layout(call, view.heading, PAGE);
    TRY(inputs_new(call, 1, &inputs));
    TRY(url_of(call, invited.state.invitation, "/nei", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_INVITED_NO_BUTTON), &view.form));
    TRY(url_of(call, invited.state.invitation, "", &view.form.cancel));
    page_entry(&html, &view);
    return call_page(call, 200, &html);
}

/* Whoever had their account for this alone is nobody here any more. */
Err invited_no_send(Call *call)
{
    bool gone = false;

    TRY(invited_no(call->service, &call->actor, call->ids[0], &gone));
    if (gone)
        cookie_clear(call);
    return call_redirect(call, STR(PAGE "/takk"));
}

Err invited_over_page(Call *call)
{
    Str paragraphs[] = {call_text(call, MSG_INVITED_OVER_LEAD), call_text(call, MSG_INVITED_OVER_TEXT)};
    Html html = call_html(call);
    PageMessage view = {
        .layout = call_layout(call, call_text(call, MSG_INVITED_OVER), ""),
        .heading = call_text(call, MSG_INVITED_OVER),
        .paragraphs = {.items = paragraphs, .count = COUNT_OF(paragraphs)},
        .next = {.url = URL("/"), .text = call_text(call, MSG_WEB_TO_START)},
    };

    page_message(&html, &view);
    return call_page(call, 200, &html);
}
