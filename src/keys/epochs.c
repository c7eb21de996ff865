/* Epochs, as the key agent turns them.
 * Must not keep anything.
 * Called from service. */
#include "keys/epochs.h"

#include "keys/call.h"

#define ITEM_BYTES (1 + ID_BYTES + WRAPPED_BYTES)

static Err ask(Keys *keys, Call *call, Id tenant, Epochs *ret_epochs)
{
    Cursor body;

    call_add_id(call, tenant);
    TRY(call_ask(keys, call, &body));
    ret_epochs->present = cursor_u32(&body);
    ret_epochs->former = cursor_u32(&body);
    ret_epochs->turned_at = (int64_t)cursor_u64(&body);
    return ok();
}

Err keys_epoch(Keys *keys, Id tenant, Epochs *ret_epochs)
{
    AUTO(call_done) Call call = {0};

    TRY(call_new(MESSAGE_EPOCH, &call));
    return ask(keys, &call, tenant, ret_epochs);
}

Err keys_epoch_turn(Keys *keys, Id tenant, Epochs *ret_epochs)
{
    AUTO(call_done) Call call = {0};

    TRY(call_new(MESSAGE_EPOCH_TURN, &call));
    return ask(keys, &call, tenant, ret_epochs);
}

Err keys_rewrap_many(Keys *keys, Id tenant, RewrapItem *items, size_t count, size_t *ret_bad)
{
    if (count < 1 || count > REWRAP_MAX)
        return fail(E_RANGE);
    CALL(call, MESSAGE_REWRAP_MANY);
    call_add_id(&call, tenant);
    buf_add_u16(&call.request, (uint16_t)count);
    for (size_t i = 0; i < count; i++) {
        buf_add_u8(&call.request, (uint8_t)items[i].kind);
        call_add_id(&call, items[i].scope);
        *ret_bad = i;
        TRY(call_add_wrapped(&call, items[i].wrapped));
    }
    buf_add_zeros(&call.request, (REWRAP_MAX - count) * ITEM_BYTES);
    TRY(call_ask(keys, &call, &body));
    uint32_t bad = cursor_u32(&body);
    if (bad != UINT32_MAX) {
        if (bad >= count)
            return fail(E_MALFORMED);
        *ret_bad = bad;
        return fail(E_FORGED);
    }
    for (size_t i = 0; i < count; i++)
        wire_read_wrapped(&body, &items[i].renewed);
    return ok();
}

Err keys_epoch_done(Keys *keys, Id tenant, uint32_t present, int64_t destroy_at)
{
    CALL(call, MESSAGE_EPOCH_DONE);
    call_add_id(&call, tenant);
    buf_add_u32(&call.request, present);
    buf_add_u64(&call.request, (uint64_t)destroy_at);
    return call_ask(keys, &call, &body);
}
