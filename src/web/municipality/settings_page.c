/* The settings of the municipality (KA).
 * Must not decide who may, nor overwrite what somebody else changed meanwhile.
 * Called through the table of routes. */
#include "web/municipality/settings_page.h"

#include "base/clean.h"
#include "domain/settings.h"
#include "gateway/gateway.h"
#include "pages/templates.h"
#include "service/settings.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/inputs.h"

static const char *const shown[] = {SETTINGS_SHOWN};

static Err yes_no(Call *call, FieldView *field)
{
    OptionView *items = NULL;

    TRY(ARENA_NEW(call->arena, OptionView, 2, &items));
    items[0] = (OptionView){.value = VALUE_YES, .label = call_text(call, MSG_WEB_YES)};
    items[1] = (OptionView){.value = VALUE_NO, .label = call_text(call, MSG_WEB_NO)};
    for (size_t i = 0; i < 2; i++)
        items[i].chosen = str_equal(items[i].value, field->value);
    field->type = INPUT_RADIO;
    field->options = (Options){.items = items, .count = 2};
    return ok();
}

static Err range_words(Call *call, SettingRule rule, Str *ret_text)
{
    Buf text = buf_new(call->arena, 128);
    const MsgArgument arguments[] = {
        {.name = STR("minimum"), .type = ARGUMENT_NUMBER, .number = rule.minimum},
        {.name = STR("maximum"), .type = ARGUMENT_NUMBER, .number = rule.maximum},
    };

    msg_write(&text, call->language, MSG_SETTINGS_RANGE, arguments, COUNT_OF(arguments));
    return buf_done(&text, ret_text);
}

static Err add_setting(Inputs *inputs, const Settings *settings, Setting setting)
{
    Call *call = inputs->call;
    SettingRule rule = setting_rule(setting);
    FieldView *field = inputs_add(inputs, rule.code, INPUT_DIGITS, STR_NONE);

    TRY(word_of(call, "setting", rule.code, &field->label));
    if (call->request->method != METHOD_POST)
        TRY(str_format(call->arena, &field->value, "%d", settings->values[setting]));
    if (rule.minimum == 0 && rule.maximum == 1)
        return yes_no(call, field);
    return range_words(call, rule, &field->help);
}

/* What this page shows, as one text: "0,3,1". */
static Err seen_text(Call *call, const Settings *settings, Str *ret_text)
{
    Buf text = buf_new(call->arena, 256);

    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        Setting setting;
        TRY(setting_from_str(str_from_c(shown[i]), &setting));
        buf_format(&text, i ? ",%d" : "%d", settings->values[setting]);
    }
    return buf_done(&text, ret_text);
}

static Err begin(Call *call, Inputs *ret_inputs, Settings *ret_settings)
{
    TRY(settings_read(call->service, &call->actor, ret_settings));
    TRY(inputs_new(call, COUNT_OF(shown) + 1, ret_inputs));
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        Setting setting;
        TRY(setting_from_str(str_from_c(shown[i]), &setting));
        TRY(add_setting(ret_inputs, ret_settings, setting));
    }
    FieldView *seen = inputs_add(ret_inputs, "seen", INPUT_HIDDEN, STR_NONE);
    return seen_text(call, ret_settings, &seen->value);
}

static Err show(Call *call, int status, Inputs *inputs)
{
    PageSettings view = {
        .layout = call_layout(call, call_text(call, MSG_SETTINGS_HEADING), "/innstillinger"),
    };
    Html html = call_html(call);

    TRY(inputs_form(inputs, URL("/innstillinger"), call_text(call, MSG_SETTINGS_SAVE), &view.form));
    view.layout.has_errors = inputs->error_count > 0;
    page_settings(&html, &view);
    return call_page(call, status, &html);
}

Err settings_page(Call *call)
{
    Settings settings;
    Inputs inputs;

    TRY(begin(call, &inputs, &settings));
    return show(call, 200, &inputs);
}

/* ---- saving ---- */

/* What the page had shown; a text that no page of ours sends is malformed. */
static Err read_seen(const Call *call, Settings *seen)
{
    Str text = call_field(call, "seen");

    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        Setting setting;
        Str value;
        text = str_cut(text, ',', &value);
        TRY(setting_from_str(str_from_c(shown[i]), &setting));
        if (!is_ok(setting_set(seen, setting, value)))
            return fail(E_MALFORMED);
    }
    return text.length == 0 ? ok() : fail(E_MALFORMED);
}

static Err read_wanted(Inputs *inputs, Settings *wanted)
{
    Call *call = inputs->call;

    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        Setting setting;
        Str message = STR_NONE, number = STR_NONE;
        TRY(setting_from_str(str_from_c(shown[i]), &setting));
        TRY(text_bare(call_field(call, shown[i]), call->arena, &number));
        if (is_ok(setting_set(wanted, setting, number)))
            continue;
        TRY(range_words(call, setting_rule(setting), &message));
        inputs_fault(inputs, shown[i], message);
    }
    return ok();
}

Err settings_send(Call *call)
{
    Settings now, seen, wanted;
    Inputs inputs;

    TRY(begin(call, &inputs, &now));
    seen = now;
    TRY(read_seen(call, &seen));
    wanted = seen;
    TRY(read_wanted(&inputs, &wanted));
    if (inputs.error_count > 0)
        return show(call, 422, &inputs);
    TRY(done_leads_to(call, STR("/innstillinger")));
    Err changed = settings_change(call->service, &call->actor, &seen, &wanted);
    if (changed.id == E_STALE) {
        /* The fields keep what was typed; the form now stands on what is stored. */
        inputs_fault(&inputs, "", call_text(call, MSG_SETTINGS_STALE));
        return show(call, 409, &inputs);
    }
    TRY(changed);
    return done_redirect(call, act_code(ACT_SETTINGS_WRITE), (Id){0}, STR("/innstillinger"));
}
