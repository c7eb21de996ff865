/* The family's own copy of a log: a document for people, and the same as data.
 * Must not hold what the page of the same reader would not show.
 * Called through the table of routes. */
#include "web/log/copy.h"

#include "api/write.h"
#include "domain/log_number.h"
#include "gateway/gateway.h"
#include "pages/templates.h"
#include "service/acts/copy.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/inputs.h"
#include "web/form/kind_rows.h"
#include "web/log/layout.h"
#include "web/log/words.h"

#define FORMAT "format"
#define AS_DOCUMENT "document"
#define AS_DATA "data"

Err log_copy_url(const Call *call, const LogView *log, Url *ret_url)
{
    return log_may(log, ACT_EXPORT_OWN) ? log_url(call, log->summary.id, "/kopi", ret_url) : ok();
}

Err log_copy_until(const Call *call, Day end, Str *ret_words)
{
    const MsgArgument day = {.name = STR("day"), .type = ARGUMENT_DAY, .number = end - 1};
    Buf words = buf_new(call->arena, 512);

    if (end == 0)
        return ok();
    msg_write(&words, call->language, MSG_COPY_UNTIL, &day, 1);
    return buf_done(&words, ret_words);
}

/* ---- the page ---- */

/* One button, which says what comes. */
static Err form_of(Call *call, const char *format, enum msg submit, FormView *ret_form)
{
    Inputs inputs;

    TRY(inputs_new(call, 1, &inputs));
    FieldView *field = inputs_add(&inputs, FORMAT, INPUT_HIDDEN, STR_NONE);
    field->value = str_from_c(format);
    return inputs_form(&inputs, (Url){call->request->path}, call_text(call, submit), ret_form);
}

Err log_copy_page(Call *call)
{
    LogView log = {.summary.id = call->ids[0]};
    Html html = call_html(call);
    PageCopy page = {0};
    CopyAsked asked;

    TRY(log_copy_ask(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], &asked));
    log.summary.display = asked.display;
    TRY(log_layout(call, &log, call_text(call, MSG_COPY_HEADING), &page.layout));
    TRY(log_copy_until(call, asked.end, &page.until));
    TRY(form_of(call, AS_DOCUMENT, MSG_COPY_DOCUMENT, &page.document));
    TRY(form_of(call, AS_DATA, MSG_COPY_DATA, &page.data));
    TRY(log_url(call, call->ids[0], "", &page.back));
    if (asked.waives)
        TRY(act_url(call, call->ids[0], (Id){0}, act_code(ACT_COPY_WAIVE), &page.waive));
    page_copy(&html, &page);
    return call_page(call, 200, &html);
}

/* ---- the document ---- */

typedef struct Making {
    Call *call;
    const LogView *log;
    Choices choices;
    CopyPart *items;
    size_t count;
} Making;

static Err rows_of(Making *making, const Values *values, Rows *ret_rows)
{
    Values shown = *values;

    if (shown.kind->id == KIND_CHILD)
        values_put(&shown, CHILD_NATIONAL_ID, STR_NONE);
    return kind_rows(making->call, &shown, &making->choices, ret_rows);
}

static Err add_child(Making *making)
{
    CopyPart *part = &making->items[making->count++];

    *part = (CopyPart){.heading = call_text(making->call, MSG_LOG_CHILD)};
    return rows_of(making, &making->log->child, &part->rows);
}

static Err add_people(Making *making)
{
    CopyPart *part = &making->items[making->count++];
    RowView *rows = NULL;

    TRY(ARENA_NEW(making->call->arena, RowView, (size_t)making->log->people_count + 1, &rows));
    for (uint32_t i = 0; i < making->log->people_count; i++) {
        const LogPerson *person = &making->log->people[i];
        TRY(word_of(making->call, "role", role_code(person->role), &rows[i].term));
        if (person->unit_name.length > 0)
            TRY(str_format(making->call->arena, &rows[i].text, "%.*s, %.*s", STR_ARGS(person->name), STR_ARGS(person->unit_name)));
        else
            rows[i].text = person->name;
    }
    *part = (CopyPart){.heading = call_text(making->call, MSG_COPY_PEOPLE), .rows = {.items = rows, .count = making->log->people_count}};
    return ok();
}

static Err add_consent(Making *making, const LogConsent *consent)
{
    static const FieldKey shown[] = {CONSENT_GIVEN_ON, CONSENT_METHOD, CONSENT_WITNESS, CONSENT_VALID_TO};
    CopyPart *part = &making->items[making->count++];
    Values values = {.kind = kind_of(KIND_CONSENT)};
    RowView units = {.term = call_text(making->call, MSG_CONSENTS_FOR)};

    *part = (CopyPart){.heading = call_text(making->call, MSG_LOG_CONSENT), .author = consent->guardian_name};
    for (size_t i = 0; i < COUNT_OF(shown); i++)
        values_put(&values, shown[i], values_at(&consent->values, shown[i]));
    TRY(rows_of(making, &values, &part->rows));
    TRY(words_listed(making->call, consent->unit_names, consent->unit_count, &units.text));
    RowView *rows = NULL;
    TRY(ARENA_NEW(making->call->arena, RowView, part->rows.count + 1, &rows));
    for (size_t i = 0; i < part->rows.count; i++)
        rows[i] = part->rows.items[i];
    rows[part->rows.count] = units;
    part->rows = (Rows){.items = rows, .count = part->rows.count + (units.text.length > 0)};
    return ok();
}

static Err add_entry(Making *making, const LogEntry *entry)
{
    CopyPart *part = &making->items[making->count++];
    Call *call = making->call;

    *part = (CopyPart){.at = {entry->at}};
    TRY(word_of(call, "entry.kind", entry->values.kind->code, &part->heading));
    TRY(author_words(call, entry, &part->author));
    if (!entry->removed)
        return rows_of(making, &entry->values, &part->rows);
    RowView *row = NULL;
    TRY(ARENA_NEW(call->arena, RowView, 1, &row));
    *row = (RowView){.term = call_text(call, MSG_FIELD_REMOVAL_REASON), .text = entry->reason};
    part->rows = (Rows){.items = row, .count = 1};
    return ok();
}

static Err parts_of(Call *call, const LogView *log, CopyParts *ret_parts)
{
    Making making = {.call = call, .log = log};

    TRY(log_choices(call, log, &making.choices));
    TRY(ARENA_NEW(call->arena, CopyPart, (size_t)log->entry_count + log->consent_count + 2, &making.items));
    TRY(add_child(&making));
    TRY(add_people(&making));
    for (uint32_t i = 0; i < log->consent_count; i++)
        TRY(add_consent(&making, &log->consents[i]));
    for (uint32_t i = 0; i < log->entry_count; i++)
        if (log->entries[i].values.kind->id != KIND_CHILD)
            TRY(add_entry(&making, &log->entries[i]));
    *ret_parts = (CopyParts){.items = making.items, .count = making.count};
    return ok();
}

static Err write_document(Call *call, const LogView *log, Str *ret_bytes)
{
    PageCopyFile file = {.made = {call->actor.now}};
    Html html = call_html(call);
    Str number = STR_NONE;

    TRY(log_number_text(log->summary.display, call->arena, &number));
    TRY(message_with(call, MSG_LOG_TITLE, "number", number, &file.title));
    TRY(parts_of(call, log, &file.parts));
    page_copy_file(&html, &file);
    return html_done(&html, ret_bytes);
}

/* The file is named by what it is, never by a person. */
Err log_copy_send(Call *call)
{
    const LogReader reader = {call->service, &call->actor, call->arena};
    bool data = str_equal(call_field(call, FORMAT), STR(AS_DATA));
    Str bytes = STR_NONE;
    LogView copy = {0};

    TRY(log_copy_take(&reader, call->ids[0], &copy));
    TRY(data ? write_copy(&copy, call->actor.now, call->arena, &bytes) : write_document(call, &copy, &bytes));
    response_header(call->response, "Content-Disposition",
                    data ? STR("attachment; filename=\"logg.json\"") : STR("attachment; filename=\"logg.html\""));
    return call_bytes(call, data ? STR("application/json") : STR("text/html; charset=utf-8"), bytes);
}
