/* stafettlogg serve: the service behind the front.
 * Must not open an Internet socket or run a program; keeps one lock on its data folder.
 * Called from the table of commands. */
#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "cli/control/control_thread.h"
#include "cli/serve_jobs.h"
#include "service/jobs/day.h"
#include "sys/file.h"
#include "sys/memory.h"
#include "sys/poller.h"
#include "sys/user.h"
#include "web/web.h"

enum { OPTION_GROUP = 256, OPTION_REPORT_ENTRIES };

#define REPORT_ENTRIES 300 /* within a request the report of such a log takes less than a second */

static const struct argp_option options[] = {
    {.name = "socket", .key = 's', .arg = "PATH", .doc = "where the front finds this service"},
    {.name = "origin", .key = 'o', .arg = "URL", .doc = "what people type: https://host, with the port unless it is 443"},
    {.name = "group", .key = OPTION_GROUP, .arg = "GROUP", .doc = "group of the socket (the front's), by name or number"},
    {.name = "report-entries", .key = OPTION_REPORT_ENTRIES, .arg = "N",
     .doc = "a log with more entries has its archive report made by a job, and not while somebody waits (300)"},
    {0},
};

typedef struct ServeOptions {
    Place place;
    const char *socket;
    const char *origin;
    int64_t group;
    int64_t report_entries;
} ServeOptions;

static error_t parse(int key, char *text, struct argp_state *state)
{
    ServeOptions *serve = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &serve->place;
        return 0;
    case 's':
        serve->socket = text;
        return 0;
    case 'o':
        serve->origin = text;
        if (strncmp(text, "https://", 8) != 0 || strchr(text + 8, '/') || !text[8])
            argp_error(state, "--origin is what people type, without a path: https://stafettlogg.example");
        return 0;
    case OPTION_GROUP:
        serve->group = option_account("--group", text, group_number);
        return 0;
    case OPTION_REPORT_ENTRIES:
        serve->report_entries = option_number("--report-entries", text, 0, 100000);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "no arguments are expected");
        return 0;
    case ARGP_KEY_END:
        if (!serve->socket || !serve->origin)
            argp_error(state, "--socket and --origin are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Err run_gateway(const ServeOptions *serve, Web *web)
{
    AUTO(gateway_closep) Gateway *gateway = NULL;
    AUTO(fd_closep) int stop = -1;
    GatewayOptions gateway_options = {.socket_path = serve->socket, .group = serve->group, .stop_fd = &stop};

    TRY(stop_signals_open(&stop));
    TRY(about("socket", serve->socket, gateway_open(&gateway_options, web_handler(web), &gateway)));
    return gateway_run(gateway);
}

static Err move_time(void *self, int64_t by_ms)
{
    return installation_advance(self, by_ms);
}

/* Only where the time of a test may be moved there is somebody who moves it. */
static Err let_days_pass(Installation *installation, Arena *keep, Days **ret_days)
{
    if (installation->service.mode != MODE_TEST)
        return ok();
    TRY(days_new((TimeMover){installation, move_time}, keep, ret_days));
    installation->service.days = *ret_days;
    return ok();
}

static Err run_service(const ServeOptions *serve, Installation *installation)
{
    Service *service = &installation->service;
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(days_freep) Days *days = NULL;
    AUTO(web_freep) Web *web = NULL;
    AUTO(jobs_stopp) Jobs *jobs = NULL;
    AUTO(control_stopp) ControlThread *control = NULL;

    TRY(arena_new((size_t)16 << 10, &arena));
    TRY(let_days_pass(installation, arena, &days));
    TRY(web_new(&(WebOptions){.service = service, .origin = str_from_c(serve->origin)}, &web));
    const JobsOptions jobs_options = {.data = serve->place.data, .report_entries = (uint32_t)serve->report_entries};
    TRY(jobs_start(service, &jobs_options, arena, &jobs));
    TRY(control_start(installation, serve->place.data, arena, &control));
    return run_gateway(serve, web);
}

Err command_serve(int argc, char **argv)
{
    static const struct argp argp = {
        .options = options, .children = place_children, .parser = parse, .doc = "Serves the pages on a Unix socket until SIGTERM."};
    ServeOptions serve = {.place.keyd = KEYD_SOCKET, .report_entries = REPORT_ENTRIES};
    AUTO(installation_close) Installation installation = INSTALLATION_NONE;

    argp_parse(&argp, argc, argv, 0, NULL, &serve);
    memory_keep_between_requests();
    file_handles_raise();
    TRY(folder_stands(serve.socket));
    TRY(installation_open(&serve.place, &installation));
    return run_service(&serve, &installation);
}
