/* nginx's configuration as text.
 * Must not let an option end a directive: every text is checked before the first byte is written.
 * Called by cli. No `if`, `rewrite`, regular expression or `alias`: that is where its mistakes are made. */
#include "gateway/front.h"

#include <ctype.h>
#include <string.h>

#include "gateway/http.h"

#define BODY_MIB_MAX 64
/* nginx reads no longer word than 4 KiB, and each quotation mark of a page becomes two characters. */
#define PAGE_MAX ((size_t)2 << 10)

/* ---- options ---- */

static bool is_made_of(const char *text, const char *signs)
{
    for (; *text; text++)
        if (!((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || (*text >= '0' && *text <= '9')) &&
            !strchr(signs, *text))
            return false;
    return true;
}

static bool is_path(const char *path)
{
    return path && path[0] == '/' && strlen(path) < 200 && is_made_of(path, "/._-") && !strstr(path, "..");
}

static Err check_limit(const FrontLimit *limit)
{
    if (!is_path(limit->prefix) || limit->prefix[1] == '\0' || str_starts(str_from_c(limit->prefix), STR("/assets/")))
        return fail(E_MALFORMED);
    return limit->body_mib >= 1 && limit->body_mib <= BODY_MIB_MAX ? ok() : fail(E_RANGE);
}

static Err check_page(const FrontPage *page)
{
    if (page->html.length > PAGE_MAX)
        return fail(E_RANGE);
    for (size_t i = 0; i < page->html.length; i++)
        if (page->html.data[i] == '$' || page->html.data[i] == '\\' || page->html.data[i] == '\0')
            return fail(E_MALFORMED);
    return ok();
}

static Err check_options(const FrontOptions *options)
{
    const char *const paths[] = {options->certificate, options->key, options->socket_path, options->folder,
                                 options->asset_root};

    for (size_t i = 0; i < COUNT_OF(paths); i++)
        if (!is_path(paths[i]))
            return fail(E_MALFORMED);
    if (!options->address || !options->address[0] || !is_made_of(options->address, ".:[]"))
        return fail(E_MALFORMED);
    if (options->user && (!options->user[0] || !is_made_of(options->user, "_-")))
        return fail(E_MALFORMED);
    if (options->port == 0)
        return fail(E_RANGE);
    if (options->sign_in_prefix && (!is_path(options->sign_in_prefix) || options->sign_in_prefix[1] == '\0'))
        return fail(E_MALFORMED);
    if (options->familiar_cookie && (!options->familiar_cookie[0] || !is_made_of(options->familiar_cookie, "_")))
        return fail(E_MALFORMED);
    if (options->api_prefix && (!is_path(options->api_prefix) || options->api_prefix[1] == '\0'))
        return fail(E_MALFORMED);
    for (size_t i = 0; i < options->limit_count; i++)
        TRY(check_limit(&options->limits[i]));
    for (size_t i = 0; i < options->page_count; i++)
        TRY(check_page(&options->pages[i]));
    return ok();
}

/* ---- the parts of the file ---- */

static const char process_part[] =
    "worker_processes auto;\n"
    "worker_rlimit_core 0;\n" /* what people send lies in their memory */
    "daemon off;\n"
    "pcre_jit off;\n"
    "events { worker_connections 4096; }\n";

/* No access log: an address and a time are personal data; the audit is ours. */
static const char limits_part[] =
    "    server_tokens off;\n"
    "    access_log off;\n"
    "    types { text/css css; text/javascript js mjs; image/svg+xml svg; font/woff2 woff2; image/png png;\n"
    "            image/x-icon ico; text/plain txt; }\n"
    "    default_type application/octet-stream;\n"
    "    charset utf-8;\n"
    "    charset_types text/css text/javascript image/svg+xml text/plain;\n"
    /* Pages come compressed from the application (docs/decisions/0007), assets from the build. */
    "    gzip off;\n"
    "    gzip_proxied any;\n"
    "    gzip_vary on;\n"
    "    sendfile on;\n"
    "    tcp_nopush on;\n"
    "    client_header_timeout 10s;\n"
    "    client_body_timeout 10s;\n"
    "    send_timeout 10s;\n"
    "    keepalive_timeout 60s;\n"
    "    reset_timedout_connection on;\n"
    "    client_header_buffer_size 4k;\n"
    /* A whole head of 16 KiB, which serve takes, may be one line: other sites of the domain leave their cookies there. */
    "    large_client_header_buffers 4 16k;\n"
    "    client_max_body_size 1m;\n"
    "    client_body_buffer_size 1m;\n"
    "    ignore_invalid_headers off;\n"
    "    limit_conn_zone $binary_remote_addr zone=address:10m;\n"
    "    limit_conn address 512;\n"
    "    limit_conn_status 429;\n";

static const char tls_part[] =
    "        ssl_protocols TLSv1.3;\n"
    "        ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;\n"
    "        ssl_session_cache off;\n"
    "        ssl_session_tickets off;\n"
    "        ssl_early_data off;\n";

/* A long answer waits for a slow reader in the folder on tmpfs, so that no thread of the application waits with it. */
static const char proxy_part[] =
    "        proxy_http_version 1.1;\n"
    "        proxy_pass_request_headers off;\n"
    "        proxy_buffers 8 16k;\n"
    "        proxy_buffer_size 16k;\n"
    "        proxy_max_temp_file_size 16m;\n"
    "        proxy_next_upstream error;\n"
    "        proxy_redirect off;\n"
    "        proxy_set_header Connection \"\";\n"
    "        proxy_set_header Host $host;\n"
    "        proxy_set_header X-Real-IP $remote_addr;\n";

/* Headers that nginx makes itself, or that never come this far; all others of the table are forwarded. */
static const enum header made_by_front[] = {HEADER_HOST,      HEADER_CONNECTION, HEADER_CONTENT_LENGTH,
                                            HEADER_TRANSFER_ENCODING, HEADER_EXPECT,     HEADER_X_REAL_IP};

#define X(name, text) [HEADER_##name] = text,
static const char *const header_names[HEADER_COUNT] = {HEADERS(X)};
#undef X

/* What the front says when it answers itself: codes of nginx, status, page. 494..497 are nginx's own numbers. */
static const struct {
    const char *codes;
    int status;
} own_statuses[] = {
    {.codes = "400 402 405 406 410 411 412 414 415 416 417 421 431 494 495 496 497 501 505", .status = 400},
    {.codes = "403 404", .status = 404},
    {.codes = "408", .status = 408},
    {.codes = "413", .status = 413},
    {.codes = "429", .status = 429},
    {.codes = "500 502 503 504 507", .status = 503},
};

static void write_paths(const FrontOptions *options, Buf *out)
{
    static const char *const kinds[] = {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"};

    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        buf_format(out, "    %s_temp_path %s/transit_%s;\n", kinds[i], options->folder, kinds[i]);
}

static void write_forwarded(Buf *out)
{
    for (size_t i = 0; i < HEADER_COUNT; i++) {
        bool is_made = false;
        for (size_t j = 0; j < COUNT_OF(made_by_front); j++)
            is_made = is_made || made_by_front[j] == i;
        if (is_made)
            continue;
        buf_format(out, "        proxy_set_header %s $http_", header_names[i]);
        for (const char *c = header_names[i]; *c; c++)
            buf_add_char(out, *c == '-' ? '_' : (char)tolower((unsigned char)*c));
        buf_add(out, STR(";\n"));
    }
}

/* The same headers on every answer, whoever made it: the application's are replaced, so that none comes twice. */
static void write_fixed(Buf *out, const char *indent, const char *cache_control)
{
    for (size_t i = 0; i < http_fixed_header_count; i++) {
        const FixedHeader *header = &http_fixed_headers[i];
        bool is_cache = strcmp(header->name, "Cache-Control") == 0;
        buf_format(out, "%sadd_header %s \"%s\" always;\n", indent, header->name,
                   is_cache && cache_control ? cache_control : header->value);
    }
}

static void write_hidden(Buf *out)
{
    for (size_t i = 0; i < http_fixed_header_count; i++)
        buf_format(out, "        proxy_hide_header %s;\n", http_fixed_headers[i].name);
}

/* A location with a header of its own inherits none, so the others stand here again. */
static void write_retry(Buf *out)
{
    write_fixed(out, "            ", NULL);
    buf_add(out, STR("            add_header Retry-After 30 always;\n"));
}

static void write_quoted(Buf *out, Str text)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"')
            buf_add_char(out, '\\');
        buf_add_char(out, text.data[i]);
    }
    buf_add_char(out, '"');
}

static void write_page(const FrontOptions *options, int status, Buf *out)
{
    Response plain = {0};
    const char *type = "text/plain";

    response_fail(&plain, status);
    for (size_t i = 0; i < options->page_count; i++) {
        if (options->pages[i].status != status)
            continue;
        plain.body = options->pages[i].html;
        type = "text/html";
    }
    buf_format(out, "default_type %s; return %d ", type, status);
    write_quoted(out, plain.body);
}

/* Our short texts hold nothing that JSON or nginx would understand. */
static void write_problem(const FrontOptions *options, int status, Buf *out)
{
    Response plain = {0};

    (void)options;
    response_fail(&plain, status);
    buf_format(out, "default_type application/problem+json; return %d "
                    "'{\"type\":\"about:blank\",\"title\":\"%.*s\",\"status\":%d,\"detail\":\"%.*s\"}'",
               status, STR_ARGS(plain.body), status, STR_ARGS(plain.body));
}

/* Where the front's own answers of one kind stand, and what writes one. */
typedef struct OwnPages {
    const char *folder;
    void (*write)(const FrontOptions *options, int status, Buf *out);
} OwnPages;

static const OwnPages pages_of_people = {.folder = "/.front", .write = write_page};
static const OwnPages pages_of_programs = {.folder = "/.front/problem", .write = write_problem};

static void write_own_pages(const OwnPages *pages, const FrontOptions *options, Buf *out)
{
    for (size_t i = 0; i < COUNT_OF(own_statuses); i++) {
        int status = own_statuses[i].status;
        buf_format(out, "        location = %s/%d {\n", pages->folder, status);
        if (status == 503)
            write_retry(out);
        /* nginx looks at the body's length once more on its way here, and would fall back to its own page. */
        buf_add(out, STR("            internal; client_max_body_size 0; "));
        pages->write(options, status, out);
        buf_add(out, STR(";\n        }\n"));
    }
}

static void write_error_pages(const OwnPages *pages, Buf *out)
{
    for (size_t i = 0; i < COUNT_OF(own_statuses); i++)
        buf_format(out, "        error_page %s =%d %s/%d;\n", own_statuses[i].codes, own_statuses[i].status, pages->folder,
                   own_statuses[i].status);
}

/* Posts alone: a form may be looked at as often as anybody likes. Whoever makes a cookie up is counted apart and meets the
 * waiting of the application instead (service/session/gate.h). */
static void write_sign_in_zone(const FrontOptions *options, Buf *out)
{
    if (!options->sign_in_prefix)
        return;
    buf_add(out, STR("    map $request_method $sign_in_by { default \"\"; POST \"$binary_remote_addr"));
    if (options->familiar_cookie)
        buf_format(out, "$cookie_%s", options->familiar_cookie);
    buf_add(out, STR("\"; }\n    limit_req_zone $sign_in_by zone=sign_in:10m rate=3r/s;\n    limit_req_status 429;\n"));
}

/* A burst is a school that comes in the morning. */
static void write_sign_in(const FrontOptions *options, Buf *out)
{
    if (options->sign_in_prefix)
        buf_format(out, "        location %s { limit_req zone=sign_in burst=60 nodelay; proxy_pass http://application; }\n",
                   options->sign_in_prefix);
}

static void write_documents(const FrontOptions *options, Buf *out)
{
    if (!options->api_prefix)
        return;
    write_own_pages(&pages_of_programs, options, out);
    buf_format(out, "        location %s {\n", options->api_prefix);
    write_error_pages(&pages_of_programs, out);
    buf_add(out, STR("        proxy_pass http://application;\n        }\n"));
}

static void write_locations(const FrontOptions *options, Buf *out)
{
    buf_add(out, STR("        location / { proxy_pass http://application; }\n"));
    for (size_t i = 0; i < options->limit_count; i++) {
        Str prefix = str_from_c(options->limits[i].prefix);
        buf_format(out, "        location %.*s { client_max_body_size %um; proxy_pass http://application; }\n",
                   STR_ARGS(prefix), options->limits[i].body_mib);
        /* Without its slash it is an address of its own; nginx would answer with a redirect. */
        if (prefix.data[prefix.length - 1] == '/')
            buf_format(out, "        location = %.*s { proxy_pass http://application; }\n",
                       STR_ARGS(str_slice(prefix, 0, prefix.length - 1)));
    }
    buf_format(out, "        location /assets/ {\n            root %s;\n            gzip_static on;\n", options->asset_root);
    if (options->brotli)
        buf_add(out, STR("            brotli_static on;\n"));
    /* The build puts a hash of the content into each name. */
    write_fixed(out, "            ", "public, max-age=31536000, immutable");
    buf_add(out, STR("        }\n"));
}

static void write_server(const FrontOptions *options, Buf *out)
{
    buf_format(out, "    server {\n        listen %s:%u ssl http2 reuseport backlog=4096;\n        server_name _;\n",
               options->address, options->port);
    buf_format(out, "        ssl_certificate %s;\n        ssl_certificate_key %s;\n", options->certificate, options->key);
    buf_add(out, str_from_c(tls_part));
    buf_add(out, str_from_c(proxy_part));
    write_forwarded(out);
    write_hidden(out);
    write_fixed(out, "        ", NULL);
    write_error_pages(&pages_of_people, out);
    write_own_pages(&pages_of_people, options, out);
    write_documents(options, out);
    write_sign_in(options, out);
    write_locations(options, out);
    buf_add(out, STR("    }\n"));
}

Err front_write(const FrontOptions *options, Buf *out)
{
    TRY(check_options(options));
    buf_add(out, STR("# Written by stafettlogg from its own tables; changes here are lost.\n"));
    if (options->brotli)
        buf_add(out, STR("load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;\n"));
    if (options->user)
        buf_format(out, "user %s;\n", options->user);
    buf_format(out, "pid %s/nginx.pid;\n", options->folder);
    /* Only what an operator must act on: lower levels name clients and addresses. */
    buf_format(out, "error_log %s/nginx.log crit;\n", options->folder);
    buf_add(out, str_from_c(process_part));
    buf_add(out, STR("http {\n"));
    buf_add(out, str_from_c(limits_part));
    write_paths(options, out);
    write_sign_in_zone(options, out);
    /* The front closes idle connections first, so that a stopping application loses no request (gateway.h, drain_ms). */
    buf_format(out, "    upstream application { server unix:%s; keepalive 64; keepalive_timeout 1s; }\n",
               options->socket_path);
    write_server(options, out);
    buf_add(out, STR("}\n"));
    return ok();
}
