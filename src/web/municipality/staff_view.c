/* People with roles as rows of a page.
 * Must not decide who may give what: the service does.
 * Used by the pages about staff, units and participants. */
#include "web/municipality/staff_view.h"

#include "domain/period.h"
#include "domain/signin.h"
#include "pages/views.h"
#include "service/people/unit_names.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"

/* A button in a person's row: where it leads, what it says, and what it says to those who do not see the name beside it. */
typedef struct Button {
    const char *url;
    enum msg text, hidden;
} Button;
static const Button end_button = {"/ansatte/avslutt", MSG_STAFF_END, MSG_STAFF_END_HIDDEN};
static const Button code_button = {"/ansatte/kode", MSG_STAFF_NEW_CODE, MSG_STAFF_NEW_CODE_HIDDEN};

static Err row_action(Call *call, const StaffRole *role, const Button *is, ActionView *ret_action)
{
    ActionView action = {.action = {str_from_c(is->url)}, .name = STR("role_row"), .text = call_text(call, is->text)};
    Buf id = buf_new(call->arena, ID_TEXT);

    buf_add_id(&id, role->role_row);
    TRY(buf_done(&id, &action.value));
    TRY(message_with(call, is->hidden, "name", role->name, &action.hidden));
    *ret_action = action;
    return ok();
}

static Err row_view(Call *call, const StaffRole *role, uint32_t own, Str token, StaffView *ret_view)
{
    StaffView view = {
        .name = role->name,
        .from = oslo_day(role->from_at),
        .to = period_has_end(PERIOD_OF(role)) ? period_last_day(role->to_at) : 0,
        .enrolled = role->enrolled,
    };

    TRY(word_of(call, "role", role_code(role->role), &view.role));
    if ((own >> role->role & 1) && !id_equal(role->person, call->actor.person)) {
        TRY(row_action(call, role, &end_button, &view.end));
        TRY(row_action(call, role, &code_button, &view.code));
        view.end.token = view.code.token = token;
    }
    *ret_view = view;
    return ok();
}

static bool has_ended(const Call *call, const StaffRole *role)
{
    return period_has_ended(PERIOD_OF(role), call->actor.now);
}

/* The reader's own unit goes without saying. */
static Err name_units(Call *call, const StaffRole *const *shown, uint32_t count, StaffView *items)
{
    Id *units = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(call->arena, Id, (size_t)count + 1, &units));
    TRY(ARENA_NEW(call->arena, Str, (size_t)count + 1, &names));
    for (uint32_t i = 0; i < count; i++)
        units[i] = id_equal(shown[i]->unit, call->actor.unit) ? (Id){0} : shown[i]->unit;
    TRY(people_unit_names(call->service, &call->actor, (IdList){units, count}, call->arena, names));
    for (uint32_t i = 0; i < count; i++)
        items[i].unit = names[i];
    return ok();
}

Err staff_views(Call *call, const StaffRoles *staff, uint32_t own, StaffViews *ret_views)
{
    LayoutView layout = call_layout(call, STR_NONE, "");
    const StaffRole **shown = NULL;
    StaffView *items = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(call->arena, const StaffRole *, (size_t)staff->count + 1, &shown));
    TRY(ARENA_NEW(call->arena, StaffView, (size_t)staff->count + 1, &items));
    for (uint32_t i = 0; i < staff->count; i++) {
        if (has_ended(call, &staff->items[i]))
            continue;
        shown[count] = &staff->items[i];
        TRY(row_view(call, shown[count], own, layout.form_token, &items[count]));
        count++;
    }
    TRY(name_units(call, shown, count, items));
    *ret_views = (StaffViews){.items = items, .count = count};
    return ok();
}
