/* serve's side of the control socket: one caller at a time, this user and root only; and the message itself.
 * Must not wait for a caller longer than its time-out, nor stop serving because of one.
 * Called by serve; the message also by commands. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "cli/control/control_thread.h"
#include "sys/file.h"
#include "sys/log.h"
#include "sys/poller.h"
#include "sys/socket.h"
#include "sys/thread.h"
#include "sys/user.h"

#define ARENA_BYTES ((size_t)192 << 20)
#define WORDS_BYTES ((size_t)64 << 10)
#define TALK_MS 60000
#define HEAD_BYTES 3
#define LENGTH_BYTES 4

/* ---- the message ---- */

Err control_path(const char *data, char *ret_path, size_t room)
{
    int length = snprintf(ret_path, room, "%s/control.sock", data);

    return length < 0 || (size_t)length >= room ? fail(E_TOO_LARGE) : ok();
}

Err control_send(int fd, const ControlMessage *message, Arena *scratch)
{
    Buf out = buf_new(scratch, 2 * CONTROL_BYTES_MAX);
    Str bytes = STR_NONE;

    buf_add_u8(&out, CONTROL_VERSION);
    buf_add_u8(&out, message->number);
    buf_add_u8(&out, message->count);
    for (uint8_t i = 0; i < message->count; i++) {
        buf_add_u32(&out, (uint32_t)message->texts[i].length);
        buf_add(&out, message->texts[i]);
    }
    TRY(buf_done(&out, &bytes));
    return socket_send(fd, bytes, TALK_MS);
}

static Err receive_text(int fd, Arena *keep, Str *ret_text)
{
    uint8_t head[LENGTH_BYTES];
    char *bytes = NULL;

    TRY(socket_receive_exactly(fd, head, sizeof head, TALK_MS));
    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (length > CONTROL_BYTES_MAX)
        return fail(E_TOO_LARGE);
    TRY(ARENA_NEW(keep, char, length + 1, &bytes));
    if (length > 0)
        TRY(socket_receive_exactly(fd, bytes, length, TALK_MS));
    *ret_text = (Str){.data = bytes, .length = length};
    return ok();
}

Err control_receive(int fd, Arena *keep, ControlMessage *ret_message)
{
    uint8_t head[HEAD_BYTES];
    ControlMessage message = {0};

    TRY(socket_receive_exactly(fd, head, sizeof head, TALK_MS));
    if (head[0] != CONTROL_VERSION || head[2] > CONTROL_TEXTS_MAX)
        return fail(E_MALFORMED);
    message.number = head[1];
    message.count = head[2];
    for (uint8_t i = 0; i < message.count; i++)
        TRY(receive_text(fd, keep, &message.texts[i]));
    *ret_message = message;
    return ok();
}

/* ---- serve's thread ---- */

struct ControlThread {
    Installation *installation;
    Thread thread;
    int listening, poller, wake;
    atomic_bool ends; /* a long act stops at its next word */
};

/* Who waits for an act, and hears how far it is. */
typedef struct Caller {
    ControlThread *control;
    int fd;
    Arena *arena;
} Caller;

static Err tell_caller(void *self, Str words)
{
    const Caller *caller = self;
    const ControlMessage message = {.number = CONTROL_TOLD, .count = 1, .texts = {words}};
    size_t mark = arena_mark(caller->arena);

    if (atomic_load(&caller->control->ends))
        return fail(E_STOPPED);
    if (words.length == 0)
        return ok();
    Err sent = control_send(caller->fd, &message, caller->arena);
    arena_rewind(caller->arena, mark);
    return is_ok(sent) ? ok() : fail(E_STOPPED);
}

static Err answer(int fd, Err result, Str text, Arena *arena)
{
    ControlMessage message = {
        .number = CONTROL_ANSWER, .count = 2, .texts = {str_from_c(err_name(result.id)), text}};

    return control_send(fd, &message, arena);
}

static Err read_request(int fd, Arena *arena, ControlRequest *ret_request)
{
    ControlMessage message;
    uint8_t count = 0;

    TRY(control_receive(fd, arena, &message));
    TRY(control_text_count(message.number, &count));
    if (message.count != count)
        return fail(E_MALFORMED);
    ret_request->act = (enum ControlAct)message.number;
    memcpy(ret_request->texts, message.texts, sizeof ret_request->texts);
    for (uint8_t i = 0; i < count; i++)
        if (!utf8_valid(message.texts[i]))
            return fail(E_BAD_UTF8);
    return ok();
}

static Err serve_caller(ControlThread *control, int fd, Arena *arena)
{
    Buf out = buf_new(arena, CONTROL_BYTES_MAX);
    Caller caller = {.control = control, .fd = fd};
    const ControlHearer hearer = {.out = &out, .self = &caller, .tell = tell_caller};
    AUTO(arena_freep) Arena *words = NULL;
    ControlRequest request = {0};
    Str text = STR_NONE;
    Peer peer;

    TRY(socket_peer(fd, &peer));
    if (peer.user != 0 && peer.user != user_own())
        return fail(E_FORBIDDEN);
    Err result = read_request(fd, arena, &request);
    if (is_ok(result))
        result = arena_new(WORDS_BYTES, &words);
    caller.arena = words;
    if (is_ok(result))
        result = control_perform(control->installation, peer.user, &request, arena, &hearer);
    Err told = buf_done(&out, &text);
    return answer(fd, is_ok(result) ? told : result, text, arena);
}

static void accept_caller(ControlThread *control)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(fd_closep) int fd = -1;

    Err served = socket_accept(control->listening, &fd);
    if (is_ok(served))
        served = arena_new(ARENA_BYTES, &arena);
    if (is_ok(served))
        served = serve_caller(control, fd, arena);
    if (!is_ok(served))
        LOG(LOG_LEVEL_WARNING, "control-refused", log_error("result", served));
}

static void *run(void *argument)
{
    ControlThread *control = argument;
    void *tag = NULL;
    size_t count = 0;

    for (;;) {
        if (!is_ok(poller_wait(control->poller, &tag, 1, -1, &count)))
            return NULL;
        if (count > 0 && tag == &control->wake)
            return NULL;
        if (count > 0)
            accept_caller(control);
    }
}

static Err open_thread(ControlThread *control, const char *data)
{
    char path[108];

    TRY(control_path(data, path, sizeof path));
    TRY(socket_listen((Listen){.path = path, .kind = SOCKET_STREAM, .mode = 0600}, &control->listening));
    TRY(wake_open(&control->wake));
    TRY(poller_open(&control->poller));
    TRY(poller_watch(control->poller, control->listening, &control->listening));
    TRY(poller_watch(control->poller, control->wake, &control->wake));
    return thread_start(&control->thread, run, control);
}

static void close_thread(ControlThread *control)
{
    fd_closep(&control->poller);
    fd_closep(&control->wake);
    fd_closep(&control->listening);
}

Err control_start(Installation *installation, const char *data, Arena *keep, ControlThread **ret_thread)
{
    ControlThread *control = NULL;

    TRY(ARENA_NEW(keep, ControlThread, 1, &control));
    *control = (ControlThread){.installation = installation, .listening = -1, .poller = -1, .wake = -1};
    Err opened = open_thread(control, data);
    if (!is_ok(opened)) {
        close_thread(control);
        return opened;
    }
    *ret_thread = control;
    return ok();
}

void control_stopp(ControlThread **thread)
{
    ControlThread *control = *thread;

    if (!control)
        return;
    atomic_store(&control->ends, true);
    wake_ring(control->wake);
    thread_join(control->thread);
    close_thread(control);
    *thread = NULL;
}
