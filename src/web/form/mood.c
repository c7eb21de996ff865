/* How it goes: what a child is asked above their own words. What they choose becomes the first of these.
 * Must not store anything beside the words, nor answer for anybody but the child.
 * Called by page.c and entry.c. */
#include "web/form/mood.h"

#include "web/call/answer.h"
#include "web/call/words.h"

static const enum msg moods[] = {MSG_CHILD_MOOD_1, MSG_CHILD_MOOD_2, MSG_CHILD_MOOD_3};

Err mood_input(Inputs *inputs)
{
    Call *call = inputs->call;
    OptionView *items = NULL;

    if (call->actor.role != ROLE_CHILD)
        return ok();
    TRY(ARENA_NEW(call->arena, OptionView, COUNT_OF(moods), &items));
    FieldView *field = inputs_add(inputs, MOOD_FIELD, INPUT_RADIO, call_text(call, MSG_CHILD_MOOD));
    for (size_t i = 0; i < COUNT_OF(moods); i++) {
        TRY(str_format(call->arena, &items[i].value, "%zu", i + 1));
        items[i].label = call_text(call, moods[i]);
        items[i].chosen = str_equal(items[i].value, field->value);
    }
    field->options = (Options){.items = items, .count = COUNT_OF(moods)};
    return ok();
}

/* "How is it going? Not well.", and what was typed. */
static Err words_of(Call *call, enum msg mood, Str typed, Str *ret_text)
{
    Str said = STR_NONE;

    TRY(message_with(call, MSG_CHILD_MOOD_SAID, "mood", call_text(call, mood), &said));
    return str_format(call->arena, ret_text, "%.*s%s%.*s", STR_ARGS(said), typed.length > 0 ? "\n\n" : "", STR_ARGS(typed));
}

Err mood_take(Call *call)
{
    Str chosen = call_field(call, MOOD_FIELD);
    FormField *fields = NULL;
    int64_t number = 0;

    if (call->actor.role != ROLE_CHILD || chosen.length == 0)
        return ok();
    if (!is_ok(num_parse(chosen, 1, COUNT_OF(moods), &number)))
        return fail(E_MALFORMED);
    TRY(ARENA_NEW(call->arena, FormField, call->form.count, &fields));
    for (size_t i = 0; i < call->form.count; i++) {
        fields[i] = call->form.fields[i];
        if (str_equal(fields[i].name, STR("text")))
            TRY(words_of(call, moods[number - 1], fields[i].value, &fields[i].value));
        if (str_equal(fields[i].name, STR(MOOD_FIELD)))
            fields[i].value = STR_NONE; /* it stands among the words: where the form is given back, it is not chosen once more */
    }
    call->form.fields = fields;
    return ok();
}
