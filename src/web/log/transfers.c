/* Logs on their way to a unit, and those that it has given away.
 * Must not tell whom one that is on its way is about.
 * Called through the table of routes. */
#include "web/log/transfers.h"

#include "domain/log_number.h"
#include "domain/transfer.h"
#include "pages/templates.h"
#include "service/acts/transfer/transfers.h"
#include "web/call/address.h"
#include "web/call/answer.h"
#include "web/call/layout.h"
#include "web/call/words.h"
#include "web/log/crossing.h"

static Err views_of(const Call *call, const TransferItems *list, const char *suffix, TransferViews *ret_views)
{
    TransferView *items = NULL;

    TRY(ARENA_NEW(call->arena, TransferView, (size_t)list->count + 1, &items));
    for (uint32_t i = 0; i < list->count; i++) {
        const TransferItem *item = &list->items[i];
        items[i] = (TransferView){.unit = item->unit_name, .at = oslo_day(item->at), .until = item->until};
        TRY(log_number_text(item->display, call->arena, &items[i].number));
        TRY(item->elsewhere ? crossing_url(call, item->log, "", &items[i].url) : log_url(call, item->log, suffix, &items[i].url));
    }
    *ret_views = (TransferViews){.items = items, .count = list->count};
    return ok();
}

Err transfers_page(Call *call)
{
    PageTransfers view = {.answers = call->actor.role == ROLE_ORG_MANAGER};
    Html html = call_html(call);
    TransferLists lists = {0};

    TRY(transfers_list(call->service, &call->actor, call->arena, &lists));
    view.layout = call_layout(call, call_text(call, MSG_TRANSFER_HEADING), "");
    TRY(views_of(call, &lists.asked, "/handling/transfer_accept", &view.asked));
    TRY(views_of(call, &lists.left, "", &view.left));
    page_transfers(&html, &view);
    return call_page(call, 200, &html);
}

Err transfer_part_words(Call *call, const LogView *log, Paragraphs *ret_lines)
{
    Buf hash = buf_new(call->arena, 2 * HASH_BYTES), words = buf_new(call->arena, 2048);
    Str *lines = NULL, text = STR_NONE;

    if (!log->left)
        return ok();
    TRY(ARENA_NEW(call->arena, Str, 2, &lines));
    const MsgArgument day = {.name = STR("day"), .type = ARGUMENT_DAY, .number = oslo_day(log->left->ended_at)};
    msg_write(&words, call->language, MSG_TRANSFER_PART, &day, 1);
    TRY(buf_done(&words, &lines[0]));
    buf_add_hex(&hash, str_from_bytes(log->left->hash.bytes, HASH_BYTES));
    TRY(buf_done(&hash, &text));
    TRY(message_with(call, MSG_TRANSFER_HASH, "hash", text, &lines[1]));
    /* Of what went to another municipality the hash is reckoned where it is read. */
    *ret_lines = (Paragraphs){.items = lines, .count = transfer_is_sent(log->left->step) ? 1 : 2};
    return ok();
}
