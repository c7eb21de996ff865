/* HTTP/1.1 as we take it: a strict reader of request heads.
 * Must not do input or output, repair anything, or guess.
 * Used by gateway.c, and by tests and fuzz targets. */
#ifndef GATEWAY_HTTP_H
#define GATEWAY_HTTP_H

#include "base/buf.h"
#include "gateway/gateway.h"

#define HTTP_HEAD_MAX ((size_t)16 << 10)  /* bytes of a request head */
#define HTTP_FIELDS_MAX 64                /* lines in it */
#define HTTP_BODY_MAX ((int64_t)1 << 30)  /* that a Content-Length may name; the handler's limit is far lower */

/* What became of a head: name, status to answer, why. Zero is not yet an outcome; complete is never zero. */
#define HTTP_OUTCOMES(X)                                                         \
    X(INCOMPLETE, 0, "the head does not end in these bytes")                     \
    X(COMPLETE, 200, "well-formed")                                              \
    X(HEAD_TOO_LARGE, 431, "longer than 16 KiB, or more than 64 lines")          \
    X(METHOD, 501, "not a method of the table")                                  \
    X(TARGET, 400, "not origin form, a character or escape that is not allowed, or a dot or empty segment") \
    X(VERSION, 505, "not HTTP/1.1")                                              \
    X(LINE, 400, "a request line or an end of line of another form")             \
    X(FIELD, 400, "a header line of another form")                               \
    X(DUPLICATE, 400, "a header that is read came twice")                        \
    X(HOST, 400, "no Host, or not a host name with an optional port")            \
    X(LENGTH, 400, "Content-Length is not a plain number in range, or on a method without body") \
    X(ENCODING, 501, "Transfer-Encoding: the front sends lengths")               \
    X(EXPECTATION, 417, "Expect: the front sends whole requests")

#define X(name, status, why) HTTP_##name,
enum http_outcome { HTTP_OUTCOMES(X) HTTP_OUTCOME_COUNT };
#undef X

typedef struct HttpHead {
    Request request;      /* views into the bytes; body and arena are empty */
    size_t length;        /* bytes of the head with its empty line */
    size_t body_length;   /* bytes that follow it */
    bool last;            /* the other end closes after this request */
} HttpHead;

/* Reads a head from the start of bytes. Only with HTTP_COMPLETE is *ret_head filled. With HTTP_INCOMPLETE more bytes may
 * make it complete. Rules: web 12; RFC 9112 without its leniencies. */
enum http_outcome http_read_head(Str bytes, HttpHead *ret_head);

/* The status that a refusal is answered with; 0 for HTTP_INCOMPLETE. */
int http_outcome_status(enum http_outcome outcome);

/* "GET", or "" for METHOD_NONE. Constants. */
const char *http_method_text(enum method method);

#endif
