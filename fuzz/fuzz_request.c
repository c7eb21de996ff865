/* Fuzz target: whatever the bytes are, a head that is taken holds only views into them that have the promised form.
 * Must not need anything but base, sys and gateway.
 * Built by `make fuzz`; its corpus is replayed by the tests. */
#include <stdlib.h>
#include <string.h>

#include "gateway/cookie.h"
#include "gateway/form.h"
#include "gateway/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* first_beyond: the first byte above ASCII that may not stand there. */
static void expect_bytes(Str whole, Str view, unsigned first_beyond)
{
    for (size_t i = 0; i < view.length; i++) {
        unsigned byte = (unsigned char)view.data[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7f || byte >= first_beyond)
            abort();
    }
    if (view.length > 0 && (view.data < whole.data || view.data + view.length > whole.data + whole.length))
        abort();
}

static void expect_view(Str whole, Str view)
{
    expect_bytes(whole, view, 0x80);
}

static void expect_sound(Str whole, const HttpHead *head)
{
    const Request *request = &head->request;

    if (request->method == METHOD_NONE || request->method >= METHOD_COUNT || head->length > HTTP_HEAD_MAX ||
        head->length > whole.length || head->body_length > (size_t)HTTP_BODY_MAX || !str_starts(request->path, STR("/")))
        abort();
    expect_view(whole, request->path);
    expect_view(whole, request->query);
    /* Cookies of others may hold any byte above ASCII; ours do not, and those are skipped. */
    for (size_t i = 0; i < HEADER_COUNT; i++)
        expect_bytes(whole, request->headers[i], i == HEADER_COOKIE ? 0x100 : 0x80);
    if (request->headers[HEADER_TRANSFER_ENCODING].data || request->headers[HEADER_HOST].length == 0)
        abort();
    expect_view(whole, cookie_find(request->headers[HEADER_COOKIE], STR("a")));
}

/* A head that is taken is refused or incomplete when it is cut, and the same with anything behind it. */
static void expect_one_end(Str whole, const HttpHead *head)
{
    HttpHead again = {0};

    if (http_read_head(str_slice(whole, 0, head->length - 1), &again) == HTTP_COMPLETE)
        abort();
    if (http_read_head(str_slice(whole, 0, head->length), &again) != HTTP_COMPLETE || again.length != head->length)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Str whole = str_from_bytes(bytes, length);
    HttpHead head = {0};
    Form form = {0};

    if (http_read_head(whole, &head) != HTTP_COMPLETE) {
        if (head.length != 0)
            abort();
        return 0;
    }
    expect_sound(whole, &head);
    expect_one_end(whole, &head);
    if (!is_ok(arena_new((size_t)1 << 20, &arena)))
        return 0;
    if (is_ok(query_parse(head.request.query, arena, &form)) && form.count > FORM_FIELDS_MAX)
        abort();
    return 0;
}
