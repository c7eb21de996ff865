/* Deletions that were carried out.
 * Must not show whom a log was about.
 * Called through the table of routes. */
#include "web/ending/certificates.h"

#include "domain/log_number.h"
#include "pages/templates.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/log/decision.h"
#include "web/ending/deletions.h"

#define ROWS_MAX 10
#define LIST "/attester"

/* ---- the list ---- */

Err certificates_shown(Call *call, CertificateItems *ret_items)
{
    return certificates_list(call->service, &call->actor, deletions_behind(call), call->arena, ret_items);
}

Err certificates_next(Call *call, const CertificateItems *items, Str *ret_before)
{
    const DeletionRow *last = items->count > 0 ? &items->items[items->count - 1].row : NULL;

    *ret_before = STR_NONE;
    return items->more && last ? deletions_mark(call, last->purged_at, last->id, ret_before) : ok();
}

/* Until when a backup can show it; since when none can, once that is confirmed. */
Err certificate_last(const Call *call, const CertificateItem *item, Str *ret_words)
{
    const bool confirmed = item->row.confirmed_at != 0;
    const MsgArgument argument = {.name = confirmed ? STR("time") : STR("day"), .type = confirmed ? ARGUMENT_MOMENT : ARGUMENT_DAY,
                                  .number = confirmed ? item->row.confirmed_at : item->last_on};

    return message_of(call, confirmed ? MSG_CERTIFICATES_LAST_CONFIRMED : MSG_CERTIFICATES_LAST_ON, &argument, 1, ret_words);
}

static Err row_view(const Call *call, const CertificateItem *item, CertificateRowView *ret_view)
{
    CertificateRowView view = {.unit = item->unit_name, .approved_at = {item->row.approved_at}, .purged_at = {item->row.purged_at}};

    TRY(log_url(call, item->row.log, "/attest", &view.url));
    TRY(log_number_text(item->row.display, call->arena, &view.number));
    TRY(code_word(call, CODES_DELETION_CAUSE, code_text(item->row.scenario), &view.cause));
    TRY(certificate_last(call, item, &view.last));
    *ret_view = view;
    return ok();
}

Err certificates_page(Call *call)
{
    PageCertificates page = {0};
    Html html = call_html(call);
    CertificateItems items = {0};
    CertificateRowView *rows = NULL;
    Str before = STR_NONE;

    TRY(certificates_shown(call, &items));
    page.layout = call_layout(call, call_text(call, MSG_CERTIFICATES_HEADING), LIST);
    TRY(ARENA_NEW(call->arena, CertificateRowView, (size_t)items.count + 1, &rows));
    for (uint32_t i = 0; i < items.count; i++)
        TRY(row_view(call, &items.items[i], &rows[i]));
    page.rows = (CertificateRowViews){.items = rows, .count = items.count};
    TRY(certificates_next(call, &items, &before));
    if (before.length > 0)
        TRY(url_format(call->arena, &page.more, LIST "?before=%.*s", STR_ARGS(before)));
    page_certificates(&html, &page);
    return call_page(call, 200, &html);
}

/* ---- one ---- */

static Err add_rows(const CertificateView *view, DecisionFacts *facts)
{
    const DeletionRow *row = &view->item.row;
    Str last = STR_NONE;

    decision_fact(facts, MSG_DECISION_UNIT, view->item.unit_name);
    TRY(decision_codes(facts, row));
    TRY(decision_done(facts, MSG_DECISION_ORDERED, view->ordered_by, row->ordered_at));
    TRY(decision_done(facts, MSG_DECISION_APPROVED, view->approved_by, row->approved_at));
    TRY(decision_done(facts, MSG_CERTIFICATES_PURGED, STR_NONE, row->purged_at));
    TRY(certificate_last(facts->call, &view->item, &last));
    decision_fact(facts, MSG_CERTIFICATES_LAST, last);
    return ok();
}

static Err layout_of(Call *call, Str heading, LayoutView *ret_layout)
{
    LinkView *crumbs = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, 2, &crumbs));
    crumbs[0] = (LinkView){.url = URL(LIST), .text = call_text(call, MSG_CERTIFICATES_HEADING)};
    crumbs[1] = (LinkView){.text = heading};
    *ret_layout = call_layout(call, heading, "");
    ret_layout->crumbs = (Links){.items = crumbs, .count = 2};
    return ok();
}

static Err link_to(Call *call, const char *suffix, enum msg words, LinkView *link)
{
    link->text = call_text(call, words);
    return log_url(call, call->ids[0], suffix, &link->url);
}

static Err add_files(Call *call, Links *ret_links)
{
    LinkView *links = NULL;

    TRY(ARENA_NEW(call->arena, LinkView, 2, &links));
    TRY(link_to(call, "/attest/json", MSG_CERTIFICATES_JSON, &links[0]));
    TRY(link_to(call, "/attest/pdf", MSG_CERTIFICATES_PDF, &links[1]));
    *ret_links = (Links){.items = links, .count = 2};
    return ok();
}

Err certificate_page(Call *call)
{
    DecisionFacts facts = {.call = call};
    CertificateView view = {0};
    PageDecision page = {0};
    Html html = call_html(call);
    Str number = STR_NONE;

    TRY(certificate_open(call->service, &call->actor, call->ids[0], call->arena, &view));
    TRY(log_number_text(view.item.row.display, call->arena, &number));
    TRY(message_with(call, MSG_CERTIFICATES_ONE, "number", number, &page.heading));
    page.lead = call_text(call, MSG_CERTIFICATES_ONE_LEAD);
    TRY(layout_of(call, page.heading, &page.layout));
    TRY(ARENA_NEW(call->arena, RowView, ROWS_MAX, &facts.rows));
    TRY(add_rows(&view, &facts));
    page.rows = (Rows){.items = facts.rows, .count = facts.count};
    if (view.file.length > 0)
        TRY(add_files(call, &page.acts));
    page_decision(&html, &page);
    return call_page(call, 200, &html);
}
