/* Answers: the handler's side (headers, failures) and the head as it goes out, with the fixed headers on every one.
 * Must not send a status, a header or a byte that stands in no table.
 * Called by web (through gateway.h) and gateway.c. */
#include "gateway/response.h"

#include <string.h>
#include <strings.h>

/* status, reason phrase, what people read when nothing better could be made; empty where there is no such page */
#define STATUSES(X)                                                                          \
    X(200, "OK", "")                                                                         \
    X(201, "Created", "")                                                                    \
    X(202, "Accepted", "")                                                                   \
    X(204, "No Content", "")                                                                 \
    X(303, "See Other", "")                                                                  \
    X(304, "Not Modified", "")                                                               \
    X(400, "Bad Request", "Forespørselen kunne ikke leses.")                                 \
    X(401, "Unauthorized", "Du må logge inn.")                                               \
    X(403, "Forbidden", "Du må logge inn på nytt.")                                          \
    X(404, "Not Found", "Fant ikke siden.")                                                  \
    X(408, "Request Timeout", "Det tok for lang tid. Prøv igjen.")                           \
    X(409, "Conflict", "Noen andre har endret dette.")                                       \
    X(412, "Precondition Failed", "Noen andre har endret dette.")                            \
    X(413, "Content Too Large", "Det du sendte, er for stort.")                              \
    X(415, "Unsupported Media Type", "Forespørselen kunne ikke leses.")                      \
    X(417, "Expectation Failed", "Forespørselen kunne ikke leses.")                          \
    X(422, "Unprocessable Content", "Noe av det du sendte, er ikke gyldig.")                 \
    X(428, "Precondition Required", "Forespørselen kunne ikke leses.")                       \
    X(429, "Too Many Requests", "Grensen for oppslag er nådd. Prøv igjen senere.")           \
    X(431, "Request Header Fields Too Large", "Forespørselen kunne ikke leses.")             \
    X(500, "Internal Server Error", "Noe gikk galt hos oss. Prøv igjen om litt.")            \
    X(501, "Not Implemented", "Forespørselen kunne ikke leses.")                             \
    X(503, "Service Unavailable", "Tjenesten er ikke tilgjengelig akkurat nå. Prøv igjen om litt.") \
    X(505, "HTTP Version Not Supported", "Forespørselen kunne ikke leses.")

typedef struct Status {
    int status;
    const char *reason;
    const char *page;
} Status;

#define X(number, phrase, text) {.status = number, .reason = phrase, .page = text},
static const Status statuses[] = {STATUSES(X)};
#undef X

const FixedHeader http_fixed_headers[] = {
    {.name = "Content-Security-Policy",
     .value = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
              "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
              "require-trusted-types-for 'script'; trusted-types 'none'"},
    {.name = "Strict-Transport-Security", .value = "max-age=63072000; includeSubDomains"},
    {.name = "X-Content-Type-Options", .value = "nosniff"},
    {.name = "Referrer-Policy", .value = "same-origin"},
    {.name = "Cross-Origin-Opener-Policy", .value = "same-origin"},
    {.name = "Cross-Origin-Embedder-Policy", .value = "require-corp"},
    {.name = "Cross-Origin-Resource-Policy", .value = "same-origin"},
    {.name = "Permissions-Policy",
     .value = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
              "microphone=(), midi=(), payment=(), usb=()"},
    {.name = "Cache-Control", .value = "no-store"},
};
const size_t http_fixed_header_count = COUNT_OF(http_fixed_headers);

/* Written by http_write_head, or with a meaning between the front and us: no handler may set them. */
static const char *const own_headers[] = {"Content-Type",      "Content-Length", "Connection", "Keep-Alive",
                                          "Transfer-Encoding", "Upgrade",        "Trailer",    "Server",
                                          "Content-Encoding",  "Vary"};

static const Status *find_status(int status)
{
    for (size_t i = 0; i < COUNT_OF(statuses); i++)
        if (statuses[i].status == status)
            return &statuses[i];
    return NULL;
}

static bool is_own_header(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(own_headers); i++)
        if (strcasecmp(name, own_headers[i]) == 0)
            return true;
    for (size_t i = 0; i < http_fixed_header_count; i++)
        if (strcasecmp(name, http_fixed_headers[i].name) == 0)
            return true;
    /* X-Accel-Redirect and its kin are orders to nginx. */
    return strncasecmp(name, "X-Accel-", 8) == 0;
}

static bool is_printable(Str value)
{
    for (size_t i = 0; i < value.length; i++)
        if (value.data[i] < ' ' || value.data[i] > '~')
            return false;
    return true;
}

void response_header(Response *response, const char *name, Str value)
{
    if (response->header_count == RESPONSE_HEADERS || is_own_header(name) || !is_printable(value)) {
        response->broken = true;
        return;
    }
    response->headers[response->header_count++] = (ResponseHeader){.name = name, .value = value};
}

void response_fail(Response *response, int status)
{
    const Status *found = find_status(status);

    if (!found || !found->page[0])
        found = find_status(500);
    *response = (Response){
        .status = found->status,
        .content_type = STR("text/plain; charset=utf-8"),
        .body = str_from_c(found->page),
    };
}

/* Answers that have no body by definition, and so no length (RFC 9110, 8.6). */
static bool is_bodyless(int status)
{
    return status == 204 || status == 304;
}

bool response_is_sound(const Response *response)
{
    if (response->broken || !find_status(response->status) || !is_printable(response->content_type))
        return false;
    if (is_bodyless(response->status))
        return response->body.length == 0;
    return response->body.length == 0 || response->content_type.length > 0;
}

static void add_header(Buf *out, const char *name, Str value)
{
    buf_add(out, str_from_c(name));
    buf_add(out, STR(": "));
    buf_add(out, value);
    buf_add(out, STR("\r\n"));
}

void http_write_head(Buf *out, const Response *response, bool last)
{
    const Status *status = find_status(response->status);

    buf_format(out, "HTTP/1.1 %d %s\r\n", response->status, status ? status->reason : "");
    for (size_t i = 0; i < http_fixed_header_count; i++)
        add_header(out, http_fixed_headers[i].name, str_from_c(http_fixed_headers[i].value));
    for (size_t i = 0; i < response->header_count; i++)
        add_header(out, response->headers[i].name, response->headers[i].value);
    if (response->coding != CODING_NONE)
        buf_add(out, STR("Vary: Accept-Encoding\r\n"));
    if (response->coding == CODING_GZIP)
        buf_add(out, STR("Content-Encoding: gzip\r\n"));
    if (response->content_type.length > 0)
        add_header(out, "Content-Type", response->content_type);
    if (!is_bodyless(response->status))
        buf_format(out, "Content-Length: %zu\r\n", response->body.length);
    buf_add(out, last ? STR("Connection: close\r\n\r\n") : STR("\r\n"));
}
