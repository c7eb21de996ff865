/* gzip by libdeflate, with what one thread keeps from page to page.
 * Must not allocate anything but the room of the answer.
 * Called by the threads of gateway.c, before an answer is sent. */
#include "gateway/compress.h"

#include <libdeflate.h>

/* The fastest: a page of 48 KB becomes 8.9 KB in 0.06 ms. Level 6 saves 0.7 KB more for twice the time and thrice the memory. */
#define LEVEL 1

Err compressor_new(Compressor **ret_compressor)
{
    Compressor *compressor = libdeflate_alloc_compressor(LEVEL);

    if (!compressor)
        return fail(E_NO_MEMORY);
    *ret_compressor = compressor;
    return ok();
}

void compressor_free(Compressor *compressor)
{
    libdeflate_free_compressor(compressor);
}

void compressor_freep(Compressor **compressor)
{
    compressor_free(*compressor);
    *compressor = NULL;
}

/* ---- what the client takes ---- */

/* "0", "0.", "0.0" ... of a weight; one that is none of RFC 9110's is not zero either. */
static bool is_zero(Str weight)
{
    for (size_t i = 0; i < weight.length; i++)
        if (weight.data[i] != (i == 1 ? '.' : '0'))
            return false;
    return weight.length > 0;
}

bool accepts_gzip(Str accept_encoding)
{
    Str rest = accept_encoding;

    while (rest.length > 0) {
        Str coding = STR_NONE;
        Str name = STR_NONE;
        rest = str_cut(rest, ',', &coding);
        Str weight = str_trim(str_cut(coding, ';', &name));
        if (!str_same_letters(str_trim(name), STR("gzip")))
            continue;
        bool is_weight = weight.length > 2 && str_same_letters(str_slice(weight, 0, 2), STR("q="));
        return !is_weight || !is_zero(str_slice(weight, 2, weight.length));
    }
    return false;
}

/* ---- the page ---- */

static bool is_page(const Response *response)
{
    return response->status == 200 && response->body.length >= COMPRESS_MIN &&
           str_starts(response->content_type, STR("text/html"));
}

void compress_page(Compressor *compressor, const Request *request, Response *response)
{
    char *room = NULL;

    if (!is_page(response))
        return;
    response->coding = CODING_PLAIN;
    if (!accepts_gzip(request->headers[HEADER_ACCEPT_ENCODING]))
        return;
    if (!is_ok(arena_alloc_bytes(request->arena, response->body.length, &room)))
        return;
    size_t length =
        libdeflate_gzip_compress(compressor, response->body.data, response->body.length, room, response->body.length);
    if (length == 0)
        return;
    response->body = str_from_bytes(room, length);
    response->coding = CODING_GZIP;
}
