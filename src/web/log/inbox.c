/* Notices: what one has been told, and what waits.
 * Must not show a name that the service did not give.
 * Called through the table of routes. */
#include "web/log/inbox.h"

#include <stdio.h>

#include "base/calendar.h"
#include "pages/templates.h"
#include "service/people/silence.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/done.h"
#include "web/call/layout.h"
#include "web/call/line.h"
#include "web/call/words.h"
#include "web/form/inputs.h"

#define BEFORE_MAX 64

/* "notice.<number>": its words. */
static Err notice_words(const Call *call, NoticeId notice, Str *ret_words)
{
    char code[16];

    snprintf(code, sizeof code, "%u", (unsigned)notice);
    return word_of(call, "notice", code, ret_words);
}

/* The child's name, or the log's number where no name is shown; nothing of a log that the reader may not know of. */
static Err about_words(const Call *call, const InboxItem *item, Str *ret_words)
{
    *ret_words = item->child_name;
    if (item->child_name.length > 0 || id_is_none(item->log))
        return ok();
    return str_format(call->arena, ret_words, "%u", item->display);
}

/* What is about no log is seen to where units and staff stand. */
static Url url_of_place(const InboxItem *item, Url otherwise)
{
    /* Whoever is asked to take a log knows nothing of it yet. */
    if (item->notice == NOTICE_TRANSFER_PENDING && id_is_none(item->log))
        return URL("/overforinger");
    bool place = item->notice == NOTICE_UNIT_UNMANAGED || item->notice == NOTICE_STAFF_LIST;

    return place ? URL("/enheter") : otherwise;
}

/* Who must be appointed is appointed among the people of the log. */
static const char *part_of(const InboxItem *item)
{
    return item->notice == NOTICE_HOLDER_MISSING || item->notice == NOTICE_HOLDER_OVERDUE ? "/deltakere" : "";
}

static Day day_of_item(const InboxItem *item)
{
    return oslo_day(item->due != 0 ? item->due : item->at);
}

static TagView tag_of(const Call *call, const InboxItem *item)
{
    if (item->waits)
        return (TagView){.text = call_text(call, MSG_INBOX_WAITS), .color = TAG_WARNING};
    if (item->unread)
        return (TagView){.text = call_text(call, MSG_INBOX_NEW), .color = TAG_INFO};
    return (TagView){.text = item->task ? call_text(call, MSG_INBOX_DONE) : STR_NONE, .color = TAG_NEUTRAL};
}

static Err notice_view(const Call *call, const InboxItem *item, NoticeView *ret_view)
{
    NoticeView view = {.day = day_of_item(item), .tag = tag_of(call, item)};

    view.url = url_of_place(item, view.url);

    TRY(notice_words(call, item->notice, &view.text));
    TRY(about_words(call, item, &view.about));
    if (!id_is_none(item->log))
        TRY(log_url(call, item->log, part_of(item), &view.url));
    *ret_view = view;
    return ok();
}

Err inbox_tasks(const Call *call, const InboxItems *items, TaskView *tasks, size_t *ret_count)
{
    size_t count = 0;

    for (uint32_t i = 0; i < items->count; i++) {
        const InboxItem *item = &items->items[i];
        TaskView task = {.url = url_of_place(item, URL("/varsler")),
                         .tag = {.text = call_text(call, MSG_INBOX_WAITS), .color = TAG_WARNING}};
        if (!item->waits)
            continue;
        TRY(notice_words(call, item->notice, &task.text));
        TRY(about_words(call, item, &task.about));
        if (!id_is_none(item->log))
            TRY(log_url(call, item->log, part_of(item), &task.url));
        tasks[count++] = task;
    }
    *ret_count = count;
    return ok();
}

/* ---- a page at a time ---- */

/* What is no such mark begins at the newest. */
static InboxBefore before_of(const Call *call)
{
    Str text = call_query(call, "before"), at = STR_NONE;
    Str id = str_cut(text, '-', &at);
    InboxBefore before = {0};

    if (!is_ok(num_parse(at, 1, INT64_MAX, &before.at)) || !is_ok(id_from_text(id, &before.id)))
        return (InboxBefore){0};
    return before;
}

static Err told_of_held(const Call *call, const InboxItems *items)
{
    if (items->held > 0)
        line_log_closed(call, fail(E_FORGED));
    return ok();
}

Err inbox_list(Call *call, InboxItems *ret_items)
{
    TRY(inbox_read(&(LogReader){call->service, &call->actor, call->arena}, before_of(call), ret_items));
    return told_of_held(call, ret_items);
}

Err inbox_list_waiting(Call *call, InboxItems *ret_items)
{
    TRY(inbox_waiting(&(LogReader){call->service, &call->actor, call->arena}, ret_items));
    return told_of_held(call, ret_items);
}

Err inbox_next(Call *call, const InboxItems *items, Str *ret_before)
{
    const InboxItem *last = items->count > 0 ? &items->items[items->count - 1] : NULL;
    Buf text = buf_new(call->arena, BEFORE_MAX);

    if (items->more && last) {
        buf_format(&text, "%lld-", (long long)last->at);
        buf_add_id(&text, last->id);
    }
    return buf_done(&text, ret_before);
}

/* ---- what one wants to be told ---- */

static bool may_choose(const Call *call, unsigned notice)
{
    return (notices_silenced(NOTICE_BIT(notice)) & NOTICE_BIT(notice)) && (notice_roles((NoticeId)notice) & 1u << call->actor.role);
}

static Err choices_view(Call *call, int64_t silenced, FormView *ret_form)
{
    OptionView *items = NULL;
    size_t count = 0;
    Inputs inputs;

    TRY(ARENA_NEW(call->arena, OptionView, NOTICE_COUNT, &items));
    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++) {
        if (!may_choose(call, id))
            continue;
        items[count].value = str_from_c(notice_code((NoticeId)id));
        items[count].chosen = !(silenced & NOTICE_BIT(id));
        TRY(notice_words(call, (NoticeId)id, &items[count++].label));
    }
    if (count == 0)
        return ok();
    TRY(inputs_new(call, 1, &inputs));
    FieldView *told = inputs_add(&inputs, "told", INPUT_CHECKS, call_text(call, MSG_INBOX_CHOOSE_TOLD));
    told->options = (Options){.items = items, .count = count};
    return inputs_form(&inputs, URL("/varsler/valg"), call_text(call, MSG_INBOX_CHOOSE_SAVE), ret_form);
}

/* Of what the form shows that which was not ticked; the rest stays. */
static Err read_choices(const Call *call, int64_t before, int64_t *ret_silenced)
{
    Str rest = call_field(call, "told"), code = STR_NONE;
    int64_t shown = 0, told = 0;
    NoticeId notice = NOTICE_NONE;

    for (unsigned id = NOTICE_NONE + 1; id < NOTICE_COUNT; id++)
        shown |= may_choose(call, id) ? NOTICE_BIT(id) : 0;
    while (rest.length > 0) {
        rest = str_cut(rest, '\n', &code);
        if (!is_ok(notice_from_str(code, &notice)) || !(shown & NOTICE_BIT(notice)))
            return fail(E_MALFORMED);
        told |= NOTICE_BIT(notice);
    }
    *ret_silenced = (before & ~shown) | (shown & ~told);
    return ok();
}

Err inbox_choose_send(Call *call)
{
    int64_t before = 0, silenced = 0;

    TRY(silence_read(&call->actor, &before));
    TRY(read_choices(call, before, &silenced));
    TRY(done_leads_to(call, STR("/varsler")));
    TRY(silence_choose(&call->actor, silenced));
    return done_redirect(call, act_code(ACT_NOTICES_CHOOSE), (Id){0}, STR("/varsler"));
}

Err inbox_page(Call *call)
{
    PageInbox view = {0};
    Html html = call_html(call);
    NoticeView *notices = NULL;
    InboxItems items = {0};
    Str before = STR_NONE;

    TRY(inbox_list(call, &items));
    call->unread = items.unread;
    view.layout = call_layout(call, call_text(call, MSG_INBOX_HEADING), "/varsler");
    view.layout.sensitive = items.count > 0;
    view.token = view.layout.form_token;
    view.mark = items.unread > 0 ? URL("/varsler/lest") : (Url){0};
    TRY(ARENA_NEW(call->arena, NoticeView, items.count + 1, &notices));
    for (uint32_t i = 0; i < items.count; i++)
        TRY(notice_view(call, &items.items[i], &notices[i]));
    view.notices = (NoticeViews){.items = notices, .count = items.count};
    TRY(choices_view(call, items.silenced, &view.choices));
    TRY(inbox_next(call, &items, &before));
    if (before.length > 0)
        TRY(url_format(call->arena, &view.older, "/varsler?before=%.*s", STR_ARGS(before)));
    page_inbox(&html, &view);
    return call_page(call, 200, &html);
}

Err inbox_mark_send(Call *call)
{
    TRY(done_leads_to(call, STR("/varsler")));
    TRY(inbox_mark(&call->actor));
    return done_redirect(call, "inbox_read", (Id){0}, STR("/varsler"));
}
