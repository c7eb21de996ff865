/* stafettlogg front: the configuration of the front (nginx), from the same tables that serve goes by.
 * Must not name a secret: the certificate's key is named by its path.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/command/command.h"
#include "gateway/front.h"
#include "sys/file.h"
#include "web/call/cookie.h"
#include "web/call/route.h"
#include "web/visitor/front_pages.h"

#define TEXT_MAX ((size_t)1 << 16)
#define LIMITS_MAX 32

enum { OPTION_CERTIFICATE = 256, OPTION_KEY, OPTION_FOLDER, OPTION_ASSETS, OPTION_BROTLI, OPTION_USER };

static const struct argp_option options[] = {
    {.name = "address", .key = 'a', .arg = "ADDRESS", .doc = "where to listen (default 0.0.0.0)"},
    {.name = "port", .key = 'p', .arg = "N", .doc = "and at which port (default 443)"},
    {.name = "certificate", .key = OPTION_CERTIFICATE, .arg = "FILE", .doc = "the certificate with its chain (PEM)"},
    {.name = "key", .key = OPTION_KEY, .arg = "FILE", .doc = "its private key (PEM)"},
    {.name = "socket", .key = 's', .arg = "PATH", .doc = "where serve answers"},
    {.name = "folder", .key = OPTION_FOLDER, .arg = "DIR", .doc = "for the process id and uploads in transit; on tmpfs"},
    {.name = "assets", .key = OPTION_ASSETS, .arg = "DIR", .doc = "the folder that holds assets/"},
    {.name = "brotli", .key = OPTION_BROTLI, .doc = "libnginx-mod-http-brotli-static is installed"},
    {.name = "user", .key = OPTION_USER, .arg = "NAME", .doc = "that workers run as, when nginx is started as root"},
    {.name = "out", .key = 'o', .arg = "FILE", .doc = "write here instead of to the terminal"},
    {0},
};

typedef struct FrontWish {
    FrontOptions front;
    const char *out;
} FrontWish;

static error_t parse(int key, char *text, struct argp_state *state)
{
    FrontWish *wish = state->input;
    FrontOptions *front = &wish->front;
    switch (key) {
    case 'a':
        front->address = text;
        return 0;
    case 'p':
        front->port = (uint16_t)option_number("--port", text, 1, UINT16_MAX);
        return 0;
    case OPTION_CERTIFICATE:
        front->certificate = text;
        return 0;
    case OPTION_KEY:
        front->key = text;
        return 0;
    case 's':
        front->socket_path = text;
        return 0;
    case OPTION_FOLDER:
        front->folder = text;
        return 0;
    case OPTION_ASSETS:
        front->asset_root = text;
        return 0;
    case OPTION_BROTLI:
        front->brotli = true;
        return 0;
    case OPTION_USER:
        front->user = text;
        return 0;
    case 'o':
        wish->out = text;
        return 0;
    case ARGP_KEY_END:
        if (!front->certificate || !front->key || !front->socket_path || !front->folder || !front->asset_root)
            argp_error(state, "--certificate, --key, --socket, --folder and --assets are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* What somebody uploads, and a file on its way to a slow reader, lie there in plain. */
static Err check_folder(const char *folder)
{
    bool in_memory = false;

    TRY(about("folder", folder, folder_in_memory(folder, &in_memory)));
    if (in_memory)
        return ok();
    return told(fail(E_INVALID), "folder %s is not on tmpfs, and what people upload would lie there in plain: name one under /run "
                "(RuntimeDirectory= of the unit), or mount one: mount -t tmpfs -o mode=0700,size=1g tmpfs %s", folder, folder);
}

/* The part of a route's path before its first placeholder: nginx knows prefixes, serve checks the exact route. */
static Err prefix_of(const Route *route, Arena *arena, char **ret_prefix)
{
    Str path = str_from_c(route->path);

    return str_to_c(arena, str_slice(path, 0, str_find(path, '{', 0)), ret_prefix);
}

static Err add_limit(FrontLimit *limits, size_t *count, char *prefix, uint32_t mebibytes)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(limits[i].prefix, prefix) != 0)
            continue;
        if (limits[i].body_mib < mebibytes)
            limits[i].body_mib = mebibytes;
        return ok();
    }
    if (*count == LIMITS_MAX)
        return fail(E_RANGE);
    limits[(*count)++] = (FrontLimit){.prefix = prefix, .body_mib = mebibytes};
    return ok();
}

static Err limits_of_routes(Arena *arena, FrontLimit limits[static LIMITS_MAX], size_t *ret_count)
{
    size_t count = 0;

    for (size_t i = 0; i < route_count; i++) {
        char *prefix = NULL;
        if (routes[i].body_mib <= 1)
            continue;
        TRY(prefix_of(&routes[i], arena, &prefix));
        TRY(add_limit(limits, &count, prefix, routes[i].body_mib));
    }
    *ret_count = count;
    return ok();
}

Err command_front(int argc, char **argv)
{
    static const struct argp argp = {
        .options = options, .parser = parse, .doc = "Writes the configuration of the front (nginx)."};
    FrontWish wish = {.front = {.address = "0.0.0.0", .port = 443, .api_prefix = API_PREFIX,
                                .sign_in_prefix = "/k/", .familiar_cookie = COOKIE_FAMILIAR}};
    FrontLimit limits[LIMITS_MAX];
    FrontPage pages[FRONT_PAGES];
    AUTO(arena_freep) Arena *arena = NULL;
    Str text = STR_NONE;

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(arena_new(4 * TEXT_MAX, &arena));
    TRY(limits_of_routes(arena, limits, &wish.front.limit_count));
    wish.front.limits = limits;
    TRY(front_pages(arena, pages));
    wish.front.pages = pages;
    wish.front.page_count = FRONT_PAGES;
    Buf out = buf_new(arena, TEXT_MAX);
    Err written = front_write(&wish.front, &out);
    if (written.id == E_MALFORMED)
        return told(written, "every path must be absolute and of letters, digits and /._- only; the address a number as 0.0.0.0 or [::]");
    TRY(written);
    TRY(check_folder(wish.front.folder));
    TRY(buf_done(&out, &text));
    if (wish.out)
        return about("file or its folder", wish.out, file_write(wish.out, text, 0644));
    return fwrite(text.data, 1, text.length, stdout) == text.length && fflush(stdout) == 0 ? ok() : fail(E_IO);
}
