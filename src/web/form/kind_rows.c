/* Values as rows.
 * Must not show what people are not asked for (system fields).
 * Called by the handlers. */
#include "web/form/kind_rows.h"

#include "domain/input/numbers.h"
#include "pages/views.h"
#include "web/call/words.h"

Err field_label(const Call *call, const Kind *kind, const Field *field, Str *ret_label)
{
    Str key = STR_NONE;

    TRY(str_format(call->arena, &key, "field.%s.%s", kind->code, field->name));
    *ret_label = msg_by_key(call->language, key);
    return ok();
}

static Str label_of(Options options, Str value)
{
    for (size_t i = 0; i < options.count; i++)
        if (str_equal(options.items[i].value, value))
            return options.items[i].label;
    return STR_NONE;
}

/* One value of a reference, in words; empty for one that the choices do not name. */
static Str reference_word(const Field *field, Str value, const Choices *choices)
{
    if (!choices)
        return STR_NONE;
    if (field->type == FIELD_PERSON)
        return label_of(choices->people, value);
    if (field->type == FIELD_UNIT)
        return label_of(choices->units, value);
    return field->refers ? label_of(choices->entries[field->refers], value) : STR_NONE;
}

static Err item_words(const Call *call, const Field *field, Str item, const Choices *choices, Str *ret_text)
{
    *ret_text = item;
    switch (field->type) {
    case FIELD_CODE:
        return code_word(call, field->codes, item, ret_text);
    case FIELD_YES_NO:
        return word_of(call, "yes_no", str_equal(item, VALUE_YES) ? "1" : "0", ret_text);
    case FIELD_DATETIME: {
        Buf text = buf_new(call->arena, 128);
        text_moment(&text, call->language, moment_of(item));
        return buf_done(&text, ret_text);
    }
    /* The full number is an act of its own, with a line of its own. */
    case FIELD_NATIONAL_ID: {
        Buf text = buf_new(call->arena, 64);
        buf_add_national_masked(&text, item);
        return buf_done(&text, ret_text);
    }
    case FIELD_ENTRY:
    case FIELD_PERSON:
    case FIELD_UNIT:
        *ret_text = reference_word(field, item, choices);
        return ok();
    case FIELD_TEXT:
    case FIELD_LONG:
    case FIELD_DATE:
    case FIELD_NUMBER:
    case FIELD_LINK:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_ORGANISATION_NUMBER:
    case FIELD_HASH:
        break;
    }
    return ok();
}

static Err field_words(const Call *call, const Field *field, Str text, const Choices *choices, Str *ret_text)
{
    Buf words = buf_new(call->arena, 65536);

    if (!field->multiple)
        return item_words(call, field, text, choices, ret_text);
    while (text.length > 0) {
        Str item, word = STR_NONE;
        text = str_cut(text, '\n', &item);
        TRY(item_words(call, field, item, choices, &word));
        buf_add(&words, words.length > 0 && word.length > 0 ? STR(", ") : STR_NONE);
        buf_add(&words, word);
    }
    return buf_done(&words, ret_text);
}

Err kind_rows(const Call *call, const Values *values, const Choices *choices, Rows *ret_rows)
{
    RowView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, RowView, FIELDS_MAX, &items));
    for (uint8_t i = 0; i < values->kind->count; i++) {
        const Field *field = &values->kind->fields[i];
        RowView row = {0};
        if (values->text[i].length == 0 || field->class == CLASS_SYSTEM)
            continue;
        TRY(field_label(call, values->kind, field, &row.term));
        if (field->type == FIELD_DATE)
            row.day = day_of(values->text[i]);
        else
            TRY(field_words(call, field, values->text[i], choices, &row.text));
        if (row.day != 0 || row.text.length > 0)
            items[count++] = row;
    }
    *ret_rows = (Rows){.items = items, .count = count};
    return ok();
}
