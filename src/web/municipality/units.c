/* Units and their managers (KA): the list, the staff of one, a new unit, appointing a manager, closing one,
 * and the list of staff confirmed.
 * Must not decide who may: the service does.
 * Called through the table of routes. */
#include "web/municipality/units.h"

#include "domain/clocks.h"
#include "pages/templates.h"
#include "service/jobs/unit_close.h"
#include "service/people/confirmed.h"
#include "service/people/overview.h"
#include "service/people/unit_names.h"
#include "service/people/units.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/form/kind_form.h"
#include "web/form/posted.h"
#include "web/form/unit_options.h"
#include "web/municipality/appoint.h"
#include "web/municipality/staff_view.h"

#define APPOINT_ROOM 10

static const Role municipality_roles[] = {ROLE_ORG_MANAGER, ROLE_MUNICIPALITY_ADMIN};

/* ---- the list ---- */

static Err unit_url(Call *call, Id unit, Url *ret_url)
{
    char id[ID_TEXT + 1];

    id_to_text(unit, id);
    return url_format(call->arena, ret_url, "/enheter/%s", id);
}

static Err unit_views(Call *call, const Units *units, UnitViews *ret_views)
{
    UnitView *items = NULL;

    TRY(ARENA_NEW(call->arena, UnitView, (size_t)units->count + 1, &items));
    for (uint32_t i = 0; i < units->count; i++) {
        const Unit *unit = &units->items[i];
        Str code = STR_NONE;
        items[i] = (UnitView){.name = unit->name, .number = unit->number, .closed = unit->closed};
        TRY(str_format(call->arena, &code, "%u", unit->service));
        TRY(code_word(call, CODES_SERVICE, code, &items[i].service));
        TRY(unit_url(call, unit->id, &items[i].url));
    }
    *ret_views = (UnitViews){.items = items, .count = units->count};
    return ok();
}

/* Who is signed in manages most often, and stands in the list: the header need not ask for the name. */
static void know_user_name(Call *call, const StaffRoles *managers)
{
    for (uint32_t i = 0; i < managers->count && call->user_name.length == 0; i++)
        if (id_equal(managers->items[i].person, call->actor.person))
            call->user_name = managers->items[i].name;
}

/* When the list was confirmed last, and that it is to be confirmed anew. */
static Err confirmed_view(Call *call, PageUnits *view)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    int64_t at = 0;

    TRY(store_read(call->actor.store, &tx));
    TRY(staff_confirmed_at(tx, call->actor.now, call->arena, &at));
    const MsgArgument days[] = {
        {.name = STR("day"), .type = ARGUMENT_DAY, .number = oslo_day(at)},
        {.name = STR("next"), .type = ARGUMENT_DAY, .number = oslo_day(clock_due(CLOCK_STAFF_LIST, at, NULL))},
    };
    TRY(message_of(call, MSG_UNITS_CONFIRMED, days, COUNT_OF(days), &view->confirmed));
    view->confirm = (ActionView){.action = URL("/enheter/bekreft"), .token = view->layout.form_token,
                                 .text = call_text(call, MSG_UNITS_CONFIRM)};
    return ok();
}

Err units_confirm_send(Call *call)
{
    TRY(done_leads_to(call, STR("/enheter")));
    TRY(staff_confirm(&call->actor));
    return done_redirect(call, act_code(ACT_STAFF_LIST_CONFIRM), (Id){0}, STR("/enheter"));
}

Err units_page(Call *call)
{
    PageUnits view = {.add_unit = URL("/enheter/ny"), .appoint = URL("/enheter/leder")};
    Html html = call_html(call);
    StaffRoles managers = {0};
    Units units = {0};

    TRY(people_manages_units(&call->actor));
    TRY(people_overview(call->service, &call->actor, call->arena, &units, &managers));
    know_user_name(call, &managers);
    view.layout = call_layout(call, call_text(call, MSG_UNITS_HEADING), "/enheter");
    TRY(unit_views(call, &units, &view.units));
    TRY(staff_views(call, &managers, 1u << ROLE_ORG_MANAGER | 1u << ROLE_MUNICIPALITY_ADMIN, &view.managers));
    TRY(codes_view(call, (Id){0}, &view.codes));
    TRY(confirmed_view(call, &view));
    page_units(&html, &view);
    return call_page(call, 200, &html);
}

static Err layout_under_units(Call *call, Str title, LayoutView *ret_layout)
{
    LinkView *crumbs = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, 2, &crumbs));
    crumbs[0] = (LinkView){.url = URL("/enheter"), .text = call_text(call, MSG_UNITS_HEADING)};
    crumbs[1] = (LinkView){.text = title};
    *ret_layout = call_layout(call, title, "/enheter");
    ret_layout->crumbs = (Links){.items = crumbs, .count = 2};
    return ok();
}

static bool is_open(const Units *units, Id unit)
{
    for (uint32_t i = 0; i < units->count; i++)
        if (id_equal(units->items[i].id, unit))
            return !units->items[i].closed;
    return false;
}

static Err close_url(Call *call, Url *ret_url)
{
    char id[ID_TEXT + 1];

    id_to_text(call->ids[0], id);
    return url_format(call->arena, ret_url, "/enheter/%s/lukk", id);
}

static Err close_link(Call *call, Url *ret_url)
{
    Units units = {0};

    TRY(people_units_again(call->service, &call->actor, call->arena, &units));
    return is_open(&units, call->ids[0]) ? close_url(call, ret_url) : ok();
}

/* The staff of one unit, to be looked at: its manager appoints there. */
Err units_staff_page(Call *call)
{
    PageStaff view = {0};
    Html html = call_html(call);
    StaffRoles staff = {0};

    TRY(people_manages_units(&call->actor));
    TRY(people_unit_names(call->service, &call->actor, (IdList){&call->ids[0], 1}, call->arena, &view.unit));
    if (view.unit.length == 0)
        return fail(E_NOT_FOUND);
    TRY(people_staff(call->service, &call->actor, call->ids[0], call->arena, &staff));
    TRY(layout_under_units(call, view.unit, &view.layout));
    TRY(close_link(call, &view.close));
    TRY(staff_views(call, &staff, 1u << ROLE_ORG_MANAGER, &view.staff));
    page_staff(&html, &view);
    return call_page(call, 200, &html);
}

/* ---- forms ---- */

static Err show_form(Call *call, Inputs *inputs, Str heading, FormView *form)
{
    PageEntry view = {.heading = heading, .form = *form};
    Html html = call_html(call);

    TRY(layout_under_units(call, heading, &view.layout));
    view.layout.has_errors = inputs->error_count > 0;
    view.form.cancel = URL("/enheter");
    page_entry(&html, &view);
    return call_page(call, inputs->error_count > 0 ? 422 : 200, &html);
}

static Err show_new(Call *call, Inputs *inputs)
{
    FormView form = {0};

    TRY(inputs_form(inputs, URL("/enheter/ny"), call_text(call, MSG_UNITS_SAVE), &form));
    return show_form(call, inputs, call_text(call, MSG_UNITS_ADD), &form);
}

static Err begin_new(Call *call, Inputs *ret_inputs)
{
    TRY(people_manages_units(&call->actor));
    TRY(inputs_new(call, FIELDS_MAX, ret_inputs));
    return kind_inputs(ret_inputs, kind_of(KIND_ORGANISATION), NULL, NULL);
}

Err units_new(Call *call)
{
    Inputs inputs;

    TRY(begin_new(call, &inputs));
    return show_new(call, &inputs);
}

Err units_new_send(Call *call)
{
    Values values;
    FieldKey taken = FIELD_NONE;
    bool good = false;
    Inputs inputs;
    Id unit;

    TRY(begin_new(call, &inputs));
    TRY(kind_read(&inputs, kind_of(KIND_ORGANISATION), &values, &good));
    if (!good)
        return show_new(call, &inputs);
    TRY(done_leads_to(call, STR("/enheter")));
    Err added = people_unit_add(call->service, &call->actor, &values, &unit, &taken);
    if (added.id == E_DUPLICATE) {
        TRY(kind_fault(&inputs, taken, FAULT_TAKEN));
        return show_new(call, &inputs);
    }
    TRY(added);
    return done_redirect(call, "unit_add", (Id){0}, STR("/enheter"));
}

static Err open_units(Call *call, Options *ret_options)
{
    Units units = {0};

    TRY(people_units(call->service, &call->actor, call->arena, &units));
    return unit_options(call, &units, (Id){0}, ret_options);
}

/* ---- closing one ---- */

/* Every open unit but this one. Errors: E_NOT_FOUND where this one is none, or closed. */
static Err begin_close(Call *call, Inputs *ret_inputs, Str *ret_name)
{
    OptionView *items = NULL;
    Units units = {0};
    size_t count = 0;

    TRY(people_manages_units(&call->actor));
    TRY(people_units(call->service, &call->actor, call->arena, &units));
    if (!is_open(&units, call->ids[0]))
        return fail(E_NOT_FOUND);
    TRY(inputs_new(call, 1, ret_inputs));
    TRY(ARENA_NEW(call->arena, OptionView, (size_t)units.count + 1, &items));
    FieldView *field = inputs_add(ret_inputs, "into", INPUT_SELECT, call_text(call, MSG_UNITS_INTO));
    field->help = call_text(call, MSG_UNITS_INTO_HELP);
    for (uint32_t i = 0; i < units.count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        if (id_equal(units.items[i].id, call->ids[0]))
            *ret_name = units.items[i].name;
        if (units.items[i].closed || id_equal(units.items[i].id, call->ids[0]))
            continue;
        buf_add_id(&id, units.items[i].id);
        TRY(buf_done(&id, &items[count].value));
        items[count].chosen = str_equal(items[count].value, field->value);
        items[count++].label = units.items[i].name;
    }
    field->options = (Options){.items = items, .count = count};
    return ok();
}

static Err show_close(Call *call, Inputs *inputs, Str name)
{
    PageEntry view = {0};
    Html html = call_html(call);
    Url action;

    TRY(message_with(call, MSG_UNITS_CLOSE_HEADING, "name", name, &view.heading));
    view.lead = call_text(call, MSG_UNITS_CLOSE_LEAD);
    view.warning = call_text(call, MSG_PROCEDURE_FINAL);
    TRY(close_url(call, &action));
    TRY(inputs_form(inputs, action, call_text(call, MSG_UNITS_CLOSE_SAVE), &view.form));
    TRY(layout_under_units(call, view.heading, &view.layout));
    TRY(unit_url(call, call->ids[0], &view.form.cancel));
    view.layout.has_errors = inputs->error_count > 0;
    page_entry(&html, &view);
    return call_page(call, inputs->error_count > 0 ? 422 : 200, &html);
}

Err units_close(Call *call)
{
    Inputs inputs;
    Str name = STR_NONE;

    TRY(begin_close(call, &inputs, &name));
    return show_close(call, &inputs, name);
}

Err units_close_send(Call *call)
{
    UnitClosing closing = {.unit = call->ids[0]};
    Inputs inputs;
    Str name = STR_NONE;

    TRY(done_leads_to(call, STR("/enheter")));
    Err begun = begin_close(call, &inputs, &name);
    if (begun.id == E_NOT_FOUND && posted_before(call))
        return fail(E_REPLAYED);
    TRY(begun);
    Err closed = is_ok(id_from_text(call_field(call, "into"), &closing.into)) ? unit_close(call->service, &call->actor, &closing)
                                                                              : fail(E_INVALID);
    if (closed.id == E_INVALID) {
        inputs_fault(&inputs, "into", call_text(call, MSG_UNITS_INTO_MISSING));
        return show_close(call, &inputs, name);
    }
    TRY(closed);
    return done_redirect(call, act_code(ACT_UNIT_CLOSE), (Id){0}, STR("/enheter"));
}

static Err begin_manager(Call *call, AppointForm *ret_form, Inputs *ret_inputs)
{
    *ret_form = (AppointForm){.action = "/enheter/leder", .roles = municipality_roles, .role_count = COUNT_OF(municipality_roles)};
    TRY(people_manages_units(&call->actor));
    TRY(open_units(call, &ret_form->units));
    TRY(inputs_new(call, APPOINT_ROOM, ret_inputs));
    return appoint_inputs(ret_inputs, ret_form);
}

static Err show_manager(Call *call, const AppointForm *appoint, Inputs *inputs)
{
    FormView form = {0};

    TRY(appoint_form(inputs, appoint, &form));
    return show_form(call, inputs, call_text(call, MSG_UNITS_APPOINT), &form);
}

Err units_manager(Call *call)
{
    AppointForm form;
    Inputs inputs;

    TRY(begin_manager(call, &form, &inputs));
    return show_manager(call, &form, &inputs);
}

Err units_manager_send(Call *call)
{
    AppointForm form;
    bool good = false;
    Inputs inputs;

    TRY(begin_manager(call, &form, &inputs));
    TRY(done_leads_to(call, STR("/enheter")));
    TRY(appoint_send(&inputs, &form, &good));
    return good ? done_redirect(call, act_code(ACT_STAFF_APPOINT), (Id){0}, STR("/enheter")) : show_manager(call, &form, &inputs);
}
