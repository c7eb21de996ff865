/* One log: the page that people read, the reason that administrators give first, the child's number, consent documents,
 * and who has seen it.
 * Must not name a child in a title or an address.
 * Called through the table of routes. */
#include "web/log_page.h"

#include "domain/media.h"
#include "service/reading/document.h"
#include "service/reading/number.h"
#include "service/reading/open.h"
#include "service/reading/seen.h"
#include "web/draft.h"
#include "web/handlers.h"
#include "web/inputs.h"
#include "web/log_view.h"

#define NOTES_OPEN 3

Err log_of_address(Call *call, LogView *ret_log)
{
    Why why = WHY_UNDECIDED;

    TRY(log_open(call->service, &call->actor, call->ids[0], OPENING_NONE, call->arena, &why, ret_log));
    return why == WHY_ALLOWED ? ok() : fail(E_NOT_FOUND);
}

/* ---- the page ---- */

static Err log_title(Call *call, const LogView *log, Str *ret_title)
{
    Str number = STR_NONE;

    TRY(str_format(call->arena, &number, "%08u", log->summary.display));
    return message_with(call, MSG_LOG_TITLE, "number", number, ret_title);
}

/* Whoever takes part is named in the log: their account need not be opened for it. */
static void know_user_name(Call *call, const LogView *log)
{
    for (uint32_t i = 0; i < log->people_count && call->user_name.length == 0; i++)
        if (id_equal(log->people[i].person, call->actor.person))
            call->user_name = log->people[i].name;
}

Err log_layout(Call *call, const LogView *log, Str part, LayoutView *ret_layout)
{
    LinkView *crumbs = NULL;
    size_t count = 0;
    Str title = STR_NONE;

    know_user_name(call, log);
    TRY(log_title(call, log, &title));
    TRY(ARENA_NEW(call->arena, LinkView, 3, &crumbs));
    crumbs[count++] = (LinkView){.url = URL("/mine"), .text = call_text(call, MSG_WEB_NAV_MINE)};
    crumbs[count] = (LinkView){.text = log->summary.child_name.length ? log->summary.child_name : title};
    if (part.length > 0) {
        TRY(log_url(call, log->summary.id, "", &crumbs[count++].url));
        crumbs[count] = (LinkView){.text = part};
        TRY(str_format(call->arena, &title, "%.*s: %.*s", STR_ARGS(title), STR_ARGS(part)));
    }
    *ret_layout = call_layout(call, title, "");
    ret_layout->crumbs = (Links){.items = crumbs, .count = count + 1};
    ret_layout->sensitive = true;
    return ok();
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
    TRY(draft_bring(call, log, &draft, &brought));
    TRY(inputs_new(call, FIELDS_MAX, &inputs));
    TRY(kind_inputs(&inputs, kind, NULL, &start));
    call->form = asked;
    if (brought.length > 0)
        inputs.fields[inputs.count - 1].help = brought;
    TRY(log_url(call, log->summary.id, "/ny/note", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_ENTRY_SAVE_NOTE), ret_form));
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

static Err show_log(Call *call, const LogView *log, enum Opening reason)
{
    Html html = call_html(call);
    PageLog page = {0};

    TRY(log_layout(call, log, STR_NONE, &page.layout));
    TRY(log_view_frame(call, log, &page));
    TRY(log_view_entries(call, log, &page));
    TRY(note_form(call, log, &page.note));
    if (reason != OPENING_NONE)
        TRY(word_of(call, "opening", opening_code(reason), &page.reason));
    if (role_is_family(call->actor.role)) {
        fold_notes(&page);
        page_log_family(&html, &page);
    } else {
        page_log(&html, &page);
    }
    return call_page(call, 200, &html);
}

static Err show_stub(Call *call, const LogView *log)
{
    PageStub page = {.unit = log->summary.unit_name};
    Html html = call_html(call);
    Str state = STR_NONE;

    TRY(log_layout(call, log, STR_NONE, &page.layout));
    TRY(str_format(call->arena, &page.number, "%08u", log->summary.display));
    TRY(word_of(call, "state", state_code(log->summary.state), &state));
    TRY(message_with(call, MSG_STUB_WHY, "state", state, &page.why));
    page_stub(&html, &page);
    return call_page(call, 200, &html);
}

/* ---- the reason ---- */

static Err opening_options(Call *call, Options *ret_options)
{
    uint32_t allowed = policy_openings(call->actor.role);
    Str chosen = call_field(call, "grunn");
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, OPENING_LIMIT, &items));
    for (unsigned opening = OPENING_NONE + 1; opening < OPENING_LIMIT; opening++) {
        if (!(allowed >> opening & 1))
            continue;
        OptionView *item = &items[count++];
        item->value = str_from_c(opening_code((Opening)opening));
        item->chosen = str_equal(item->value, chosen);
        TRY(word_of(call, "opening", opening_code((Opening)opening), &item->label));
    }
    *ret_options = (Options){.items = items, .count = count};
    return ok();
}

static Err show_reason(Call *call, int status, bool missing)
{
    PageReason page = {.layout = call_layout(call, call_text(call, MSG_REASON_TITLE), "")};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(inputs_new(call, 1, &inputs));
    FieldView *field = inputs_add(&inputs, "grunn", INPUT_RADIO, call_text(call, MSG_REASON_FIELD));
    TRY(opening_options(call, &field->options));
    if (missing)
        inputs_fault(&inputs, "grunn", call_text(call, MSG_REASON_MISSING));
    TRY(log_url(call, call->ids[0], "/grunn", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_REASON_OPEN), &page.form));
    page.layout.has_errors = missing;
    page_reason(&html, &page);
    return call_page(call, status, &html);
}

Opening reason_given(const Call *call, Str code)
{
    Opening opening = OPENING_NONE;

    if (!is_ok(opening_from_str(code, &opening)) || !(policy_openings(call->actor.role) >> opening & 1))
        return OPENING_NONE;
    return opening;
}

/* GET /logg/{id}[?grunn=...]. A reason in the address is what the reader chose on the page before. */
Err log_page(Call *call)
{
    Opening reason = reason_given(call, call_query(call, "grunn"));
    Why why = WHY_UNDECIDED;
    LogView log = {0};
    Err opened = log_open(call->service, &call->actor, call->ids[0], reason, call->arena, &why, &log);

    if (opened.id == E_INVALID && why == WHY_ASK_REASON)
        return show_reason(call, 200, false);
    TRY(opened);
    return why == WHY_STUB ? show_stub(call, &log) : show_log(call, &log, reason);
}

/* POST /logg/{id}/grunn: nothing is opened yet, so it tells nothing about the log. */
Err log_reason_send(Call *call)
{
    Opening reason = reason_given(call, call_field(call, "grunn"));
    char id[ID_TEXT + 1];
    Str location = STR_NONE;

    if (policy_openings(call->actor.role) == 0)
        return fail(E_NOT_FOUND);
    if (reason == OPENING_NONE)
        return show_reason(call, 422, true);
    id_to_text(call->ids[0], id);
    TRY(str_format(call->arena, &location, "/logg/%s?grunn=%s", id, opening_code(reason)));
    return call_redirect(call, location);
}

/* ---- the child's number ---- */

/* Text for the script of the log page, a page of its own for everybody else. */
Err log_number_send(Call *call)
{
    PageNumber page = {.layout = call_layout(call, call_text(call, MSG_LOG_NUMBER), "")};
    Html html = call_html(call);

    TRY(log_number_read(call->service, &call->actor, call->ids[0], call->arena, &page.number));
    if (str_equal(call->request->headers[HEADER_ACCEPT], STR("text/plain")))
        return call_bytes(call, STR("text/plain; charset=utf-8"), page.number);
    TRY(log_url(call, call->ids[0], "", &page.back));
    page.layout.sensitive = true;
    page_number(&html, &page);
    return call_page(call, 200, &html);
}

/* ---- consent documents ---- */

/* The file is named by the document's place, never by a person. */
Err log_document(Call *call)
{
    Str bytes = STR_NONE, disposition = STR_NONE;
    uint8_t media = 0;

    TRY(log_document_read(call->service, &call->actor, call->ids[0], call->ids[1], call->arena, &bytes, &media));
    TRY(str_format(call->arena, &disposition, "attachment; filename=\"samtykke.%s\"", media_ending(media)));
    response_header(call->response, "Content-Disposition", disposition);
    return call_bytes(call, str_from_c(media_type(media)), bytes);
}

/* ---- who has seen ---- */

static Err seen_row(Call *call, const Seen *seen, SeenView *row)
{
    *row = (SeenView){.at = {seen->at}, .name = seen->name};
    TRY(word_of(call, "role", role_code(seen->role), &row->role));
    TRY(word_of(call, "act", act_code(seen->act), &row->what));
    if (row->name.length == 0)
        row->name = row->role;
    if (seen->reason != OPENING_NONE)
        TRY(word_of(call, "opening", opening_code(seen->reason), &row->reason));
    return ok();
}

static Err seen_crumbs(Call *call, LayoutView *layout)
{
    LinkView *crumbs = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, 3, &crumbs));
    crumbs[0] = (LinkView){.url = URL("/mine"), .text = call_text(call, MSG_WEB_NAV_MINE)};
    crumbs[1] = (LinkView){.text = call_text(call, MSG_SEEN_LOG)};
    crumbs[2] = (LinkView){.text = call_text(call, MSG_SEEN_HEADING)};
    layout->crumbs = (Links){.items = crumbs, .count = 3};
    return log_url(call, call->ids[0], "", &crumbs[1].url);
}

/* GET /logg/{id}/sett[?eldre=line] */
Err log_seen_page(Call *call)
{
    PageSeen page = {.layout = call_layout(call, call_text(call, MSG_SEEN_HEADING), "")};
    Html html = call_html(call);
    SeenView *rows = NULL;
    const Seen *seen = NULL;
    uint32_t count = 0;
    int64_t before = 0;
    char id[ID_TEXT + 1];

    if (!is_ok(num_parse(call_query(call, "eldre"), 1, INT64_MAX, &before)))
        before = 0;
    TRY(log_seen(call->service, &call->actor, call->ids[0], (uint64_t)before, call->arena, &seen, &count));
    TRY(ARENA_NEW(call->arena, SeenView, count + 1, &rows));
    for (uint32_t i = 0; i < count; i++)
        TRY(seen_row(call, &seen[i], &rows[i]));
    page.rows = (SeenViews){.items = rows, .count = count};
    id_to_text(call->ids[0], id);
    TRY(url_format(call->arena, &page.back, "/logg/%s", id));
    if (count == LOG_SEEN_PAGE)
        TRY(url_format(call->arena, &page.older, "/logg/%s/sett?eldre=%llu", id, (unsigned long long)seen[count - 1].line));
    TRY(seen_crumbs(call, &page.layout));
    page.layout.sensitive = true;
    page_seen(&html, &page);
    return call_page(call, 200, &html);
}
