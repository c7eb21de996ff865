/* One page for every procedure: a heading, what follows, the fields that its row asks for, and a button that says what
 * happens. Refused, it gives back what was typed with the reason.
 * Must not decide who may: the service does, when the page is shown and again when it is carried out.
 * Called through the table of routes. */
#include "web/act/act.h"

#include "domain/signin.h"
#include "pages/templates.h"
#include "service/acts/procedure.h"
#include "service/reading/open.h"
#include "web/act/consent_fields.h"
#include "web/act/transfer_fields.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/document_form.h"
#include "web/form/inputs.h"
#include "web/form/kind_form.h"
#include "web/form/kind_rows.h"
#include "web/form/posted.h"
#include "web/form/reason.h"
#include "web/log/draft.h"
#include "web/log/layout.h"
#include "web/log/words.h"

#define REPORT_ORDER_PAGE "/rapport/lages" /* of the one act that is carried out by a job */
#define OWN_FIELDS 3 /* beside the kind's: the version or what it is about, the reason, and a file */

/* A procedure's form, from the address. */
typedef struct ActForm {
    const Procedure *procedure;
    LogView log;           /* whole for an entry that goes on; else its number only */
    Choices choices;
    const LogEntry *entry; /* NULL: about the log */
    char *suffix;          /* of the log's address afterwards: with the reason, where one was given */
    ProcedureAsked asked;  /* about the log */
    bool stale;            /* something newer is there than what its form was about */
    bool opened;           /* the log is, for what its form offers */
    Inputs inputs;
} ActForm;

/* ---- what it is about ---- */

/* An entry that goes on is shown with its form: opening it is reading the log. */
static Err open_entry(Call *call, ActForm *form)
{
    const LogReader reader = {.service = call->service, .actor = &call->actor, .keep = call->arena};
    Why why = WHY_UNDECIDED;

    Err opened = log_open(&reader, call->ids[0], call->actor.reason, &why, &form->log);
    if (opened.id == E_REASON) {
        TRY(procedure_wants_reason(&call->actor, form->procedure, call->ids[0], &form->asked.asks_reason));
        return form->asked.asks_reason ? opened : fail(E_NOT_FOUND);
    }
    TRY(opened);
    if (why != WHY_ALLOWED)
        return fail(E_FORBIDDEN);
    form->entry = find_entry(&form->log, call->ids[1]);
    bool fits = form->entry && !form->entry->removed && form->entry->values.kind->id == form->procedure->of &&
                (!form->procedure->removes || role_is_family(form->entry->first_role));
    if (!fits || !log_may(&form->log, form->procedure->act))
        return fail(E_NOT_FOUND);
    return log_choices(call, &form->log, &form->choices);
}

static ConsentForm consent_form(const ActForm *form)
{
    return (ConsentForm){.procedure = form->procedure, .asked = &form->asked, .log = form->opened ? &form->log : NULL};
}

/* Whose consent it is, and of which services, stands in the log: it is opened for whoever reads it, and for nobody else. */
static Err offer_consents(Call *call, ActForm *form, Opening opening)
{
    Why why = WHY_UNDECIDED;

    if (form->asked.reads) {
        Err opened = log_open(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], opening, &why, &form->log);
        form->opened = is_ok(opened) && why == WHY_ALLOWED;
        /* Plain columns do not tell everything, and it is taken all the same. */
        if (opened.id != E_FORBIDDEN && opened.id != E_NOT_FOUND && opened.id != E_FORGED)
            TRY(opened);
    }
    const ConsentForm about = consent_form(form);
    return consent_choices(call, &about, &form->choices);
}

static Err open_form(Call *call, ActForm *form)
{
    const Opening opening = call->actor.reason;

    TRY(procedure_from_str(call->word, &form->procedure));
    if ((form->procedure->of == KIND_NONE) != id_is_none(call->ids[1]))
        return fail(E_NOT_FOUND);
    TRY(inputs_new(call, FIELDS_MAX + OWN_FIELDS, &form->inputs));
    if (form->procedure->of != KIND_NONE)
        return open_entry(call, form);
    const ProcedureWish wish = {form->procedure, call->ids[0], opening};
    TRY(procedure_ask(&(LogReader){call->service, &call->actor, call->arena}, &wish, &form->asked));
    if (form->procedure->of_consent)
        TRY(offer_consents(call, form, opening));
    if (form->procedure->transfers)
        TRY(transfer_choices(call, form->procedure, &form->asked, &form->choices));
    form->log.summary.id = call->ids[0];
    form->log.summary.display = form->asked.display;
    return ok();
}

/* ---- showing ---- */

/* The row's fields, all of its kind's where it names none. */
static const FieldKey *keys_of(const Procedure *procedure)
{
    return procedure->fields[0] == FIELD_NONE ? NULL : procedure->fields;
}

/* Whoever has no consent is not asked whether they withdraw it. */
static void leave_out(ActForm *form, FieldKey key)
{
    Inputs *inputs = &form->inputs;
    size_t kept = 0;

    for (size_t i = 0; i < inputs->count; i++)
        if (!str_equal(inputs->fields[i].id, str_from_c(field_at(key)->name)))
            inputs->fields[kept++] = inputs->fields[i];
    inputs->count = kept;
}

/* start: NULL where only what was typed is shown. */
static Err add_asked(ActForm *form, const Values *start)
{
    const Procedure *procedure = form->procedure;
    const ConsentForm about = consent_form(form);
    Values only = {0};

    if (procedure->asks == KIND_NONE)
        return ok();
    if (procedure->of_consent) {
        TRY(consent_start(form->inputs.call, &about, &form->choices, &only));
        start = &only;
    }
    TRY(kind_inputs_some(&form->inputs, kind_of(procedure->asks), keys_of(procedure), &form->choices, start));
    TRY(transfer_municipalities(procedure, &form->inputs));
    if (procedure->of_consent)
        consent_fields(&about, &form->choices, &form->inputs);
    if (procedure->withdraws_too != FIELD_NONE && !form->asked.consents)
        leave_out(form, procedure->withdraws_too);
    for (size_t i = 0; i < form->inputs.count && procedure->needs != FIELD_NONE; i++)
        if (str_equal(form->inputs.fields[i].id, str_from_c(field_at(procedure->needs)->name)))
            form->inputs.fields[i].optional = false;
    return ok();
}

/* Reads what was typed of them; the faults stand in inputs. */
static Err read_asked(ActForm *form, Values *ret_values, bool *good)
{
    const Procedure *procedure = form->procedure;

    *ret_values = (Values){.kind = kind_of(procedure->asks)};
    if (procedure->asks == KIND_NONE)
        return ok();
    TRY(kind_read_some(&form->inputs, keys_of(procedure), ret_values, good));
    const ConsentForm about = consent_form(form);
    if (procedure->of_consent)
        TRY(consent_check(&about, &form->inputs, ret_values, good));
    if (procedure->needs == FIELD_NONE || values_at(ret_values, procedure->needs).length > 0)
        return ok();
    *good = false;
    return kind_fault(&form->inputs, procedure->needs, FAULT_MISSING);
}

/* What the form is about, as whoever filled it in was shown it; the newest where it is shown anew. */
static Err add_about(ActForm *form, bool anew)
{
    Str text = STR_NONE;
    char id[ID_TEXT + 1];

    if (form->procedure->about == KIND_NONE)
        return ok();
    FieldView *field = inputs_add(&form->inputs, FIELD_ABOUT, INPUT_HIDDEN, STR_NONE);
    if (!anew)
        return ok();
    if (!id_is_none(form->asked.about)) {
        id_to_text(form->asked.about, id);
        TRY(str_format(form->inputs.call->arena, &text, "%s", id));
    }
    field->value = text;
    return ok();
}

/* version: that what stands in the fields was written from. */
static Err add_fields(Call *call, ActForm *form, bool shows_entry, uint32_t version)
{
    FieldView *field = NULL;

    if (form->asked.asks_reason) {
        field = inputs_add(&form->inputs, REASON_FIELD, INPUT_RADIO, call_text(call, MSG_REASON_FIELD));
        TRY(reason_options(call, &field->options));
    }
    TRY(add_about(form, shows_entry || form->stale));
    TRY(add_asked(form, form->entry && shows_entry && !form->procedure->removes ? &form->entry->values : NULL));
    if (!form->entry)
        return ok();
    if (call->actor.reason != OPENING_NONE) {
        field = inputs_add(&form->inputs, REASON_FIELD, INPUT_HIDDEN, STR_NONE);
        field->value = str_from_c(opening_code(call->actor.reason));
    }
    field = inputs_add(&form->inputs, "version", INPUT_HIDDEN, STR_NONE);
    return str_format(call->arena, &field->value, "%u", version);
}

static Err text_of(const Call *call, Act act, const char *part, Str *ret_text)
{
    Str prefix = STR_NONE;
    char *key = NULL;

    TRY(str_format(call->arena, &prefix, "act.%s", act_code(act)));
    TRY(str_to_c(call->arena, prefix, &key));
    return word_of(call, key, part, ret_text);
}

static DraftOf draft_of(const Call *call, const ActForm *form)
{
    return (DraftOf){.log = call->ids[0], .kind = form->procedure->of, .entry = call->ids[1]};
}

static uint32_t version_of(const Call *call, const ActForm *form)
{
    return form->entry ? draft_version(call, form->entry->version) : 0;
}

/* Where it is sent: what asks for a code anew to an address that may. */
static Err send_url(Call *call, const ActForm *form, Url *url)
{
    Str suffix = STR_NONE;
    char *end = NULL;

    if (!signin_must_prove(form->procedure->act, 0, call->actor.now))
        return ok();
    TRY(str_format(call->arena, &suffix, "/bekreft/%s", act_code(form->procedure->act)));
    TRY(str_to_c(call->arena, suffix, &end));
    return log_url(call, call->ids[0], end, url);
}

/* The fields, a button that says what happens, and the way back without it. */
static Err form_view(Call *call, ActForm *form, FormView *ret_form)
{
    const DraftOf draft = draft_of(call, form);
    Url action = {call->request->path};
    Str button = STR_NONE;

    TRY(text_of(call, form->procedure->act, "button", &button));
    TRY(send_url(call, form, &action));
    TRY(inputs_form(&form->inputs, action, button, ret_form));
    if (form->procedure->instead != ACT_NONE)
        ret_form->cancel = URL("/mine");
    else
        TRY(log_url(call, call->ids[0], "", &ret_form->cancel));
    return form->entry ? draft_url(call, &form->log, &draft, &ret_form->draft) : ok();
}

/* The other answer to what was offered, where there is one. */
static Err other_answer(Call *call, const ActForm *form, PageEntry *page)
{
    const Act other = form->procedure->instead;
    Str suffix = STR_NONE;
    char *end = NULL;

    if (other == ACT_NONE || !form->asked.instead)
        return ok();
    TRY(text_of(call, other, "heading", &page->other));
    TRY(str_format(call->arena, &suffix, "/handling/%s", act_code(other)));
    TRY(str_to_c(call->arena, suffix, &end));
    return log_url(call, call->ids[0], end, &page->other_answer);
}

/* Whoever is asked has no part in the log yet: its number says which it is, and stays in the history of a browser. */
static Err layout_of(Call *call, const ActForm *form, Str heading, LayoutView *ret_layout)
{
    LinkView *crumbs = NULL;

    if (form->procedure->instead == ACT_NONE)
        return log_layout(call, &form->log, heading, ret_layout);
    TRY(ARENA_NEW(call->arena, LinkView, 2, &crumbs));
    crumbs[0] = (LinkView){.url = URL("/mine"), .text = call_text(call, MSG_WEB_NAV_MINE)};
    crumbs[1] = (LinkView){.text = heading};
    *ret_layout = call_layout(call, heading, "");
    ret_layout->crumbs = (Links){.items = crumbs, .count = 2};
    ret_layout->sensitive = true;
    return ok();
}

/* What the form answers stands above it: whoever decides about something has it before their eyes. Opening it is reading the log, so it
 * is shown to whoever reads it, for the reason that they have given. */
static Err show_answered(Call *call, const ActForm *form, PageEntry *page)
{
    const LogReader reader = {call->service, &call->actor, call->arena};
    LogView log = {0};
    Why why = WHY_UNDECIDED;

    if (form->procedure->about == KIND_NONE || !form->asked.reads || id_is_none(form->asked.about))
        return ok();
    TRY(log_open(&reader, call->ids[0], call->actor.reason, &why, &log));
    const LogEntry *entry = why == WHY_ALLOWED ? find_entry(&log, form->asked.about) : NULL;
    if (!entry || entry->removed)
        return ok();
    TRY(word_of(call, "entry.kind", entry->values.kind->code, &page->answered));
    TRY(author_words(call, entry, &page->answered_by));
    page->answered_at = (Moment){entry->at};
    return kind_rows(call, &entry->values, NULL, &page->answered_rows);
}

/* note: of a draft that was brought; it stands in the place of the lead. */
static Err show(Call *call, ActForm *form, int status, Str note)
{
    Html html = call_html(call);
    PageEntry page = {0};

    TRY(text_of(call, form->procedure->act, "heading", &page.heading));
    TRY(text_of(call, form->procedure->act, "lead", &page.lead));
    if (form->entry)
        TRY(entry_subject(call, form->entry, &page.about));
    if (form->procedure->final)
        page.warning = call_text(call, MSG_PROCEDURE_FINAL);
    TRY(form->procedure->transfers ? transfer_shown(call, form->procedure, &form->asked, &page) : show_answered(call, form, &page));
    if (note.length > 0)
        page.lead = note;
    TRY(layout_of(call, form, page.heading, &page.layout));
    page.layout.has_errors = form->inputs.error_count > 0;
    TRY(form_view(call, form, &page.form));
    TRY(other_answer(call, form, &page));
    page_entry(&html, &page);
    return call_page(call, status, &html);
}

/* Somebody else was first: their text, and the form with the reader's, which now names the newest version. */
static Err show_stale(Call *call, ActForm *form)
{
    PageStale page = {.their_time = {form->entry->at}};
    Html html = call_html(call);
    Str heading = STR_NONE;

    TRY(text_of(call, form->procedure->act, "heading", &heading));
    TRY(log_layout(call, &form->log, heading, &page.layout));
    TRY(author_words(call, form->entry, &page.their_author));
    TRY(kind_rows(call, &form->entry->values, &form->choices, &page.theirs));
    TRY(form_view(call, form, &page.form));
    page_stale(&html, &page);
    return call_page(call, 409, &html);
}

Err act_page(Call *call)
{
    ActForm form = {0};
    Str note = STR_NONE;

    TRY(open_form(call, &form));
    const DraftOf draft = draft_of(call, &form);
    if (form.entry)
        TRY(draft_bring(call, &form.log, &draft, &note));
    TRY(add_fields(call, &form, true, version_of(call, &form)));
    return show(call, &form, 200, note);
}

/* ---- carrying out ---- */

/* Whether it is one, and whole, is checked with what was typed. */
static void take_document(const Call *call, const Procedure *procedure, Deed *deed)
{
    NewDocument document = {0};

    if (!procedure->document || document_read(&call->form, &document) != MSG_COUNT)
        return;
    deed->document = document.bytes;
    deed->media = document.media;
}

/* What was typed, read by the row's own fields. *ret_good false: the faults stand in inputs. */
static Err read(Call *call, ActForm *form, Deed *deed, Values *values, bool *ret_good)
{
    int64_t version = 0;
    bool good = true;

    deed->opening = log_reason_said(call);
    TRY(read_asked(form, values, &good));
    if (form->procedure->of != KIND_NONE && !is_ok(num_parse(call_field(call, "version"), 1, UINT32_MAX, &version)))
        return fail(E_MALFORMED);
    deed->version = (uint32_t)version;
    if (form->procedure->about != KIND_NONE && !is_ok(id_from_text(call_field(call, FIELD_ABOUT), &deed->about)))
        deed->about = (Id){0}; /* it names nothing that was shown */
    take_document(call, form->procedure, deed);
    deed->asked = form->procedure->asks != KIND_NONE ? values : NULL;
    *ret_good = good;
    return ok();
}

/* A day that is wrong beside one that the form does not ask for is told at its field. */
static Err check_order(ActForm *form, const Values *typed, bool *good)
{
    if (!form->entry || !*good)
        return ok();
    FieldKey early = procedure_too_early(form->procedure, typed, &form->entry->values, oslo_day(form->inputs.call->actor.now));
    if (early == FIELD_NONE)
        return ok();
    *good = false;
    return kind_fault(&form->inputs, early, FAULT_DATE_ORDER);
}

/* Nothing is wrong with what was typed: the log does not take it as it stands. */
static Err refused_words(const Call *call, ActForm *form)
{
    Str words = call_text(call, MSG_PROCEDURE_REFUSED);

    if (form->stale)
        words = call_text(call, MSG_PROCEDURE_STALE);
    else if (form->procedure->says_why)
        TRY(text_of(call, form->procedure->act, "refused", &words));
    inputs_fault(&form->inputs, "", words);
    return ok();
}

/* The form again, with what was typed and why it was not done. */
static Err show_again(Call *call, Err done, Why why, const Deed *deed)
{
    ActForm form = {0};
    Values values;
    bool good = true;

    TRY(open_form(call, &form));
    form.stale = done.id == E_STALE;
    if (form.stale && form.entry) {
        TRY(add_fields(call, &form, false, form.entry->version));
        return show_stale(call, &form);
    }
    TRY(add_fields(call, &form, false, version_of(call, &form)));
    TRY(read_asked(&form, &values, &good));
    TRY(check_order(&form, &values, &good));
    if (why == WHY_ASK_REASON)
        inputs_fault(&form.inputs, REASON_FIELD, call_text(call, MSG_REASON_MISSING));
    else if (good && deed->wrong != FIELD_NONE)
        TRY(kind_fault(&form.inputs, deed->wrong, deed->fault));
    else if (good)
        TRY(refused_words(call, &form));
    return show(call, &form, form.stale ? 409 : 422, STR_NONE);
}

/* It ends where it was done; whoever sees the log no more is led to those that they have. */
static Err ended(Call *call, const ActForm *form, const Deed *deed)
{
    const char *what = act_code(form->procedure->act);

    if (deed->ordered)
        return done_in_log(call, act_code(ACT_ARCHIVE_REPORT_ORDER), (Id){0}, REPORT_ORDER_PAGE);
    return deed->sees ? done_in_log(call, what, deed->entry, form->suffix) : done_redirect(call, what, (Id){0}, STR("/mine"));
}

/* What was kept of it while it was typed is not needed any more when it is done. */
static Err leads_to(Call *call, ActForm *form, Deed *deed)
{
    Str suffix = STR_NONE;

    if (deed->opening != OPENING_NONE)
        TRY(str_format(call->arena, &suffix, "?" REASON_FIELD "=%s", opening_code(deed->opening)));
    TRY(str_to_c(call->arena, suffix, &form->suffix));
    call->actor.drafts = deed->procedure->of != KIND_NONE;
    TRY(done_leads_in_log(call, form->suffix));
    deed->here = call->actor.answer;
    TRY(done_leads_to(call, STR("/mine")));
    deed->away = call->actor.answer;
    TRY(done_leads_in_log(call, REPORT_ORDER_PAGE));
    deed->later = call->actor.answer;
    return ok();
}

Err act_send(Call *call)
{
    Deed deed = {.service = call->service, .actor = &call->actor, .log = call->ids[0], .entry = call->ids[1]};
    ActForm form = {0};
    Values values;
    bool good = false;
    Why why = WHY_UNDECIDED;

    TRY(procedure_from_str(call->word, &form.procedure));
    if ((form.procedure->of == KIND_NONE) != id_is_none(call->ids[1]))
        return fail(E_NOT_FOUND);
    deed.procedure = form.procedure;
    TRY(inputs_new(call, FIELDS_MAX + OWN_FIELDS, &form.inputs));
    TRY(read(call, &form, &deed, &values, &good));
    TRY(leads_to(call, &form, &deed));
    Err done = good ? procedure_carry_out(&deed, &why) : fail(E_INVALID);
    if (is_ok(done))
        return ended(call, &form, &deed);
    /* Whoever sends it twice may have lost sight of the log by the first. */
    if (posted_before(call))
        return fail(E_REPLAYED);
    if (done.id == E_INVALID || done.id == E_REASON || done.id == E_STALE)
        return show_again(call, done, why, &deed);
    return done;
}
