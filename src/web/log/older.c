/* What a log's page does not show, by section: the links to it, and its pages.
 * Must not show what the page shows already.
 * Used by page.c, and through the table of routes. */
#include "web/log/older.h"

#include "pages/templates.h"
#include "service/reading/older.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/kind_rows.h"
#include "web/log/layout.h"
#include "web/form/reason.h"
#include "web/log/words.h"

/* A section, the kind that names it in the address, and its heading. */
static const struct OlderRow {
    enum Section section;
    KindId kind;
    enum msg heading;
} rows[] = {
    {SECTION_ATTENTIONS, KIND_ATTENTION, MSG_OLDER_ATTENTION}, {SECTION_GOALS, KIND_GOAL, MSG_OLDER_GOAL},
    {SECTION_MEETINGS, KIND_MEETING, MSG_OLDER_MEETING},       {SECTION_NOTES, KIND_NOTE, MSG_OLDER_NOTE},
    {SECTION_RESOURCES, KIND_RESOURCE, MSG_OLDER_RESOURCE},    {SECTION_LIFE, KIND_CLOSING, MSG_OLDER_CLOSING},
};

/* The log's page and what leads on from it, for the reason that opened it. */
static Err with_reason(const Call *call, const char *suffix, Opening reason, Url *ret_url)
{
    char log[ID_TEXT + 1];

    if (reason == OPENING_NONE)
        return log_url(call, call->ids[0], suffix, ret_url);
    id_to_text(call->ids[0], log);
    return url_format(call->arena, ret_url, "/logg/%s%s?" REASON_FIELD "=%s", log, suffix, opening_code(reason));
}

static Err address(const Call *call, const struct OlderRow *row, Opening reason, Url *ret_url)
{
    Str suffix = STR_NONE;

    TRY(str_format(call->arena, &suffix, "/eldre/%s", kind_of(row->kind)->code));
    return with_reason(call, suffix.data, reason, ret_url);
}

static Err next_address(const Call *call, const struct OlderRow *row, Opening reason, uint32_t before, Url *ret_url)
{
    Url page;

    TRY(address(call, row, reason, &page));
    return url_format(call->arena, ret_url, "%.*s%cfor=%u", STR_ARGS(page.text), reason == OPENING_NONE ? '?' : '&', before);
}

Err older_links(Call *call, const LogView *log, Opening reason, PageLog *page)
{
    LinkView *const links[] = {&page->more_attentions, &page->more_goals, &page->more_meetings, &page->more_notes,
                               &page->more_resources, &page->more_life};

    static_assert(COUNT_OF(links) == COUNT_OF(rows), "a link for each section");
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint32_t folded = log->folded[rows[i].section];
        if (folded == 0)
            continue;
        *links[i] = (LinkView){.text = call_text(call, rows[i].heading), .count = folded};
        TRY(address(call, &rows[i], reason, &links[i]->url));
    }
    return ok();
}

static Err removed_rows(Call *call, const LogEntry *entry, Rows *ret_rows)
{
    RowView *row = NULL;

    TRY(ARENA_NEW(call->arena, RowView, 1, &row));
    *row = (RowView){.term = call_text(call, MSG_FIELD_REMOVAL_REASON), .text = entry->reason};
    *ret_rows = (Rows){.items = row, .count = 1};
    return ok();
}

static Err add_item(Call *call, const LogOlder *older, const Choices *choices, const LogEntry *entry, OlderView *item)
{
    *item = (OlderView){.id = entry->entry, .at = {entry->at}, .removed = entry->removed};
    TRY(word_of(call, "entry.kind", entry->values.kind->code, &item->kind));
    TRY(author_words(call, entry, &item->author));
    TRY(entry_links(call, &older->log, entry, &item->history, &item->correct));
    TRY(entry_remove_link(call, &older->log, entry, &item->remove));
    return entry->removed ? removed_rows(call, entry, &item->rows) : kind_rows(call, &entry->values, choices, &item->rows);
}

static Err items_of(Call *call, const LogOlder *older, OlderViews *ret_items)
{
    OlderView *items = NULL;
    Choices choices;

    TRY(log_choices(call, &older->log, &choices));
    TRY(ARENA_NEW(call->arena, OlderView, (size_t)older->count + 1, &items));
    for (uint32_t i = 0; i < older->count; i++)
        TRY(add_item(call, older, &choices, older->items[i], &items[i]));
    *ret_items = (OlderViews){.items = items, .count = older->count};
    return ok();
}

static Err show(Call *call, const struct OlderRow *row, uint32_t before)
{
    Opening reason = call->actor.reason;
    const LogOlderWish wish = {.log = call->ids[0], .section = row->section, .reason = reason, .before = before};
    PageOlder page = {.heading = call_text(call, row->heading)};
    Html html = call_html(call);
    LogOlder older;

    TRY(log_older(&(LogReader){call->service, &call->actor, call->arena}, &wish, &older));
    TRY(log_layout(call, &older.log, page.heading, &page.layout));
    TRY(items_of(call, &older, &page.items));
    TRY(with_reason(call, "", reason, &page.back));
    if (older.next > 0)
        TRY(next_address(call, row, reason, older.next, &page.older));
    page_older(&html, &page);
    return call_page(call, 200, &html);
}

Err log_older_page(Call *call)
{
    const Kind *kind = NULL;
    int64_t before = 0;

    TRY(kind_from_str(call->word, &kind));
    if (!is_ok(num_parse(call_query(call, "for"), 1, UINT32_MAX, &before)))
        before = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i].kind == kind->id)
            return show(call, &rows[i], (uint32_t)before);
    return fail(E_NOT_FOUND);
}
