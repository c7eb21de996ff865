/* Requests for logs that a unit does not know of: sent, and those that met a log of ours.
 * Must not show more of one that met a log than of one that did not, to whoever sent it.
 * Called through the table of routes. */
#include "web/municipality/blind.h"

#include "pages/templates.h"
#include "service/acts/transfer/blind.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/kind_form.h"

#define PAGE STR("/foresporsler")

static Err views_of(const Call *call, const BlindItems *list, BlindViews *ret_views)
{
    BlindView *items = NULL;

    TRY(ARENA_NEW(call->arena, BlindView, (size_t)list->count + 1, &items));
    for (uint32_t i = 0; i < list->count; i++) {
        const BlindItem *item = &list->items[i];
        items[i] = (BlindView){.sent = oslo_day(item->at), .closes = item->closes_on, .closed = !item->open, .unit = item->unit};
        items[i].of_family = item->of_family;
        if (!item->of_family)
            TRY(code_word(call, CODES_BLIND_REASON, item->code, &items[i].reason));
        if (!id_is_none(item->log))
            TRY(log_url(call, item->log, "", &items[i].url));
    }
    *ret_views = (BlindViews){.items = items, .count = list->count};
    return ok();
}

static Err show(Call *call, Inputs *inputs)
{
    PageBlind view = {.sends = blind_may_send(&call->actor), .meets = call->actor.role != ROLE_RELAY_HOLDER};
    Html html = call_html(call);
    BlindLists lists = {0};

    TRY(blind_requests(call->service, &call->actor, call->arena, &lists));
    view.layout = call_layout(call, call_text(call, view.sends ? MSG_BLIND_HEADING : MSG_MINE_BLIND_MET), "/foresporsler");
    view.layout.has_errors = inputs->error_count > 0;
    TRY(views_of(call, &lists.sent, &view.sent));
    TRY(views_of(call, &lists.met, &view.met));
    if (view.sends)
        TRY(inputs_form(inputs, (Url){PAGE}, call_text(call, MSG_BLIND_SEND), &view.form));
    page_blind(&html, &view);
    return call_page(call, inputs->error_count > 0 ? 422 : 200, &html);
}

static Err begin(Call *call, Inputs *ret_inputs)
{
    TRY(inputs_new(call, FIELDS_MAX, ret_inputs));
    return kind_inputs(ret_inputs, kind_of(KIND_BLIND_REQUEST), NULL, NULL);
}

Err blind_page(Call *call)
{
    Inputs inputs;

    TRY(begin(call, &inputs));
    return show(call, &inputs);
}

Err blind_send(Call *call)
{
    bool good = false, too_many = false;
    Inputs inputs;
    Values values;

    TRY(blind_sends(&call->actor));
    TRY(begin(call, &inputs));
    TRY(kind_read(&inputs, kind_of(KIND_BLIND_REQUEST), &values, &good));
    if (!good)
        return show(call, &inputs);
    TRY(done_leads_to(call, PAGE));
    TRY(blind_request_send(call->service, &call->actor, &values, &too_many));
    if (too_many) {
        inputs_fault(&inputs, field_at(BLIND_REQUEST_NATIONAL_ID)->name, call_text(call, MSG_BLIND_TOO_MANY));
        return show(call, &inputs);
    }
    return done_redirect(call, act_code(ACT_BLIND_REQUEST), (Id){0}, PAGE);
}
