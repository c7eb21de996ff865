/* All versions of one entry, the newest first.
 * Must not say of the child's number what the log's page does not say.
 * Called through the table of routes. */
#include "web/log/history.h"

#include "pages/templates.h"
#include "service/reading/history.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/form/kind_rows.h"
#include "web/log/layout.h"
#include "web/log/words.h"

/* A history is read beside its log: what its entries refer to has a name there. */
typedef struct History {
    LogHistory read;
    Choices choices;
} History;

/* What the log's page does not say of the number, its history does not say either. */
static Err version_rows(Call *call, const History *history, const LogEntry *entry, Rows *ret_rows)
{
    Values shown = entry->values;

    if (shown.kind->id == KIND_CHILD && !log_may(&history->read.log, ACT_NUMBER_READ_FULL))
        values_put(&shown, CHILD_NATIONAL_ID, STR_NONE);
    return kind_rows(call, &shown, &history->choices, ret_rows);
}

static Err version_view(Call *call, const History *history, const LogEntry *entry, VersionView *version)
{
    *version = (VersionView){.number = entry->version, .at = {entry->at}, .removed = entry->removed};
    TRY(author_words(call, entry, &version->author));
    if (!entry->removed)
        return version_rows(call, history, entry, &version->rows);
    RowView *row = NULL;
    TRY(ARENA_NEW(call->arena, RowView, 1, &row));
    *row = (RowView){.term = call_text(call, MSG_FIELD_REMOVAL_REASON), .text = entry->reason};
    version->rows = (Rows){.items = row, .count = 1};
    return ok();
}

Err entry_history(Call *call)
{
    Html html = call_html(call);
    VersionView *versions = NULL;
    PageHistory page = {0};
    History history = {0};
    const LogView *log = &history.read.log;

    TRY(log_entry_history(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], call->ids[1], &history.read));
    TRY(log_choices(call, log, &history.choices));
    TRY(ARENA_NEW(call->arena, VersionView, history.read.count, &versions));
    for (uint32_t i = 0; i < history.read.count; i++)
        TRY(version_view(call, &history, &history.read.versions[i], &versions[i]));
    versions[0].newest = true;
    page.versions = (VersionViews){.items = versions, .count = history.read.count};
    TRY(word_of(call, "entry.kind", history.read.versions[0].values.kind->code, &page.heading));
    TRY(log_layout(call, log, page.heading, &page.layout));
    TRY(log_url(call, call->ids[0], "", &page.back));
    const LogEntry *newest = find_entry(log, call->ids[1]);
    if (newest && newest->may_correct)
        TRY(log_entry_url(call, call->ids[0], "rett", call->ids[1], &page.correct));
    page_history(&html, &page);
    return call_page(call, 200, &html);
}
