/* The pool of connections, and the way of one question.
 * Must not keep a connection on which anything went wrong.
 * Called by keys.c and scopes.c. */
#include "keys/call.h"

#include "sys/file.h"
#include "sys/socket.h"

#define SCRATCH ((size_t)512 << 10)

void call_done(Call *call)
{
    arena_free(call->arena);
}

Err call_new(MessageType type, Call *ret_call)
{
    Arena *arena = NULL;

    TRY(arena_new(SCRATCH, &arena));
    *ret_call = (Call){.arena = arena, .type = type, .request = buf_new(arena, WIRE_PACKET_MAX)};
    buf_reserve(&ret_call->request, wire_request_size((uint8_t)type));
    wire_begin(&ret_call->request, type, E_OK);
    return ok();
}

void call_add_id(Call *call, Id id)
{
    buf_add_bytes(&call->request, id.bytes, ID_BYTES);
}

Err call_add_wrapped(Call *call, Str wrapped)
{
    if (wrapped.length != WRAPPED_BYTES)
        return fail(E_FORGED);
    buf_add(&call->request, wrapped);
    return ok();
}

/* ---- connections ---- */

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

/* ---- asking ---- */

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

/* *length is the size of the room, and then that of the answer in it. */
static Err exchange(Keys *keys, Str request, int *fd, char *room, size_t *length)
{
    size_t room_length = *length;

    atomic_fetch_add(&keys->messages, 1);
    TRY(send_request(keys, request, fd));
    if (!is_ok(socket_receive_packet(*fd, room, room_length, keys->timeout_ms, length)) || *length == 0)
        return fail(E_NO_AGENT);
    return ok();
}

Err call_ask(Keys *keys, Call *call, Cursor *ret_body)
{
    Str request;
    char *room = NULL;
    size_t length = wire_reply_size((uint8_t)call->type);
    int fd = -1;

    TRY(buf_done(&call->request, &request));
    if (request.length != wire_request_size((uint8_t)call->type))
        return fail(E_INTERNAL);
    TRY(ARENA_NEW(call->arena, char, length, &room));
    TRY(take_connection(keys, &fd));
    Err result = exchange(keys, request, &fd, room, &length);
    if (!is_ok(result)) {
        fd_close(fd);
        fd = -1;
    }
    give_connection(keys, fd);
    TRY(result);
    return wire_reply(str_from_bytes(room, length), call->type, ret_body);
}
