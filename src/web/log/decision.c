/* The page of an ordered deletion, and what a stub tells of it.
 * Must not show what stands in the log.
 * Called by page.c. */
#include "web/log/decision.h"

#include "base/calendar.h"
#include "domain/log_number.h"
#include "pages/templates.h"
#include "service/ending/certificates.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/log/acts.h"
#include "web/log/layout.h"

#define ROWS_MAX 12
#define LINES 3
#define HOUR_MS ((int64_t)60 * 60 * 1000)

static Err moment_words(const Call *call, enum msg id, int64_t at, Str *ret_text)
{
    const MsgArgument argument = {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = at};

    return message_of(call, id, &argument, 1, ret_text);
}

/* ---- the stub ---- */

static Err hours_left(const Call *call, const LogOrder *order, Str *ret_text)
{
    int64_t left = order->purge_latest - call->actor.now;
    const MsgArgument arguments[] = {
        {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = left > 0 ? (left + HOUR_MS - 1) / HOUR_MS : 0},
        {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = order->purge_latest}};

    return message_of(call, left > 0 ? MSG_STUB_DELETED_LEFT : MSG_STUB_DELETED_NOW, arguments, COUNT_OF(arguments), ret_text);
}

Err decision_words(const Call *call, const LogOrder *order, Paragraphs *ret_lines)
{
    Str *lines = NULL;
    size_t count = 0;

    if (order->ordered_at == 0)
        return ok();
    TRY(ARENA_NEW(call->arena, Str, LINES, &lines));
    if (order->approved_at == 0) {
        lines[count++] = call_text(call, MSG_STUB_ORDERED);
    } else {
        lines[count++] = call_text(call, MSG_STUB_DELETED);
        TRY(moment_words(call, MSG_STUB_DELETED_FROM, order->purge_at, &lines[count++]));
        TRY(hours_left(call, order, &lines[count++]));
    }
    *ret_lines = (Paragraphs){.items = lines, .count = count};
    return ok();
}

/* ---- the page ---- */

void decision_fact(DecisionFacts *facts, enum msg term, Str text)
{
    if (text.length > 0)
        facts->rows[facts->count++] = (RowView){.term = call_text(facts->call, term), .text = text};
}

static Err add_code(DecisionFacts *facts, enum msg term, CodeList list, unsigned code)
{
    Str text = STR_NONE;

    TRY(code_word(facts->call, list, code_text(code), &text));
    decision_fact(facts, term, text);
    return ok();
}

Err decision_codes(DecisionFacts *facts, const DeletionRow *row)
{
    TRY(add_code(facts, MSG_DECISION_CAUSE, CODES_DELETION_CAUSE, row->scenario));
    TRY(add_code(facts, MSG_DECISION_ARCHIVE, CODES_ARCHIVE, row->archive));
    return row->ground == 0 ? ok() : add_code(facts, MSG_DECISION_GROUND, CODES_ARCHIVE_GROUND, row->ground);
}

/* A time alone where nobody is named. */
Err decision_done(DecisionFacts *facts, enum msg term, Str name, int64_t at)
{
    const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = name},
                                     {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = at}};
    Str text = STR_NONE;

    if (at == 0)
        return ok();
    TRY(message_of(facts->call, name.length > 0 ? MSG_DECISION_BY : MSG_DECISION_AT, arguments, COUNT_OF(arguments), &text));
    decision_fact(facts, term, text);
    return ok();
}

/* "3 mål, 7 tiltak": how much there is of what people have written. */
static Err add_content(DecisionFacts *facts, const LogOrder *order)
{
    static const KindId kinds[] = {KIND_ATTENTION, KIND_GOAL, KIND_MEASURE, KIND_MEETING, KIND_NOTE};
    static const enum msg words[] = {MSG_DECISION_ATTENTIONS, MSG_DECISION_GOALS, MSG_DECISION_MEASURES, MSG_DECISION_MEETINGS,
                                     MSG_DECISION_NOTES};
    Str counts[COUNT_OF(kinds)], text = STR_NONE;

    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        const MsgArgument count = {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = order->counts[kinds[i]]};
        counts[i] = STR_NONE;
        if (order->counts[kinds[i]] > 0)
            TRY(message_of(facts->call, words[i], &count, 1, &counts[i]));
    }
    TRY(words_listed(facts->call, counts, COUNT_OF(counts), &text));
    decision_fact(facts, MSG_DECISION_CONTENT, text.length > 0 ? text : call_text(facts->call, MSG_DECISION_NOTHING));
    return ok();
}

/* How much goes on as statistics, which names nobody and no log; never what. */
static Err add_staying(DecisionFacts *facts, uint32_t count)
{
    const MsgArgument argument = {.name = STR("count"), .type = ARGUMENT_NUMBER, .number = count};
    Str text = STR_NONE;

    TRY(message_of(facts->call, MSG_DECISION_FACTS_COUNT, &argument, 1, &text));
    decision_fact(facts, MSG_DECISION_FACTS, text);
    return ok();
}

static Err add_facts(const LogView *log, DecisionFacts *facts)
{
    const LogOrder *order = &log->order;
    Str text = STR_NONE;

    decision_fact(facts, MSG_DECISION_UNIT, log->summary.unit_name);
    TRY(decision_codes(facts, &order->row));
    TRY(add_content(facts, order));
    TRY(add_staying(facts, order->facts));
    decision_fact(facts, MSG_DECISION_REASON, order->reason);
    TRY(decision_done(facts, MSG_DECISION_ORDERED, order->ordered_by, order->ordered_at));
    TRY(decision_done(facts, MSG_DECISION_APPROVED, order->approved_by, order->approved_at));
    if (order->purge_at == 0)
        return ok();
    TRY(moment_words(facts->call, MSG_DECISION_PURGE_FROM, order->purge_at, &text));
    decision_fact(facts, MSG_DECISION_PURGE, text);
    return ok();
}

/* Who asks, when, and in which words. */
static Err wish_lines(const Call *call, const LogOrder *order, Paragraphs *ret_lines)
{
    Str *lines = NULL;

    TRY(ARENA_NEW(call->arena, Str, (size_t)order->wish_count + 1, &lines));
    for (uint32_t i = 0; i < order->wish_count; i++) {
        Str role = STR_NONE;
        TRY(role_words(call, order->wishes[i].role, STR_NONE, &role));
        const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = role},
                                         {.name = STR("time"), .type = ARGUMENT_MOMENT, .number = order->wishes[i].at}};
        TRY(message_of(call, MSG_DECISION_BY, arguments, COUNT_OF(arguments), &lines[i]));
        if (order->wishes[i].reason.length > 0)
            TRY(str_format(call->arena, &lines[i], "%.*s\n%.*s", STR_ARGS(lines[i]), STR_ARGS(order->wishes[i].reason)));
    }
    *ret_lines = (Paragraphs){.items = lines, .count = order->wish_count};
    return ok();
}

static enum msg lead_of(const LogView *log)
{
    if (log->order.approved_at != 0)
        return MSG_DECISION_LEAD_APPROVED;
    if (log_may(log, ACT_DELETION_APPROVE))
        return MSG_DECISION_LEAD_APPROVE;
    return log->order.by_reader ? MSG_DECISION_LEAD_OWN : log->order.asked_by_reader ? MSG_DECISION_LEAD_ASKED
                                                                                     : MSG_DECISION_LEAD_WAITS;
}

Err decision_show(Call *call, const LogView *log)
{
    DecisionFacts facts = {.call = call};
    PageDecision page = {0};
    Html html = call_html(call);
    Str number = STR_NONE;

    TRY(ARENA_NEW(call->arena, RowView, ROWS_MAX, &facts.rows));
    TRY(log_layout(call, log, STR_NONE, &page.layout));
    TRY(log_number_text(log->summary.display, call->arena, &number));
    TRY(message_with(call, log->order.approved_at ? MSG_DECISION_HEADING_APPROVED : MSG_DECISION_HEADING, "number", number, &page.heading));
    page.lead = call_text(call, lead_of(log));
    if (log->order.unapproved)
        page.alert = call_text(call, MSG_DECISION_NOBODY);
    TRY(add_facts(log, &facts));
    page.rows = (Rows){.items = facts.rows, .count = facts.count};
    TRY(wish_lines(call, &log->order, &page.wishes));
    TRY(act_links(call, log, NULL, &(ActsKnown){0}, &page.acts));
    page_decision(&html, &page);
    return call_page(call, 200, &html);
}

Err decision_instead(Call *call, Err error)
{
    Url url = {STR_NONE};

    if (error.id != E_FORBIDDEN || !certificate_is_there(&call->actor, call->ids[0], call->arena))
        return error;
    TRY(log_url(call, call->ids[0], "/attest", &url));
    return call_redirect(call, url.text);
}
