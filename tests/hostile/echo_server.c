/* A gateway whose handler answers each request with what it was: for tests through the real front.
 * Must not be installed.
 * Run by tests/hostile/run.py: echo_server SOCKET (or with an inherited socket); SIGTERM drains it.
 * With the argument --front it prints the front's configuration instead: FOLDER PORT. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gateway/form.h"
#include "gateway/front.h"
#include "sys/poller.h"

static const FrontLimit limits[] = {{.prefix = "/document/", .body_mib = 10}, {.prefix = "/import/", .body_mib = 64}};

/* Method, path, query, length of the body, fields. */
static Err describe(const Request *request, Response *response)
{
    Form form = {0};
    Buf out = buf_new(request->arena, (size_t)1 << 16);

    if (request->method == METHOD_POST)
        TRY(form_parse(request, &form));
    buf_format(&out, "path=%.*s\nquery=%.*s\nbody=%zu\nfields=%zu\naddress=%.*s\n", STR_ARGS(request->path),
               STR_ARGS(request->query), request->body.length, form.count, STR_ARGS(request->headers[HEADER_X_REAL_IP]));
    response->status = 200;
    response->content_type = STR("text/plain; charset=utf-8");
    return buf_done(&out, &response->body);
}

static void handle(void *self, const Request *request, Response *response)
{
    (void)self;
    Err described = describe(request, response);
    if (!is_ok(described))
        response_fail(response, err_http(described.id));
}

static size_t body_limit(void *self, enum method method, Str path)
{
    (void)self;
    (void)method;
    for (size_t i = 0; i < COUNT_OF(limits); i++)
        if (str_starts(path, str_from_c(limits[i].prefix)))
            return (size_t)limits[i].body_mib << 20;
    return (size_t)1 << 20;
}

static Err serve(const char *path)
{
    AUTO(gateway_closep) Gateway *gateway = NULL;
    AUTO(fd_closep) int stop = -1;

    TRY(stop_signals_open(&stop));
    GatewayOptions options = {.socket_path = path, .workers = 16, .stop_fd = &stop};
    TRY(gateway_open(&options, (GatewayHandler){.handle = handle, .body_limit = body_limit}, &gateway));
    return gateway_run(gateway);
}

static Err print_front(const char *folder, const char *port, const char *user)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str paths[3] = {{0}};
    static const char *const names[] = {"certificate.pem", "key.pem", "gateway.sock"};
    int64_t number = 0;
    Str text = STR_NONE;

    TRY(arena_new((size_t)1 << 20, &arena));
    TRY(num_parse(str_from_c(port), 1, 65535, &number));
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        TRY(str_format(arena, &paths[i], "%s/%s", folder, names[i]));
    Buf out = buf_new(arena, (size_t)1 << 16);
    TRY(front_write(&(FrontOptions){.address = "127.0.0.1",
                                    .port = (uint16_t)number,
                                    .certificate = paths[0].data,
                                    .key = paths[1].data,
                                    .socket_path = paths[2].data,
                                    .folder = folder,
                                    .asset_root = folder,
                                    .user = user,
                                    .limits = limits,
                                    .limit_count = COUNT_OF(limits)},
                    &out));
    TRY(buf_done(&out, &text));
    fwrite(text.data, 1, text.length, stdout);
    return ok();
}

int main(int count, char **arguments)
{
    Err result = fail(E_USAGE);

    if (count == 2)
        result = serve(arguments[1]);
    if (count >= 4 && strcmp(arguments[1], "--front") == 0)
        result = print_front(arguments[2], arguments[3], count == 5 ? arguments[4] : NULL);
    if (!is_ok(result))
        fprintf(stderr, "echo_server: %s (%s:%u)\n", err_text(result.id), result.file, result.line);
    return err_exit(result.id);
}
