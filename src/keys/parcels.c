/* The key of what a parcel holds.
 * Must not keep a key.
 * Called from service/crossing. */
#include "keys/parcels.h"

#include "keys/call.h"

Err keys_parcel_open(Keys *keys, const ParcelUse *use, Key *ret_key)
{
    if (use->head.length != PARCEL_HEAD_BYTES || use->box.length != PARCEL_BOX_BYTES)
        return fail(E_FORGED);
    CALL(call, MESSAGE_PARCEL_OPEN);
    call_add_id(&call, use->grant);
    call_add_id(&call, use->tenant);
    call_add_id(&call, use->transfer);
    buf_add(&call.request, use->head);
    buf_add(&call.request, use->box);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_key->bytes, KEY_BYTES);
    return ok();
}
