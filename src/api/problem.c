/* Problems as documents.
 * Must not name a request or a thing.
 * Called by web/api/answer.c, and for the words of a fault by web's forms. */
#include "api/problem.h"

#include "api/write.h"
#include "domain/procedures.h"

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

    if (field->id == FIELD_ID_ABOUT)
        key = STR("procedure.about");
    else
        TRY(str_format(keep, &key, "field.%s.%s", kind->code, field->name));
    label = msg_by_key(language, key);
    /* A colon follows. */
    *ret_label = str_ends(label, STR("?")) ? str_slice(label, 0, label.length - 1) : label;
    return ok();
}

Err fault_words(enum language language, FieldFault fault, Arena *keep, Str *ret_text)
{
    const Field *field = &fault.kind->fields[fault.at];
    Buf text = buf_new(keep, 1024);
    Str label = STR_NONE, other = STR_NONE;
    enum msg id;

    TRY(label_of(language, fault.kind, field, keep, &label));
    if (field->not_before)
        TRY(label_of(language, fault.kind, field_at((FieldKey)field->not_before), keep, &other));
    if (!msg_find(str_from_c(fault_key(fault.fault)), &id))
        return fail(E_INTERNAL);
    const MsgArgument arguments[] = {
        {.name = STR("field"), .type = ARGUMENT_TEXT, .text = label},
        {.name = STR("maximum"), .type = ARGUMENT_NUMBER, .number = field->maximum},
        {.name = STR("other"), .type = ARGUMENT_TEXT, .text = other},
    };
    msg_write(&text, language, id, arguments, COUNT_OF(arguments));
    return buf_done(&text, ret_text);
}

/* ---- the document ---- */

/* What is read for a status; one that has no row reads as "something went wrong". */
typedef struct Words {
    int status;
    enum msg title;
    enum msg detail;
} Words;

static const Words all_words[] = {
    {.status = 400, .title = MSG_PROBLEM_400, .detail = MSG_PROBLEM_400_DETAIL},
    {.status = 401, .title = MSG_PROBLEM_401, .detail = MSG_PROBLEM_401_DETAIL},
    {.status = 403, .title = MSG_PROBLEM_403, .detail = MSG_PROBLEM_403_DETAIL},
    {.status = 404, .title = MSG_PROBLEM_404, .detail = MSG_PROBLEM_404_DETAIL},
    {.status = 409, .title = MSG_PROBLEM_409, .detail = MSG_PROBLEM_409_DETAIL},
    {.status = 412, .title = MSG_PROBLEM_412, .detail = MSG_PROBLEM_412_DETAIL},
    {.status = 413, .title = MSG_PROBLEM_413, .detail = MSG_PROBLEM_413_DETAIL},
    {.status = 415, .title = MSG_PROBLEM_415, .detail = MSG_PROBLEM_415_DETAIL},
    {.status = 422, .title = MSG_PROBLEM_422, .detail = MSG_PROBLEM_422_DETAIL},
    {.status = 428, .title = MSG_PROBLEM_428, .detail = MSG_PROBLEM_428_DETAIL},
    {.status = 429, .title = MSG_PROBLEM_429, .detail = MSG_PROBLEM_429_DETAIL},
    {.status = 503, .title = MSG_WEB_CLOSED_HEADING, .detail = MSG_WEB_CLOSED_TEXT},
};
static const Words of_held_log = {.title = MSG_WEB_HELD_HEADING, .detail = MSG_WEB_HELD_TEXT};
static const Words of_any_other = {.title = MSG_WEB_ERROR_HEADING, .detail = MSG_WEB_ERROR_TEXT};

static const Words *words_of(const Problem *problem)
{
    if (problem->held)
        return &of_held_log;
    for (size_t i = 0; i < COUNT_OF(all_words); i++)
        if (all_words[i].status == problem->status)
            return &all_words[i];
    return &of_any_other;
}

static void add_words(Out *out, const Problem *problem, enum language language)
{
    const Words *words = words_of(problem);
    bool refused = problem->refusal.length > 0;

    out_text(out, "type", STR("about:blank"));
    out_text(out, "title", msg(language, problem->shut ? MSG_WEB_SHUT_HEADING : refused ? MSG_WEB_REFUSED_HEADING : words->title));
    out_number(out, "status", problem->status);
    out_text(out, "detail", refused ? problem->refusal : msg(language, words->detail));
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
        TRY(fault_words(language, (FieldFault){kind, i, document->faults[i]}, keep, &detail));
        /* "fault.missing" is the key of the text; "missing" is the code. */
        add_error(out, kind->fields[i].name, fault_key(document->faults[i]) + sizeof "fault." - 1, detail);
    }
    return ok();
}

Err problem_write(const Problem *problem, enum language language, Arena *keep, Str *ret_body)
{
    Out out = out_new(keep, PROBLEM_MAX);

    out_begin(&out, NULL, '{');
    add_words(&out, problem, language);
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
