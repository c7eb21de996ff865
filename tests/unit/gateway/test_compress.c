/* Which answers leave compressed, and what their heads say.
 * Must not open a socket.
 * Run by meson. */
#include "support/test.h"

#include <libdeflate.h>
#include <string.h>

#include "gateway/compress.h"
#include "gateway/http.h"

#define PAGE_BYTES 5000

/* A page that compresses well, and what becomes of it for whoever sends this Accept-Encoding. */
typedef struct Sent {
    char page[PAGE_BYTES];
    Arena *arena;
    Response response;
    Str head;
} Sent;

static void sent_done(Sent *sent)
{
    arena_free(sent->arena);
}

static void send_as(Sent *sent, Response response, Str accept_encoding)
{
    AUTO(compressor_freep) Compressor *compressor = NULL;
    Request request = {.method = METHOD_GET};
    Buf head;

    EXPECT_OK(arena_new(1 << 20, &sent->arena));
    EXPECT_OK(compressor_new(&compressor));
    request.arena = sent->arena;
    request.headers[HEADER_ACCEPT_ENCODING] = accept_encoding;
    sent->response = response;
    compress_page(compressor, &request, &sent->response);
    head = buf_new(sent->arena, 1 << 14);
    http_write_head(&head, &sent->response, false);
    EXPECT_OK(buf_done(&head, &sent->head));
}

static Response page_of(Sent *sent)
{
    memset(sent->page, 'a', sizeof sent->page);
    return (Response){.status = 200,
                      .content_type = STR("text/html; charset=utf-8"),
                      .body = str_from_bytes(sent->page, sizeof sent->page)};
}

static bool says(const Sent *sent, const char *line)
{
    Str wanted = str_from_c(line);

    for (size_t i = 0; i + wanted.length <= sent->head.length; i++)
        if (str_starts(str_slice(sent->head, i, sent->head.length), wanted))
            return true;
    return false;
}

static void expect_untouched(Response response)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};

    send_as(&sent, response, STR("gzip"));
    EXPECT(sent.response.coding == CODING_NONE && sent.response.body.data == response.body.data);
    EXPECT(!says(&sent, "Vary") && !says(&sent, "Content-Encoding"));
}

TEST(errors_redirects_files_and_documents_of_the_api_are_never_compressed)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};
    static const int others[] = {201, 303, 400, 403, 404, 409, 422, 500, 503};
    Response response = page_of(&sent);

    for (size_t i = 0; i < COUNT_OF(others); i++) {
        response.status = others[i];
        expect_untouched(response);
    }
    response = page_of(&sent);
    response.content_type = STR("application/pdf");
    expect_untouched(response);
    response.content_type = STR("application/json");
    expect_untouched(response);
    response.content_type = STR("text/plain; charset=utf-8");
    expect_untouched(response);
    expect_untouched((Response){.status = 304});
}

TEST(a_page_too_small_to_gain_from_it_is_not_compressed)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};
    Response response = page_of(&sent);

    response.body.length = COMPRESS_MIN - 1;
    expect_untouched(response);
}

TEST(a_page_that_somebody_takes_as_it_is_says_that_others_get_it_otherwise)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};
    Response response = page_of(&sent);

    send_as(&sent, response, STR_NONE);
    EXPECT(sent.response.body.length == PAGE_BYTES && says(&sent, "\r\nVary: Accept-Encoding\r\n"));
    EXPECT(!says(&sent, "Content-Encoding") && says(&sent, "\r\nContent-Length: 5000\r\n"));
}

TEST(a_compressed_page_says_so_and_opens_to_what_it_was)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};
    struct libdeflate_decompressor *opener = libdeflate_alloc_decompressor();
    Response response = page_of(&sent);
    char opened[PAGE_BYTES + 1];
    size_t length = 0;

    send_as(&sent, response, STR("br, gzip;q=0.8"));
    EXPECT(says(&sent, "\r\nVary: Accept-Encoding\r\n") && says(&sent, "\r\nContent-Encoding: gzip\r\n"));
    EXPECT(sent.response.body.length < PAGE_BYTES / 10);
    EXPECT(libdeflate_gzip_decompress(opener, sent.response.body.data, sent.response.body.length, opened, sizeof opened,
                                      &length) == LIBDEFLATE_SUCCESS);
    EXPECT(length == PAGE_BYTES && memcmp(opened, sent.page, PAGE_BYTES) == 0);
    libdeflate_free_decompressor(opener);
}

TEST(a_page_that_would_not_become_smaller_stays_as_it_is)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};
    Response response = page_of(&sent);
    uint32_t state = 1;

    for (size_t i = 0; i < PAGE_BYTES; i++) {
        state = state * 1664525 + 1013904223;
        sent.page[i] = (char)(state >> 24);
    }
    send_as(&sent, response, STR("gzip"));
    EXPECT(sent.response.body.data == sent.page && sent.response.body.length == PAGE_BYTES);
    EXPECT(!says(&sent, "Content-Encoding"));
}

TEST(a_page_for_which_there_is_no_memory_left_stays_as_it_is)
{
    AUTO(sent_done) Sent sent = {.arena = NULL};
    AUTO(compressor_freep) Compressor *compressor = NULL;
    Request request = {.method = METHOD_GET};
    Response response = page_of(&sent);

    EXPECT_OK(arena_new(PAGE_BYTES - 1, &sent.arena));
    EXPECT_OK(compressor_new(&compressor));
    request.arena = sent.arena;
    request.headers[HEADER_ACCEPT_ENCODING] = STR("gzip");
    compress_page(compressor, &request, &response);
    EXPECT(response.body.data == sent.page && response.coding == CODING_PLAIN);
}

TEST(gzip_is_taken_only_when_it_is_named_with_a_weight_above_zero)
{
    static const char *const refused[] = {"", "identity", "br", "gzipped", "x-gzip", "gzip;q=0", "gzip; q=0.000", "GZIP ;Q=0.", "br, gzip;q=0"};
    static const char *const taken[] = {"gzip", "GZip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.001", "deflate ,gzip ; q=1", "gzip;q"};

    for (size_t i = 0; i < COUNT_OF(refused); i++)
        EXPECT(!accepts_gzip(str_from_c(refused[i])));
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        EXPECT(accepts_gzip(str_from_c(taken[i])));
}

RUN_TESTS("compress")
