/* OpenAPI 3.1 out of tables.
 * Must not know an address or a field by name.
 * Called by web/api/document.c. */
#include "api/openapi.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "api/out.h"
#include "api/read.h"
#include "api/shapes.h"
#include "domain/procedures.h"

#define DOCUMENT_MAX ((size_t)1 << 20)
#define ID_PATTERN "^[0-9a-f]{32}$"

#define X(name, schema) [API_##name] = schema,
static const char *const answer_schemas[API_SHAPE_COUNT] = {API_SHAPES(X)};
#undef X

static void text(Out *out, const char *name, const char *value)
{
    out_text(out, name, str_from_c(value));
}

/* "#/components/schemas/note" */
static void reference(Out *out, const char *what, const char *name)
{
    Buf path = buf_new(out->buf.arena, 128);
    Str whole = STR_NONE;

    buf_format(&path, "#/components/%s/%s", what, name);
    if (!is_ok(buf_done(&path, &whole)))
        out->buf.overflow = out->buf.no_memory = true;
    out_text(out, "$ref", whole);
}

/* ---- what is answered ---- */

static void list_of(Out *out, const char *ref, const char *type)
{
    text(out, "type", "array");
    out_begin(out, "items", '{');
    if (ref)
        reference(out, "schemas", ref);
    else
        text(out, "type", type);
    out_end(out, '}');
}

static void add_member_type(Out *out, const Member *member)
{
    switch (member->type) {
    case MEMBER_TEXT:
        text(out, "type", "string");
        break;
    case MEMBER_NUMBER:
        text(out, "type", "integer");
        break;
    case MEMBER_YES_NO:
        text(out, "type", "boolean");
        break;
    case MEMBER_ID:
        text(out, "type", "string");
        text(out, "pattern", ID_PATTERN);
        break;
    case MEMBER_DAY:
        text(out, "type", "string");
        text(out, "format", "date");
        break;
    case MEMBER_MOMENT:
        text(out, "type", "string");
        text(out, "format", "date-time");
        break;
    case MEMBER_TEXTS:
        list_of(out, NULL, "string");
        break;
    case MEMBER_OBJECT:
        reference(out, "schemas", member->ref);
        break;
    case MEMBER_LIST:
        list_of(out, member->ref, NULL);
        break;
    case MEMBER_VALUES:
        text(out, "type", "object");
        break;
    }
    if (member->about)
        text(out, "description", member->about);
}

static void add_shape(Out *out, const Shape *shape)
{
    out_begin(out, shape->name, '{');
    text(out, "type", "object");
    out_yes_no(out, "additionalProperties", false);
    out_begin(out, "required", '[');
    for (size_t i = 0; i < shape->count; i++)
        if (!shape->members[i].optional)
            text(out, NULL, shape->members[i].name);
    out_end(out, ']');
    out_begin(out, "properties", '{');
    for (size_t i = 0; i < shape->count; i++) {
        out_begin(out, shape->members[i].name, '{');
        add_member_type(out, &shape->members[i]);
        out_end(out, '}');
    }
    out_end(out, '}');
    out_end(out, '}');
}

/* ---- what is sent ---- */

typedef struct TypeText {
    const char *format;
    const char *pattern;
} TypeText;

/* How a text of each type looks, besides its length. */
static const TypeText type_texts[] = {
    [FIELD_TEXT] = {0},
    [FIELD_DATE] = {.format = "date"},
    [FIELD_DATETIME] = {.pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"},
    [FIELD_ENTRY] = {.pattern = ID_PATTERN},
    [FIELD_PERSON] = {.pattern = ID_PATTERN},
    [FIELD_NUMBER] = {.pattern = "^[0-9]+$"},
    [FIELD_LINK] = {.format = "uri"},
    [FIELD_EMAIL] = {.format = "email"},
    [FIELD_UNIT] = {.pattern = ID_PATTERN},
    [FIELD_HASH] = {0},
};
static_assert(COUNT_OF(type_texts) == FIELD_HASH + 1, "every type has a row, and FIELD_HASH is the last");

static void add_codes(Out *out, const Field *field)
{
    Codes codes = codes_of(field->codes);
    char number[8];

    out_begin(out, "enum", '[');
    for (uint32_t i = 0; i < codes.count; i++) {
        snprintf(number, sizeof number, "%u", codes.items[i]);
        text(out, NULL, number);
    }
    if (field->type == FIELD_YES_NO) {
        text(out, NULL, "0");
        text(out, NULL, "1");
    }
    out_end(out, ']');
}

/* What an act answers, as whoever carries it out was shown it. */
static void add_about(Out *out, const Field *field)
{
    Buf words = buf_new(out->buf.arena, 256);
    Str said = STR_NONE;

    buf_format(&words, "The newest entry of the kind %s, as it was shown: where another is the newest by now, the answer is 409.",
               kind_of(field->refers)->code);
    if (is_ok(buf_done(&words, &said)))
        out_text(out, "description", said);
}

/* What a schema cannot say of a date. */
static void add_days(Out *out, const Field *field)
{
    Buf words = buf_new(out->buf.arena, 128);
    Str said = STR_NONE;

    field_days_words(&words, field);
    if (is_ok(buf_done(&words, &said)) && said.length > 0)
        out_text(out, "description", said);
}

static void add_item(Out *out, const Field *field)
{
    text(out, "type", "string");
    if (field->type == FIELD_CODE || field->type == FIELD_YES_NO)
        add_codes(out, field);
    if (type_texts[field->type].format)
        text(out, "format", type_texts[field->type].format);
    if (type_texts[field->type].pattern)
        text(out, "pattern", type_texts[field->type].pattern);
    if (field->maximum > 0 && !field->multiple && field->type != FIELD_NUMBER)
        out_number(out, "maxLength", field->maximum);
    add_days(out, field);
    if (field->id == FIELD_ID_ABOUT)
        add_about(out, field);
}

static void add_field(Out *out, const Field *field)
{
    out_begin(out, field->name, '{');
    if (field->multiple) {
        text(out, "type", "array");
        out_number(out, "maxItems", field->maximum);
        out_begin(out, "items", '{');
        add_item(out, field);
        out_end(out, '}');
    } else {
        add_item(out, field);
    }
    out_end(out, '}');
}

static void add_kind(Out *out, const Kind *kind)
{
    out_begin(out, kind->code, '{');
    text(out, "type", "object");
    out_yes_no(out, "additionalProperties", false);
    out_begin(out, "required", '[');
    for (uint8_t i = 0; i < kind->count; i++)
        if (kind->fields[i].required && api_is_asked(&kind->fields[i]))
            text(out, NULL, kind->fields[i].name);
    out_end(out, ']');
    out_begin(out, "properties", '{');
    out_begin(out, "kind", '{');
    text(out, "const", kind->code);
    out_end(out, '}');
    for (uint8_t i = 0; i < kind->count; i++)
        if (api_is_asked(&kind->fields[i]))
            add_field(out, &kind->fields[i]);
    out_end(out, '}');
    out_end(out, '}');
}

/* The form of a procedure as a kind of its own, named by its act. */
static void form_of(unsigned position, ProcedureForm *form)
{
    procedure_form(procedure_at(position), form);
    form->kind.code = act_code(procedure_at(position)->act);
}

static void add_procedures(Out *out)
{
    ProcedureForm form;

    for (unsigned i = 0; i < PROCEDURE_COUNT; i++) {
        form_of(i, &form);
        add_kind(out, &form.kind);
    }
}

/* ---- operations ---- */

static void add_parameter(Out *out, const char *name, const char *in, bool required, const char *pattern)
{
    out_begin(out, NULL, '{');
    text(out, "name", name);
    text(out, "in", in);
    if (required)
        out_yes_no(out, "required", true);
    out_begin(out, "schema", '{');
    text(out, "type", "string");
    if (pattern)
        text(out, "pattern", pattern);
    out_end(out, '}');
    out_end(out, '}');
}

/* What an id in an address is, by the segment before it. */
static const char *id_name(Str before)
{
    static const struct {
        const char *segment, *name;
    } names[] = {{"logs", "log"}, {"entries", "entry"}, {"roles", "role"}, {"invitations", "invitation"},
                 {"questions", "question"}, {"units", "unit"}, {"people", "participant"}, {"guardians", "participant"},
                 {"staff-list", "municipality"}};

    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_equal(before, str_from_c(names[i].segment)))
            return names[i].name;
    return "id";
}

static void add_parameters(Out *out, const ApiOperation *operation)
{
    Str rest = str_from_c(operation->path), before = STR_NONE;

    out_begin(out, "parameters", '[');
    while (rest.length > 0) {
        Str segment;
        rest = str_cut(rest, '/', &segment);
        if (str_equal(segment, STR("{id}")))
            add_parameter(out, id_name(before), "path", true, ID_PATTERN);
        before = segment;
    }
    if (operation->query)
        add_parameter(out, operation->query, "query", false, NULL);
    if (operation->query_too)
        add_parameter(out, operation->query_too, "query", false, NULL);
    for (const char *const *name = operation->queries; name && *name; name++)
        add_parameter(out, *name, "query", false, NULL);
    if (operation->takes || operation->each_kind || operation->each_procedure)
        add_parameter(out, "Form-Token", "header", true, NULL);
    if (operation->versioned)
        add_parameter(out, "If-Match", "header", true, "^\"[1-9][0-9]*\"$");
    out_end(out, ']');
}

static void add_content(Out *out, const char *media, const char *schema)
{
    out_begin(out, "content", '{');
    out_begin(out, media, '{');
    out_begin(out, "schema", '{');
    reference(out, "schemas", schema);
    out_end(out, '}');
    out_end(out, '}');
    out_end(out, '}');
}

static void add_answer(Out *out, const char *status, const char *words, const ApiOperation *operation)
{
    out_begin(out, status, '{');
    text(out, "description", words);
    add_content(out, "application/json", answer_schemas[operation->answer]);
    out_end(out, '}');
}

/* Of a procedure that a job may do later. */
static bool may_be_ordered(const ApiOperation *operation, const char *code)
{
    const Procedure *procedure = NULL;

    return operation->each_procedure && is_ok(procedure_from_str(str_from_c(code), &procedure)) && procedure->ordered;
}

static void add_responses(Out *out, const ApiOperation *operation, const char *code)
{
    out_begin(out, "responses", '{');
    add_answer(out, operation->creates ? "201" : "200", operation->summary, operation);
    if (may_be_ordered(operation, code))
        add_answer(out, "202", "It is ordered, and a job does it.", operation);
    out_begin(out, "default", '{');
    reference(out, "responses", "problem");
    out_end(out, '}');
    out_end(out, '}');
}

/* What every operation may answer. */
static void add_problem(Out *out)
{
    out_begin(out, "responses", '{');
    out_begin(out, "problem", '{');
    text(out, "description", "A problem (RFC 9457).");
    add_content(out, "application/problem+json", "problem");
    out_end(out, '}');
    out_end(out, '}');
}

static void add_operation(Out *out, const ApiOperation *operation, const Kind *kind)
{
    const char *code = kind && (operation->each_kind || operation->each_procedure) ? kind->code : "";
    Buf name = buf_new(out->buf.arena, 128);
    Str id = STR_NONE;

    buf_format(&name, "%s%s%s", operation->name, code[0] ? "_" : "", code);
    if (!is_ok(buf_done(&name, &id)))
        out->buf.overflow = out->buf.no_memory = true;
    out_begin(out, operation->method, '{');
    out_text(out, "operationId", id);
    text(out, "summary", operation->summary);
    add_parameters(out, operation);
    if (kind) {
        out_begin(out, "requestBody", '{');
        out_yes_no(out, "required", true);
        add_content(out, "application/json", kind->code);
        out_end(out, '}');
    }
    add_responses(out, operation, code);
    out_end(out, '}');
}

/* "/api/v1/logs/{id}/entries/{id}/{word}" -> "/api/v1/logs/{log}/entries/{entry}/note" */
static Err path_of(const char *pattern, const Kind *kind, Arena *keep, char **ret_path)
{
    Buf path = buf_new(keep, 256);
    Str rest = str_slice(str_from_c(pattern), 1, SIZE_MAX), whole = STR_NONE, before = STR_NONE;

    while (rest.length > 0) {
        Str segment;
        rest = str_cut(rest, '/', &segment);
        buf_add_char(&path, '/');
        if (str_equal(segment, STR("{id}")))
            buf_format(&path, "{%s}", id_name(before));
        else if (str_equal(segment, STR("{word}")) && kind)
            buf_add(&path, str_from_c(kind->code));
        else
            buf_add(&path, segment);
        before = segment;
    }
    TRY(buf_done(&path, &whole));
    return str_to_c(keep, whole, ret_path);
}

/* Two methods at one address stand beside each other in the table of routes. */
static bool shares_path(const ApiOperation *a, const ApiOperation *b)
{
    return str_equal(str_from_c(a->path), str_from_c(b->path));
}

/* All operations of the path that stands at from, for one kind. */
static Err add_path(Out *out, const ApiOperation *operations, size_t count, const Kind *kind, Arena *keep)
{
    char *path = NULL;

    TRY(path_of(operations[0].path, kind, keep, &path));
    out_begin(out, path, '{');
    for (size_t i = 0; i < count && shares_path(&operations[0], &operations[i]); i++)
        add_operation(out, &operations[i], operations[i].takes ? operations[i].takes : kind);
    out_end(out, '}');
    return ok();
}

/* One path for each procedure about a log, or about an entry, as the path says. */
static Err add_procedure_paths(Out *out, const ApiOperation *operations, size_t count, Arena *keep)
{
    bool of_entry = strstr(operations[0].path, "/entries/") != NULL;
    ProcedureForm form;

    for (unsigned i = 0; i < PROCEDURE_COUNT; i++) {
        if ((procedure_at(i)->of != KIND_NONE) != of_entry)
            continue;
        form_of(i, &form);
        TRY(add_path(out, operations, count, &form.kind, keep));
    }
    return ok();
}

static Err add_paths(Out *out, const ApiOperation *operations, size_t count, bool (*is_written)(KindId kind), Arena *keep)
{
    out_begin(out, "paths", '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && shares_path(&operations[i], &operations[i - 1]))
            continue;
        if (operations[i].each_procedure)
            TRY(add_procedure_paths(out, &operations[i], count - i, keep));
        else if (!operations[i].each_kind)
            TRY(add_path(out, &operations[i], count - i, NULL, keep));
        for (unsigned kind = KIND_NONE + 1; operations[i].each_kind && kind < KIND_LIMIT; kind++)
            if (is_written((KindId)kind))
                TRY(add_path(out, &operations[i], count - i, kind_of(kind), keep));
    }
    out_end(out, '}');
    return ok();
}

static void add_info(Out *out)
{
    out_begin(out, "info", '{');
    text(out, "title", "stafettlogg");
    text(out, "version", "1");
    text(out, "description",
         "The same services as the pages, for whoever is signed in: the session's cookie and its chosen role. A change "
         "carries Form-Token (a fresh one stands in the session), Origin and Sec-Fetch-Site as a page of ours would send "
         "them. What one may not know of is answered as what does not exist.");
    out_end(out, '}');
}

Err openapi_write(const ApiOperation *operations, size_t count, bool (*is_written)(KindId kind), Arena *keep, Str *ret_text)
{
    Out out = out_new(keep, DOCUMENT_MAX);

    out.indented = true;
    out_begin(&out, NULL, '{');
    text(&out, "openapi", "3.1.0");
    add_info(&out);
    TRY(add_paths(&out, operations, count, is_written, keep));
    out_begin(&out, "components", '{');
    add_problem(&out);
    out_begin(&out, "schemas", '{');
    for (size_t i = 0; i < api_shape_count; i++)
        add_shape(&out, &api_shapes[i]);
    for (unsigned kind = KIND_NONE + 1; kind < KIND_LIMIT; kind++)
        if (is_written((KindId)kind))
            add_kind(&out, kind_of(kind));
    add_procedures(&out);
    for (size_t i = 0; i < api_body_count; i++)
        add_kind(&out, api_bodies[i]);
    for (size_t i = 0; i < count; i++)
        if (operations[i].takes && operations[i].takes->id != KIND_NONE)
            add_kind(&out, operations[i].takes);
    out_end(&out, '}');
    out_end(&out, '}');
    out_end(&out, '}');
    buf_add_char(&out.buf, '\n');
    return buf_done(&out.buf, ret_text);
}
