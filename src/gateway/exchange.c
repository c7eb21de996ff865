/* One turn of a connection: read a request whole, have it handled, answer.
 * Must not handle a request that is not complete, or that is followed by bytes nobody asked for.
 * Called by the threads of gateway.c. */
#include "gateway/exchange.h"

#include "gateway/http.h"

#define HEAD_ARENA ((size_t)256 << 10)
#define OUT_MAX ((size_t)64 << 10)
#define OUT_HEAD ((size_t)4 << 10) /* more than any head of ours */
#define SEND_STEP ((size_t)64 << 10)
#define LARGE ((size_t)128 << 10) /* what a socket takes whether anybody reads or not */
#define LARGE_SHARE 4
#define LARGE_LEAST 2
#define LINGER_MS 500
#define LINGER_WHOLE_MS 10000
#define LINGER_MAX ((size_t)64 << 20) /* the longest body that the front lets through */

/* What was read so far. */
typedef struct Turn {
    const Worker *worker;
    Gateway *gateway;
    int fd;
    int64_t deadline;  /* monotonic */
    char *bytes;       /* HTTP_HEAD_MAX: the head, and the first bytes of the body */
    size_t length;
    HttpHead head;
    int refusal;       /* status; 0: none */
} Turn;

static int time_left(const Turn *turn)
{
    int64_t left = turn->deadline - clock_monotonic_ms();

    return left > 0 ? (int)left : 0;
}

/* The rest of what was sent is taken and dropped, so that the answer is not lost in a reset. However slowly it comes, the thread
 * is free again after LINGER_WHOLE_MS. */
static void linger(int fd)
{
    int64_t end = clock_monotonic_ms() + LINGER_WHOLE_MS;
    char dropped[16384];
    size_t total = 0;
    size_t length = 0;

    socket_finish(fd);
    while (total < LINGER_MAX && clock_monotonic_ms() < end &&
           is_ok(socket_receive(fd, dropped, sizeof dropped, LINGER_MS, &length)) && length > 0)
        total += length;
}

/* ---- reading ---- */

/* Fails when there is nobody to answer; a request that must be refused has its refusal. */
static Err read_head(Turn *turn)
{
    enum http_outcome outcome = HTTP_INCOMPLETE;

    while (outcome == HTTP_INCOMPLETE) {
        size_t got = 0;
        Err received = socket_receive(turn->fd, turn->bytes + turn->length, HTTP_HEAD_MAX - turn->length, time_left(turn),
                                      &got);
        if (received.id == E_BUSY && turn->length > 0) {
            turn->refusal = 408;
            return ok();
        }
        TRY(received);
        if (got == 0)
            return fail(E_TRUNCATED);
        turn->length += got;
        outcome = http_read_head(str_from_bytes(turn->bytes, turn->length), &turn->head);
    }
    if (outcome != HTTP_COMPLETE)
        turn->refusal = http_outcome_status(outcome);
    return ok();
}

static void check_size(Turn *turn)
{
    const GatewayHandler *handler = &turn->gateway->handler;
    const Request *request = &turn->head.request;

    if (turn->head.body_length > handler->body_limit(handler->self, request->method, request->path))
        turn->refusal = 413;
    /* The front sends one request at a time: more bytes than announced mean that we disagree about where it ends. */
    else if (turn->length > turn->head.length + turn->head.body_length)
        turn->refusal = 400;
}

static Err read_body(Turn *turn, Arena *arena)
{
    size_t here = turn->length - turn->head.length;
    char *body = NULL;

    turn->head.request.arena = arena;
    if (turn->head.body_length == 0)
        return ok();
    TRY(arena_alloc_bytes(arena, turn->head.body_length, &body));
    for (size_t i = 0; i < here; i++)
        body[i] = turn->bytes[turn->head.length + i];
    TRY(socket_receive_exactly(turn->fd, body + here, turn->head.body_length - here, time_left(turn)));
    turn->head.request.body = str_from_bytes(body, turn->head.body_length);
    return ok();
}

/* ---- answering ---- */

/* The whole answer has one deadline: whoever reads it drop by drop keeps no thread. */
static Err send_steps(const Turn *turn, Str bytes, int64_t deadline)
{
    for (size_t at = 0; at < bytes.length; at += SEND_STEP) {
        int64_t left = deadline - clock_monotonic_ms();
        if (left <= 0)
            return fail(E_BUSY);
        TRY(socket_send(turn->fd, str_slice(bytes, at, at + SEND_STEP), (int)left));
    }
    return ok();
}

static Err send_answer(const Turn *turn, Arena *arena, const Response *response, bool last)
{
    const int64_t deadline = clock_monotonic_ms() + turn->gateway->options.write_ms;
    Buf out = buf_new(arena, OUT_MAX);
    Str head = STR_NONE;

    bool has_body = turn->head.request.method != METHOD_HEAD && response->body.length > 0;
    bool is_small = has_body && response->body.length <= OUT_MAX - OUT_HEAD;
    buf_reserve(&out, OUT_HEAD + (is_small ? response->body.length : 0));
    http_write_head(&out, response, last);
    if (is_small)
        buf_add(&out, response->body); /* one system call, one wake-up of the front */
    TRY(buf_done(&out, &head));
    TRY(send_steps(turn, head, deadline));
    return has_body && !is_small ? send_steps(turn, response->body, deadline) : ok();
}

/* Few threads may wait for those who read: the others answer everybody else. */
static bool begin_large(Gateway *gateway)
{
    const uint32_t share = gateway->options.workers / LARGE_SHARE;
    const uint32_t most = share < LARGE_LEAST ? LARGE_LEAST : share;

    if (atomic_fetch_add(&gateway->sending_large, 1) < most)
        return true;
    atomic_fetch_sub(&gateway->sending_large, 1);
    return false;
}

static Err answer(const Turn *turn, Arena *arena, Response *response, bool last)
{
    if (!response_is_sound(response))
        response_fail(response, 500);
    bool large = response->body.length > LARGE;
    if (large && !begin_large(turn->gateway)) {
        large = false;
        response_fail(response, 503);
        response_header(response, "Retry-After", STR("5"));
    }
    Err sent = send_answer(turn, arena, response, last);
    if (large)
        atomic_fetch_sub(&turn->gateway->sending_large, 1);
    return sent;
}

static bool refuse(const Turn *turn, Arena *arena)
{
    const GatewayHandler *handler = &turn->gateway->handler;
    Response response = {0};

    if (handler->refused)
        handler->refused(handler->self, turn->refusal);
    response_fail(&response, turn->refusal);
    if (is_ok(answer(turn, arena, &response, true)))
        linger(turn->fd);
    return false;
}

static void wiped(Arena **arena)
{
    arena_again(*arena, HEAD_ARENA);
}

/* A body or a file is held three times: as it came, sealed, open. */
static size_t memory_of(const Turn *turn)
{
    const GatewayHandler *handler = &turn->gateway->handler;
    const Request *request = &turn->head.request;
    size_t file = handler->file_limit ? handler->file_limit(handler->self, request->method, request->path) : 0;

    return turn->gateway->options.arena_cap + 3 * turn->head.body_length + 3 * file;
}

/* Reads the body, calls the handler, answers. True: the connection stays. */
static bool carry_out(Turn *turn, Arena *head_arena)
{
    const GatewayHandler *handler = &turn->gateway->handler;
    AUTO(wiped) Arena *arena = turn->worker->request;
    Response response = {0};

    arena_again(arena, memory_of(turn));
    Err read = read_body(turn, arena);
    if (!is_ok(read)) {
        turn->refusal = read.id == E_BUSY ? 408 : read.id == E_NO_MEMORY ? 503 : 400;
        return refuse(turn, head_arena);
    }
    handler->handle(handler->self, &turn->head.request, &response);
    compress_page(turn->worker->compressor, &turn->head.request, &response);
    bool last = turn->head.last || atomic_load(&turn->gateway->draining);
    return is_ok(answer(turn, head_arena, &response, last)) && !last;
}

bool exchange(const Worker *worker, int fd)
{
    Gateway *gateway = worker->gateway;

    AUTO(wiped) Arena *arena = worker->head;
    Turn turn = {.worker = worker,
                 .gateway = gateway,
                 .fd = fd,
                 .deadline = clock_monotonic_ms() + gateway->options.read_ms};

    arena_again(arena, HEAD_ARENA + HTTP_HEAD_MAX);
    if (!is_ok(arena_alloc_bytes(arena, HTTP_HEAD_MAX, &turn.bytes)))
        return false;
    if (!is_ok(read_head(&turn)))
        return false;
    if (turn.refusal == 0)
        check_size(&turn);
    return turn.refusal ? refuse(&turn, arena) : carry_out(&turn, arena);
}
