/* One function per message of the agent, over a small pool of connections.
 * Must not retry a message whose answer was lost: the caller decides.
 * Called from service, jobs, cli. */
#include "keys/keys.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "sys/file.h"
#include "sys/socket.h"
#include "sys/thread.h"

#define PATH_BYTES 108
#define CONNECTIONS_MAX 64
#define CONNECTIONS_USUAL 16
#define TIMEOUT_USUAL_MS 2000
#define SCRATCH ((size_t)512 << 10)
#define USE_BYTES (2 + ID_BYTES + WRAPPED_BYTES)

struct Keys {
    const Crypto *crypto;
    Mutex lock; /* guards idle and in_use */
    Condition freed;
    int idle[CONNECTIONS_MAX];
    int idle_count;
    int in_use;
    int connections;
    int timeout_ms;
    char path[PATH_BYTES];
    _Atomic uint64_t messages;
};

/* One question and its answer; the arena wipes both. */
typedef struct Call {
    Arena *arena;
    Buf request;
    MessageType type;
} Call;

Err keys_open(const KeysOptions *options, Keys **ret_keys)
{
    size_t length = strlen(options->socket);
    if (length >= PATH_BYTES)
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
    *ret_keys = keys;
    return ok();
}

void keys_close(Keys *keys)
{
    if (!keys)
        return;
    for (int i = 0; i < keys->idle_count; i++)
        fd_close(keys->idle[i]);
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

/* *ret_fd is -1 when a new connection has to be made. */
static Err take_connection(Keys *keys, int *ret_fd)
{
    Err result = ok();
    mutex_lock(&keys->lock);
    while (keys->in_use >= keys->connections && is_ok(result))
        if (!condition_wait_for(&keys->freed, &keys->lock, keys->timeout_ms) && keys->in_use >= keys->connections)
            result = fail(E_BUSY);
    if (is_ok(result)) {
        keys->in_use++;
        *ret_fd = keys->idle_count ? keys->idle[--keys->idle_count] : -1;
    }
    mutex_unlock(&keys->lock);
    return result;
}

/* fd is -1 when the connection is spent. */
static void give_connection(Keys *keys, int fd)
{
    mutex_lock(&keys->lock);
    keys->in_use--;
    if (fd >= 0)
        keys->idle[keys->idle_count++] = fd;
    condition_wake_one(&keys->freed);
    mutex_unlock(&keys->lock);
}

static void call_done(Call *call)
{
    arena_free(call->arena);
}

static Err call_new(MessageType type, Call *ret_call)
{
    Arena *arena = NULL;
    TRY(arena_new(SCRATCH, &arena));
    *ret_call = (Call){.arena = arena, .type = type, .request = buf_new(arena, WIRE_PACKET_MAX)};
    buf_reserve(&ret_call->request, wire_request_size((uint8_t)type));
    wire_begin(&ret_call->request, type, E_OK);
    return ok();
}

/* A connection that was idle may have been closed by a restart of the agent: sending fails then before anything was
 * asked, so a new connection is tried once. */
static Err send_request(Keys *keys, Str request, int *fd)
{
    if (*fd >= 0 && is_ok(socket_send_packet(*fd, request, keys->timeout_ms)))
        return ok();
    fd_close(*fd);
    *fd = -1;
    if (!is_ok(socket_connect(keys->path, SOCKET_PACKET, keys->timeout_ms, fd)) ||
        !is_ok(socket_sleep_in_calls(*fd, keys->timeout_ms)))
        return fail(E_NO_AGENT);
    if (!is_ok(socket_send_packet(*fd, request, keys->timeout_ms)))
        return fail(E_NO_AGENT);
    return ok();
}

static Err exchange(Keys *keys, Str request, char *room, size_t room_length, int *fd, size_t *ret_length)
{
    atomic_fetch_add(&keys->messages, 1);
    TRY(send_request(keys, request, fd));
    if (!is_ok(socket_receive_packet(*fd, room, room_length, keys->timeout_ms, ret_length)) || *ret_length == 0)
        return fail(E_NO_AGENT);
    return ok();
}

static Err ask(Keys *keys, Call *call, Cursor *ret_body)
{
    Str request;
    char *room = NULL;
    size_t room_length = wire_reply_size((uint8_t)call->type);
    size_t length = 0;
    int fd = -1;

    TRY(buf_done(&call->request, &request));
    if (request.length != wire_request_size((uint8_t)call->type))
        return fail(E_INTERNAL);
    TRY(ARENA_NEW(call->arena, char, room_length, &room));
    TRY(take_connection(keys, &fd));
    Err result = exchange(keys, request, room, room_length, &fd, &length);
    if (!is_ok(result)) {
        fd_close(fd);
        fd = -1;
    }
    give_connection(keys, fd);
    TRY(result);
    return wire_reply(str_from_bytes(room, length), call->type, ret_body);
}

#define CALL(name, message)                       \
    AUTO(call_done) Call name = {0};              \
    Cursor body;                                  \
    TRY(call_new(message, &name))

static void add_id(Call *call, Id id)
{
    buf_add_bytes(&call->request, id.bytes, ID_BYTES);
}

/* A wrapped value of another length was never made by the agent. */
static Err add_wrapped(Call *call, Str wrapped)
{
    if (wrapped.length != WRAPPED_BYTES)
        return fail(E_FORGED);
    buf_add(&call->request, wrapped);
    return ok();
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
    TRY(ask(keys, &call, &body));
    read_status(&body, ret_status);
    return ok();
}

Err keys_unseal_share(Keys *keys, Id custodian, const uint8_t *share_bytes, KeysStatus *ret_status)
{
    CALL(call, MESSAGE_UNSEAL_SHARE);
    add_id(&call, custodian);
    buf_add_bytes(&call.request, share_bytes, 58);
    TRY(ask(keys, &call, &body));
    read_status(&body, ret_status);
    return ok();
}

Err keys_seal(Keys *keys)
{
    CALL(call, MESSAGE_SEAL);
    return ask(keys, &call, &body);
}

Err keys_grant_new(Keys *keys, Id tenant, Id person, uint8_t role, int64_t ends_at, Id *ret_grant)
{
    CALL(call, MESSAGE_GRANT_NEW);
    add_id(&call, tenant);
    add_id(&call, person);
    buf_add_u8(&call.request, role);
    buf_add_u64(&call.request, (uint64_t)ends_at);
    TRY(ask(keys, &call, &body));
    cursor_copy(&body, ret_grant->bytes, ID_BYTES);
    return ok();
}

Err keys_grant_end(Keys *keys, Id grant)
{
    CALL(call, MESSAGE_GRANT_END);
    add_id(&call, grant);
    return ask(keys, &call, &body);
}

static Err add_scope(Call *call, Id grant, Id tenant, ScopeKind kind, Id scope, Str index_text)
{
    if (index_text.length > INDEX_TEXT_MAX)
        return fail(E_TOO_LARGE);
    add_id(call, grant);
    add_id(call, tenant);
    buf_add_u8(&call->request, (uint8_t)kind);
    add_id(call, scope);
    wire_add_text(&call->request, index_text, INDEX_TEXT_MAX);
    return ok();
}

Err keys_scope_new(Keys *keys, Id grant, Id tenant, ScopeKind kind, Id scope, Str index_text, WrappedKey *ret_wrapped,
                   Key *ret_key)
{
    CALL(call, MESSAGE_SCOPE_NEW);
    TRY(add_scope(&call, grant, tenant, kind, scope, index_text));
    TRY(ask(keys, &call, &body));
    wire_read_wrapped(&body, ret_wrapped);
    cursor_copy(&body, ret_key->bytes, KEY_BYTES);
    return ok();
}

Err keys_scope_index(Keys *keys, Id grant, Id tenant, ScopeKind kind, Id scope, Str wrapped, Str index_text,
                     WrappedKey *ret_wrapped)
{
    CALL(call, MESSAGE_SCOPE_INDEX);
    TRY(add_scope(&call, grant, tenant, kind, scope, index_text));
    TRY(add_wrapped(&call, wrapped));
    TRY(ask(keys, &call, &body));
    wire_read_wrapped(&body, ret_wrapped);
    return ok();
}

Err keys_rewrap(Keys *keys, Id tenant, ScopeKind kind, Id scope, Str wrapped, WrappedKey *ret_wrapped)
{
    CALL(call, MESSAGE_REWRAP);
    add_id(&call, tenant);
    buf_add_u8(&call.request, (uint8_t)kind);
    add_id(&call, scope);
    TRY(add_wrapped(&call, wrapped));
    TRY(ask(keys, &call, &body));
    wire_read_wrapped(&body, ret_wrapped);
    return ok();
}

static Err add_use(Call *call, const KeyUse *use, Str wrapped)
{
    buf_add_u8(&call->request, (uint8_t)use->purpose);
    buf_add_u8(&call->request, (uint8_t)use->kind);
    add_id(call, use->scope);
    return add_wrapped(call, wrapped);
}

Err keys_unwrap_many(Keys *keys, const KeyUse *uses, const Str *wrapped, size_t count, Key *ret_keys)
{
    if (count < 1 || count > UNWRAP_MAX)
        return fail(E_RANGE);
    for (size_t i = 1; i < count; i++)
        if (!id_equal(uses[i].grant, uses[0].grant) || !id_equal(uses[i].tenant, uses[0].tenant))
            return fail(E_RANGE);
    CALL(call, MESSAGE_UNWRAP);
    add_id(&call, uses[0].grant);
    add_id(&call, uses[0].tenant);
    buf_add_u8(&call.request, (uint8_t)count);
    for (size_t i = 0; i < count; i++)
        TRY(add_use(&call, &uses[i], wrapped[i]));
    buf_add_zeros(&call.request, (UNWRAP_MAX - count) * USE_BYTES);
    TRY(ask(keys, &call, &body));
    for (size_t i = 0; i < count; i++)
        cursor_copy(&body, ret_keys[i].bytes, KEY_BYTES);
    return ok();
}

Err keys_unwrap(Keys *keys, Id grant, Id tenant, Purpose purpose, ScopeKind kind, Id scope, Str wrapped, Key *ret_key)
{
    const KeyUse use = {.grant = grant, .tenant = tenant, .kind = kind, .scope = scope, .purpose = purpose};

    return keys_unwrap_many(keys, &use, &wrapped, 1, ret_key);
}

Err keys_unwrap_headers(Keys *keys, Id grant, Id tenant, const Id *scopes, const Str *wrapped, size_t count, Key *ret_keys,
                        size_t *ret_bad)
{
    if (count < 1 || count > HEADERS_MAX)
        return fail(E_RANGE);
    CALL(call, MESSAGE_UNWRAP_HEADERS);
    add_id(&call, grant);
    add_id(&call, tenant);
    buf_add_u16(&call.request, (uint16_t)count);
    for (size_t i = 0; i < count; i++) {
        add_id(&call, scopes[i]);
        TRY(add_wrapped(&call, wrapped[i]));
    }
    buf_add_zeros(&call.request, (HEADERS_MAX - count) * (ID_BYTES + WRAPPED_BYTES));
    TRY(ask(keys, &call, &body));
    uint32_t bad = cursor_u32(&body);
    if (bad != UINT32_MAX) {
        if (bad >= count)
            return fail(E_MALFORMED);
        *ret_bad = bad;
        return fail(E_FORGED);
    }
    for (size_t i = 0; i < count; i++)
        cursor_copy(&body, ret_keys[i].bytes, KEY_BYTES);
    return ok();
}

Err keys_blind_index(Keys *keys, Id grant, Id tenant, Purpose purpose, IndexKind kind, Str text,
                     uint8_t ret_index[static INDEX_BYTES])
{
    if (text.length > INDEX_TEXT_MAX)
        return fail(E_TOO_LARGE);
    CALL(call, MESSAGE_BLIND_INDEX);
    add_id(&call, grant);
    add_id(&call, tenant);
    buf_add_u8(&call.request, (uint8_t)purpose);
    buf_add_u8(&call.request, (uint8_t)kind);
    wire_add_text(&call.request, text, INDEX_TEXT_MAX);
    TRY(ask(keys, &call, &body));
    cursor_copy(&body, ret_index, INDEX_BYTES);
    return ok();
}

#define CHECK_SEALED_MAX ((size_t)65536)

Err keys_check(Keys *keys, Id tenant, ScopeKind kind, Str wrapped, KeyLabel label, const SealContext *context, Str sealed)
{
    if (sealed.length > CHECK_SEALED_MAX)
        return fail(E_TOO_LARGE);
    CALL(call, MESSAGE_CHECK);
    add_id(&call, tenant);
    buf_add_u8(&call.request, (uint8_t)kind);
    TRY(add_wrapped(&call, wrapped));
    buf_add_u8(&call.request, (uint8_t)label);
    buf_add_u8(&call.request, (uint8_t)context->mode);
    buf_add_u8(&call.request, context->table);
    buf_add_u8(&call.request, context->column);
    add_id(&call, context->row);
    buf_add_u32(&call.request, context->version);
    add_id(&call, context->scope);
    buf_add_u32(&call.request, (uint32_t)sealed.length);
    buf_add(&call.request, sealed);
    buf_add_zeros(&call.request, CHECK_SEALED_MAX - sealed.length);
    return ask(keys, &call, &body);
}

Err keys_sign_head(Keys *keys, const AuditHead *head, uint8_t ret_signature[static SIGNATURE_BYTES])
{
    CALL(call, MESSAGE_SIGN_HEAD);
    add_id(&call, head->tenant);
    add_id(&call, head->database);
    buf_add_u64(&call.request, head->size);
    buf_add_bytes(&call.request, head->root, sizeof head->root);
    buf_add_u64(&call.request, (uint64_t)head->at);
    TRY(ask(keys, &call, &body));
    cursor_copy(&body, ret_signature, SIGNATURE_BYTES);
    return ok();
}

Err keys_head_newest(Keys *keys, Id tenant, AuditHead *ret_head)
{
    CALL(call, MESSAGE_HEAD_NEWEST);
    add_id(&call, tenant);
    TRY(ask(keys, &call, &body));
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
    TRY(ask(keys, &call, &body));
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
    return ask(keys, &call, &body);
}

Err keys_municipality_new(Keys *keys, Id tenant)
{
    CALL(call, MESSAGE_MUNICIPALITY_NEW);
    add_id(&call, tenant);
    return ask(keys, &call, &body);
}

Err keys_clock_advance(Keys *keys, int64_t by_ms)
{
    CALL(call, MESSAGE_CLOCK_ADVANCE);
    buf_add_u64(&call.request, (uint64_t)by_ms);
    return ask(keys, &call, &body);
}
