/* The door towards the front (nginx): complete, checked requests come in, answers go out, over a Unix socket.
 * Must not know a user, a log or a page; must never be reachable from the network.
 * Web gives it a handler; cli/serve opens and runs it. */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include <stdint.h>

#include "base/str.h"
#include "gateway/response.h"

/* Every method that is understood; all others are answered with 501. */
#define METHODS(X)       \
    X(GET, "GET")        \
    X(HEAD, "HEAD")      \
    X(POST, "POST")      \
    X(PUT, "PUT")        \
    X(PATCH, "PATCH")    \
    X(DELETE, "DELETE")

#define X(name, text) METHOD_##name,
enum method { METHOD_NONE = 0, METHODS(X) METHOD_COUNT };
#undef X

/* Every header that is read. Each may come once; all others are checked for form and dropped.
 * The front forwards these and no more. */
#define HEADERS(X)                                 \
    X(HOST, "Host")                                \
    X(CONNECTION, "Connection")                    \
    X(CONTENT_TYPE, "Content-Type")                \
    X(CONTENT_LENGTH, "Content-Length")            \
    X(TRANSFER_ENCODING, "Transfer-Encoding")      \
    X(EXPECT, "Expect")                            \
    X(COOKIE, "Cookie")                            \
    X(X_REAL_IP, "X-Real-IP")                      \
    X(ACCEPT, "Accept")                            \
    X(ACCEPT_ENCODING, "Accept-Encoding")          \
    X(ACCEPT_LANGUAGE, "Accept-Language")          \
    X(AUTHORIZATION, "Authorization")              \
    X(IF_MATCH, "If-Match")                        \
    X(IF_NONE_MATCH, "If-None-Match")              \
    X(ORIGIN, "Origin")                            \
    X(SEC_FETCH_SITE, "Sec-Fetch-Site")            \
    X(X_REQUESTED_WITH, "X-Requested-With")        \
    X(FORM_TOKEN, "Form-Token")

#define X(name, text) HEADER_##name,
enum header { HEADERS(X) HEADER_COUNT };
#undef X

/* One complete request. All texts live in arena, which is wiped when the handler has returned and the answer is sent. */
typedef struct Request {
    enum method method;
    Str path;                   /* as sent, not decoded: starts with '/', without dot or empty segments */
    Str query;                  /* as sent, without '?'; see query_parse */
    Str headers[HEADER_COUNT];  /* printable ASCII; empty when absent */
    Str body;
    Arena *arena;
} Request;

/* Called for each request from any of the gateway's threads. All functions must be safe for that. */
typedef struct GatewayHandler {
    void *self;
    /* Fills a response that is all zero before. */
    void (*handle)(void *self, const Request *request, Response *response);
    /* Most bytes that a body may have here; asked before the body is read. */
    size_t (*body_limit)(void *self, enum method method, Str path);
    /* Most bytes that a file may have which is answered here; 0 where pages are answered. NULL: no files at all. */
    size_t (*file_limit)(void *self, enum method method, Str path);
    /* Told of a request that was refused with this status before anybody could handle it. NULL: not told. */
    void (*refused)(void *self, int status);
} GatewayHandler;

/* Zero takes the default. */
typedef struct GatewayOptions {
    const char *socket_path;    /* used when no socket was inherited from the service manager */
    int64_t group;              /* numeric group that may connect (the front's); 0: nobody but this user */
    uint32_t workers;           /* threads, 1..512; 8 for each processor, 16 to 64. A quarter of them, two at least, send answers
                                   that do not fit into a socket; who comes beside them is asked to come back (503) */
    uint32_t connections;       /* at once, 1..4096; 1024 */
    size_t arena_cap;           /* memory of one request besides three times its body or file; 64 MiB */
    int read_ms;                /* for a whole request after its first byte; 10 000 */
    int write_ms;               /* for a whole answer, which the front takes at once whoever reads it; 10 000 */
    int drain_ms;               /* that idle connections may stay open after gateway_stop; 5 000. More than the front's
                                   keepalive_timeout, so that it is always the front who closes, and no request is lost */
    const int *stop_fd;         /* input here means gateway_stop (stop_signals_open); NULL: none */
} GatewayOptions;

typedef struct Gateway Gateway;

/* Takes the inherited socket, or makes the one named. Errors: E_RANGE (options), those of socket_listen and poller_open. */
MUST_USE Err gateway_open(const GatewayOptions *options, GatewayHandler handler, Gateway **ret_gateway);

/* Serves until gateway_stop: accepts no more, answers what comes on open connections with `Connection: close`, and
 * returns when they are closed or the drain time is over; a handler that runs is always waited for.
 * Errors: E_BUSY when threads ran out, E_IO. */
MUST_USE Err gateway_run(Gateway *gateway);

/* From any thread, any number of times. */
void gateway_stop(Gateway *gateway);

/* After gateway_run has returned. NULL is fine. */
void gateway_close(Gateway *gateway);
void gateway_closep(Gateway **gateway);

#endif
