/* Invitations of a relay holder: which are out, a new one with its codes, one taken back, and the log of one that all have answered.
 * Must not show a code twice, nor who of a family has answered.
 * Called through the table of routes. Rule: consent 3. */
#include "web/invitation/invitations.h"

#include "domain/period.h"
#include "pages/templates.h"
#include "service/acts/invitation/invitation.h"
#include "service/acts/invitation/invitation_join.h"
#include "service/acts/invitation/invitation_log.h"
#include "service/people/units.h"
#include "service/session/form_token.h"
#include "service/session/receipt.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/form/kind_form.h"
#include "web/form/unit_options.h"

#define PAGE "/invitasjoner"
#define TO_PAGE STR(PAGE)

/* ---- those that are out ---- */

static Err view_of(Call *call, const InvitationState *state, Str token, InvitationView *view)
{
    const bool joins = !id_is_none(state->log);
    char id[ID_TEXT + 1];
    Url action;

    id_to_text(state->id, id);
    *view = (InvitationView){.made = oslo_day(state->made_at), .until = period_last_day(state->expires_at), .persons = state->persons};
    view->tag = state->complete ? (TagView){.text = call_text(call, MSG_INVITATIONS_COMPLETE), .color = TAG_SUCCESS}
                                : (TagView){.text = call_text(call, MSG_INVITATIONS_WAITING), .color = TAG_NEUTRAL};
    TRY(words_listed(call, state->units, state->unit_count, &view->units));
    TRY(url_format(call->arena, &view->end, PAGE "/slutt/%s", id));
    if (joins)
        TRY(log_url(call, state->log, "", &view->log));
    TRY(url_format(call->arena, &action, joins ? PAGE "/inn/%s" : PAGE "/logg/%s", id));
    if (state->complete)
        view->create = (ActionView){.action = action, .token = token,
                                    .text = call_text(call, joins ? MSG_INVITATIONS_JOIN : MSG_INVITATIONS_CREATE)};
    return ok();
}

static Err show(Call *call, int status, Str refusal)
{
    PageInvitations view = {.refusal = refusal};
    Html html = call_html(call);
    InvitationView *items = NULL;
    InvitationStates states = {0};

    TRY(invitation_list(call->service, &call->actor, call->arena, &states));
    view.layout = call_layout(call, call_text(call, MSG_INVITATIONS_HEADING), PAGE);
    view.layout.has_errors = refusal.length > 0;
    if (call->actor.role == ROLE_RELAY_HOLDER)
        view.make = URL(PAGE "/ny");
    TRY(codes_view(call, (Id){0}, &view.codes));
    TRY(ARENA_NEW(call->arena, InvitationView, (size_t)states.count + 1, &items));
    for (uint32_t i = 0; i < states.count; i++)
        TRY(view_of(call, &states.items[i], view.layout.form_token, &items[i]));
    view.invitations = (InvitationViews){.items = items, .count = states.count};
    page_invitations(&html, &view);
    return call_page(call, status, &html);
}

Err invitations_page(Call *call)
{
    return show(call, 200, STR_NONE);
}

/* ---- a new one ---- */

static const FieldKey keys[] = {CONSENT_REQUIRED_PERSONS, CONSENT_UNITS, FIELD_NONE};
static const FieldKey keys_alone[] = {CONSENT_REQUIRED_PERSONS, FIELD_NONE}; /* no other unit is there */

typedef struct New {
    Call *call;
    Options units;
    Inputs inputs;
} New;

static Err offer_units(New *new)
{
    Call *call = new->call;
    Units units = {0};

    TRY(call->request->method == METHOD_GET ? people_units(call->service, &call->actor, call->arena, &units)
                                            : people_units_again(call->service, &call->actor, call->arena, &units));
    return unit_options(call, &units, call->actor.unit, &new->units);
}

static Err offer_persons(Inputs *inputs)
{
    FieldView *field = &inputs->fields[0];
    OptionView *items = NULL;

    TRY(ARENA_NEW(inputs->call->arena, OptionView, INVITED_MAX, &items));
    for (unsigned i = 0; i < INVITED_MAX; i++) {
        TRY(str_format(inputs->call->arena, &items[i].value, "%u", i + 1));
        items[i].label = items[i].value;
        items[i].chosen = str_equal(items[i].value, field->value);
    }
    field->type = INPUT_RADIO;
    field->options = (Options){.items = items, .count = INVITED_MAX};
    return ok();
}

static Err open_new(Call *call, New *new)
{
    *new = (New){.call = call};
    TRY(log_create_may(&call->actor));
    TRY(offer_units(new));
    const Choices choices = {.units = new->units};
    TRY(inputs_new(call, COUNT_OF(keys), &new->inputs));
    TRY(kind_inputs_some(&new->inputs, kind_of(KIND_CONSENT), new->units.count > 0 ? keys : keys_alone, &choices, NULL));
    return offer_persons(&new->inputs);
}

static Err show_new(New *new, int status)
{
    Call *call = new->call;
    PageEntry view = {.layout = call_layout(call, call_text(call, MSG_INVITATIONS_MAKE), PAGE),
                      .heading = call_text(call, MSG_INVITATIONS_MAKE), .lead = call_text(call, MSG_INVITATIONS_MAKE_LEAD)};
    Html html = call_html(call);

    TRY(inputs_form(&new->inputs, URL(PAGE "/ny"), call_text(call, MSG_INVITATIONS_SAVE), &view.form));
    view.form.cancel = URL(PAGE);
    view.layout.has_errors = new->inputs.error_count > 0;
    page_entry(&html, &view);
    return call_page(call, status, &html);
}

Err invitations_new(Call *call)
{
    New new;

    TRY(open_new(call, &new));
    return show_new(&new, 200);
}

static Err read_new(New *new, InvitationWish *wish)
{
    Values typed = {.kind = kind_of(KIND_CONSENT)};
    bool good = true;
    int64_t persons = 0;
    Id *units = NULL;

    TRY(kind_read_some(&new->inputs, new->units.count > 0 ? keys : keys_alone, &typed, &good));
    if (good && !is_ok(num_parse(values_at(&typed, CONSENT_REQUIRED_PERSONS), 1, INVITED_MAX, &persons)))
        TRY(kind_fault(&new->inputs, CONSENT_REQUIRED_PERSONS, FAULT_BAD_CODE));
    TRY(ARENA_NEW(new->call->arena, Id, new->units.count + 1, &units));
    Str text = values_at(&typed, CONSENT_UNITS);
    while (text.length > 0 && wish->unit_count < new->units.count) {
        Str unit = STR_NONE;
        text = str_cut(text, '\n', &unit);
        TRY(id_from_text(unit, &units[wish->unit_count++]));
    }
    wish->units = units;
    wish->persons = (uint32_t)persons;
    return ok();
}

Err invitations_keep_codes(Call *call, const InvitationMade *made)
{
    ReceiptCode items[INVITED_MAX];
    const Receipt receipt = {.items = items, .count = made->count};

    for (uint32_t i = 0; i < made->count; i++) {
        const MsgArgument number = {.name = STR("number"), .type = ARGUMENT_NUMBER, .number = i + 1};
        items[i].code = str_from_c(made->codes[i].text);
        TRY(message_of(call, MSG_INVITATIONS_PERSON, &number, 1, &items[i].name));
    }
    return receipt_put(call->service, &call->actor, (Id){0}, &receipt, call->arena);
}

Err invitations_new_send(Call *call)
{
    InvitationWish wish = {0};
    InvitationMade made = {0};
    New new;

    TRY(open_new(call, &new));
    TRY(read_new(&new, &wish));
    if (new.inputs.error_count > 0)
        return show_new(&new, 422);
    TRY(done_leads_to(call, TO_PAGE));
    Err asked = invitation_make(call->service, &call->actor, &wish, call->arena, &made);
    if (asked.id == E_INVALID || asked.id == E_RANGE) {
        inputs_fault(&new.inputs, "", call_text(call, asked.id == E_RANGE ? MSG_INVITATIONS_MANY : MSG_INVITATIONS_REFUSED));
        return show_new(&new, 422);
    }
    TRY(asked);
    TRY(invitations_keep_codes(call, &made));
    return done_redirect(call, act_code(ACT_INVITATION_MAKE), (Id){0}, TO_PAGE);
}

/* ---- taken back ---- */

Err invitations_end(Call *call)
{
    PageEntry view = {.layout = call_layout(call, call_text(call, MSG_INVITATIONS_END), PAGE),
                      .heading = call_text(call, MSG_INVITATIONS_END), .lead = call_text(call, MSG_INVITATIONS_END_LEAD)};
    char id[ID_TEXT + 1];
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(invitation_may(&call->actor));
    id_to_text(call->ids[0], id);
    TRY(url_format(call->arena, &action, PAGE "/slutt/%s", id));
    TRY(inputs_new(call, 1, &inputs));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_INVITATIONS_END), &view.form));
    view.form.cancel = URL(PAGE);
    page_entry(&html, &view);
    return call_page(call, 200, &html);
}

Err invitations_end_send(Call *call)
{
    TRY(done_leads_to(call, TO_PAGE));
    TRY(invitation_end(&call->actor, call->ids[0], call->arena));
    return done_redirect(call, act_code(ACT_INVITATION_END), (Id){0}, TO_PAGE);
}

/* ---- the log ---- */

Err invitations_log_send(Call *call)
{
    CreatedLog made = {0};
    Url url;

    TRY(world_id(call->service->world, &call->actor.makes));
    TRY(log_url(call, call->actor.makes, "", &url));
    TRY(done_leads_to(call, url.text));
    Err created = invitation_log(call->service, &call->actor, call->ids[0], call->arena, &made);
    if (created.id == E_INVALID || created.id == E_REFUSED)
        return show(call, 422, call_text(call, created.id == E_INVALID ? MSG_INVITATIONS_LOG_REFUSED : MSG_INVITATIONS_OF_AGE));
    TRY(created);
    return done_redirect(call, act_code(ACT_LOG_CREATE), (Id){0}, url.text);
}

Err invitations_join_send(Call *call)
{
    Id log = {{0}};
    Url url;

    TRY(done_leads_to(call, TO_PAGE));
    Err joined = invitation_join(call->service, &call->actor, call->ids[0], call->arena, &log);
    if (joined.id == E_INVALID || joined.id == E_RANGE)
        return show(call, 422, call_text(call, joined.id == E_RANGE ? MSG_INVITATIONS_OTHER_CHILD : MSG_INVITATIONS_JOIN_REFUSED));
    TRY(joined);
    TRY(log_url(call, log, "/deltakere", &url));
    return done_redirect(call, act_code(ACT_GUARDIAN_ADD), (Id){0}, url.text);
}
