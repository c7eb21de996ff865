/* The page of a log's consents: what was given and withdrawn, the newest first.
 * Must not show what the reader of the log may not see.
 * Called through the table of routes. */
#include "web/log/consents.h"

#include <stdlib.h>

#include "pages/templates.h"
#include "service/reading/consents.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/words.h"
#include "web/log/layout.h"
#include "web/log/words.h"

#define ROWS_MAX 4

typedef struct Making {
    Call *call;
    const LogConsentHistory *history;
    ConsentEventView *items;
    size_t count;
} Making;

static Err add_row(RowView *rows, size_t *count, const Call *call, enum msg term, Str text)
{
    if (text.length > 0)
        rows[(*count)++] = (RowView){.term = call_text(call, term), .text = text};
    return ok();
}

static Err day_words(const Call *call, Day day, Str *ret_words)
{
    Buf words = buf_new(call->arena, 64);

    if (day != 0)
        text_day(&words, call->language, day);
    return buf_done(&words, ret_words);
}

static Err add_given(Making *making, const ConsentGivenView *given)
{
    const LogConsent *consent = given->consent;
    ConsentEventView *event = &making->items[making->count++];
    Call *call = making->call;
    Str how = STR_NONE, until = STR_NONE, units = STR_NONE;
    RowView *rows = NULL;
    size_t count = 0;

    *event = (ConsentEventView){.on = day_of(values_at(&consent->values, CONSENT_GIVEN_ON)), .order = consent->given_at,
                                .good = consent->worth == CONSENT_COUNTS};
    TRY(message_with(call, MSG_CONSENTS_GIVEN, "name", consent->guardian_name, &event->text));
    TRY(code_word(call, CODES_CONSENT_METHOD, values_at(&consent->values, CONSENT_METHOD), &how));
    TRY(day_words(call, day_of(values_at(&consent->values, CONSENT_VALID_TO)), &until));
    TRY(words_listed(call, given->unit_names, given->unit_count, &units));
    TRY(ARENA_NEW(call->arena, RowView, ROWS_MAX, &rows));
    TRY(add_row(rows, &count, call, MSG_CONSENTS_HOW, how));
    TRY(add_row(rows, &count, call, MSG_FIELD_RENEWAL_VALID_TO, until));
    TRY(add_row(rows, &count, call, MSG_CONSENTS_FOR, units));
    event->rows = (Rows){.items = rows, .count = count};
    if (consent->may_document)
        TRY(log_entry_url(call, making->history->log.summary.id, "samtykke", consent->id, &event->document));
    return ok();
}

static Err withdrawn_words(Call *call, const WithdrawalView *withdrawal, Str *ret_text)
{
    const MsgArgument arguments[] = {{.name = STR("name"), .type = ARGUMENT_TEXT, .text = withdrawal->giver_name},
                                     {.name = STR("unit"), .type = ARGUMENT_TEXT, .text = withdrawal->unit_name}};
    bool one = values_code(&withdrawal->entry->values, WITHDRAWAL_OF) == WITHDRAWAL_SERVICE;
    Buf words = buf_new(call->arena, 1024);

    if (one && withdrawal->unit_name.length > 0)
        msg_write(&words, call->language, MSG_CONSENTS_WITHDRAWN_UNIT, arguments, COUNT_OF(arguments));
    else
        msg_write(&words, call->language, one ? MSG_CONSENTS_WITHDRAWN_SERVICE : MSG_CONSENTS_WITHDRAWN, arguments, 1);
    return buf_done(&words, ret_text);
}

static Err add_withdrawal(Making *making, const WithdrawalView *withdrawal)
{
    const Values *values = &withdrawal->entry->values;
    ConsentEventView *event = &making->items[making->count++];
    bool recorded = values_at(values, WITHDRAWAL_METHOD).length > 0;
    Call *call = making->call;
    Str how = STR_NONE, author = STR_NONE;
    RowView *rows = NULL;
    size_t count = 0;

    *event = (ConsentEventView){.on = day_of(values_at(values, WITHDRAWAL_ON)), .order = withdrawal->entry->at};
    TRY(withdrawn_words(call, withdrawal, &event->text));
    TRY(code_word(call, recorded ? CODES_RECORDED : CODES_CONSENT_METHOD,
                  recorded ? values_at(values, WITHDRAWAL_METHOD) : code_text(CONSENT_METHOD_IN_APP), &how));
    TRY(ARENA_NEW(call->arena, RowView, ROWS_MAX, &rows));
    TRY(add_row(rows, &count, call, MSG_CONSENTS_HOW, how));
    if (recorded)
        TRY(author_words(call, withdrawal->entry, &author));
    TRY(add_row(rows, &count, call, MSG_CONSENTS_RECORDED_BY, author));
    event->rows = (Rows){.items = rows, .count = count};
    return ok();
}

static Err add_closed(Making *making, const UnitClosedView *closed)
{
    const MsgArgument arguments[] = {{.name = STR("unit"), .type = ARGUMENT_TEXT, .text = closed->name},
                                     {.name = STR("into"), .type = ARGUMENT_TEXT, .text = closed->into_name}};
    Buf words = buf_new(making->call->arena, 1024);
    ConsentEventView *event = &making->items[making->count++];

    *event = (ConsentEventView){.on = oslo_day(closed->at), .order = closed->at};
    msg_write(&words, making->call->language, closed->named ? MSG_CONSENTS_UNIT_CLOSED : MSG_CONSENTS_UNIT_CLOSED_NOT, arguments,
              COUNT_OF(arguments));
    return buf_done(&words, &event->text);
}

static int newest_first(const void *a, const void *b)
{
    const ConsentEventView *left = a, *right = b;

    return (left->order < right->order) - (left->order > right->order);
}

static Err events_of(Call *call, const LogConsentHistory *history, ConsentEvents *ret_events)
{
    Making making = {.call = call, .history = history};

    TRY(ARENA_NEW(call->arena, ConsentEventView, (size_t)history->log.consent_count + history->withdrawal_count + history->closed_count + 1, &making.items));
    for (uint32_t i = 0; i < history->log.consent_count; i++)
        TRY(add_given(&making, &history->given[i]));
    for (uint32_t i = 0; i < history->withdrawal_count; i++)
        TRY(add_withdrawal(&making, &history->withdrawals[i]));
    for (uint32_t i = 0; i < history->closed_count; i++)
        TRY(add_closed(&making, &history->closed[i]));
    qsort(making.items, making.count, sizeof *making.items, newest_first);
    *ret_events = (ConsentEvents){.items = making.items, .count = making.count};
    return ok();
}

/* GET /logg/{id}/samtykke[?grunn=...] */
Err log_consents_page(Call *call)
{
    LogConsentHistory history = {0};
    PageConsents page = {0};
    Html html = call_html(call);
    Why why = WHY_UNDECIDED;

    TRY(log_consent_history(&(LogReader){call->service, &call->actor, call->arena}, call->ids[0], call->actor.reason, &why, &history));
    TRY(log_layout(call, &history.log, call_text(call, MSG_CONSENTS_HEADING), &page.layout));
    TRY(events_of(call, &history, &page.events));
    TRY(log_url(call, call->ids[0], "", &page.back));
    page_consents(&html, &page);
    return call_page(call, 200, &html);
}
