/* The front's configuration: every option that could change its meaning is refused.
 * Must not start nginx; tests/hostile does.
 * Run by meson. */
#include "support/test.h"

#include "gateway/front.h"

static const FrontLimit import_limit = {.prefix = "/import/", .body_mib = 64};

static FrontOptions sound(void)
{
    return (FrontOptions){.address = "127.0.0.1",
                          .port = 8443,
                          .certificate = "/etc/s/cert.pem",
                          .key = "/etc/s/key.pem",
                          .socket_path = "/run/s/gateway.sock",
                          .folder = "/run/s-front",
                          .asset_root = "/usr/share/s",
                          .user = "www-data",
                          .limits = &import_limit,
                          .limit_count = 1};
}

static Err write_with(const FrontOptions *options, Arena *arena, Str *ret_text)
{
    Buf out = buf_new(arena, (size_t)1 << 16);
    Err written = front_write(options, &out);

    EXPECT(is_ok(written) || out.length == 0);
    TRY(written);
    return buf_done(&out, ret_text);
}

static bool holds(Str text, const char *needle)
{
    Str wanted = str_from_c(needle);

    for (size_t i = 0; i + wanted.length <= text.length; i++)
        if (str_equal(str_slice(text, i, i + wanted.length), wanted))
            return true;
    return false;
}

TEST(a_path_that_could_end_a_directive_is_refused)
{
    static const char *const paths[] = {NULL, "", "relative", "/a b", "/a;", "/a{", "/a\n", "/a\"", "/a$b", "/../a", "/a#"};

    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        TEST_ARENA(arena);
        Str text = STR_NONE;
        FrontOptions options[6] = {sound(), sound(), sound(), sound(), sound(), sound()};
        options[0].certificate = paths[i];
        options[1].key = paths[i];
        options[2].socket_path = paths[i];
        options[3].folder = paths[i];
        options[4].asset_root = paths[i];
        options[5].api_prefix = paths[i] ? paths[i] : "/";
        for (size_t j = 0; j < COUNT_OF(options); j++)
            EXPECT_ERR(write_with(&options[j], arena, &text), E_MALFORMED);
    }
}

TEST(an_address_user_or_port_of_another_form_is_refused)
{
    static const char *const words[] = {"", "a b", "a;", "a{}", "a\n"};
    TEST_ARENA(arena);
    Str text = STR_NONE;
    FrontOptions options = sound();

    for (size_t i = 0; i < COUNT_OF(words); i++) {
        options = sound();
        options.user = words[i];
        EXPECT_ERR(write_with(&options, arena, &text), E_MALFORMED);
        options = sound();
        options.address = words[i];
        EXPECT_ERR(write_with(&options, arena, &text), E_MALFORMED);
    }
    options = sound();
    options.port = 0;
    EXPECT_ERR(write_with(&options, arena, &text), E_RANGE);
}

TEST(a_limit_for_everything_for_assets_or_out_of_range_is_refused)
{
    const struct {
        FrontLimit limit;
        enum err_id error;
    } examples[] = {
        {{.prefix = "/", .body_mib = 1}, E_MALFORMED},       {{.prefix = "/assets/x", .body_mib = 1}, E_MALFORMED},
        {{.prefix = "~ x", .body_mib = 1}, E_MALFORMED},     {{.prefix = NULL, .body_mib = 1}, E_MALFORMED},
        {{.prefix = "/x/", .body_mib = 0}, E_RANGE},         {{.prefix = "/x/", .body_mib = 65}, E_RANGE},
    };

    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        TEST_ARENA(arena);
        Str text = STR_NONE;
        FrontOptions options = sound();
        options.limits = &examples[i].limit;
        EXPECT_ERR(write_with(&options, arena, &text), examples[i].error);
    }
}

TEST(a_page_that_nginx_would_read_otherwise_or_not_at_all_is_refused)
{
    static const char *const pages[] = {"<p>$host</p>", "<p>\\</p>"};
    static char long_page[2050];
    FrontPage page = {.status = 404};
    FrontOptions options = sound();
    TEST_ARENA(arena);
    Str text = STR_NONE;

    options.pages = &page;
    options.page_count = 1;
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        page.html = str_from_c(pages[i]);
        EXPECT_ERR(write_with(&options, arena, &text), E_MALFORMED);
    }
    page.html = str_from_bytes((const uint8_t *)long_page, sizeof long_page);
    EXPECT_ERR(write_with(&options, arena, &text), E_RANGE);
}

TEST(a_page_is_quoted_and_statuses_without_one_get_a_line_of_text)
{
    const FrontPage page = {.status = 413, .html = STR("<p lang=\"nb\">stor</p>")};
    FrontOptions options = sound();
    TEST_ARENA(arena);
    Str text = STR_NONE;

    options.pages = &page;
    options.page_count = 1;
    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(holds(text, "default_type text/html; return 413 \"<p lang=\\\"nb\\\">stor</p>\";"));
    EXPECT(holds(text, "default_type text/plain; return 404 \"Fant ikke siden.\";"));
}

TEST(the_front_compresses_nothing_and_asks_the_application_to)
{
    TEST_ARENA(arena);
    Str text = STR_NONE;
    FrontOptions options = sound();

    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(holds(text, "gzip off;") && !holds(text, "gzip on;") && holds(text, "gzip_vary on;"));
    EXPECT(holds(text, "proxy_set_header Accept-Encoding $http_accept_encoding;"));
}

TEST(an_address_with_a_limit_is_not_redirected_when_its_last_slash_is_missing)
{
    TEST_ARENA(arena);
    Str text = STR_NONE;
    FrontOptions options = sound();

    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(holds(text, "location = /import { proxy_pass http://application; }"));
}

TEST(the_file_has_one_cipher_no_access_log_and_the_limits_of_its_options)
{
    TEST_ARENA(arena);
    Str text = STR_NONE;
    FrontOptions options = sound();

    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(holds(text, "ssl_protocols TLSv1.3;") && holds(text, "ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;"));
    EXPECT(holds(text, "access_log off;") && holds(text, "server_tokens off;") && holds(text, "proxy_max_temp_file_size 16m;"));
    EXPECT(holds(text, "location /import/ { client_max_body_size 64m;") && holds(text, "\nuser www-data;\n"));
    EXPECT(holds(text, "proxy_set_header Sec-Fetch-Site $http_sec_fetch_site;"));
    EXPECT(!holds(text, "$http_x_real_ip") && !holds(text, "$http_expect") && !holds(text, "alias "));
    options.user = NULL;
    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(!holds(text, "\nuser "));
}

TEST(what_the_front_says_itself_is_a_problem_where_documents_are_asked_for_and_nowhere_else)
{
    TEST_ARENA(arena);
    Str text = STR_NONE;
    FrontOptions options = sound();

    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(!holds(text, "/.front/problem"));
    options.api_prefix = "/api/";
    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(holds(text, "location /api/ {\n        error_page "));
    EXPECT(holds(text, "default_type application/problem+json; return 413 '{\"type\":\"about:blank\",\"title\":\"Det du sendte"));
}

TEST(what_is_posted_to_sign_in_is_counted_for_each_address_and_those_who_are_familiar_apart)
{
    TEST_ARENA(arena);
    Str text = STR_NONE;
    FrontOptions options = sound();

    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(!holds(text, "limit_req"));
    options.sign_in_prefix = "/k/";
    options.familiar_cookie = "known";
    EXPECT_OK(write_with(&options, arena, &text));
    EXPECT(holds(text, "POST \"$binary_remote_addr$cookie_known\"; }"));
    EXPECT(holds(text, "location /k/ { limit_req zone=sign_in burst=60 nodelay; proxy_pass http://application; }"));
    EXPECT(holds(text, "limit_req_status 429;"));
    options.familiar_cookie = "known;";
    EXPECT_ERR(write_with(&options, arena, &text), E_MALFORMED);
    options.familiar_cookie = NULL;
    options.sign_in_prefix = "/k/ {";
    EXPECT_ERR(write_with(&options, arena, &text), E_MALFORMED);
}

RUN_TESTS("front")
