/* Keys of scopes: made, unwrapped for a purpose, looked up, checked.
 * Must not keep a key longer than its caller.
 * Called from service. */
#include "keys/scopes.h"

#include "keys/call.h"

#define USE_BYTES (2 + ID_BYTES + WRAPPED_BYTES)

IndexedBy indexed_by(IndexKind kind, Str text)
{
    return text.length > 0 ? (IndexedBy){kind, text} : (IndexedBy){0};
}

static Err add_scope(Call *call, const KeyUse *use, IndexedBy by)
{
    if (by.text.length > INDEX_TEXT_MAX)
        return fail(E_TOO_LARGE);
    call_add_id(call, use->grant);
    call_add_id(call, use->tenant);
    buf_add_u8(&call->request, (uint8_t)use->kind);
    call_add_id(call, use->scope);
    buf_add_u8(&call->request, (uint8_t)by.kind);
    wire_add_text(&call->request, by.text, INDEX_TEXT_MAX);
    return ok();
}

Err keys_scope_new(Keys *keys, KeyUse use, IndexedBy by, WrappedKey *ret_wrapped, Key *ret_key)
{
    CALL(call, MESSAGE_SCOPE_NEW);
    TRY(add_scope(&call, &use, by));
    TRY(call_ask(keys, &call, &body));
    wire_read_wrapped(&body, ret_wrapped);
    cursor_copy(&body, ret_key->bytes, KEY_BYTES);
    return ok();
}

Err keys_scope_index(Keys *keys, KeyUse use, Str wrapped, IndexedBy by, WrappedKey *ret_wrapped)
{
    CALL(call, MESSAGE_SCOPE_INDEX);
    TRY(add_scope(&call, &use, by));
    TRY(call_add_wrapped(&call, wrapped));
    TRY(call_ask(keys, &call, &body));
    wire_read_wrapped(&body, ret_wrapped);
    return ok();
}

static Err add_use(Call *call, const KeyUse *use, Str wrapped)
{
    buf_add_u8(&call->request, (uint8_t)use->purpose);
    buf_add_u8(&call->request, (uint8_t)use->kind);
    call_add_id(call, use->scope);
    return call_add_wrapped(call, wrapped);
}

Err keys_unwrap_many(Keys *keys, const KeyUse *uses, const Str *wrapped, size_t count, Key *ret_keys)
{
    if (count < 1 || count > UNWRAP_MAX)
        return fail(E_RANGE);
    for (size_t i = 1; i < count; i++)
        if (!id_equal(uses[i].grant, uses[0].grant) || !id_equal(uses[i].tenant, uses[0].tenant))
            return fail(E_RANGE);
    CALL(call, MESSAGE_UNWRAP);
    call_add_id(&call, uses[0].grant);
    call_add_id(&call, uses[0].tenant);
    buf_add_u8(&call.request, (uint8_t)count);
    for (size_t i = 0; i < count; i++)
        TRY(add_use(&call, &uses[i], wrapped[i]));
    buf_add_zeros(&call.request, (UNWRAP_MAX - count) * USE_BYTES);
    TRY(call_ask(keys, &call, &body));
    for (size_t i = 0; i < count; i++)
        cursor_copy(&body, ret_keys[i].bytes, KEY_BYTES);
    return ok();
}

Err keys_unwrap(Keys *keys, KeyUse use, Str wrapped, Key *ret_key)
{
    return keys_unwrap_many(keys, &use, &wrapped, 1, ret_key);
}

Err keys_unwrap_headers(Keys *keys, HeaderKeys wanted, Key *ret_keys, size_t *ret_bad)
{
    if (wanted.count < 1 || wanted.count > HEADERS_MAX)
        return fail(E_RANGE);
    CALL(call, MESSAGE_UNWRAP_HEADERS);
    call_add_id(&call, wanted.grant);
    call_add_id(&call, wanted.tenant);
    buf_add_u16(&call.request, (uint16_t)wanted.count);
    for (size_t i = 0; i < wanted.count; i++) {
        call_add_id(&call, wanted.scopes[i]);
        TRY(call_add_wrapped(&call, wanted.wrapped[i]));
    }
    buf_add_zeros(&call.request, (HEADERS_MAX - wanted.count) * (ID_BYTES + WRAPPED_BYTES));
    TRY(call_ask(keys, &call, &body));
    uint32_t bad = cursor_u32(&body);
    if (bad != UINT32_MAX) {
        if (bad >= wanted.count)
            return fail(E_MALFORMED);
        *ret_bad = bad;
        return fail(E_FORGED);
    }
    for (size_t i = 0; i < wanted.count; i++)
        cursor_copy(&body, ret_keys[i].bytes, KEY_BYTES);
    return ok();
}

Err keys_blind_index(Keys *keys, IndexUse use, Str text, BlindIndex *ret_index)
{
    if (text.length > INDEX_TEXT_MAX)
        return fail(E_TOO_LARGE);
    CALL(call, MESSAGE_BLIND_INDEX);
    call_add_id(&call, use.grant);
    call_add_id(&call, use.tenant);
    buf_add_u8(&call.request, (uint8_t)use.purpose);
    buf_add_u8(&call.request, (uint8_t)use.kind);
    wire_add_text(&call.request, text, INDEX_TEXT_MAX);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_index->name, INDEX_BYTES);
    cursor_copy(&body, ret_index->present, INDEX_BYTES);
    cursor_copy(&body, ret_index->former, INDEX_BYTES);
    return ok();
}

#define CHECK_SEALED_MAX ((size_t)65536)

Err keys_check(Keys *keys, const KeyCheck *check)
{
    const SealContext *context = &check->context;
    Str sealed = check->sealed;

    if (sealed.length > CHECK_SEALED_MAX)
        return fail(E_TOO_LARGE);
    CALL(call, MESSAGE_CHECK);
    call_add_id(&call, check->tenant);
    buf_add_u8(&call.request, (uint8_t)check->kind);
    TRY(call_add_wrapped(&call, check->wrapped));
    buf_add_u8(&call.request, (uint8_t)check->label);
    buf_add_u8(&call.request, (uint8_t)context->mode);
    buf_add_u8(&call.request, context->table);
    buf_add_u8(&call.request, context->column);
    call_add_id(&call, context->row);
    buf_add_u32(&call.request, context->version);
    call_add_id(&call, context->scope);
    buf_add_u32(&call.request, (uint32_t)sealed.length);
    buf_add(&call.request, sealed);
    buf_add_zeros(&call.request, CHECK_SEALED_MAX - sealed.length);
    return call_ask(keys, &call, &body);
}
