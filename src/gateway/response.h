/* An answer: what a handler says, and its head as it goes out.
 * Must not carry a status, a header or a byte that stands in no table.
 * Used by web (through gateway.h), exchange.c and front.c. */
#ifndef GATEWAY_RESPONSE_H
#define GATEWAY_RESPONSE_H

#include "base/buf.h"

#define RESPONSE_HEADERS 8

typedef struct ResponseHeader {
    const char *name;
    Str value;
} ResponseHeader;

/* How a body goes out. */
typedef enum Coding {
    CODING_NONE = 0,
    CODING_PLAIN, /* as it is, and somebody else might get it compressed */
    CODING_GZIP,
} Coding;

/* An answer. Texts must live as long as the request's arena. The security headers, Cache-Control, Content-Length and
 * Connection are written by the gateway. */
typedef struct Response {
    int status;                 /* one of the table in response.c; anything else is sent as 500 */
    Str content_type;
    Str body;
    ResponseHeader headers[RESPONSE_HEADERS];
    size_t header_count;
    bool broken;                /* a header was refused: 500 is sent instead */
    Coding coding;              /* chosen by the gateway; a handler leaves it as it is */
} Response;

/* Adds a header; name is a constant of ours. A value with anything but printable ASCII, a ninth header, or one that the
 * gateway writes itself makes the response broken. */
void response_header(Response *response, const char *name, Str value);

/* Makes the whole answer a short constant page in plain text for this status (400..599; anything else becomes 500). */
void response_fail(Response *response, int status);

/* Writes the status line and all headers: the fixed ones on every answer, Content-Length, and `Connection: close` for the
 * last. A response that is broken, or whose status is not in our table, must have been made a failure before
 * (response_is_sound). */
void http_write_head(Buf *out, const Response *response, bool last);

/* False when the response must not be sent. */
bool response_is_sound(const Response *response);

/* Headers on every answer, in order; the front's file is written from the same table (rules: web 4, 10). */
typedef struct FixedHeader {
    const char *name;
    const char *value;
} FixedHeader;
extern const FixedHeader http_fixed_headers[];
extern const size_t http_fixed_header_count;

#endif
