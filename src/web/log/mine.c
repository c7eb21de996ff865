/* The list of one's own logs, and finding one that needs a reason.
 * Must not show a child's name where the service gave a stub.
 * Called through the table of routes. */
#include "web/log/mine.h"

#include <stdlib.h>

#include "base/clean.h"
#include "domain/period.h"
#include "pages/templates.h"
#include "service/acts/invitation/invitation.h"
#include "service/acts/invitation/invited.h"
#include "service/reading/find.h"
#include "service/reading/list.h"
#include "service/acts/transfer/transfers.h"
#include "service/reading/offers.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/line.h"
#include "web/call/words.h"
#include "web/form/inputs.h"
#include "web/log/inbox.h"
#include "web/log/words.h"

static Err row_view(const Call *call, const LogSummary *log, LogLineView *ret_row)
{
    LogLineView row = {
        .name = log->child_name,
        .level = log->level,
        .next_step = log->next_step,
        .about = log->unit_name,
        .due = due_view(call, log->next_due),
    };

    TRY(log_url(call, log->id, "", &row.url));
    row.unread = log->stub || row.name.length == 0;
    if (row.unread)
        TRY(str_format(call->arena, &row.name, "%u", log->display));
    TRY(word_of(call, "role", role_code(log->relation), &row.relation));
    TRY(log_state_words(call, log, &row.state));
    if (log->level)
        TRY(word_of(call, "level", (const char[]){(char)('0' + log->level), 0}, &row.level_name));
    if (log->state != STATE_ACTIVE || log->renewing || log->restricted || log->shut)
        row.exception = (TagView){.text = row.state, .color = TAG_WARNING};
    else if (log->unheld && !role_is_family(log->relation))
        row.exception = (TagView){.text = call_text(call, MSG_MINE_UNHELD), .color = TAG_WARNING};
    *ret_row = row;
    return ok();
}

static Err to_log(Call *call, Id log)
{
    Url url;

    TRY(log_url(call, log, "", &url));
    return call_redirect(call, url.text);
}

/* ---- what waits ---- */

static int by_day(const void *a, const void *b)
{
    const TaskView *left = a, *right = b;

    return (left->due.day > right->due.day) - (left->due.day < right->due.day);
}

/* Of whom it is they do not learn before they have taken it. */
static Err offer_task(Call *call, const BatonOffer *offer, TaskView *ret_task)
{
    *ret_task = (TaskView){.text = call_text(call, MSG_MINE_BATON), .due = due_view(call, period_last_day(offer->until))};
    const MsgArgument from[] = {
        {.name = STR("name"), .type = ARGUMENT_TEXT, .text = offer->holder_name},
        {.name = STR("unit"), .type = ARGUMENT_TEXT, .text = offer->unit_name},
    };
    TRY(message_of(call, MSG_MINE_BATON_FROM, from, COUNT_OF(from), &ret_task->about));
    return log_url(call, offer->log, offer->only_declined ? "/handling/baton_decline" : "/handling/baton_accept", &ret_task->url);
}

/* ---- a consent before there is a log ---- */

#define INVITED_TASKS 8

/* To the guardian whoever asks them; to the holder that all have said yes. */
static Err invitation_tasks(Call *call, TaskView tasks[static INVITED_TASKS], size_t *ret_count)
{
    const TagView tag = {.text = call_text(call, MSG_INBOX_WAITS), .color = TAG_WARNING};
    InvitedStates asked = {0};
    uint32_t complete = 0;
    size_t count = 0;

    if (call->actor.role == ROLE_RELAY_HOLDER || call->actor.role == ROLE_ORG_MANAGER)
        TRY(invitation_complete(&call->actor, call->arena, &complete));
    if (complete > 0)
        tasks[count++] = (TaskView){.url = URL("/invitasjoner"), .text = call_text(call, MSG_MINE_INVITATION), .tag = tag};
    if (call->actor.role == ROLE_GUARDIAN)
        TRY(invited_list(call->service, &call->actor, call->arena, &asked));
    for (uint32_t i = 0; i < asked.count && count < INVITED_TASKS; i++) {
        char id[ID_TEXT + 1];
        if (asked.items[i].said)
            continue;
        id_to_text(asked.items[i].invitation, id);
        tasks[count] = (TaskView){.text = call_text(call, MSG_MINE_INVITED), .about = asked.items[i].units[0],
                                  .due = due_view(call, period_last_day(asked.items[i].expires_at))};
        TRY(url_format(call->arena, &tasks[count++].url, "/invitasjon/%s", id));
    }
    *ret_count = count;
    return ok();
}

/* Batons that are offered, the logs whose next step is late or near, and what notices ask for. */
static Err tasks_of(Call *call, const InboxItems *inbox, LogLines logs, Tasks *ret_tasks)
{
    const BatonOffer *offers = NULL;
    const LogLineView *rows = logs.items;
    TaskView *items = NULL;
    uint32_t offered = 0;
    size_t waiting = 0, invited = 0;

    if (call->actor.role == ROLE_RELAY_HOLDER)
        TRY(baton_offers(&(LogReader){call->service, &call->actor, call->arena}, &offers, &offered));
    TRY(ARENA_NEW(call->arena, TaskView, logs.count + offered + inbox->count + INVITED_TASKS + 1, &items));
    TRY(invitation_tasks(call, items, &invited));
    for (uint32_t i = 0; i < offered; i++)
        TRY(offer_task(call, &offers[i], &items[invited + i]));
    size_t made = invited + offered;
    for (size_t i = 0; i < logs.count; i++)
        if (rows[i].due.urgency != DUE_NORMAL)
            items[made++] = (TaskView){.url = rows[i].url, .text = rows[i].next_step, .about = rows[i].name, .due = rows[i].due};
    qsort(items, made, sizeof *items, by_day);
    TRY(inbox_tasks(call, inbox, items + made, &waiting));
    *ret_tasks = (Tasks){.items = items, .count = made + waiting};
    return ok();
}

static Err lead_of(Call *call, const LogSummaries *logs, Str *ret_lead)
{
    Buf lead = buf_new(call->arena, 512);
    int64_t holder = 0;

    for (uint32_t i = 0; i < logs->count; i++)
        holder += logs->items[i].relation == ROLE_RELAY_HOLDER;
    const MsgArgument arguments[] = {
        {.name = STR("holder"), .type = ARGUMENT_NUMBER, .number = holder},
        {.name = STR("other"), .type = ARGUMENT_NUMBER, .number = logs->count - holder},
    };
    if (logs->count > 0 && !role_is_family(call->actor.role))
        msg_write(&lead, call->language,
                  holder == 0              ? MSG_MINE_LEAD_OTHER
                  : holder == logs->count ? MSG_MINE_LEAD_HOLDER
                                          : MSG_MINE_LEAD,
                  arguments, COUNT_OF(arguments));
    return buf_done(&lead, ret_lead);
}

/* ---- finding by number ---- */

/* Administrators and managers reach a log by its number. */
static bool finds_by_number(Role role)
{
    return role == ROLE_MUNICIPALITY_ADMIN || role == ROLE_ORG_MANAGER;
}

static Err find_form(Call *call, bool not_found, FormView *ret_form)
{
    Inputs inputs;

    TRY(inputs_new(call, 1, &inputs));
    FieldView *field = inputs_add(&inputs, "number", INPUT_DIGITS, call_text(call, MSG_MINE_NUMBER));
    field->help = call_text(call, MSG_MINE_NUMBER_HELP);
    if (not_found)
        inputs_fault(&inputs, "number", call_text(call, MSG_MINE_NUMBER_NOT_FOUND));
    return inputs_form(&inputs, URL("/finn"), call_text(call, MSG_MINE_NUMBER_OPEN), ret_form);
}

/* ---- the page ---- */

static Err show_list(Call *call, int status, const LogSummaries *logs)
{
    PageMine view = {0};
    Html html = call_html(call);
    LogLineView *rows = NULL;
    InboxItems inbox = {0};

    TRY(inbox_list_waiting(call, &inbox));
    call->unread = inbox.unread;
    view.layout = call_layout(call, call_text(call, MSG_WEB_NAV_MINE), "/mine");

    TRY(ARENA_NEW(call->arena, LogLineView, logs->count + 1, &rows));
    for (uint32_t i = 0; i < logs->count; i++)
        TRY(row_view(call, &logs->items[i], &rows[i]));
    view.logs = (LogLines){.items = rows, .count = logs->count};
    TRY(tasks_of(call, &inbox, view.logs, &view.tasks));
    TRY(lead_of(call, logs, &view.lead));
    view.layout.sensitive = logs->count > 0;
    view.layout.has_errors = status != 200;
    if (finds_by_number(call->actor.role))
        TRY(find_form(call, status != 200, &view.find));
    if (call->actor.role == ROLE_RELAY_HOLDER)
        view.create = URL("/ny");
    if (transfers_may_list(&call->actor))
        view.transfers = (LinkView){.url = URL("/overforinger"), .text = call_text(call, MSG_MINE_TRANSFERS)};
    if (call->actor.role == ROLE_RELAY_HOLDER || finds_by_number(call->actor.role))
        view.blind = (LinkView){.url = URL("/foresporsler"),
                                .text = call_text(call, call->actor.role == ROLE_MUNICIPALITY_ADMIN ? MSG_MINE_BLIND_MET : MSG_MINE_BLIND)};
    page_mine(&html, &view);
    return call_page(call, status, &html);
}

Err mine_list(Call *call, LogSummaries *ret_logs)
{
    TRY(log_list(call->service, &call->actor, call->arena, ret_logs));
    if (ret_logs->held > 0)
        line_log_closed(call, fail(E_FORGED));
    return ok();
}

Err mine_page(Call *call)
{
    LogSummaries logs = {0};
    bool waits = false;

    TRY(mine_list(call, &logs));
    /* A family has one log as a rule, and wants to read it; but for whoever is asked for another. */
    if (role_is_family(call->actor.role) && logs.count == 1) {
        TRY(invited_waits(&call->actor, call->arena, &waits));
        if (!waits)
            return to_log(call, logs.items[0].id);
    }
    return show_list(call, 200, &logs);
}

Err mine_find_send(Call *call)
{
    LogSummaries logs = {0};
    Str number = STR_NONE;
    int64_t display = 0;
    Id log;

    TRY(text_bare(call_field(call, "number"), call->arena, &number));
    Err found = num_parse(number, 0, UINT32_MAX, &display);

    if (is_ok(found))
        found = log_find(&(LogReader){call->service, &call->actor, call->arena}, (uint32_t)display, &log);
    if (is_ok(found))
        return to_log(call, log);
    if (found.id != E_NOT_FOUND && found.id != E_MALFORMED && found.id != E_RANGE)
        return found;
    TRY(mine_list(call, &logs));
    return show_list(call, 422, &logs);
}
