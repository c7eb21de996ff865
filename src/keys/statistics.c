/* Facts sealed, and opened by the agent.
 * Must not keep one that was opened longer than its caller.
 * Called from service/statistics. */
#include "keys/statistics.h"

#include "keys/call.h"

Err fact_seal(const Crypto *crypto, const uint8_t public_key[static 32], FactPlace place, const uint8_t plain[static FACT_BYTES],
              uint8_t ret_sealed[static FACT_SEALED_BYTES])
{
    uint8_t associated[FACT_ASSOCIATED_BYTES];

    fact_associated(place, associated);
    return box_seal(crypto, public_key, str_from_bytes(associated, sizeof associated), str_from_bytes(plain, FACT_BYTES), ret_sealed);
}

Err keys_facts_open(Keys *keys, const SealedFacts *facts, uint8_t (*ret_plain)[FACT_BYTES], size_t *ret_bad)
{
    if (facts->count < 1 || facts->count > FACTS_MAX)
        return fail(E_RANGE);
    for (size_t i = 0; i < facts->count; i++)
        if (facts->sealed[i].length != FACT_SEALED_BYTES) {
            *ret_bad = i;
            return fail(E_FORGED);
        }
    CALL(call, MESSAGE_FACTS_OPEN);
    call_add_id(&call, facts->grant);
    call_add_id(&call, facts->tenant);
    buf_add_u16(&call.request, (uint16_t)facts->count);
    for (size_t i = 0; i < facts->count; i++) {
        call_add_id(&call, facts->found[i]);
        buf_add(&call.request, facts->sealed[i]);
    }
    buf_add_zeros(&call.request, (FACTS_MAX - facts->count) * (ID_BYTES + FACT_SEALED_BYTES));
    TRY(call_ask(keys, &call, &body));
    uint32_t bad = cursor_u32(&body);
    if (bad != UINT32_MAX) {
        *ret_bad = bad;
        return fail(bad < facts->count ? E_FORGED : E_MALFORMED);
    }
    for (size_t i = 0; i < facts->count; i++)
        cursor_copy(&body, ret_plain[i], FACT_BYTES);
    return ok();
}
