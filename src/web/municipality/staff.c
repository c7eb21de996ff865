/* Staff of the own unit (EL): who has which role, giving one, ending one, a new code. The administrator ends roles and gives
 * codes from the page of units with the same addresses.
 * Must not show a code twice.
 * Called through the table of routes. */
#include "web/municipality/staff.h"

#include "pages/templates.h"
#include "service/people/code.h"
#include "service/people/unit_names.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/codes.h"
#include "web/municipality/appoint.h"
#include "web/municipality/staff_view.h"

#define APPOINT_ROOM 10

static const Role unit_roles[] = {ROLE_RELAY_HOLDER, ROLE_ACTOR};
static const AppointForm own_unit = {.action = "/ansatte", .own_unit = true, .roles = unit_roles, .role_count = COUNT_OF(unit_roles)};

static Err unit_name(Call *call, Str *ret_name)
{
    return people_unit_names(call->service, &call->actor, (IdList){&call->actor.unit, 1}, call->arena, ret_name);
}

static Err show(Call *call, int status, Inputs *inputs)
{
    PageStaff view = {.layout = call_layout(call, call_text(call, MSG_STAFF_HEADING), "/ansatte")};
    Html html = call_html(call);
    StaffRoles staff = {0};

    TRY(people_staff(call->service, &call->actor, call->actor.unit, call->arena, &staff));
    TRY(unit_name(call, &view.unit));
    TRY(staff_views(call, &staff, 1u << ROLE_RELAY_HOLDER | 1u << ROLE_ACTOR, &view.staff));
    TRY(codes_view(call, (Id){0}, &view.codes));
    TRY(appoint_form(inputs, &own_unit, &view.appoint));
    view.layout.has_errors = inputs->error_count > 0;
    page_staff(&html, &view);
    return call_page(call, status, &html);
}

/* The page is for a manager's own unit: nobody else has one to show. */
static Err is_managers(const Call *call)
{
    return id_is_none(call->actor.unit) ? fail(E_NOT_FOUND) : ok();
}

Err staff_page(Call *call)
{
    Inputs inputs;

    TRY(is_managers(call));
    TRY(inputs_new(call, APPOINT_ROOM, &inputs));
    TRY(appoint_inputs(&inputs, &own_unit));
    return show(call, 200, &inputs);
}

Err staff_appoint_send(Call *call)
{
    bool good = false;
    Inputs inputs;

    TRY(is_managers(call));
    TRY(inputs_new(call, APPOINT_ROOM, &inputs));
    TRY(appoint_inputs(&inputs, &own_unit));
    TRY(done_leads_to(call, STR("/ansatte")));
    TRY(appoint_send(&inputs, &own_unit, &good));
    return good ? done_redirect(call, act_code(ACT_STAFF_APPOINT), (Id){0}, STR("/ansatte")) : show(call, 422, &inputs);
}

/* ---- one role ---- */

static Str page_of(const Call *call)
{
    return call->actor.role == ROLE_MUNICIPALITY_ADMIN ? STR("/enheter") : STR("/ansatte");
}

/* The role carries batons: they are handed over first, or whoever ends it stands in. */
static Err ask_takes(Call *call, int64_t batons)
{
    PageEntry view = {.heading = call_text(call, MSG_STAFF_BATONS_HEADING), .lead = call_text(call, MSG_STAFF_BATONS_HELP)};
    const MsgArgument count = {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = batons};
    Html html = call_html(call);
    Inputs inputs;

    TRY(message_of(call, MSG_STAFF_BATONS, &count, 1, &view.warning));
    TRY(inputs_new(call, 2, &inputs));
    FieldView *field = inputs_add(&inputs, "role_row", INPUT_HIDDEN, STR_NONE);
    field->value = call_field(call, "role_row");
    field = inputs_add(&inputs, "takes", INPUT_HIDDEN, STR_NONE);
    field->value = STR("1");
    TRY(inputs_form(&inputs, URL("/ansatte/avslutt"), call_text(call, MSG_STAFF_BATONS_SAVE), &view.form));
    view.form.cancel = (Url){page_of(call)};
    view.layout = call_layout(call, view.heading, "/ansatte");
    page_entry(&html, &view);
    return call_page(call, 422, &html);
}

Err staff_end_send(Call *call)
{
    RoleEnd end = {.takes = str_equal(call_field(call, "takes"), STR("1"))};

    TRY(id_from_text(call_field(call, "role_row"), &end.role_row));
    TRY(done_leads_to(call, page_of(call)));
    Err ended = people_role_end(call->service, &call->actor, &end);
    if (ended.id == E_INVALID)
        return ask_takes(call, end.batons);
    /* Somebody else was faster: it has ended, as was wanted. */
    if (ended.id != E_STALE)
        TRY(ended);
    return done_redirect(call, end.batons > 0 ? "role_end_taken" : "role_end", (Id){0}, page_of(call));
}

Err staff_code_send(Call *call)
{
    StaffCode code = {0};
    Id role_row;

    TRY(id_from_text(call_field(call, "role_row"), &role_row));
    TRY(done_leads_to(call, page_of(call)));
    Err given = people_enrolment_code(call->service, &call->actor, role_row, call->arena, &code);
    if (given.id != E_INVALID) {
        TRY(given);
        TRY(codes_keep(call, (Id){0}, code.name, str_from_c(code.code.text)));
        return done_redirect(call, code.whole ? "code" : "code_part", (Id){0}, page_of(call));
    }
    return call_redirect(call, page_of(call));
}
