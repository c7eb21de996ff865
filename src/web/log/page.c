/* One log: the page that people read, its stub, or the page of its deletion.
 * Must not name a child in a title or an address.
 * Called through the table of routes. */
#include "web/log/page.h"

#include "domain/input/media.h"
#include "domain/log_number.h"
#include "domain/transfer.h"
#include "gateway/form.h"
#include "pages/templates.h"
#include "service/reading/open.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/kind_form.h"
#include "web/form/mood.h"
#include "web/form/reason.h"
#include "web/log/acts.h"
#include "web/log/claim.h"
#include "web/log/copy.h"
#include "web/log/decision.h"
#include "web/log/draft.h"
#include "web/log/frame.h"
#include "web/log/layout.h"
#include "web/log/older.h"
#include "web/log/sections.h"
#include "web/log/transfers.h"
#include "web/log/words.h"

#define NOTES_OPEN 3

/* A child speaks for itself, and is asked as one asks a child. */
static void as_a_child_is_asked(Call *call, Inputs *inputs)
{
    for (size_t i = 0; i < inputs->count && call->actor.role == ROLE_CHILD; i++) {
        FieldView *field = &inputs->fields[i];
        if (str_equal(field->id, str_from_c(field_at(NOTE_KIND)->name)))
            *field = (FieldView){.id = field->id, .type = INPUT_HIDDEN, .value = code_text(NOTE_KIND_CHILDS_VOICE)};
        if (!str_equal(field->id, str_from_c(field_at(NOTE_TEXT)->name)))
            continue;
        field->label = call_text(call, MSG_CHILD_TELL);
        field->help = call_text(call, MSG_CHILD_TELL_WHO);
    }
}

/* The short form on the page itself: what kind of note, and its text. */
static Err note_form(Call *call, const LogView *log, FormView *ret_form)
{
    const Kind *kind = kind_of(KIND_NOTE);
    const DraftOf draft = {.log = log->summary.id, .kind = KIND_NOTE};
    Form asked = call->form;
    Str brought = STR_NONE;
    Values start;
    Inputs inputs;
    Url action;

    if (!log_may(log, ACT_NOTE_WRITE))
        return ok();
    TRY(kind_start(call, kind, &start));
    if (call->actor.role == ROLE_CHILD)
        values_put(&start, NOTE_KIND, code_text(NOTE_KIND_CHILDS_VOICE));
    TRY(draft_bring(call, log, &draft, &brought));
    TRY(inputs_new(call, FIELDS_MAX + 1, &inputs));
    TRY(mood_input(&inputs));
    TRY(kind_inputs(&inputs, kind, NULL, &start));
    as_a_child_is_asked(call, &inputs);
    call->form = asked;
    if (brought.length > 0)
        inputs.fields[inputs.count - 1].help = brought;
    TRY(log_url(call, log->summary.id, "/ny/note", &action));
    const enum msg button = call->actor.role == ROLE_CHILD ? MSG_CHILD_SEND : MSG_ENTRY_SAVE_NOTE;
    TRY(inputs_form(&inputs, action, call_text(call, button), ret_form));
    return draft_url(call, log, &draft, &ret_form->draft);
}

/* What is new stands open; on a phone the rest would hide what comes after it. */
static void fold_notes(PageLog *page)
{
    if (page->notes.count <= NOTES_OPEN)
        return;
    page->older_notes = (Items){.items = page->notes.items + NOTES_OPEN, .count = page->notes.count - NOTES_OPEN};
    page->notes.count = NOTES_OPEN;
}

/* The archive report, for whoever may take it, if only for a reason; none for everybody else. */
static Err report_url(const Call *call, const LogView *log, Url *ret_url)
{
    Ask ask = log->ask;

    ask.act = ACT_ARCHIVE_REPORT_READ;
    Why why = policy_decide(ask);
    return why == WHY_ALLOWED || why == WHY_ASK_REASON ? log_url(call, log->summary.id, "/rapport", ret_url) : ok();
}

/* What came from another municipality, or went to one, has a page of its own. */
static Err crossed_url(const Call *call, const LogView *log, Url *ret_url)
{
    bool sent = log->left ? transfer_is_sent(log->left->step) : (log->ask.flags & FLAG_DECLARANT_SIDE) != 0;

    return sent || log->came ? log_url(call, log->summary.id, "/del", ret_url) : ok();
}

static Err show_log(Call *call, const LogView *log, enum Opening reason)
{
    Html html = call_html(call);
    PageLog page = {.part = log->left != NULL};

    TRY(log_layout(call, log, STR_NONE, &page.layout));
    TRY(log_view_frame(call, log, &page));
    TRY(log_view_entries(call, log, &page));
    TRY(older_links(call, log, reason, &page));
    TRY(act_links_by_place(call, log, &page));
    TRY(log->left ? transfer_part_words(call, log, &page.claim) : claim_words(call, log, &page.claim));
    TRY(note_form(call, log, &page.note));
    if (reason != OPENING_NONE)
        TRY(word_of(call, "opening", opening_code(reason), &page.reason));
    TRY(log_copy_url(call, log, &page.copy));
    TRY(report_url(call, log, &page.report));
    TRY(crossed_url(call, log, &page.crossed));
    if (role_is_family(call->actor.role))
        fold_notes(&page);
    if (call->actor.role == ROLE_CHILD)
        page_log_child(&html, &page);
    else if (call->actor.role == ROLE_GUARDIAN)
        page_log_family(&html, &page);
    else
        page_log(&html, &page);
    return call_page(call, 200, &html);
}

static Err show_stub(Call *call, const LogView *log)
{
    PageStub page = {.unit = log->summary.unit_name};
    Html html = call_html(call);
    Str state = STR_NONE;

    TRY(log_layout(call, log, STR_NONE, &page.layout));
    TRY(log_number_text(log->summary.display, call->arena, &page.number));
    TRY(log_state_words(call, &log->summary, &state));
    TRY(message_with(call, MSG_STUB_WHY, "state", state, &page.why));
    TRY(act_links(call, log, NULL, &(ActsKnown){0}, &page.acts));
    TRY(log_copy_url(call, log, &page.copy));
    TRY(log_copy_until(call, log->copy_end, &page.copy_until));
    TRY(claim_words(call, log, &page.claim));
    TRY(decision_words(call, &log->order, &page.deletion));
    page_stub(&html, &page);
    return call_page(call, 200, &html);
}

/* GET /logg/{id}[?grunn=...]. A reason in the address is what the reader chose on the page before. */
Err log_page(Call *call)
{
    Opening reason = call->actor.reason;
    Why why = WHY_UNDECIDED;
    LogView log = {0};
    const LogReader reader = {.service = call->service, .actor = &call->actor, .keep = call->arena};
    Err opened = log_open_current(&reader, call->ids[0], reason, &why, &log);

    if (!is_ok(opened))
        return decision_instead(call, opened);
    if (why == WHY_DECISION_ONLY)
        return decision_show(call, &log);
    return why == WHY_STUB ? show_stub(call, &log) : show_log(call, &log, reason);
}

