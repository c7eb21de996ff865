/* What is asked of the agent itself: its state, grants, heads, journal; and the client's life.
 * Must not hold a key.
 * Called from service, jobs, cli. */
#include "keys/keys.h"

#include <stdlib.h>
#include <string.h>

#include "keys/call.h"
#include "sys/file.h"

#define CONNECTIONS_USUAL 16
#define TIMEOUT_USUAL_MS 2000

Err keys_open(const KeysOptions *options, Keys **ret_keys)
{
    size_t length = strlen(options->socket);
    if (length >= SOCKET_PATH_BYTES)
        return fail(E_TOO_LARGE);
    if (options->connections < 0 || options->connections > CONNECTIONS_MAX)
        return fail(E_RANGE);
    Keys *keys = calloc(1, sizeof *keys);
    if (!keys)
        return fail(E_NO_MEMORY);
    memcpy(keys->path, options->socket, length + 1);
    keys->crypto = options->crypto;
    keys->timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : TIMEOUT_USUAL_MS;
    keys->connections = options->connections ? options->connections : CONNECTIONS_USUAL;
    mutex_init(&keys->lock);
    condition_init(&keys->freed);
    Err made = row_keys_new(&keys->row_keys);
    if (is_ok(made))
        made = pair_keys_new(&keys->pair_keys);
    if (!is_ok(made)) {
        keys_close(keys);
        return made;
    }
    *ret_keys = keys;
    return ok();
}

void keys_close(Keys *keys)
{
    if (!keys)
        return;
    for (int i = 0; i < keys->idle_count; i++)
        fd_close(keys->idle[i]);
    row_keys_free(keys->row_keys);
    pair_keys_free(keys->pair_keys);
    condition_done(&keys->freed);
    mutex_done(&keys->lock);
    free(keys);
}

void keys_closep(Keys **keys)
{
    keys_close(*keys);
    *keys = NULL;
}

uint64_t keys_messages(const Keys *keys)
{
    return atomic_load(&keys->messages);
}

const Crypto *keys_crypto(const Keys *keys)
{
    return keys->crypto;
}

static void read_status(Cursor *body, KeysStatus *ret_status)
{
    ret_status->mode = (Mode)cursor_u8(body);
    ret_status->sealed = cursor_u8(body) != 0;
    ret_status->shares_given = cursor_u8(body);
    ret_status->threshold = cursor_u8(body);
    ret_status->custodians = cursor_u8(body);
    ret_status->memory = cursor_u8(body);
    ret_status->calls_limited = cursor_u8(body);
    ret_status->paths_limited = cursor_u8(body);
    ret_status->grants = cursor_u32(body);
    ret_status->municipalities = cursor_u32(body);
    ret_status->now = (int64_t)cursor_u64(body);
    cursor_copy(body, ret_status->head_public, 32);
    cursor_copy(body, ret_status->recovery_public, 32);
}

Err keys_status(Keys *keys, KeysStatus *ret_status)
{
    CALL(call, MESSAGE_STATUS);
    TRY(call_ask(keys, &call, &body));
    read_status(&body, ret_status);
    return ok();
}

Err keys_unseal_share(Keys *keys, Id custodian, const uint8_t *share_bytes, KeysStatus *ret_status)
{
    CALL(call, MESSAGE_UNSEAL_SHARE);
    call_add_id(&call, custodian);
    buf_add_bytes(&call.request, share_bytes, 58);
    TRY(call_ask(keys, &call, &body));
    read_status(&body, ret_status);
    return ok();
}

Err keys_seal(Keys *keys)
{
    CALL(call, MESSAGE_SEAL);
    return call_ask(keys, &call, &body);
}

Err keys_grant_new(Keys *keys, GrantWish wish, Id *ret_grant)
{
    CALL(call, MESSAGE_GRANT_NEW);
    call_add_id(&call, wish.tenant);
    call_add_id(&call, wish.person);
    buf_add_u8(&call.request, wish.role);
    buf_add_u64(&call.request, (uint64_t)wish.ends_at);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_grant->bytes, ID_BYTES);
    return ok();
}

Err keys_grant_touch(Keys *keys, Id grant, Id tenant)
{
    CALL(call, MESSAGE_GRANT_TOUCH);
    call_add_id(&call, grant);
    call_add_id(&call, tenant);
    return call_ask(keys, &call, &body);
}

Err keys_grant_end(Keys *keys, Id grant)
{
    CALL(call, MESSAGE_GRANT_END);
    call_add_id(&call, grant);
    return call_ask(keys, &call, &body);
}

Err keys_sign_head(Keys *keys, const AuditHead *head, uint8_t ret_signature[static SIGNATURE_BYTES])
{
    CALL(call, MESSAGE_SIGN_HEAD);
    call_add_id(&call, head->tenant);
    call_add_id(&call, head->database);
    buf_add_u64(&call.request, head->size);
    buf_add_bytes(&call.request, head->root, sizeof head->root);
    buf_add_u64(&call.request, (uint64_t)head->at);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_signature, SIGNATURE_BYTES);
    return ok();
}

Err keys_head_newest(Keys *keys, Id tenant, AuditHead *ret_head)
{
    CALL(call, MESSAGE_HEAD_NEWEST);
    call_add_id(&call, tenant);
    TRY(call_ask(keys, &call, &body));
    ret_head->tenant = tenant;
    cursor_copy(&body, ret_head->database.bytes, ID_BYTES);
    ret_head->size = cursor_u64(&body);
    cursor_copy(&body, ret_head->root, sizeof ret_head->root);
    ret_head->at = (int64_t)cursor_u64(&body);
    return ok();
}

Err keys_journal(Keys *keys, uint64_t after, JournalRecord ret_records[static JOURNAL_RECORDS], uint32_t *ret_count)
{
    CALL(call, MESSAGE_JOURNAL_READ);
    buf_add_u64(&call.request, after);
    TRY(call_ask(keys, &call, &body));
    uint32_t count = cursor_u16(&body);
    if (count > JOURNAL_RECORDS)
        return fail(E_MALFORMED);
    for (uint32_t i = 0; i < count; i++)
        journal_record_read(&body, &ret_records[i]);
    *ret_count = count;
    return ok();
}

Err keys_journal_taken(Keys *keys, uint64_t seq)
{
    CALL(call, MESSAGE_JOURNAL_TAKEN);
    buf_add_u64(&call.request, seq);
    return call_ask(keys, &call, &body);
}

Err keys_municipality_new(Keys *keys, Id tenant)
{
    CALL(call, MESSAGE_MUNICIPALITY_NEW);
    call_add_id(&call, tenant);
    return call_ask(keys, &call, &body);
}

Err keys_clock_advance(Keys *keys, int64_t by_ms)
{
    CALL(call, MESSAGE_CLOCK_ADVANCE);
    buf_add_u64(&call.request, (uint64_t)by_ms);
    return call_ask(keys, &call, &body);
}
