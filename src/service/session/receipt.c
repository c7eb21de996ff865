/* Codes on their way from a form's answer to the page that shows them: two lines each, a name and a code.
 * Must not touch a database.
 * Called by web. */
#include "service/session/receipt.h"

#include "service/session/memory.h"

static OnceKey receipt_key(const Actor *actor, Id about)
{
    return (OnceKey){.session = &actor->session, .about = about, .use = ONCE_CODES};
}

static void add_line(Buf *text, Str line)
{
    buf_add(text, line);
    buf_add_char(text, '\n');
}

Err receipt_put(Service *service, const Actor *actor, Id about, const Receipt *receipt, Arena *scratch)
{
    Buf text = buf_new(scratch, SESSIONS_ONCE_MAX);
    Str bytes = STR_NONE;

    if (receipt->count > RECEIPT_CODES_MAX)
        return fail(E_TOO_LARGE);
    for (uint32_t i = 0; i < receipt->count; i++) {
        add_line(&text, receipt->items[i].name);
        add_line(&text, receipt->items[i].code);
    }
    TRY(buf_done(&text, &bytes));
    return sessions_once_put(service->sessions, receipt_key(actor, about), bytes, actor->now);
}

Err receipt_take(Service *service, const Actor *actor, Id about, Arena *keep, Receipt *ret_receipt)
{
    ReceiptCode *items = NULL;
    uint32_t count = 0;
    Str text = STR_NONE;

    TRY(ARENA_NEW(keep, ReceiptCode, RECEIPT_CODES_MAX, &items));
    TRY(sessions_once_take(service->sessions, receipt_key(actor, about), actor->now, keep, &text));
    while (text.length > 0 && count < RECEIPT_CODES_MAX) {
        text = str_cut(text, '\n', &items[count].name);
        text = str_cut(text, '\n', &items[count].code);
        count++;
    }
    *ret_receipt = (Receipt){.items = items, .count = count};
    return ok();
}
