/* A log of another municipality that waits for a unit's answer, and the part of a log that came from one.
 * Must not tell whom one that waits is about.
 * Called through the table of routes. */
#include "web/log/crossing.h"

#include "pages/templates.h"
#include "service/acts/transfer/transfers.h"
#include "service/crossing/part.h"
#include "service/crossing/taken.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/form/inputs.h"
#include "web/form/kind_rows.h"
#include "web/form/reason.h"
#include "web/log/layout.h"

#define HOLDER "holder"
#define ROWS_MOST 4

Err crossing_url(const Call *call, Id transfer, const char *suffix, Url *ret_url)
{
    char id[ID_TEXT + 1];

    id_to_text(transfer, id);
    return url_format(call->arena, ret_url, "/overforinger/%s%s", id, suffix);
}

/* ---- the answer ---- */

static Err rows_of(Call *call, const CrossingAsked *asked, Rows *ret_rows)
{
    RowView *items = NULL;

    TRY(ARENA_NEW(call->arena, RowView, ROWS_MOST, &items));
    items[0] = (RowView){.term = call_text(call, MSG_TRANSFER_FROM), .text = asked->place};
    items[1] = (RowView){.term = call_text(call, MSG_TRANSFER_ON), .day = asked->on};
    items[2] = (RowView){.term = call_text(call, MSG_TRANSFER_UNTIL), .day = asked->until};
    *ret_rows = (Rows){.items = items, .count = 3};
    return ok();
}

static Err begin(Call *call, Str heading, PageEntry *view)
{
    LinkView *crumbs = NULL;
    CrossingAsked asked;

    TRY(crossing_asked(&call->actor, call->ids[0], call->arena, &asked));
    TRY(ARENA_NEW(call->arena, LinkView, 2, &crumbs));
    crumbs[0] = (LinkView){.url = URL("/overforinger"), .text = call_text(call, MSG_TRANSFER_HEADING)};
    crumbs[1] = (LinkView){.text = heading};
    view->heading = heading;
    view->layout = call_layout(call, heading, "");
    view->layout.crumbs = (Links){.items = crumbs, .count = 2};
    view->layout.sensitive = true;
    view->answered = call_text(call, MSG_TRANSFER_PROPOSED);
    view->answered_at = (Moment){asked.at};
    return rows_of(call, &asked, &view->answered_rows);
}

static Err add_holders(Call *call, Inputs *inputs)
{
    OptionView *items = NULL;
    LogPeople people = {0};

    TRY(transfer_holders(call->service, &call->actor, call->arena, &people));
    TRY(ARENA_NEW(call->arena, OptionView, (size_t)people.count + 1, &items));
    FieldView *field = inputs_add(inputs, HOLDER, INPUT_SELECT, call_text(call, MSG_FIELD_TRANSFER_TAKING_HOLDER));
    for (uint32_t i = 0; i < people.count; i++) {
        Buf id = buf_new(call->arena, ID_TEXT);
        buf_add_id(&id, people.items[i].participant);
        TRY(buf_done(&id, &items[i].value));
        items[i].label = people.items[i].name;
        items[i].chosen = str_equal(items[i].value, field->value);
    }
    field->options = (Options){.items = items, .count = people.count};
    return ok();
}

static Err show(Call *call, int status, const char *at, Str fault)
{
    PageEntry view = {.lead = call_text(call, MSG_CROSSING_LEAD), .warning = call_text(call, MSG_PROCEDURE_FINAL)};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(begin(call, call_text(call, MSG_ACT_TRANSFER_ACCEPT_HEADING), &view));
    TRY(inputs_new(call, 1, &inputs));
    TRY(add_holders(call, &inputs));
    if (fault.length > 0)
        inputs_fault(&inputs, at, fault);
    view.layout.has_errors = inputs.error_count > 0;
    TRY(crossing_url(call, call->ids[0], "", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_ACT_TRANSFER_ACCEPT_BUTTON), &view.form));
    view.form.cancel = URL("/overforinger");
    view.other = call_text(call, MSG_CROSSING_NO_HEADING);
    TRY(crossing_url(call, call->ids[0], "/nei", &view.other_answer));
    page_entry(&html, &view);
    return call_page(call, status, &html);
}

Err crossing_page(Call *call)
{
    return show(call, 200, NULL, STR_NONE);
}

/* It ends in the list: a manager opens the log with a reason, as any other. */
Err crossing_send(Call *call)
{
    Id holder, log = {0};

    if (!is_ok(id_from_text(call_field(call, HOLDER), &holder)))
        return show(call, 422, HOLDER, call_text(call, MSG_FAULT_MISSING));
    Err taken = crossing_take(call->service, &call->actor, call->ids[0], holder, &log);
    if (taken.id == E_INVALID)
        return show(call, 422, HOLDER, call_text(call, MSG_FAULT_BAD_REFERENCE));
    if (taken.id == E_STALE)
        return show(call, 409, NULL, call_text(call, MSG_CROSSING_REFUSED));
    TRY(taken);
    return done_redirect(call, id_is_none(log) ? "transfer_arrives" : act_code(ACT_TRANSFER_TAKE), (Id){0}, STR("/overforinger"));
}

static Err show_no(Call *call, int status, Str fault)
{
    PageEntry view = {.lead = call_text(call, MSG_CROSSING_NO_LEAD)};
    Html html = call_html(call);
    Inputs inputs;
    Url action;

    TRY(begin(call, call_text(call, MSG_CROSSING_NO_HEADING), &view));
    TRY(inputs_new(call, 1, &inputs));
    if (fault.length > 0)
        inputs_fault(&inputs, NULL, fault);
    view.layout.has_errors = inputs.error_count > 0;
    TRY(crossing_url(call, call->ids[0], "/nei", &action));
    TRY(inputs_form(&inputs, action, call_text(call, MSG_CROSSING_NO_BUTTON), &view.form));
    TRY(crossing_url(call, call->ids[0], "", &view.form.cancel));
    page_entry(&html, &view);
    return call_page(call, status, &html);
}

Err crossing_no_page(Call *call)
{
    return show_no(call, 200, STR_NONE);
}

Err crossing_no_send(Call *call)
{
    Err refused = crossing_refuse(call->service, &call->actor, call->ids[0]);

    if (refused.id == E_STALE)
        return show_no(call, 409, call_text(call, MSG_CROSSING_GONE));
    TRY(refused);
    return done_redirect(call, act_code(ACT_TRANSFER_REFUSE), (Id){0}, STR("/overforinger"));
}

/* ---- the part that came ---- */

/* How a child is reached stands in the log as it is today. */
static bool is_shown(const ReportEntries *entries, uint32_t at)
{
    const ReportEntry *entry = &entries->items[at];

    if (entry->values.kind->id == KIND_CHILD)
        return false;
    for (uint32_t i = at + 1; i < entries->count; i++)
        if (id_equal(entries->items[i].entry, entry->entry))
            return false;
    return true;
}

static Err item_of(Call *call, const Report *report, const ReportEntry *entry, OlderView *item)
{
    RowView *row = NULL;

    *item = (OlderView){.id = entry->entry, .at = {entry->at}, .removed = entry->removed,
                        .author = report_person_name(report, entry->author)};
    TRY(word_of(call, "entry.kind", entry->values.kind->code, &item->kind));
    if (!entry->removed)
        return kind_rows(call, &entry->values, NULL, &item->rows);
    TRY(ARENA_NEW(call->arena, RowView, 1, &row));
    *row = (RowView){.term = call_text(call, MSG_FIELD_REMOVAL_REASON), .text = entry->reason};
    item->rows = (Rows){.items = row, .count = 1};
    return ok();
}

/* Above what is written: where it came from or went, and its hash, reckoned now. */
static Err rows_of_part(Call *call, const PartRead *part, Rows *ret_rows)
{
    RowView *rows = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, RowView, 2, &rows));
    if (part->place.length > 0)
        rows[count++] = (RowView){.term = call_text(call, part->came ? MSG_TRANSFER_FROM : MSG_TRANSFER_TO), .text = part->place};
    if (part->crossed)
        rows[count++] = (RowView){.term = call_text(call, MSG_FIELD_TRANSFER_DONE_HASH), .text = part->hash};
    *ret_rows = (Rows){.items = rows, .count = count};
    return ok();
}

static Err items_of(Call *call, const PartRead *part, OlderViews *ret_items)
{
    const ReportEntries *entries = &part->report.entries;
    OlderView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OlderView, (size_t)entries->count + 1, &items));
    for (uint32_t i = entries->count; part->came && i-- > 0;)
        if (is_shown(entries, i))
            TRY(item_of(call, &part->report, &entries->items[i], &items[count++]));
    *ret_items = (OlderViews){.items = items, .count = count};
    return ok();
}

Err part_page(Call *call)
{
    const LogReader reader = {call->service, &call->actor, call->arena};
    PagePart page = {.heading = call_text(call, MSG_PART_HEADING)};
    Html html = call_html(call);
    LogView log = {0};
    PartRead part;

    TRY(crossing_part_open(&reader, call->ids[0], call->actor.reason, &part));
    log.summary = part.summary;
    TRY(log_layout(call, &log, page.heading, &page.layout));
    page.said = call_text(call, !part.crossed ? MSG_PART_NONE : part.came ? MSG_PART_CAME : MSG_PART_WENT);
    TRY(rows_of_part(call, &part, &page.rows));
    TRY(items_of(call, &part, &page.items));
    TRY(log_url(call, call->ids[0], "", &page.back));
    page_part(&html, &page);
    return call_page(call, 200, &html);
}
