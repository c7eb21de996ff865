/* Forms: the checks that every field passes, and the urlencoded reader.
 * Must not decode twice or accept a broken escape.
 * Called by web for each POST and each query. */
#include "gateway/form_priv.h"

#include <string.h>

#include "gateway/content_type.h"
#include "gateway/multipart.h"

/* ---- what every field passes ---- */

static bool is_name(Str name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_plain && str_find(STR("_-.[]"), c, 0) == 5)
            return false;
    }
    return name.length > 0 && name.length <= FORM_NAME_MAX;
}

static bool holds(Str text, char c)
{
    return str_find(text, c, 0) < text.length;
}

/* Browsers send CRLF for each line break in a text area; inside there is one spelling. A CR that stands alone goes the
 * same way: no browser sends one. */
static Err normalise_lines(Arena *arena, Str *text)
{
    Buf out = buf_new(arena, text->length);

    if (!holds(*text, '\r'))
        return ok();
    for (size_t i = 0; i < text->length; i++) {
        bool is_pair = text->data[i] == '\r' && i + 1 < text->length && text->data[i + 1] == '\n';
        if (!is_pair)
            buf_add_char(&out, text->data[i] == '\r' ? '\n' : text->data[i]);
    }
    return buf_done(&out, text);
}

static FormField *find_field(const FormReader *reader, Str name)
{
    for (size_t i = 0; i < reader->count; i++)
        if (str_equal(reader->fields[i].name, name))
            return &reader->fields[i];
    return NULL;
}

/* Boxes of one group: the same name again, directly after. No part may hold the sign that joins them. */
static Err join_value(FormReader *reader, FormField *earlier, const FormField *field)
{
    Buf out = buf_new(reader->arena, earlier->value.length + field->value.length + 1);

    if (earlier != &reader->fields[reader->count - 1] || earlier->is_file || field->is_file)
        return fail(E_MALFORMED);
    if (holds(field->value, '\n') || (!reader->last_is_joined && holds(earlier->value, '\n')))
        return fail(E_MALFORMED);
    buf_add(&out, earlier->value);
    buf_add_char(&out, '\n');
    buf_add(&out, field->value);
    TRY(buf_done(&out, &earlier->value));
    reader->last_is_joined = true;
    return ok();
}

Err form_add(FormReader *reader, FormField field)
{
    if (!is_name(field.name))
        return fail(E_MALFORMED);
    if (!field.is_file) {
        if (!utf8_valid(field.value))
            return fail(E_BAD_UTF8);
        TRY(normalise_lines(reader->arena, &field.value));
    }
    if (++reader->sent > FORM_FIELDS_MAX)
        return fail(E_TOO_LARGE);
    FormField *earlier = find_field(reader, field.name);
    if (earlier)
        return join_value(reader, earlier, &field);
    reader->fields[reader->count++] = field;
    reader->last_is_joined = false;
    return ok();
}

/* ---- urlencoded ---- */

/* Without escapes or '+', the text is a view. */
static Err percent_decode(Arena *arena, Str text, Str *ret_text)
{
    Buf out = buf_new(arena, text.length);

    if (!holds(text, '%') && !holds(text, '+')) {
        *ret_text = text;
        return ok();
    }
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '%') {
            buf_add_char(&out, text.data[i] == '+' ? ' ' : text.data[i]);
            continue;
        }
        int high = text.length - i < 3 ? -1 : hex_digit(text.data[i + 1]);
        int low = text.length - i < 3 ? -1 : hex_digit(text.data[i + 2]);
        if (high < 0 || low < 0)
            return fail(E_MALFORMED);
        buf_add_u8(&out, (uint8_t)(high * 16 + low));
        i += 2;
    }
    return buf_done(&out, ret_text);
}

/* Browsers escape everything else; what stands bare was not written by one. */
static bool is_urlencoded(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~')
            return false;
    return true;
}

static Err read_urlencoded(FormReader *reader, Str text)
{
    if (!is_urlencoded(text))
        return fail(E_MALFORMED);
    for (size_t at = 0; at < text.length;) {
        size_t end = str_find(text, '&', at);
        Str pair = str_slice(text, at, end);
        size_t equals = str_find(pair, '=', 0);
        FormField field = {0};
        if (equals == pair.length || end + 1 == text.length)
            return fail(E_MALFORMED);
        TRY(percent_decode(reader->arena, str_slice(pair, 0, equals), &field.name));
        TRY(percent_decode(reader->arena, str_slice(pair, equals + 1, pair.length), &field.value));
        TRY(form_add(reader, field));
        at = end + 1;
    }
    return ok();
}

/* ---- the doors ---- */

static Err begin(Arena *arena, FormReader *ret_reader)
{
    FormReader reader = {.arena = arena};

    TRY(ARENA_NEW(arena, FormField, FORM_FIELDS_MAX, &reader.fields));
    *ret_reader = reader;
    return ok();
}

Err query_parse(Str query, Arena *arena, Form *ret_form)
{
    FormReader reader;

    TRY(begin(arena, &reader));
    TRY(read_urlencoded(&reader, query));
    *ret_form = (Form){.fields = reader.fields, .count = reader.count};
    return ok();
}

/* boundary=... of 1..70 characters, perhaps quoted (RFC 2046, 5.1.1; without its spaces and odd signs). */
static Err read_boundary(Str parameter, Str *ret_boundary)
{
    Str name = STR_NONE;
    Str value = str_cut(parameter, '=', &name);

    if (!str_same_letters(name, STR("boundary")))
        return fail(E_MALFORMED);
    if (value.length >= 2 && str_starts(value, STR("\"")) && str_ends(value, STR("\"")))
        value = str_slice(value, 1, value.length - 1);
    for (size_t i = 0; i < value.length; i++)
        if (hex_digit(value.data[i]) < 0 && !(value.data[i] >= 'A' && value.data[i] <= 'Z') &&
            !(value.data[i] >= 'a' && value.data[i] <= 'z') && str_find(STR("'+_-./:=?"), value.data[i], 0) == 9)
            return fail(E_MALFORMED);
    if (value.length < 1 || value.length > 70)
        return fail(E_MALFORMED);
    *ret_boundary = value;
    return ok();
}

Err form_parse(const Request *request, Form *ret_form)
{
    FormReader reader;
    Str type = STR_NONE;
    Str boundary = STR_NONE;
    Str parameter = str_trim(str_cut(request->headers[HEADER_CONTENT_TYPE], ';', &type));

    type = str_trim(type);
    TRY(begin(request->arena, &reader));
    if (str_same_letters(type, STR("multipart/form-data"))) {
        TRY(read_boundary(parameter, &boundary));
        TRY(multipart_read(&reader, request->body, boundary));
    } else {
        if (!content_type_is(request->headers[HEADER_CONTENT_TYPE], STR("application/x-www-form-urlencoded")))
            return fail(E_MALFORMED);
        TRY(read_urlencoded(&reader, request->body));
    }
    *ret_form = (Form){.fields = reader.fields, .count = reader.count};
    return ok();
}

Str form_value(const Form *form, Str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (!form->fields[i].is_file && str_equal(form->fields[i].name, name))
            return form->fields[i].value;
    return STR_NONE;
}

const FormField *form_file(const Form *form, Str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (form->fields[i].is_file && str_equal(form->fields[i].name, name))
            return &form->fields[i];
    return NULL;
}
