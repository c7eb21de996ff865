/* The server over a real socket: refusals, keep-alive, draining.
 * Must not listen on the network.
 * Run by meson. */
#include "support/test.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gateway/gateway.h"
#include "sys/clock.h"
#include "sys/socket.h"
#include "sys/thread.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"
#define GET_AND_CLOSE(path) "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
#define POST(length, body) "POST /post HTTP/1.1\r\nHost: a\r\nContent-Length: " length "\r\n\r\n" body

typedef struct Fixture {
    char path[64];
    Gateway *gateway;
    Thread thread;
    Err result;
    atomic_int handled;
    atomic_int told; /* statuses of refused requests, added up */
    atomic_int held, released;      /* requests for /hold wait in their turn */
    char order[64];                 /* the second letter of each path, by the one thread that a test asks for */
} Fixture;

static void hold(Fixture *fixture)
{
    int mine = atomic_fetch_add(&fixture->held, 1) + 1;

    while (atomic_load(&fixture->released) < mine)
        usleep(1000);
}

static void await_held(Fixture *fixture, int count)
{
    while (atomic_load(&fixture->held) < count)
        usleep(1000);
}

static void handle(void *self, const Request *request, Response *response)
{
    Fixture *fixture = self;

    int number = atomic_fetch_add(&fixture->handled, 1);
    if (number < (int)sizeof fixture->order && request->path.length > 1)
        fixture->order[number] = request->path.data[1];
    response->status = 200;
    response->content_type = STR("text/plain; charset=utf-8");
    response->body = request->body.length > 0 ? request->body : request->path;
    if (str_equal(request->path, STR("/hold")))
        hold(fixture);
    if (str_equal(request->path, STR("/nothing")))
        *response = (Response){0};
    if (str_equal(request->path, STR("/large"))) {
        char *bytes = NULL;
        EXPECT_OK(ARENA_NEW(request->arena, char, 1000000, &bytes));
        response->body = str_from_bytes(bytes, 1000000);
    }
}

static size_t body_limit(void *self, enum method method, Str path)
{
    (void)self;
    (void)path;
    return method == METHOD_POST ? 100000 : 0;
}

static void refused(void *self, int status)
{
    Fixture *fixture = self;

    atomic_fetch_add(&fixture->told, status);
}

static void *run(void *argument)
{
    Fixture *fixture = argument;

    fixture->result = gateway_run(fixture->gateway);
    return NULL;
}

static void start(Fixture *fixture, GatewayOptions options)
{
    static int number;

    *fixture = (Fixture){.gateway = NULL};
    snprintf(fixture->path, sizeof fixture->path, "/tmp/stafettlogg-gateway-%d-%d", (int)getpid(), number++);
    options.socket_path = fixture->path;
    options.workers = options.workers ? options.workers : 4;
    EXPECT_OK(gateway_open(&options, (GatewayHandler){.self = fixture, .handle = handle, .body_limit = body_limit, .refused = refused},
                           &fixture->gateway));
    EXPECT_OK(thread_start(&fixture->thread, run, fixture));
}

static void stop(Fixture *fixture)
{
    gateway_stop(fixture->gateway);
    thread_join(fixture->thread);
    EXPECT_OK(fixture->result);
    gateway_close(fixture->gateway);
    unlink(fixture->path);
}

static int call(const Fixture *fixture)
{
    int fd = -1;

    EXPECT_OK(socket_connect(fixture->path, SOCKET_STREAM, 2000, &fd));
    return fd;
}

/* How long a test waits for something that comes, and how long it watches that nothing does. */
#define PATIENCE_MS 10000
#define QUIET_MS 150

/* All that comes: until the end when the connection is to be closed, else until nothing comes for a while. */
static size_t read_answer(int fd, char *ret_bytes, size_t room, bool closes, bool *ret_ended)
{
    size_t total = 0;
    size_t got = 0;

    *ret_ended = false;
    while (total < room && !*ret_ended) {
        if (!is_ok(socket_receive(fd, ret_bytes + total, room - total, total == 0 || closes ? PATIENCE_MS : QUIET_MS, &got)))
            break;
        *ret_ended = got == 0;
        total += got;
    }
    return total;
}

static void expect_answer(int fd, Str request, const char *status, bool closes)
{
    char bytes[8192];
    bool ended = false;
    Str wanted = str_from_c(status);

    EXPECT_OK(socket_send(fd, request, 2000));
    size_t length = read_answer(fd, bytes, sizeof bytes, closes, &ended);
    expect_str(str_slice(str_from_bytes(bytes, length), 0, wanted.length), wanted, __FILE__, __LINE__);
    EXPECT(ended == closes);
}

/* Nothing comes, though the caller waits for longer than any answer above takes. */
static void expect_silence(int fd, Str request)
{
    char byte;
    size_t got = 0;

    EXPECT_OK(socket_send(fd, request, 2000));
    EXPECT_ERR(socket_receive(fd, &byte, 1, 5 * QUIET_MS, &got), E_BUSY);
}

static void expect_refused(Fixture *fixture, Str request, const char *status)
{
    AUTO(fd_closep) int fd = call(fixture);

    expect_answer(fd, request, status, true);
    EXPECT(atomic_load(&fixture->handled) == 0);
}

TEST(a_request_that_is_not_well_formed_is_refused_and_its_connection_closed)
{
    Fixture fixture;

    start(&fixture, (GatewayOptions){.read_ms = 60});
    expect_refused(&fixture, STR("GET / HTTP/1.0\r\nHost: a\r\n\r\n"), "HTTP/1.1 505 ");
    expect_refused(&fixture, STR("GET /../a HTTP/1.1\r\nHost: a\r\n\r\n"), "HTTP/1.1 400 Bad Request\r\n");
    expect_refused(&fixture, STR("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), "HTTP/1.1 501 ");
    expect_refused(&fixture, STR(POST("100001", "x")), "HTTP/1.1 413 ");
    expect_refused(&fixture, STR(POST("3", "abcd")), "HTTP/1.1 400 ");
    expect_refused(&fixture, STR(GET("/") GET("/")), "HTTP/1.1 400 ");
    expect_refused(&fixture, STR("GET / HT"), "HTTP/1.1 408 ");
    expect_refused(&fixture, STR(POST("10", "abc")), "HTTP/1.1 408 ");
    stop(&fixture);
    EXPECT(atomic_load(&fixture.told) == 505 + 400 + 501 + 413 + 400 + 400 + 408 + 408);
}

/* The front holds bodies up to its own limit, which is the largest of all addresses, and sends them whole before it reads. */
TEST(whoever_sends_ten_times_too_much_is_answered_all_the_same)
{
    enum { BODY = 10 << 20 };
    AUTO(arena_freep) Arena *arena = NULL;
    Fixture fixture;
    char *body = NULL, head[128];

    EXPECT_OK(arena_new((size_t)BODY + 4096, &arena));
    EXPECT_OK(ARENA_NEW(arena, char, BODY, &body));
    start(&fixture, (GatewayOptions){0});
    int fd = call(&fixture);
    snprintf(head, sizeof head, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n", BODY);
    EXPECT_OK(socket_send(fd, str_from_c(head), 2000));
    expect_answer(fd, str_from_bytes(body, BODY), "HTTP/1.1 413 ", true);
    fd_close(fd);
    stop(&fixture);
}

TEST(an_answer_that_is_not_sound_becomes_a_calm_500)
{
    Fixture fixture;

    start(&fixture, (GatewayOptions){.workers = 1});
    AUTO(fd_closep) int fd = call(&fixture);
    expect_answer(fd, STR(GET("/nothing")), "HTTP/1.1 500 Internal Server Error\r\n", false);
    fd_closep(&fd);
    stop(&fixture);
}

TEST(a_connection_serves_many_requests)
{
    Fixture fixture;

    start(&fixture, (GatewayOptions){0});
    AUTO(fd_closep) int fd = call(&fixture);
    expect_answer(fd, STR(GET("/")), "HTTP/1.1 200 OK\r\n", false);
    expect_answer(fd, STR(POST("3", "abc")), "HTTP/1.1 200 OK\r\n", false);
    expect_answer(fd, STR("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n"), "HTTP/1.1 200 OK\r\n", false);
    EXPECT(atomic_load(&fixture.handled) == 3);
    expect_answer(fd, STR(GET_AND_CLOSE("/")), "HTTP/1.1 200 OK\r\n", true);
    stop(&fixture);
}

TEST(a_large_answer_arrives_whole)
{
    static char bytes[1100000];
    Fixture fixture;
    bool ended = false;

    start(&fixture, (GatewayOptions){0});
    AUTO(fd_closep) int fd = call(&fixture);
    EXPECT_OK(socket_send(fd, STR(GET_AND_CLOSE("/large")), 2000));
    size_t length = read_answer(fd, bytes, sizeof bytes, true, &ended);
    EXPECT(ended && length > 1000000 && length < 1003000);
    fd_closep(&fd);
    stop(&fixture);
}

TEST(forty_connections_that_read_nothing_of_a_large_answer_stop_nobody)
{
    enum { SILENT = 40 };
    Fixture fixture;
    int silent[SILENT];

    start(&fixture, (GatewayOptions){.workers = 8, .write_ms = 20000});
    for (int i = 0; i < SILENT; i++) {
        silent[i] = call(&fixture);
        EXPECT_OK(socket_send(silent[i], STR(GET("/large")), 2000));
    }
    int64_t begun = clock_monotonic_ms();
    for (int i = 0; i < 20; i++) {
        AUTO(fd_closep) int fd = call(&fixture);
        expect_answer(fd, STR(GET_AND_CLOSE("/")), "HTTP/1.1 200 OK\r\n", true);
    }
    EXPECT(clock_monotonic_ms() - begun < 5000);
    for (int i = 0; i < SILENT; i++)
        fd_close(silent[i]);
    stop(&fixture);
}

/* Some KiB in a twentieth of a second: each step is in time, the whole is not. */
TEST(whoever_reads_a_large_answer_drop_by_drop_is_left_at_its_deadline)
{
    static char bytes[64 << 10];
    Fixture fixture;
    size_t total = 0;
    size_t got = 1;

    start(&fixture, (GatewayOptions){.workers = 4, .write_ms = 600});
    AUTO(fd_closep) int fd = call(&fixture);
    EXPECT_OK(socket_send(fd, STR(GET("/large")), 2000));
    while (got > 0 && total < 1000000) {
        usleep(50 * 1000);
        EXPECT_OK(socket_receive(fd, bytes, sizeof bytes, PATIENCE_MS, &got));
        total += got;
    }
    EXPECT(got == 0 && total < 1000000);
    fd_closep(&fd);
    stop(&fixture);
}

TEST(more_connections_than_the_table_holds_wait_for_a_place)
{
    Fixture fixture;

    start(&fixture, (GatewayOptions){.connections = 1});
    AUTO(fd_closep) int first = call(&fixture);
    AUTO(fd_closep) int second = call(&fixture);
    expect_answer(first, STR(GET("/")), "HTTP/1.1 200 OK\r\n", false);
    expect_silence(second, STR(GET("/")));
    fd_closep(&first);
    expect_answer(second, STR_NONE, "HTTP/1.1 200 OK\r\n", false);
    fd_closep(&second);
    stop(&fixture);
}

#define OPEN 4
#define NEW 8

/* The one thread is held twice: newcomers knock while it is held first, open connections ask while it is held again. */
TEST(whoever_waits_to_be_let_in_has_their_turn_before_open_connections_have_another)
{
    int open[OPEN], new[NEW];
    Fixture fixture;

    start(&fixture, (GatewayOptions){.workers = 1});
    for (int i = 0; i < OPEN; i++) {
        open[i] = call(&fixture);
        expect_answer(open[i], STR(GET("/")), "HTTP/1.1 200 OK\r\n", false);
    }
    EXPECT_OK(socket_send(open[0], STR(GET("/hold")), 2000));
    await_held(&fixture, 1);
    for (int i = 0; i < NEW; i++) {
        new[i] = call(&fixture);
        EXPECT_OK(socket_send(new[i], STR(GET("/new")), 2000));
    }
    EXPECT_OK(socket_send(open[1], STR(GET("/hold")), 2000));
    atomic_store(&fixture.released, 1);
    await_held(&fixture, 2);
    for (int i = 2; i < OPEN; i++)
        EXPECT_OK(socket_send(open[i], STR(GET("/old")), 2000));
    atomic_store(&fixture.released, 2);
    for (int i = 0; i < NEW; i++)
        expect_answer(new[i], STR_NONE, "HTTP/1.1 200 OK\r\n", false);
    for (int i = 2; i < OPEN; i++)
        expect_answer(open[i], STR_NONE, "HTTP/1.1 200 OK\r\n", false);
    EXPECT(memcmp(fixture.order + OPEN, "hhnnnnnnnnoo", 12) == 0);
    for (int i = 0; i < OPEN; i++)
        fd_closep(&open[i]);
    for (int i = 0; i < NEW; i++)
        fd_closep(&new[i]);
    stop(&fixture);
}

TEST(a_gateway_that_stops_answers_an_open_connection_once_more_and_then_ends)
{
    Fixture fixture;

    start(&fixture, (GatewayOptions){0});
    AUTO(fd_closep) int fd = call(&fixture);
    expect_answer(fd, STR(GET("/")), "HTTP/1.1 200 OK\r\n", false);
    gateway_stop(fixture.gateway);
    while (access(fixture.path, F_OK) == 0 && usleep(20000) == 0) {
        int late = -1;
        if (!is_ok(socket_connect(fixture.path, SOCKET_STREAM, 100, &late)))
            break;
        fd_close(late);
    }
    expect_answer(fd, STR(GET("/")), "HTTP/1.1 200 OK\r\n", true);
    stop(&fixture);
}

TEST(a_gateway_that_stops_waits_for_an_idle_connection_no_longer_than_its_drain_time)
{
    Fixture fixture;

    start(&fixture, (GatewayOptions){.drain_ms = 100});
    AUTO(fd_closep) int fd = call(&fixture);
    expect_answer(fd, STR(GET("/")), "HTTP/1.1 200 OK\r\n", false);
    int64_t before = clock_monotonic_ms();
    stop(&fixture);
    EXPECT(clock_monotonic_ms() - before < 3000);
}

RUN_TESTS("gateway")
