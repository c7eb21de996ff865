/* The strict reader of request heads: what is not exactly right is refused with a reason.
 * Must not repair, and must not read past the bytes it was given.
 * Called by gateway.c for each request. */
#include "gateway/http.h"

#define X(name, text) [METHOD_##name] = text,
static const char *const method_texts[METHOD_COUNT] = {[METHOD_NONE] = "", METHODS(X)};
#undef X

#define X(name, text) [HEADER_##name] = text,
static const char *const header_texts[HEADER_COUNT] = {HEADERS(X)};
#undef X

#define X(name, status, why) [HTTP_##name] = status,
static const int outcome_statuses[HTTP_OUTCOME_COUNT] = {HTTP_OUTCOMES(X)};
#undef X

int http_outcome_status(enum http_outcome outcome)
{
    return outcome_statuses[outcome < HTTP_OUTCOME_COUNT ? outcome : HTTP_LINE];
}

const char *http_method_text(enum method method)
{
    return method_texts[method < METHOD_COUNT ? method : METHOD_NONE];
}

/* ---- characters (RFC 9110, 5.6.2; RFC 3986, 3.3) ---- */

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_one_of(char c, Str set)
{
    return str_find(set, c, 0) < set.length;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_token(Str text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!is_alphanumeric(text.data[i]) && !is_one_of(text.data[i], STR("!#$%&'*+-.^_`|~")))
            return false;
    return text.length > 0;
}

/* Characters of a path or query, with whole escapes; %00 is not one. */
static bool is_target_text(Str text, Str also)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (is_alphanumeric(c) || is_one_of(c, STR("-._~!$&'()*+,;=:@/")) || is_one_of(c, also))
            continue;
        if (c != '%' || text.length - i < 3 || !is_hex(text.data[i + 1]) || !is_hex(text.data[i + 2]))
            return false;
        if (text.data[i + 1] == '0' && text.data[i + 2] == '0')
            return false;
        i += 2;
    }
    return true;
}

/* ---- the request line ---- */

/* No empty segment but the last, and no "." or "..", so that a path has one spelling and prefixes mean what they say. */
static bool has_plain_segments(Str path)
{
    Str rest = str_slice(path, 1, path.length);

    while (rest.length > 0) {
        size_t end = str_find(rest, '/', 0);
        Str segment = str_slice(rest, 0, end);
        if (segment.length == 0 || str_equal(segment, STR(".")) || str_equal(segment, STR("..")))
            return false;
        rest = str_slice(rest, end + 1, rest.length);
    }
    return true;
}

static enum http_outcome read_target(Str target, Request *request)
{
    Str path = STR_NONE;
    Str query = str_cut(target, '?', &path);

    if (!str_starts(path, STR("/")) || !is_target_text(path, STR_NONE) || !is_target_text(query, STR("?")))
        return HTTP_TARGET;
    if (!has_plain_segments(path))
        return HTTP_TARGET;
    request->path = path;
    request->query = query;
    return HTTP_COMPLETE;
}

static enum http_outcome read_request_line(Str line, Request *request)
{
    Str method = STR_NONE;
    Str target = STR_NONE;
    Str version = str_cut(str_cut(line, ' ', &method), ' ', &target);

    if (!is_token(method) || target.length == 0 || !str_starts(version, STR("HTTP/")))
        return HTTP_LINE;
    for (enum method m = METHOD_GET; m < METHOD_COUNT; m++)
        if (str_equal(method, str_from_c(method_texts[m])))
            request->method = m;
    if (request->method == METHOD_NONE)
        return HTTP_METHOD;
    if (!str_equal(version, STR("HTTP/1.1")))
        return HTTP_VERSION;
    return read_target(target, request);
}

/* ---- header lines ---- */

/* Printable ASCII, spaces and tabs; in cookies, which other sites set, any byte beyond ASCII too (RFC 9110: obs-text). */
static bool is_field_value(Str value, bool is_cookie)
{
    for (size_t i = 0; i < value.length; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if ((c < ' ' && c != '\t') || c == 0x7F || (c > 0x7F && !is_cookie))
            return false;
    }
    return true;
}

static enum http_outcome read_field(Str line, Request *request)
{
    size_t colon = str_find(line, ':', 0);
    Str name = str_slice(line, 0, colon);
    Str value = str_slice(line, colon + 1, line.length);
    bool is_cookie = str_same_letters(name, str_from_c(header_texts[HEADER_COOKIE]));

    if (colon == line.length || !is_token(name) || !is_field_value(value, is_cookie))
        return HTTP_FIELD;
    value = str_trim(value);
    if (value.length == 0)
        value = STR(""); /* not NULL: an empty header is there, and a second one is a duplicate */
    for (size_t i = 0; i < HEADER_COUNT; i++) {
        if (!str_same_letters(name, str_from_c(header_texts[i])))
            continue;
        if (request->headers[i].data)
            return HTTP_DUPLICATE;
        request->headers[i] = value;
    }
    return HTTP_COMPLETE;
}

/* ---- what the headers must agree on ---- */

/* A name or address, and an optional port; IPv6 in brackets. */
static bool is_host(Str host)
{
    bool bracketed = str_starts(host, STR("["));
    size_t end = bracketed ? str_find(host, ']', 0) : str_find(host, ':', 0);
    Str name = str_slice(host, bracketed ? 1 : 0, end);
    Str port = str_slice(host, bracketed ? end + 1 : end, host.length);
    int64_t number = 0;

    if (name.length == 0 || name.length > 253 || (bracketed && end == host.length))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (!is_alphanumeric(name.data[i]) && !is_one_of(name.data[i], bracketed ? STR(":.") : STR("-.")))
            return false;
    return port.length == 0 ||
           (port.data[0] == ':' && is_ok(num_parse(str_slice(port, 1, port.length), 1, 65535, &number)));
}

static enum http_outcome read_length(HttpHead *head)
{
    Str text = head->request.headers[HEADER_CONTENT_LENGTH];
    bool may_have_body = head->request.method != METHOD_GET && head->request.method != METHOD_HEAD;
    int64_t length = 0;

    if (!text.data)
        return HTTP_COMPLETE;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return HTTP_LENGTH;
    if (!is_ok(num_parse(text, 0, HTTP_BODY_MAX, &length)) || (length > 0 && !may_have_body))
        return HTTP_LENGTH;
    head->body_length = (size_t)length;
    return HTTP_COMPLETE;
}

static enum http_outcome check_fields(HttpHead *head)
{
    const Str *headers = head->request.headers;

    if (headers[HEADER_TRANSFER_ENCODING].data)
        return HTTP_ENCODING;
    if (headers[HEADER_EXPECT].data)
        return HTTP_EXPECTATION;
    if (!is_host(headers[HEADER_HOST]))
        return HTTP_HOST;
    head->last = str_same_letters(headers[HEADER_CONNECTION], STR("close"));
    return read_length(head);
}

/* ---- the whole ---- */

/* The next line, without its CRLF; *at moves behind it. A CR or LF that stands alone is no end of line. */
static enum http_outcome next_line(Str bytes, size_t *at, Str *ret_line)
{
    size_t end = str_find(bytes, '\n', *at);
    Str line = str_slice(bytes, *at, end);

    if (end == bytes.length)
        return bytes.length >= HTTP_HEAD_MAX ? HTTP_HEAD_TOO_LARGE : HTTP_INCOMPLETE;
    if (end >= HTTP_HEAD_MAX)
        return HTTP_HEAD_TOO_LARGE;
    if (!str_ends(line, STR("\r")) || str_find(line, '\r', 0) != line.length - 1)
        return HTTP_LINE;
    *ret_line = str_slice(line, 0, line.length - 1);
    *at = end + 1;
    return HTTP_COMPLETE;
}

enum http_outcome http_read_head(Str bytes, HttpHead *ret_head)
{
    HttpHead head = {0};
    Str line = STR_NONE;
    enum http_outcome outcome = next_line(bytes, &head.length, &line);

    if (outcome == HTTP_COMPLETE)
        outcome = read_request_line(line, &head.request);
    for (size_t count = 0; outcome == HTTP_COMPLETE; count++) {
        outcome = next_line(bytes, &head.length, &line);
        if (outcome != HTTP_COMPLETE || line.length == 0)
            break;
        outcome = count < HTTP_FIELDS_MAX ? read_field(line, &head.request) : HTTP_HEAD_TOO_LARGE;
    }
    if (outcome == HTTP_COMPLETE)
        outcome = check_fields(&head);
    if (outcome == HTTP_COMPLETE)
        *ret_head = head;
    return outcome;
}
