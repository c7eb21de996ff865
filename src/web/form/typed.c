/* The fields of the wizard's pages in one short list.
 * Must decode only what it would have encoded itself.
 * Used by the wizard. */
#include "web/form/typed.h"

#define TYPED_VERSION 1

static bool name_good(Str name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '_')
            return false;
    }
    return name.length > 0 && name.length <= TYPED_NAME_MAX;
}

static bool is_among(Str name, const char *const *names)
{
    for (; *names; names++)
        if (str_equal(name, str_from_c(*names)))
            return true;
    return false;
}

/* Appends, if it comes after what is there already. */
static Err add(Typed *typed, TypedField field)
{
    if (typed->count == TYPED_FIELDS_MAX)
        return fail(E_TOO_LARGE);
    if (field.page >= TYPED_PAGES || !name_good(field.name) || !utf8_valid(field.value))
        return fail(E_MALFORMED);
    for (size_t i = typed->count; i > 0 && typed->fields[i - 1].page >= field.page; i--)
        if (typed->fields[i - 1].page > field.page || str_equal(typed->fields[i - 1].name, field.name))
            return fail(E_MALFORMED);
    typed->fields[typed->count++] = field;
    return ok();
}

static Err add_form(Typed *typed, uint8_t page, const Form *form, const char *const *without)
{
    for (size_t i = 0; i < form->count; i++) {
        const FormField *field = &form->fields[i];
        if (!field->is_file && !is_among(field->name, without))
            TRY(add(typed, (TypedField){.page = page, .name = field->name, .value = field->value}));
    }
    return ok();
}

Err typed_put(Typed *typed, uint8_t page, const Form *form, const char *const *without)
{
    Typed next = {0};
    size_t at = 0;

    for (; at < typed->count && typed->fields[at].page < page; at++)
        TRY(add(&next, typed->fields[at]));
    TRY(add_form(&next, page, form, without));
    for (; at < typed->count; at++)
        if (typed->fields[at].page > page)
            TRY(add(&next, typed->fields[at]));
    *typed = next;
    return ok();
}

void typed_forget(Typed *typed, uint8_t page)
{
    size_t count = 0;

    for (size_t i = 0; i < typed->count; i++)
        if (typed->fields[i].page != page)
            typed->fields[count++] = typed->fields[i];
    typed->count = count;
}

Err typed_form(const Typed *typed, uint8_t page, Arena *keep, Form *ret_form)
{
    FormField *fields = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(keep, FormField, typed->count, &fields));
    for (size_t i = 0; i < typed->count; i++)
        if (typed->fields[i].page == page)
            fields[count++] = (FormField){.name = typed->fields[i].name, .value = typed->fields[i].value};
    *ret_form = (Form){.fields = fields, .count = count};
    return ok();
}

/* ---- bytes ---- */

void typed_encode(Buf *buf, const Typed *typed)
{
    buf_add_u8(buf, TYPED_VERSION);
    buf_add_u16(buf, (uint16_t)typed->count);
    for (size_t i = 0; i < typed->count; i++) {
        const TypedField *field = &typed->fields[i];
        buf_add_u8(buf, field->page);
        buf_add_u8(buf, (uint8_t)field->name.length);
        buf_add(buf, field->name);
        buf_add_u32(buf, (uint32_t)field->value.length);
        buf_add(buf, field->value);
    }
}

Err typed_decode(Str bytes, Typed *ret_typed)
{
    Cursor cursor = cursor_new(bytes);
    Typed typed = {0};
    uint8_t version = cursor_u8(&cursor);
    uint16_t count = cursor_u16(&cursor);

    if (cursor.failed)
        return fail(E_TRUNCATED);
    if (version != TYPED_VERSION || count > TYPED_FIELDS_MAX)
        return fail(E_MALFORMED);
    for (uint16_t i = 0; i < count; i++) {
        TypedField field = {.page = cursor_u8(&cursor)};
        field.name = cursor_bytes(&cursor, cursor_u8(&cursor));
        field.value = cursor_bytes(&cursor, cursor_u32(&cursor));
        if (cursor.failed)
            return fail(E_TRUNCATED);
        TRY(add(&typed, field));
    }
    TRY(cursor_done(&cursor));
    *ret_typed = typed;
    return ok();
}
