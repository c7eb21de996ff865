/* The reader of request heads: every refusal, then what is taken.
 * Must not open a socket.
 * Run by meson. */
#include "support/test.h"

#include "gateway/http.h"

#define HOST "Host: localhost\r\n"
#define END "\r\n"
#define GET "GET / HTTP/1.1\r\n" HOST
#define POST "POST / HTTP/1.1\r\n" HOST

typedef struct Example {
    const char *bytes;
    enum http_outcome outcome;
} Example;

static enum http_outcome outcome_of(const char *bytes)
{
    HttpHead head;

    return http_read_head(str_from_c(bytes), &head);
}

static HttpHead read_whole(const char *bytes)
{
    HttpHead head = {0};

    EXPECT(http_read_head(str_from_c(bytes), &head) == HTTP_COMPLETE);
    return head;
}

static void expect_examples(const Example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum http_outcome got = outcome_of(examples[i].bytes);
        if (got == examples[i].outcome)
            continue;
        print_error("%s: outcome %d, expected %d\n", examples[i].bytes, (int)got, (int)examples[i].outcome);
        assert_true(false);
    }
}
#define EXPECT_EXAMPLES(...)                                                                              \
    expect_examples((const Example[]){__VA_ARGS__}, sizeof((const Example[]){__VA_ARGS__}) / sizeof(Example))

TEST(a_request_line_of_another_form_is_refused)
{
    EXPECT_EXAMPLES({"\r\n" GET END, HTTP_LINE}, {" GET / HTTP/1.1\r\n" HOST END, HTTP_LINE},
                    {"GET  / HTTP/1.1\r\n" HOST END, HTTP_LINE}, {"GET\t/\tHTTP/1.1\r\n" HOST END, HTTP_LINE},
                    {"GET /\r\n\r\n", HTTP_LINE}, {"GE\x01T / HTTP/1.1\r\n" HOST END, HTTP_LINE},
                    {"GET / HTTP/1.1\n" HOST END, HTTP_LINE}, {"GET / HTTP/1.1\r\nHost: a\n\r\n", HTTP_LINE},
                    {GET "X: a\rb\r\n\r\n", HTTP_LINE}, {GET "X: a\r\r\n\r\n", HTTP_LINE});
}

TEST(a_method_outside_the_table_is_refused)
{
    EXPECT_EXAMPLES({"get / HTTP/1.1\r\n" HOST END, HTTP_METHOD}, {"TRACE / HTTP/1.1\r\n" HOST END, HTTP_METHOD},
                    {"CONNECT a:1 HTTP/1.1\r\n" HOST END, HTTP_METHOD}, {"GETX / HTTP/1.1\r\n" HOST END, HTTP_METHOD},
                    {"OPTIONS * HTTP/1.1\r\n" HOST END, HTTP_METHOD});
}

TEST(another_version_than_1_1_is_refused)
{
    EXPECT_EXAMPLES({"GET / HTTP/1.0\r\n" HOST END, HTTP_VERSION}, {"GET / HTTP/9.9\r\n" HOST END, HTTP_VERSION},
                    {"GET / HTTP/1.1x\r\n" HOST END, HTTP_VERSION}, {"GET / HTTP/1.1 \r\n" HOST END, HTTP_VERSION},
                    {"GET / http/1.1\r\n" HOST END, HTTP_LINE});
}

TEST(a_target_that_is_not_a_plain_path_is_refused)
{
    static const char *const targets[] = {
        "http://localhost/", "*", "a", "?a=b", "//", "//a", "/a//b", "/.", "/..", "/a/../b", "/a/./b", "/a/..",
        "/%", "/%1", "/%zz", "/%00", "/a%0", "/\"", "/<a>", "/a\\b", "/a{b}", "/a|b", "/a^b", "/#a", "/a?b#c",
        "/?a=%zz", "/?a=%00", "/?a=<", "/\xc3\xa5", "/a\x7f", "/a\tb",
    };

    for (size_t i = 0; i < COUNT_OF(targets); i++) {
        TEST_ARENA(arena);
        Str text = STR_NONE;
        EXPECT_OK(str_format(arena, &text, "GET %s HTTP/1.1\r\n" HOST END, targets[i]));
        EXPECT(outcome_of(text.data) == HTTP_TARGET);
    }
}

TEST(a_nul_is_refused_wherever_it_stands)
{
    const Str target = STR("GET /\0 HTTP/1.1\r\n" HOST END);
    const Str value = STR(GET "X: a\0b\r\n\r\n");
    const Str name = STR(GET "X\0: a\r\n\r\n");
    HttpHead head;

    EXPECT(http_read_head(target, &head) == HTTP_TARGET);
    EXPECT(http_read_head(value, &head) == HTTP_FIELD);
    EXPECT(http_read_head(name, &head) == HTTP_FIELD);
}

TEST(a_header_line_of_another_form_is_refused)
{
    EXPECT_EXAMPLES({GET "garbage\r\n\r\n", HTTP_FIELD}, {GET ": a\r\n\r\n", HTTP_FIELD},
                    {GET "X : a\r\n\r\n", HTTP_FIELD}, {GET "X Y: a\r\n\r\n", HTTP_FIELD},
                    {GET "X: a\r\n b\r\n\r\n", HTTP_FIELD}, {GET "X: a\x01" "b\r\n\r\n", HTTP_FIELD},
                    {GET "X: \x0b" "a\r\n\r\n", HTTP_FIELD}, {GET "X: a\x0c\r\n\r\n", HTTP_FIELD},
                    {GET "X: \x7f\r\n\r\n", HTTP_FIELD}, {GET "X: \xc3\xa5\r\n\r\n", HTTP_FIELD},
                    {GET "\xc3\xa5: a\r\n\r\n", HTTP_FIELD});
}

TEST(a_cookie_of_another_site_may_hold_bytes_that_no_other_header_may)
{
    EXPECT_EXAMPLES({GET "Cookie: navn=Bl\xc3\xa5; a=\xff\r\n\r\n", HTTP_COMPLETE}, {GET "Cookie: a=\x01\r\n\r\n", HTTP_FIELD},
                    {GET "Cookie: a=\x7f\r\n\r\n", HTTP_FIELD}, {GET "Origin: \xc3\xa5\r\n\r\n", HTTP_FIELD});
}

TEST(a_known_header_that_comes_twice_is_refused)
{
    EXPECT_EXAMPLES({GET HOST END, HTTP_DUPLICATE}, {GET "HOST: b\r\n\r\n", HTTP_DUPLICATE},
                    {GET "Cookie: a=b\r\ncookie: c=d\r\n\r\n", HTTP_DUPLICATE},
                    {GET "Cookie:\r\nCookie:\r\n\r\n", HTTP_DUPLICATE},
                    {POST "Content-Length: 3\r\nContent-Length: 3\r\n\r\n", HTTP_DUPLICATE},
                    {GET "X-Real-IP: 1.1.1.1\r\nX-Real-IP: 2.2.2.2\r\n\r\n", HTTP_DUPLICATE});
}

TEST(a_host_that_is_missing_or_no_name_is_refused)
{
    EXPECT_EXAMPLES({"GET / HTTP/1.1\r\n\r\n", HTTP_HOST}, {"GET / HTTP/1.1\r\nHost:\r\n\r\n", HTTP_HOST},
                    {"GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n", HTTP_HOST}, {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", HTTP_HOST},
                    {"GET / HTTP/1.1\r\nHost: a:\r\n\r\n", HTTP_HOST}, {"GET / HTTP/1.1\r\nHost: a:0\r\n\r\n", HTTP_HOST},
                    {"GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n", HTTP_HOST}, {"GET / HTTP/1.1\r\nHost: :80\r\n\r\n", HTTP_HOST},
                    {"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", HTTP_HOST}, {"GET / HTTP/1.1\r\nHost: []\r\n\r\n", HTTP_HOST},
                    {"GET / HTTP/1.1\r\nHost: [::1]x\r\n\r\n", HTTP_HOST});
}

TEST(a_content_length_that_is_not_a_plain_number_is_refused)
{
    static const char *const lengths[] = {"", "+3", "-1", "-0", "0x3", "3,3", "3 3", "3.0", "1e3", "18446744073709551619",
                                          "9223372036854775808", "1073741825"};

    for (size_t i = 0; i < COUNT_OF(lengths); i++) {
        TEST_ARENA(arena);
        Str text = STR_NONE;
        EXPECT_OK(str_format(arena, &text, POST "Content-Length: %s\r\n\r\n", lengths[i]));
        EXPECT(outcome_of(text.data) == HTTP_LENGTH);
    }
    EXPECT(outcome_of(GET "Content-Length: 1\r\n\r\n") == HTTP_LENGTH);
}

TEST(a_transfer_encoding_is_refused_whatever_it_says)
{
    EXPECT_EXAMPLES({POST "Transfer-Encoding: chunked\r\n\r\n", HTTP_ENCODING},
                    {POST "Transfer-Encoding:\r\n\r\n", HTTP_ENCODING},
                    {POST "Content-Length: 3\r\ntransfer-encoding: identity\r\n\r\n", HTTP_ENCODING},
                    {POST "Expect: 100-continue\r\n\r\n", HTTP_EXPECTATION});
}

TEST(a_head_that_is_too_long_is_refused_before_its_end)
{
    TEST_ARENA(arena);
    Buf many = buf_new(arena, 1 << 20);
    Buf wide = buf_new(arena, 1 << 20);
    Str text = STR_NONE;
    HttpHead head;

    buf_add(&many, STR(GET));
    buf_add(&wide, STR(GET "X: "));
    for (int i = 0; i < HTTP_FIELDS_MAX; i++)
        buf_add(&many, STR("X: y\r\n"));
    for (size_t i = 0; i < HTTP_HEAD_MAX; i++)
        buf_add_char(&wide, 'a');
    EXPECT_OK(buf_done(&many, &text));
    EXPECT(http_read_head(text, &head) == HTTP_HEAD_TOO_LARGE);
    EXPECT_OK(buf_done(&wide, &text));
    EXPECT(http_read_head(text, &head) == HTTP_HEAD_TOO_LARGE);
    EXPECT(http_read_head(str_slice(text, 0, HTTP_HEAD_MAX), &head) == HTTP_HEAD_TOO_LARGE);
}

TEST(every_refusal_has_a_status_that_says_no)
{
    for (enum http_outcome outcome = HTTP_HEAD_TOO_LARGE; outcome < HTTP_OUTCOME_COUNT; outcome++)
        EXPECT(http_outcome_status(outcome) >= 400 && http_outcome_status(outcome) <= 505);
}

TEST(a_head_that_is_cut_anywhere_is_incomplete)
{
    Str whole = STR("POST /a?b=c HTTP/1.1\r\n" HOST "Cookie: a=b\r\nContent-Length: 3\r\n\r\n");
    HttpHead head;

    for (size_t length = 0; length < whole.length; length++)
        EXPECT(http_read_head(str_slice(whole, 0, length), &head) == HTTP_INCOMPLETE);
    EXPECT(http_read_head(whole, &head) == HTTP_COMPLETE);
    EXPECT(head.length == whole.length);
}

TEST(a_well_formed_head_gives_its_parts)
{
    HttpHead head = read_whole("POST /logg/1f?side=2&q=%C3%A5 HTTP/1.1\r\nhost: a.kommune.no:8443\r\nCOOKIE: \t a=b \r\n"
                               "Unknown: x\r\nUnknown: y\r\nContent-Length: 12\r\nConnection: Close\r\n\r\nand the body");

    EXPECT(head.request.method == METHOD_POST);
    EXPECT_STR(head.request.path, "/logg/1f");
    EXPECT_STR(head.request.query, "side=2&q=%C3%A5");
    EXPECT_STR(head.request.headers[HEADER_HOST], "a.kommune.no:8443");
    EXPECT_STR(head.request.headers[HEADER_COOKIE], "a=b");
    EXPECT(head.request.headers[HEADER_ORIGIN].length == 0);
    EXPECT(head.body_length == 12);
    EXPECT(head.last);
}

TEST(each_method_of_the_table_is_taken)
{
    for (enum method method = METHOD_GET; method < METHOD_COUNT; method++) {
        TEST_ARENA(arena);
        Str text = STR_NONE;
        EXPECT_OK(str_format(arena, &text, "%s / HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n", http_method_text(method)));
        HttpHead head = read_whole(text.data);
        EXPECT(head.request.method == method);
        EXPECT(!head.last && head.body_length == 0);
    }
}

RUN_TESTS("http")
