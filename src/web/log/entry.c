/* One entry: written, corrected, taken away. The same short form for every kind.
 * Must not lose what was typed, nor know a kind by name but the child's (child_form.h) and the attention, which has a warning.
 * Called through the table of routes. */
#include "web/log/entry.h"

#include "pages/templates.h"
#include "service/acts/entry.h"
#include "service/log/refs.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/words.h"
#include "web/form/child_form.h"
#include "web/form/kind_rows.h"
#include "web/form/mood.h"
#include "web/form/posted.h"
#include "web/log/draft.h"
#include "web/log/layout.h"
#include "web/log/words.h"

/* What a form is about, from the address. */
typedef struct EntryForm {
    const Kind *kind;
    LogView log;
    Choices choices;
    const LogEntry *entry; /* NULL for a new one */
} EntryForm;

/* A form shows parts of the log: opening it is reading the log. */
static Err open_form(Call *call, EntryForm *form)
{
    TRY(log_of_address(call, &form->log));
    return log_choices(call, &form->log, &form->choices);
}

/* A new entry of the kind that the address names: only kinds that the reader may write. */
static Err open_new(Call *call, EntryForm *form)
{
    if (!is_ok(kind_from_str(call->word, &form->kind)))
        return fail(E_NOT_FOUND);
    return open_form(call, form);
}

static Err open_old(Call *call, EntryForm *form)
{
    TRY(open_form(call, form));
    form->entry = find_entry(&form->log, call->ids[1]);
    if (!form->entry || form->entry->removed)
        return fail(E_NOT_FOUND);
    form->kind = form->entry->values.kind;
    return ok();
}

static Err open_to_correct(Call *call, EntryForm *form)
{
    TRY(open_old(call, form));
    return form->entry->may_correct ? ok() : fail(E_NOT_FOUND);
}

/* What may only be removed is shown the same page, without the form of its words. */
static Err open_to_change(Call *call, EntryForm *form)
{
    TRY(open_old(call, form));
    return form->entry->may_correct || form->entry->may_remove ? ok() : fail(E_NOT_FOUND);
}

/* The child is written when the log is created; from then on it is corrected. */
static bool is_of_child(const EntryForm *form)
{
    return form->entry && form->kind->id == KIND_CHILD;
}

/* start: NULL where only what was typed is shown. */
static Err add_fields(Inputs *inputs, const EntryForm *form, const Values *start)
{
    if (is_of_child(form))
        return child_correction_inputs(inputs, &form->log, start);
    return kind_inputs(inputs, form->kind, &form->choices, start);
}

/* Faults of each field, and of what must fit together. */
static Err read_fields(Inputs *inputs, const EntryForm *form, Values *ret_values, bool *ret_good)
{
    bool good = false;

    inputs->again = form->entry != NULL;
    TRY(kind_read(inputs, form->kind, ret_values, &good));
    if (good && is_of_child(form))
        TRY(child_correction_check(inputs, &form->log, ret_values, &good));
    *ret_good = good;
    return ok();
}

/* ---- showing ---- */

/* What the address asks to be chosen beforehand: the goal of a measure, the measure of an evaluation. */
static Err start_of(Call *call, const EntryForm *form, Values *ret_start)
{
    Values start;

    if (form->entry) {
        *ret_start = form->entry->values;
        return ok();
    }
    TRY(kind_start(call, form->kind, &start));
    for (uint8_t i = 0; i < form->kind->count; i++)
        if (form->kind->fields[i].type == FIELD_ENTRY)
            start.text[i] = call_query(call, form->kind->fields[i].name);
    *ret_start = start;
    return ok();
}

static Err save_text(const Call *call, const Kind *kind, Str *ret_text)
{
    return word_of(call, "entry.save", kind->code, ret_text);
}

static Err heading_of(const Call *call, const EntryForm *form, Str *ret_heading)
{
    Str kind = STR_NONE;

    if (!form->entry)
        return word_of(call, "entry.new", form->kind->code, ret_heading);
    TRY(word_of(call, "entry.kind", form->kind->code, &kind));
    return message_with(call, MSG_ENTRY_CORRECT_HEADING, "kind", kind, ret_heading);
}

/* Where the form goes: the address of a correction names the kind too, because it says which fields may come. */
static Err action_of(const Call *call, const EntryForm *form, Url *ret_url)
{
    char log[ID_TEXT + 1], entry[ID_TEXT + 1];

    id_to_text(call->ids[0], log);
    id_to_text(call->ids[1], entry);
    if (form->entry)
        return url_format(call->arena, ret_url, "/logg/%s/rett/%s/%s", log, entry, form->kind->code);
    return url_format(call->arena, ret_url, "/logg/%s/ny/%s", log, form->kind->code);
}

static Err add_version(Inputs *inputs, uint32_t version)
{
    FieldView *field = inputs_add(inputs, "version", INPUT_HIDDEN, STR_NONE);

    return str_format(inputs->call->arena, &field->value, "%u", version);
}

/* The fields of the kind, and the version that is corrected. inputs may hold faults already. */
static Err form_of(Call *call, const EntryForm *form, uint32_t version, Inputs *inputs, FormView *ret_form)
{
    Str submit = STR_NONE;
    Url action;

    if (form->entry)
        TRY(add_version(inputs, version));
    TRY(action_of(call, form, &action));
    TRY(save_text(call, form->kind, &submit));
    TRY(inputs_form(inputs, action, submit, ret_form));
    return log_url(call, call->ids[0], "", &ret_form->cancel);
}

static Err remove_form(Call *call, const EntryForm *form, Str fault, FormView *ret_form)
{
    Inputs inputs;
    Url action;

    if (!form->entry || !form->entry->may_remove)
        return ok();
    TRY(inputs_new(call, 2, &inputs));
    FieldView *field = inputs_add(&inputs, "removal_reason", INPUT_AREA, call_text(call, MSG_FIELD_REMOVAL_REASON));
    field->maximum = REASON_MAX;
    if (fault.length > 0)
        inputs_fault(&inputs, "removal_reason", fault);
    TRY(add_version(&inputs, form->entry->version));
    TRY(log_entry_url(call, call->ids[0], "fjern", call->ids[1], &action));
    return inputs_form(&inputs, action, call_text(call, MSG_ENTRY_REMOVE), ret_form);
}

static DraftOf draft_of(const Call *call, const EntryForm *form)
{
    DraftOf of = {.log = call->ids[0], .kind = form->kind->id};

    if (form->entry)
        of.entry = form->entry->entry;
    return of;
}

/* What a form's page says besides the form; each may be empty. */
typedef struct EntryWords {
    Str lead;           /* under the heading */
    Str remove_fault;
} EntryWords;

/* The page of an entry whose words are another's: who wrote it, and the form by which it is removed. */
static Err show_removal(Call *call, int status, const EntryForm *form, PageEntry *page)
{
    Html html = call_html(call);

    TRY(word_of(call, "entry.kind", form->kind->code, &page->heading));
    page->lead = call_text(call, MSG_ENTRY_REMOVE_ONLY);
    page->removal_only = true;
    TRY(entry_title(call, form->entry, &page->about));
    TRY(log_layout(call, &form->log, page->heading, &page->layout));
    page->layout.has_errors = status != 200;
    page_entry(&html, page);
    return call_page(call, status, &html);
}

static Err show_form(Call *call, int status, const EntryForm *form, Inputs *inputs, EntryWords words)
{
    PageEntry page = {0};
    Html html = call_html(call);
    DraftOf draft = draft_of(call, form);

    page.lead = words.lead;
    TRY(heading_of(call, form, &page.heading));
    TRY(log_layout(call, &form->log, page.heading, &page.layout));
    TRY(remove_form(call, form, words.remove_fault, &page.remove));
    if (form->entry && !form->entry->may_correct)
        return show_removal(call, status, form, &page);
    TRY(form_of(call, form, form->entry ? draft_version(call, form->entry->version) : 0, inputs, &page.form));
    TRY(draft_url(call, &form->log, &draft, &page.form.draft));
    if (form->kind->id == KIND_ATTENTION)
        page.warning = call_text(call, MSG_ENTRY_WARNING);
    if (is_of_child(form) && form->log.number_fixed)
        page.warning = call_text(call, MSG_CHILD_NUMBER_FIXED);
    page.layout.has_errors = status != 200;
    page_entry(&html, &page);
    return call_page(call, status, &html);
}

static Err show_blank(Call *call, const EntryForm *form)
{
    Inputs inputs;
    Values start;
    Str note = STR_NONE;
    DraftOf draft = draft_of(call, form);

    TRY(start_of(call, form, &start));
    TRY(draft_bring(call, &form->log, &draft, &note));
    TRY(inputs_new(call, FIELDS_MAX + 1, &inputs));
    TRY(add_fields(&inputs, form, &start));
    return show_form(call, 200, form, &inputs, (EntryWords){.lead = note});
}

/* ---- a new entry ---- */

Err entry_new(Call *call)
{
    EntryForm form = {0};

    if (!is_ok(kind_from_str(call->word, &form.kind)))
        return fail(E_NOT_FOUND);
    TRY(log_of_address_to_add(call, form.kind, &form.log));
    TRY(log_choices(call, &form.log, &form.choices));
    if (!log_may_write(&form.log, form.kind->id))
        return fail(E_NOT_FOUND);
    return show_blank(call, &form);
}

/* Where the message stands when the service did not take values without faults: at what the log does not hold. */
static FieldKey refused_field(const EntryForm *form, const Values *values)
{
    int at = foreign_reference(&form->log, values);

    return field_key(form->kind, at < 0 ? 0 : (unsigned)at);
}

/* Each field was good, and yet the log does not take it. */
static Err refused_by_log(Inputs *inputs, const EntryForm *form, const Values *values)
{
    if (form->kind->id != KIND_CHILD)
        return kind_fault(inputs, refused_field(form, values), FAULT_BAD_REFERENCE);
    inputs_fault(inputs, "national_id", call_text(inputs->call, MSG_WIZARD_SAME_NUMBER));
    return ok();
}

/* The form once more, with what was typed and a message at each fault. */
static Err show_faults(Call *call, EntryForm *form)
{
    Inputs inputs;
    Values values;
    bool good;

    TRY(inputs_new(call, FIELDS_MAX + 1, &inputs));
    TRY(add_fields(&inputs, form, NULL));
    TRY(read_fields(&inputs, form, &values, &good));
    if (good)
        TRY(refused_by_log(&inputs, form, &values));
    return show_form(call, 422, form, &inputs, (EntryWords){0});
}

static Err read_values(Call *call, const EntryForm *form, Values *ret_values, bool *ret_good)
{
    Inputs inputs;

    TRY(inputs_new(call, FIELDS_MAX, &inputs));
    TRY(add_fields(&inputs, form, NULL));
    return read_fields(&inputs, form, ret_values, ret_good);
}

/* What is written leads back to the log; what was kept of it while it was typed is not needed any more. */
static Err leads_to_log(Call *call)
{
    call->actor.drafts = true;
    return done_leads_in_log(call, "");
}

Err entry_new_send(Call *call)
{
    EntryForm form = {0};
    Values values;
    bool good;
    Id entry;

    if (!is_ok(kind_from_str(call->word, &form.kind)))
        return fail(E_NOT_FOUND);
    if (form.kind->id == KIND_NOTE)
        TRY(mood_take(call));
    TRY(read_values(call, &form, &values, &good));
    TRY(leads_to_log(call));
    Err added = good ? log_entry_add(call->service, &call->actor, call->ids[0], &values, &entry) : fail(E_INVALID);
    if (added.id != E_INVALID) {
        TRY(added);
        return done_in_log(call, act_code(form.kind->act), entry, "");
    }
    TRY(open_new(call, &form));
    if (!log_may_write(&form.log, form.kind->id))
        return fail(E_NOT_FOUND);
    return show_faults(call, &form);
}

/* ---- a correction ---- */

Err entry_correct(Call *call)
{
    EntryForm form = {0};

    TRY(open_to_change(call, &form));
    return show_blank(call, &form);
}

/* Somebody else was first: their text, and the form with the reader's, which now names the newest version. */
static Err show_stale(Call *call, const EntryForm *form)
{
    PageStale page = {.their_time = {form->entry->at}};
    Html html = call_html(call);
    Str heading = STR_NONE;
    Inputs inputs;

    TRY(heading_of(call, form, &heading));
    TRY(log_layout(call, &form->log, heading, &page.layout));
    TRY(author_words(call, form->entry, &page.their_author));
    TRY(kind_rows(call, &form->entry->values, &form->choices, &page.theirs));
    TRY(inputs_new(call, FIELDS_MAX + 1, &inputs));
    TRY(add_fields(&inputs, form, NULL));
    TRY(form_of(call, form, form->entry->version, &inputs, &page.form));
    page_stale(&html, &page);
    return call_page(call, 409, &html);
}

static Err read_version(const Call *call, uint32_t *ret_version)
{
    int64_t version;

    if (!is_ok(num_parse(call_field(call, "version"), 1, UINT32_MAX, &version)))
        return fail(E_MALFORMED);
    *ret_version = (uint32_t)version;
    return ok();
}

/* The same form once more finds its own text. Whoever went back and wrote another one sees both: nothing is lost. */
static bool is_repetition(Call *call, const EntryForm *form, const Values *values)
{
    return form->kind == values->kind && values_diff(&form->entry->values, values) == 0 && posted_before(call);
}

Err entry_correct_send(Call *call)
{
    EntryForm form = {0};
    uint32_t version;
    Values values;
    bool good;

    TRY(read_version(call, &version));
    TRY(kind_from_str(call->word, &form.kind));
    /* What must fit together depends on what stands there. */
    if (form.kind->id == KIND_CHILD)
        TRY(open_to_correct(call, &form));
    TRY(read_values(call, &form, &values, &good));
    TRY(leads_to_log(call));
    const EntryVersion of = {call->ids[0], call->ids[1], version};
    Err done = good ? log_entry_correct(call->service, &call->actor, &of, &values) : fail(E_INVALID);
    if (done.id != E_INVALID && done.id != E_STALE) {
        TRY(done);
        return done_in_log(call, act_code(ACT_ENTRY_CORRECT), call->ids[1], "");
    }
    TRY(open_to_correct(call, &form));
    if (done.id == E_STALE && is_repetition(call, &form, &values))
        return fail(E_REPLAYED);
    return done.id == E_STALE ? show_stale(call, &form) : show_faults(call, &form);
}

/* ---- removal ---- */

/* The reason is read as any text that people write. */
static Err read_reason(Call *call, Str *ret_reason, bool *ret_good)
{
    Fault fault = FAULT_FINE;

    TRY(field_check(&field_reason, call_field(call, "removal_reason"), call->arena, &fault, ret_reason));
    *ret_good = fault == FAULT_FINE;
    return ok();
}

Err entry_remove_send(Call *call)
{
    Str reason = STR_NONE;
    EntryForm form = {0};
    uint32_t version;
    bool good;

    TRY(read_version(call, &version));
    TRY(read_reason(call, &reason, &good));
    if (good) {
        TRY(leads_to_log(call));
        const EntryVersion of = {call->ids[0], call->ids[1], version};
        Err removed = log_entry_remove(call->service, &call->actor, &of, reason);
        if (removed.id == E_STALE && posted_before(call))
            return fail(E_REPLAYED);
        TRY(removed);
        return done_in_log(call, act_code(ACT_ENTRY_REMOVE), call->ids[1], "");
    }
    TRY(open_old(call, &form));
    Values start = form.entry->values;
    Inputs inputs;
    TRY(inputs_new(call, FIELDS_MAX + 1, &inputs));
    TRY(add_fields(&inputs, &form, &start));
    return show_form(call, 422, &form, &inputs, (EntryWords){.remove_fault = call_text(call, MSG_ENTRY_REMOVE_MISSING)});
}

