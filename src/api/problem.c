/* Problems as documents.
 * Must not name a request or a thing.
 * Called by web/api_call.c, and for the words of a fault by web's forms. */
#include "api/problem.h"

#include "api/write.h"

#define PROBLEM_MAX ((size_t)1 << 20)

/* Where the API answers with another status than pages do. */
static const struct {
    enum err_id error;
    int status;
} other_statuses[] = {
    {.error = E_NO_SESSION, .status = 401},
    {.error = E_NO_GRANT, .status = 401},
    {.error = E_STALE, .status = 412},
};

int problem_status(enum err_id error)
{
    for (size_t i = 0; i < COUNT_OF(other_statuses); i++)
        if (other_statuses[i].error == error)
            return other_statuses[i].status;
    return err_http(error);
}

static Err label_of(enum language language, const Kind *kind, const Field *field, Arena *keep, Str *ret_label)
{
    Str key = STR_NONE;
    Str label;

    TRY(str_format(keep, &key, "field.%s.%s", kind->code, field->name));
    label = msg_by_key(language, key);
    /* A colon follows. */
    *ret_label = str_ends(label, STR("?")) ? str_slice(label, 0, label.length - 1) : label;
    return ok();
}

Err fault_words(enum language language, const Kind *kind, const Field *field, Fault fault, Arena *keep, Str *ret_text)
{
    Buf text = buf_new(keep, 1024);
    Str label = STR_NONE;
    enum msg id;

    TRY(label_of(language, kind, field, keep, &label));
    if (!msg_find(str_from_c(fault_key(fault)), &id))
        return fail(E_INTERNAL);
    const MsgArgument arguments[] = {
        {.name = STR("field"), .type = ARGUMENT_TEXT, .text = label},
        {.name = STR("maximum"), .type = ARGUMENT_NUMBER, .number = field->maximum},
    };
    msg_write(&text, language, id, arguments, COUNT_OF(arguments));
    return buf_done(&text, ret_text);
}

/* ---- the document ---- */

/* "problem.404" and "problem.404.detail"; a status that has no words of its own reads as "something went wrong". */
static Err add_words(Out *out, int status, enum language language, Arena *keep)
{
    Str key = STR_NONE, detail = STR_NONE;
    enum msg id;

    TRY(str_format(keep, &key, "problem.%d", status));
    if (!msg_find(key, &id))
        key = STR("problem.500");
    TRY(str_format(keep, &detail, "%.*s.detail", STR_ARGS(key)));
    out_text(out, "type", STR("about:blank"));
    out_text(out, "title", msg_by_key(language, key));
    out_number(out, "status", status);
    out_text(out, "detail", msg_by_key(language, detail));
    return ok();
}

static void add_error(Out *out, const char *field, const char *code, Str detail)
{
    out_begin(out, NULL, '{');
    out_text(out, "field", str_from_c(field));
    out_text(out, "code", str_from_c(code));
    out_text(out, "detail", detail);
    out_end(out, '}');
}

static Err add_faults(Out *out, const ApiDocument *document, enum language language, Arena *keep)
{
    const Kind *kind = document->values.kind;

    for (uint8_t i = 0; i < kind->count; i++) {
        Str detail = STR_NONE;
        if (document->faults[i] == FAULT_FINE)
            continue;
        TRY(fault_words(language, kind, &kind->fields[i], document->faults[i], keep, &detail));
        /* "fault.missing" is the key of the text; "missing" is the code. */
        add_error(out, kind->fields[i].name, fault_key(document->faults[i]) + sizeof "fault." - 1, detail);
    }
    return ok();
}

Err problem_write(const Problem *problem, enum language language, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, PROBLEM_MAX);

    out_begin(&out, NULL, '{');
    TRY(add_words(&out, problem->status, language, keep));
    if (problem->document || problem->field.name) {
        out_begin(&out, "errors", '[');
        if (problem->document)
            TRY(add_faults(&out, problem->document, language, keep));
        if (problem->field.name)
            add_error(&out, problem->field.name, problem->field.code, problem->field.detail);
        out_end(&out, ']');
    }
    if (problem->newest)
        write_entry(&out, "newest", problem->newest);
    out_end(&out, '}');
    return buf_done(&out.buf, ret_body);
}
