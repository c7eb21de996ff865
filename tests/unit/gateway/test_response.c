/* Answers' heads and the Cookie header.
 * Must not open a socket.
 * Run by meson. */
#include "support/test.h"

#include "gateway/cookie.h"
#include "gateway/http.h"

static Str head_of(Arena *arena, const Response *response, bool last)
{
    Buf out = buf_new(arena, 1 << 16);
    Str head = STR_NONE;

    http_write_head(&out, response, last);
    EXPECT_OK(buf_done(&out, &head));
    return head;
}

/* How often needle stands in text. */
static size_t times_in(Str text, const char *needle)
{
    Str wanted = str_from_c(needle);
    size_t times = 0;

    for (size_t i = 0; i + wanted.length <= text.length; i++)
        times += str_equal(str_slice(text, i, i + wanted.length), wanted);
    return times;
}

static Response page(int status)
{
    return (Response){.status = status, .content_type = STR("text/html; charset=utf-8"), .body = STR("side")};
}

TEST(a_header_value_with_an_end_of_line_breaks_the_response)
{
    static const char *const values[] = {"a\r\nSet-Cookie: b", "a\nb", "\r", "a\tb", "\x7f", "\xc3\xa5"};

    for (size_t i = 0; i < COUNT_OF(values); i++) {
        Response response = page(200);
        response_header(&response, "Location", str_from_c(values[i]));
        EXPECT(!response_is_sound(&response));
    }
    Response response = page(200);
    response_header(&response, "Location", STR("a\0b"));
    EXPECT(!response_is_sound(&response));
}

TEST(a_header_that_the_gateway_writes_breaks_the_response)
{
    static const char *const names[] = {"content-length", "Connection", "Transfer-Encoding", "Cache-Control", "Server",
                                        "Content-Type",   "X-Accel-Redirect", "content-security-policy", "vary",
                                        "Content-Encoding"};

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Response response = page(200);
        response_header(&response, names[i], STR("x"));
        EXPECT(!response_is_sound(&response));
    }
}

TEST(a_ninth_header_breaks_the_response)
{
    Response response = page(200);

    for (int i = 0; i < RESPONSE_HEADERS; i++)
        response_header(&response, "Link", STR("x"));
    EXPECT(response_is_sound(&response));
    response_header(&response, "Link", STR("x"));
    EXPECT(!response_is_sound(&response));
}

TEST(a_response_without_a_status_of_the_table_is_not_sound)
{
    Response response = page(200);

    for (int status = -1; status < 700; status++) {
        response.status = status;
        if (response_is_sound(&response))
            EXPECT(status >= 200 && status <= 505);
    }
    response.status = 0;
    EXPECT(!response_is_sound(&response));
}

TEST(a_body_needs_a_type_and_a_status_that_may_have_one)
{
    Response typeless = {.status = 200, .body = STR("x")};
    Response unchanged = page(304);

    EXPECT(!response_is_sound(&typeless));
    EXPECT(!response_is_sound(&unchanged));
}

TEST(every_failure_is_a_sound_page_in_plain_text_and_no_redirect_or_success)
{
    for (int status = -1; status < 700; status++) {
        Response response = {.status = 200, .broken = true};
        response_fail(&response, status);
        EXPECT(response_is_sound(&response));
        EXPECT(response.status >= 400 && response.body.length > 0 && utf8_valid(response.body));
        EXPECT(response.status == status || response.status == 500);
    }
}

TEST(every_error_that_a_handler_may_meet_has_a_failure_page)
{
    for (enum err_id id = E_NO_MEMORY; id < E_COUNT; id++) {
        Response response = {0};
        response_fail(&response, err_http(id));
        EXPECT(response.status == err_http(id));
    }
}

TEST(every_answer_has_each_fixed_header_once_a_length_and_a_reason)
{
    TEST_ARENA(arena);
    Response response = page(404);
    response_header(&response, "Set-Cookie", STR("a=b"));
    Str head = head_of(arena, &response, false);

    EXPECT(str_starts(head, STR("HTTP/1.1 404 Not Found\r\n")));
    for (size_t i = 0; i < http_fixed_header_count; i++)
        EXPECT(times_in(head, http_fixed_headers[i].name) == 1);
    EXPECT(times_in(head, "\r\nContent-Length: 4\r\n") == 1);
    EXPECT(times_in(head, "\r\nCache-Control: no-store\r\n") == 1);
    EXPECT(times_in(head, "\r\nReferrer-Policy: same-origin\r\n") == 1);
    EXPECT(times_in(head, "\r\nSet-Cookie: a=b\r\n") == 1);
    EXPECT(times_in(head, "Server") == 0 && times_in(head, "Connection") == 0);
    EXPECT(str_ends(head, STR("\r\n\r\n")) && times_in(head, "\r\n\r\n") == 1);
}

TEST(the_content_security_policy_is_the_one_of_the_rules)
{
    EXPECT_STR(str_from_c(http_fixed_headers[0].value),
               "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
               "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
               "require-trusted-types-for 'script'; trusted-types 'none'");
}

TEST(the_last_answer_of_a_connection_says_so)
{
    TEST_ARENA(arena);
    Response response = page(200);

    EXPECT(str_ends(head_of(arena, &response, true), STR("\r\nConnection: close\r\n\r\n")));
}

TEST(a_cookie_of_ours_that_is_malformed_or_comes_twice_is_not_believed)
{
    static const char *const headers[] = {"a", "=b", "a=\"b\"", "a=b,c=d", "a=b c", "a=\\", "a=\x01", "a=b; a=b", "a=b; a=c", "a=b; a",
                                          "a=b; a=\"c\"", "a=\xc3\xa5", "a", "A=b", "a =b", "b=a=c"};

    for (size_t i = 0; i < COUNT_OF(headers); i++)
        EXPECT(cookie_find(str_from_c(headers[i]), STR("a")).length == 0);
}

TEST(cookies_of_others_are_skipped_whatever_they_hold)
{
    static const char *const headers[] = {"a=b;c=d", "a=b; ", "a=b;", "; a=b", "a=b;  c=d", "a=b; c", " a=b", "a=b ", "a=b; c=\\",
                                          "a=b; d e=f", "a=b; \x01=f", "theme=\"dark\"; a=b", "x=1,2; a=b", "x=a b c; a=b", "bare; a=b",
                                          "navn=Bl\xc3\xa5; a=b", "x=\xff\xfe; a=b", "=nameless; a=b", "x={\"y\": [1, 2]}; a=b"};

    for (size_t i = 0; i < COUNT_OF(headers); i++)
        EXPECT_STR(cookie_find(str_from_c(headers[i]), STR("a")), "b");
}

TEST(a_cookie_is_found_by_its_exact_name)
{
    Str header = STR("x=1; __Host-stafettlogg=ab.c=_-; A=2; a=");

    EXPECT_STR(cookie_find(header, STR("__Host-stafettlogg")), "ab.c=_-");
    EXPECT_STR(cookie_find(header, STR("x")), "1");
    EXPECT(cookie_find(header, STR("a")).length == 0);
    EXPECT(cookie_find(header, STR("Host-stafettlogg")).length == 0);
    EXPECT(cookie_find(STR_NONE, STR("x")).length == 0);
}

RUN_TESTS("response")
