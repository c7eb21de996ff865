/* The reader of JSON, as much of it as the field table can use: everything else is refused where it begins, so that nothing
 * is nested and nothing is read that nobody asked for.
 * Must not repair, and must not read past the bytes it was given.
 * Called by web's handlers under /api/. */
#include "api/read.h"

#include "api/invited.h"
#include "base/json_in.h"

static const Field role_field = {.id = 1, .name = "role", .type = FIELD_PERSON, .maximum = ID_TEXT, .required = true};
static const Field takes_field = {.id = 1, .name = "takes", .type = FIELD_YES_NO};
static const Field into_field = {.id = 1, .name = "into", .type = FIELD_UNIT, .maximum = ID_TEXT, .required = true};
static const Field why_field = {.id = 1, .name = "reason", .type = FIELD_LONG, .maximum = REASON_MAX};
static const Field silence_fields[] = {
    {.id = 1, .name = "notice", .type = FIELD_TEXT, .maximum = 60, .required = true, .class = CLASS_PUBLIC},
    {.id = 2, .name = "silenced", .type = FIELD_YES_NO, .required = true, .class = CLASS_PUBLIC},
};

const Kind api_removal = {.code = "removal", .fields = &field_reason, .count = 1};
const Kind api_role = {.code = "role", .fields = &role_field, .count = 1};
const Kind api_ending = {.code = "ending", .fields = &takes_field, .count = 1};
const Kind api_following = {.code = "following", .fields = &into_field, .count = 1};
const Kind api_keeping_out = {.code = "keeping_out", .fields = &why_field, .count = 1};
const Kind api_silenced = {.code = "silence", .fields = silence_fields, .count = COUNT_OF(silence_fields)};
const Kind api_nothing = {.code = "nothing", .fields = &takes_field, .count = 0};

const Kind *const api_bodies[] = {&api_removal, &api_role, &api_ending, &api_following, &api_keeping_out, &api_silenced,
                                  &api_nothing, &api_invitation, &api_invitation_code, &api_invitation_yes};
const size_t api_body_count = COUNT_OF(api_bodies); /* NOLINT(bugprone-sizeof-expression): of pointers, as it is meant */

/* ---- the document ---- */

/* The items of a list as a form would have sent them: joined by line breaks, which no item may hold. */
static Err read_list(JsonIn *in, Str *ret_text)
{
    Buf joined = buf_new(in->keep, in->text.length);
    Str text;

    TRY(json_expect(in, '['));
    if (json_comes(in, ']')) {
        *ret_text = STR_NONE;
        return ok();
    }
    do {
        TRY(json_text(in, &text));
        if (text.length == 0 || str_find(text, '\n', 0) < text.length || str_find(text, '\r', 0) < text.length)
            return fail(E_MALFORMED);
        buf_add(&joined, joined.length > 0 ? STR("\n") : STR_NONE);
        buf_add(&joined, text);
    } while (json_comes(in, ','));
    TRY(json_expect(in, ']'));
    return buf_done(&joined, ret_text);
}

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

static Err read_kind(JsonIn *in, const Kind *kind, Raw *raw)
{
    Str code;

    if (raw->kind_came)
        return fail(E_MALFORMED);
    raw->kind_came = true;
    TRY(json_text(in, &code));
    return str_equal(code, str_from_c(kind->code)) ? ok() : fail(E_MALFORMED);
}

/* One member of the object, name and value. */
static Err read_member(JsonIn *in, const Kind *kind, Raw *raw)
{
    Str name;

    TRY(json_text(in, &name));
    TRY(json_expect(in, ':'));
    if (str_equal(name, STR("kind")))
        return read_kind(in, kind, raw);
    int at = kind_find(kind, name);
    if (at < 0 || !api_is_asked(&kind->fields[at]) || raw->came[at])
        return fail(E_MALFORMED);
    raw->came[at] = true;
    return kind->fields[at].multiple ? read_list(in, &raw->text[at]) : json_text(in, &raw->text[at]);
}

static Err read_object(JsonIn *in, const Kind *kind, Raw *raw)
{
    if (!utf8_valid(in->text))
        return fail(E_BAD_UTF8);
    TRY(json_expect(in, '{'));
    if (!json_comes(in, '}')) {
        do {
            TRY(read_member(in, kind, raw));
        } while (json_comes(in, ','));
        TRY(json_expect(in, '}'));
    }
    return json_next(in) == '\0' ? ok() : fail(E_MALFORMED);
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
    JsonIn in = {.text = body, .keep = keep};
    ApiDocument document = {0};
    Raw raw = {0};

    TRY(read_object(&in, kind, &raw));
    TRY(check_all(kind, &raw, keep, &document));
    *ret_document = document;
    return ok();
}
