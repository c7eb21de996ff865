/* Codes to hand over, shown once: kept for the page that the answer leads to, and shown there.
 * Must not show a code twice.
 * Used by the pages about staff, units and participants. */
#include "web/form/codes.h"

#include "pages/views.h"
#include "service/session/receipt.h"

Err codes_view(Call *call, Id about, CodeViews *ret_codes)
{
    Receipt receipt = {0};
    CodeView *items = NULL;

    TRY(receipt_take(call->service, &call->actor, about, call->arena, &receipt));
    TRY(ARENA_NEW(call->arena, CodeView, (size_t)receipt.count + 1, &items));
    for (uint32_t i = 0; i < receipt.count; i++)
        items[i] = (CodeView){.name = receipt.items[i].name, .code = receipt.items[i].code};
    *ret_codes = (CodeViews){.items = items, .count = receipt.count};
    return ok();
}

Err codes_keep(Call *call, Id about, Str name, Str code)
{
    const ReceiptCode item = {.name = name, .code = code};
    const Receipt receipt = {.items = &item, .count = 1};

    return receipt_put(call->service, &call->actor, about, &receipt, call->arena);
}
