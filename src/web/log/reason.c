/* The reason that administrators give before they open a log.
 * Must not tell anything about the log: nothing is opened yet.
 * Called through the table of routes, and by page.c. */
#include "web/log/reason.h"

#include "domain/policy/policy.h"
#include "pages/templates.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/inputs.h"

Err reason_options(Call *call, Options *ret_options)
{
    uint32_t allowed = policy_openings(call->actor.role);
    Str chosen = call_field(call, REASON_FIELD);
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, OPENING_LIMIT, &items));
    for (unsigned opening = OPENING_NONE + 1; opening < OPENING_LIMIT; opening++) {
        if (!(allowed >> opening & 1))
            continue;
        OptionView *item = &items[count++];
        item->value = str_from_c(opening_code((Opening)opening));
        item->chosen = str_equal(item->value, chosen);
        TRY(word_of(call, "opening", opening_code((Opening)opening), &item->label));
    }
    *ret_options = (Options){.items = items, .count = count};
    return ok();
}

Err reason_page(Call *call, int status, bool missing)
{
    PageReason page = {.layout = call_layout(call, call_text(call, MSG_REASON_TITLE), "")};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, 1, &inputs));
    FieldView *field = inputs_add(&inputs, REASON_FIELD, INPUT_RADIO, call_text(call, MSG_REASON_FIELD));
    TRY(reason_options(call, &field->options));
    if (missing)
        inputs_fault(&inputs, REASON_FIELD, call_text(call, MSG_REASON_MISSING));
    TRY(log_url(call, call->ids[0], "/grunn", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_REASON_OPEN), &page.form));
    page.layout.has_errors = missing;
    page_reason(&html, &page);
    return call_page(call, status, &html);
}

Opening reason_given(const Call *call, Str code)
{
    Opening opening = OPENING_NONE;

    if (!is_ok(opening_from_str(code, &opening)) || !(policy_openings(call->actor.role) >> opening & 1))
        return OPENING_NONE;
    return opening;
}

/* POST /logg/{id}/grunn: nothing is opened yet, so it tells nothing about the log. */
Err log_reason_send(Call *call)
{
    Opening reason = reason_given(call, call_field(call, REASON_FIELD));
    char id[ID_TEXT + 1];
    Str location = STR_NONE;

    if (policy_openings(call->actor.role) == 0)
        return fail(E_FORBIDDEN);
    if (reason == OPENING_NONE)
        return reason_page(call, 422, true);
    id_to_text(call->ids[0], id);
    TRY(str_format(call->arena, &location, "/logg/%s?grunn=%s", id, opening_code(reason)));
    return call_redirect(call, location);
}
