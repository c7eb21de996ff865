/* The wizard of a new log: what was typed is opened, kept for the next page, and forgotten when the family says no.
 * Must not write anything that was typed to disk, log or address: it travels sealed in the page (rules: consent 1, 2).
 * Called through the table of routes. */
#include "web/wizard/wizard.h"

#include "pages/templates.h"
#include "service/people/units.h"
#include "service/session/wizard_state.h"
#include "service/settings.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/unit_options.h"
#include "web/wizard/check.h"
#include "web/wizard/pages.h"

#define ROOM 16
#define TO_DENIED STR("/ny/avbrutt")

/* Names that a page sends beside what people type. */
static const char *const ours[] = {"form_token", "state", "number", "change", NULL};

static Err require_holder(const Call *call)
{
    return call->actor.role == ROLE_RELAY_HOLDER ? ok() : fail(E_NOT_FOUND);
}

/* ---- resuming ---- */

/* What the municipality says: how long a consent may hold, and its open units as boxes to tick, the holder's own apart: it
 * always takes part. */
static Err take_municipality(Wizard *wizard, const Units *units)
{
    Call *call = wizard->call;

    TRY(log_consent_months(&call->actor, call->arena, &wizard->months));
    TRY(log_consent_age(&call->actor, call->arena, &wizard->consent_age));
    for (uint32_t i = 0; i < units->count; i++)
        if (id_equal(units->items[i].id, call->actor.unit))
            TRY(unit_option(call, &units->items[i], &wizard->own_unit));
    return unit_options(call, units, call->actor.unit, &wizard->units);
}

/* Which units there are is read once, with its line; every step needs them again. */
static Err load_municipality(Wizard *wizard, bool first)
{
    Call *call = wizard->call;
    Units units = {0};

    TRY(first ? people_units(call->service, &call->actor, call->arena, &units)
              : people_units_again(call->service, &call->actor, call->arena, &units));
    return take_municipality(wizard, &units);
}

Err wizard_resume(Call *call, Wizard *ret_wizard)
{
    Wizard wizard = {.call = call, .posted = call->form};
    WizardOpened opened = {0};

    TRY(require_holder(call));
    TRY(wizard_open(call->service, &call->actor, call_field(call, "state"), call->arena, &opened));
    TRY(typed_decode(opened.state, &wizard.typed));
    wizard.key = opened.key;
    TRY(load_municipality(&wizard, false));
    *ret_wizard = wizard;
    return ok();
}

bool wizard_is_over(const Call *call, Err resumed)
{
    return call->actor.role == ROLE_RELAY_HOLDER && (resumed.id == E_NOT_FOUND || resumed.id == E_FORGED);
}

static Err seal_typed(Wizard *wizard, Str *ret_text)
{
    Call *call = wizard->call;
    Buf plain = buf_new(call->arena, WIZARD_STATE_MAX);
    Str bytes = STR_NONE;

    typed_encode(&plain, &wizard->typed);
    TRY(buf_done(&plain, &bytes));
    return wizard_seal(call->service, &call->actor, bytes, call->arena, ret_text);
}

Err wizard_state_field(Wizard *wizard, Inputs *inputs)
{
    Str sealed = STR_NONE;

    TRY(seal_typed(wizard, &sealed));
    inputs_add(inputs, "state", INPUT_HIDDEN, STR_NONE)->value = sealed;
    return ok();
}

/* ---- buttons ---- */

ChangeView wizard_stop_button(const Call *call)
{
    return (ChangeView){.step = STR("stop"), .text = call_text(call, MSG_WIZARD_STOP)};
}

Err wizard_previous_button(const Wizard *wizard, Place place, ChangeView *ret_button)
{
    ret_button->text = call_text(wizard->call, MSG_FORM_BACK);
    return place_text(wizard->call->arena, place_before(wizard, place), &ret_button->step);
}

/* ---- information ---- */

/* wizard: NULL on the way in, when there is nothing to forget yet. */
static Err show_information(Call *call, Wizard *wizard)
{
    PageInformation view = {.layout = call_layout(call, call_text(call, MSG_WIZARD_INFORMATION), "/ny")};
    Html html = call_html(call);
    Inputs inputs;

    TRY(inputs_new(call, 1, &inputs));
    if (wizard)
        TRY(wizard_state_field(wizard, &inputs));
    TRY(inputs_form(&inputs, URL("/ny/information"), call_text(call, MSG_WIZARD_INFORMED), &view.form));
    if (wizard)
        view.form.stop = wizard_stop_button(call);
    else
        view.form.cancel = URL("/mine");
    view.invite = URL("/invitasjoner");
    page_information(&html, &view);
    return call_page(call, 200, &html);
}

Err wizard_over(Call *call)
{
    Str paragraph = call_text(call, MSG_WIZARD_OVER);
    Html html = call_html(call);
    PageMessage view = {
        .layout = call_layout(call, call_text(call, MSG_WIZARD_OVER_HEADING), "/ny"),
        .heading = call_text(call, MSG_WIZARD_OVER_HEADING),
        .paragraphs = {.items = &paragraph, .count = 1},
        .next = {.url = URL("/ny"), .text = call_text(call, MSG_WEB_NAV_NEW)},
    };

    page_message(&html, &view);
    return call_page(call, 422, &html);
}

Err wizard_information(Call *call)
{
    TRY(require_holder(call));
    return show_information(call, NULL);
}

/* Forgets everything and says so. */
static Err forget(Call *call)
{
    TRY(wizard_end(&call->actor));
    return call_redirect(call, TO_DENIED);
}

/* A wizard begins when the family has been told; going back to this page keeps the one under way. */
Err wizard_information_send(Call *call)
{
    Wizard wizard = {.call = call};
    Place next = {0};

    TRY(require_holder(call));
    if (str_equal(call_field(call, "change"), STR("stop")))
        return forget(call);
    if (call_field(call, "state").length > 0) {
        Err resumed = wizard_resume(call, &wizard);
        if (wizard_is_over(call, resumed))
            return wizard_over(call);
        TRY(resumed);
    } else {
        TRY(wizard_begin(call->service, &call->actor));
        TRY(load_municipality(&wizard, true));
    }
    wizard.posted = call->form;
    TRY(wizard_answered(&wizard, wizard_first_open(&wizard, &next)));
    return wizard_answered(&wizard, wizard_show(&wizard, next, 200));
}

/* ---- nothing is kept ---- */

Err wizard_denied_page(Call *call)
{
    PageDenied view = {.layout = call_layout(call, call_text(call, MSG_DENIED_HEADING), "/ny"), .mine = URL("/mine")};
    Html html = call_html(call);

    TRY(require_holder(call));
    page_denied(&html, &view);
    return call_page(call, 200, &html);
}

/* ---- steps ---- */

typedef struct StepText {
    uint8_t shown; /* its number of the five that people see */
    enum msg heading;
    enum msg lead;
} StepText;

static const StepText step_texts[] = {
    [WIZARD_SCOPE] = {.shown = 2, .heading = MSG_WIZARD_SCOPE, .lead = MSG_WIZARD_SCOPE_LEAD},
    [WIZARD_CONSENT] = {.shown = 2, .heading = MSG_WIZARD_CONSENT, .lead = MSG_WIZARD_CONSENT_LEAD},
    [WIZARD_CHILD] = {.shown = 3, .heading = MSG_WIZARD_CHILD, .lead = MSG_WIZARD_CHILD_LEAD},
    [WIZARD_YOUNG] = {.shown = 3, .heading = MSG_WIZARD_YOUNG, .lead = MSG_WIZARD_YOUNG_LEAD},
    [WIZARD_GUARDIAN] = {.shown = 4, .heading = MSG_WIZARD_GUARDIAN, .lead = MSG_WIZARD_GUARDIAN_LEAD},
};

static Err step_text(const Wizard *wizard, Place place, enum msg id, Str *ret_text)
{
    const Values *consent = place.number ? &wizard->consents[place.number - 1] : NULL;
    const MsgArgument arguments[] = {
        {.name = STR("number"), .type = ARGUMENT_NUMBER, .number = place.number},
        {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = wizard->persons},
        {.name = STR("unit"), .type = ARGUMENT_TEXT, .text = wizard->own_unit.label},
        {.name = STR("day"), .type = ARGUMENT_DAY,
         .number = consent && consent->kind ? day_of(values_at(consent, CONSENT_GIVEN_ON)) : 0},
    };
    Buf text = buf_new(wizard->call->arena, 1024);

    msg_write(&text, wizard->call->language, id, arguments, COUNT_OF(arguments));
    return buf_done(&text, ret_text);
}

static Err step_action(const Wizard *wizard, Place place, Inputs *inputs, Url *ret_action)
{
    Str text = STR_NONE;
    Str word = STR_NONE;

    TRY(place_text(wizard->call->arena, place, &text));
    inputs_add(inputs, "number", INPUT_HIDDEN, STR_NONE)->value = str_cut(text, '_', &word);
    return url_format(wizard->call->arena, ret_action, "/ny/%.*s", STR_ARGS(word));
}

/* More than fits is a fault of this page, whose fields stand in it as they were typed; the rest travels on. */
static Err seal_into(Wizard *wizard, Place place, Inputs *inputs)
{
    Err sealed = wizard_state_field(wizard, inputs);

    if (sealed.id != E_TOO_LARGE)
        return sealed;
    typed_forget(&wizard->typed, place_page(place));
    return wizard_state_field(wizard, inputs);
}

static Err show_step(Wizard *wizard, Place place, int status)
{
    Call *call = wizard->call;
    PageWizard view = {.step = step_texts[place.step].shown};
    Html html = call_html(call);
    bool good = true;
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, ROOM, &inputs));
    TRY(wizard_inputs(wizard, place, &inputs));
    if (status == 422)
        TRY(wizard_read(wizard, place, &inputs, &good));
    TRY(step_action(wizard, place, &inputs, &action));
    TRY(seal_into(wizard, place, &inputs));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_WEB_GO_ON), &view.form));
    TRY(step_text(wizard, place, step_texts[place.step].heading, &view.heading));
    TRY(step_text(wizard, place, step_texts[place.step].lead, &view.lead));
    TRY(wizard_previous_button(wizard, place, &view.form.previous));
    view.form.stop = wizard_stop_button(call);
    view.layout = call_layout(call, view.heading, "/ny");
    view.layout.has_errors = !good;
    view.layout.sensitive = place.step >= WIZARD_CHILD;
    page_wizard(&html, &view);
    return call_page(call, status, &html);
}

Err wizard_show(Wizard *wizard, Place place, int status)
{
    if (place.step == WIZARD_INFORMATION)
        return show_information(wizard->call, wizard);
    if (place.step == WIZARD_CHECK)
        return wizard_check_show(wizard, status, NULL, STR_NONE);
    return show_step(wizard, place, status);
}

static bool is_later(Place place, Place other)
{
    return place.step > other.step || (place.step == other.step && place.number > other.number);
}

Err wizard_go_to(Wizard *wizard, Str asked)
{
    Place place = {0};
    Place open = {0};

    if (str_equal(asked, STR("stop")))
        return forget(wizard->call);
    TRY(place_from_text(asked, &place));
    TRY(wizard_first_open(wizard, &open));
    return wizard_show(wizard, is_later(place, open) ? open : place, 200);
}

static Err go_on(Wizard *wizard, Place place)
{
    Place next = {0};
    bool denied = false;

    TRY(wizard_denied(wizard, place, &denied));
    if (denied)
        return forget(wizard->call);
    TRY(wizard_first_open(wizard, &next));
    bool fault_here = next.step == place.step && next.number == place.number;
    return wizard_show(wizard, next, fault_here ? 422 : 200);
}

Err wizard_answered(Wizard *wizard, Err answered)
{
    if (!is_ok(answered))
        wizard->call->form = wizard->posted;
    return answered;
}

static Err step_send(Wizard *wizard)
{
    Call *call = wizard->call;
    Str asked = call_field(call, "change");
    Place place = {0};
    Str text = STR_NONE;

    TRY(str_format(call->arena, &text, "%.*s_%.*s", STR_ARGS(call->word), STR_ARGS(call_field(call, "number"))));
    TRY(place_from_text(text, &place));
    if (place.step == WIZARD_INFORMATION || place.step == WIZARD_CHECK)
        return fail(E_NOT_FOUND);
    TRY(typed_put(&wizard->typed, place_page(place), &wizard->posted, ours));
    return asked.length > 0 ? wizard_go_to(wizard, asked) : go_on(wizard, place);
}

Err wizard_step_send(Call *call)
{
    Wizard wizard;
    Err resumed = wizard_resume(call, &wizard);

    if (wizard_is_over(call, resumed))
        return wizard_over(call);
    TRY(resumed);
    return wizard_answered(&wizard, step_send(&wizard));
}
