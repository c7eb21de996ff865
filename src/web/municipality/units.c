/* Units and their managers (KA): the list, the staff of one, a new unit, appointing a manager.
 * Must not decide who may: the service does.
 * Called through the table of routes. */
#include "web/municipality/units.h"

#include "pages/templates.h"
#include "service/people/unit_names.h"
#include "service/people/overview.h"
#include "service/people/units.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/form/kind_form.h"
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
    OptionView *items = NULL;
    Units units = {0};
    size_t count = 0;

    TRY(people_units(call->service, &call->actor, call->arena, &units));
    TRY(ARENA_NEW(call->arena, OptionView, (size_t)units.count + 1, &items));
    for (uint32_t i = 0; i < units.count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        if (units.items[i].closed)
            continue;
        buf_add_id(&id, units.items[i].id);
        TRY(buf_done(&id, &items[count].value));
        items[count++].label = units.items[i].name;
    }
    *ret_options = (Options){.items = items, .count = count};
    return ok();
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
