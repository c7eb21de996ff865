/* The reader of JSON, as much of it as the field table can use: everything else is refused where it begins, so that nothing
 * is nested and nothing is read that nobody asked for.
 * Must not repair, and must not read past the bytes it was given.
 * Called by web's handlers under /api/. */
#include "api/read.h"

#include "api/invited.h"

static const Field role_field = {.id = 1, .name = "role", .type = FIELD_PERSON, .maximum = ID_TEXT, .required = true};
static const Field takes_field = {.id = 1, .name = "takes", .type = FIELD_YES_NO};
static const Field into_field = {.id = 1, .name = "into", .type = FIELD_UNIT, .maximum = ID_TEXT, .required = true};
static const Field silence_fields[] = {
    {.id = 1, .name = "notice", .type = FIELD_TEXT, .maximum = 60, .required = true, .class = CLASS_PUBLIC},
    {.id = 2, .name = "silenced", .type = FIELD_YES_NO, .required = true, .class = CLASS_PUBLIC},
};

const Kind api_removal = {.code = "removal", .fields = &field_reason, .count = 1};
const Kind api_role = {.code = "role", .fields = &role_field, .count = 1};
const Kind api_ending = {.code = "ending", .fields = &takes_field, .count = 1};
const Kind api_following = {.code = "following", .fields = &into_field, .count = 1};
const Kind api_silenced = {.code = "silence", .fields = silence_fields, .count = COUNT_OF(silence_fields)};
const Kind api_nothing = {.code = "nothing", .fields = &takes_field, .count = 0};

const Kind *const api_bodies[] = {&api_removal, &api_role, &api_ending, &api_following, &api_silenced, &api_nothing,
                                  &api_invitation, &api_invitation_code, &api_invitation_yes};
const size_t api_body_count = COUNT_OF(api_bodies);

/* ---- JSON (RFC 8259), as far as a document may use it ---- */

typedef struct Reader {
    Str body;   /* valid UTF-8 */
    size_t at;
    Arena *keep;
} Reader;

/* The next byte that is no white space; NUL at the end, which no body holds. */
static char peek(Reader *reader)
{
    while (reader->at < reader->body.length && str_find(STR(" \t\r\n"), reader->body.data[reader->at], 0) < 4)
        reader->at++;
    return reader->at < reader->body.length ? reader->body.data[reader->at] : '\0';
}

/* Goes past c when it comes next. */
static bool comes(Reader *reader, char c)
{
    if (peek(reader) != c)
        return false;
    reader->at++;
    return true;
}

static Err expect(Reader *reader, char c)
{
    return comes(reader, c) ? ok() : fail(E_MALFORMED);
}

/* Four hexadecimal digits at *at. */
static Err read_unit(Str text, size_t *at, uint32_t *ret_unit)
{
    uint32_t unit = 0;

    for (int i = 0; i < 4; i++) {
        int digit = *at < text.length ? hex_digit(text.data[(*at)++]) : -1;
        if (digit < 0)
            return fail(E_MALFORMED);
        unit = unit << 4 | (uint32_t)digit;
    }
    *ret_unit = unit;
    return ok();
}

/* What \u names: one unit, or a pair of surrogates; one alone is no character. */
static Err read_point(Str text, size_t *at, uint32_t *ret_point)
{
    uint32_t high = 0, low = 0;

    TRY(read_unit(text, at, &high));
    if (high == 0)
        return fail(E_BAD_UTF8);
    *ret_point = high;
    if (high < 0xD800 || high > 0xDFFF)
        return ok();
    if (high > 0xDBFF || !str_starts(str_slice(text, *at, SIZE_MAX), STR("\\u")))
        return fail(E_MALFORMED);
    *at += 2;
    TRY(read_unit(text, at, &low));
    if (low < 0xDC00 || low > 0xDFFF)
        return fail(E_MALFORMED);
    *ret_point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    return ok();
}

/* What stands after a backslash. */
static Err read_escape(Str text, size_t *at, Buf *out)
{
    static const Str from = STR("\"\\/bfnrt"), to = STR("\"\\/\b\f\n\r\t");
    char c = *at < text.length ? text.data[(*at)++] : '\0';
    size_t place = str_find(from, c, 0);
    uint32_t point = 0;

    if (place < from.length) {
        buf_add_char(out, to.data[place]);
        return ok();
    }
    if (c != 'u')
        return fail(E_MALFORMED);
    TRY(read_point(text, at, &point));
    buf_add_utf8(out, point);
    return ok();
}

/* Where the string that begins at `at` ends: its closing quotation mark. */
static size_t end_of_string(Str body, size_t at)
{
    while (at < body.length && body.data[at] != '"')
        at += body.data[at] == '\\' ? 2 : 1;
    return at < body.length ? at : body.length;
}

static Err read_string(Reader *reader, Str *ret_text)
{
    TRY(expect(reader, '"'));
    size_t end = end_of_string(reader->body, reader->at), at = 0;
    Str text = str_slice(reader->body, reader->at, end);
    Buf out = buf_new(reader->keep, text.length);

    if (end == reader->body.length)
        return fail(E_MALFORMED);
    while (at < text.length) {
        char c = text.data[at++];
        if ((unsigned char)c < ' ')
            return fail(E_MALFORMED);
        if (c == '\\')
            TRY(read_escape(text, &at, &out));
        else
            buf_add_char(&out, c);
    }
    reader->at = end + 1;
    return buf_done(&out, ret_text);
}

/* The items of a list as a form would have sent them: joined by line breaks, which no item may hold. */
static Err read_list(Reader *reader, Str *ret_text)
{
    Buf joined = buf_new(reader->keep, reader->body.length);
    Str text;

    TRY(expect(reader, '['));
    if (comes(reader, ']')) {
        *ret_text = STR_NONE;
        return ok();
    }
    do {
        TRY(read_string(reader, &text));
        if (text.length == 0 || str_find(text, '\n', 0) < text.length || str_find(text, '\r', 0) < text.length)
            return fail(E_MALFORMED);
        buf_add(&joined, joined.length > 0 ? STR("\n") : STR_NONE);
        buf_add(&joined, text);
    } while (comes(reader, ','));
    TRY(expect(reader, ']'));
    return buf_done(&joined, ret_text);
}

/* ---- the document ---- */

bool api_is_asked(const Field *field)
{
    return field->class != CLASS_SYSTEM;
}

/* What was read, by position in the kind's table; which of them came is asked before one is read. */
typedef struct Raw {
    Str text[FIELDS_MAX];
    bool came[FIELDS_MAX];
    bool kind_came;
} Raw;

static Err read_kind(Reader *reader, const Kind *kind, Raw *raw)
{
    Str code;

    if (raw->kind_came)
        return fail(E_MALFORMED);
    raw->kind_came = true;
    TRY(read_string(reader, &code));
    return str_equal(code, str_from_c(kind->code)) ? ok() : fail(E_MALFORMED);
}

/* One member of the object, name and value. */
static Err read_member(Reader *reader, const Kind *kind, Raw *raw)
{
    Str name;

    TRY(read_string(reader, &name));
    TRY(expect(reader, ':'));
    if (str_equal(name, STR("kind")))
        return read_kind(reader, kind, raw);
    int at = kind_find(kind, name);
    if (at < 0 || !api_is_asked(&kind->fields[at]) || raw->came[at])
        return fail(E_MALFORMED);
    raw->came[at] = true;
    return kind->fields[at].multiple ? read_list(reader, &raw->text[at]) : read_string(reader, &raw->text[at]);
}

static Err read_object(Reader *reader, const Kind *kind, Raw *raw)
{
    if (!utf8_valid(reader->body))
        return fail(E_BAD_UTF8);
    TRY(expect(reader, '{'));
    if (!comes(reader, '}')) {
        do {
            TRY(read_member(reader, kind, raw));
        } while (comes(reader, ','));
        TRY(expect(reader, '}'));
    }
    return peek(reader) == '\0' ? ok() : fail(E_MALFORMED);
}

static Err check_all(const Kind *kind, const Raw *raw, Arena *keep, ApiDocument *document)
{
    document->values.kind = kind;
    document->good = true;
    for (uint8_t i = 0; i < kind->count; i++) {
        if (!api_is_asked(&kind->fields[i]))
            continue;
        TRY(field_check(&kind->fields[i], raw->text[i], keep, &document->faults[i], &document->values.text[i]));
        document->good = document->good && document->faults[i] == FAULT_FINE;
    }
    return ok();
}

Err api_read(Str body, const Kind *kind, Arena *keep, ApiDocument *ret_document)
{
    Reader reader = {.body = body, .keep = keep};
    ApiDocument document = {0};
    Raw raw = {0};

    TRY(read_object(&reader, kind, &raw));
    TRY(check_all(kind, &raw, keep, &document));
    *ret_document = document;
    return ok();
}
