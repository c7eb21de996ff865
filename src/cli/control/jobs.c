/* stafettlogg jobs list | run NAME: what the service does by itself, how far it is, and one of them at once.
 * Must not do what serve's thread would not: the same run, taken in the same way.
 * Called from the table of commands; the act itself also by serve's control thread. */
#include "cli/control/jobs.h"

#include <argp.h>
#include <string.h>

#include "base/calendar.h"
#include "service/jobs/jobs.h"
#include "service/municipality.h"

#define TELL_EVERY 100
#define WORDS_MAX 160

static const char *const whens[] = {
    [JOB_EACH_MINUTE] = "each minute", [JOB_EACH_HOUR] = "each hour", [JOB_EACH_DAY] = "each day"};

/* ---- list ---- */

static Err list_in(const Doing *doing, JobId id, Str where, Id tenant)
{
    JobRow row = {0};

    TRY(job_stands(&doing->installation->service, id, tenant, doing->arena, &row));
    buf_format(doing->out, "  %.*s: ", STR_ARGS(where));
    if (row.done_to == 0) {
        buf_add(doing->out, STR("never done\n"));
        return ok();
    }
    buf_add(doing->out, STR("done to "));
    buf_add_datetime(doing->out, oslo_day(row.done_to), oslo_minute(row.done_to));
    buf_add(doing->out, id_is_none(row.runner) ? (row.until_at > 0 ? STR(", to be tried again") : STR("")) : STR(", being run"));
    buf_add_char(doing->out, '\n');
    return ok();
}

static Err list(const Doing *doing)
{
    Municipalities all = {0};

    TRY(municipality_list(&doing->installation->service, doing->arena, &all));
    for (unsigned id = JOB_NONE + 1; id < JOB_COUNT; id++) {
        Job job;
        TRY(job_of((JobId)id, &job));
        buf_format(doing->out, "%s, %s: %s\n", job.code, whens[job.when], job.words);
        if (job.of == JOB_OF_DATABASES)
            TRY(list_in(doing, (JobId)id, STR("host"), (Id){0}));
        for (uint32_t i = 0; i < all.count && job.of != JOB_OF_SERVER; i++)
            TRY(list_in(doing, (JobId)id, all.items[i].number, all.items[i].tenant));
    }
    return ok();
}

/* ---- run ---- */

typedef struct Running {
    const Doing *doing;
    Str where;
} Running;

static Err tell(void *self, const JobCounts *counts)
{
    const Running *running = self;
    const ControlHearer *hearer = running->doing->hearer;
    char words[WORDS_MAX];

    if (counts->looked == 0 || counts->looked % TELL_EVERY != 0)
        return hearer->tell(hearer->self, STR_NONE);
    snprintf(words, sizeof words, "%.*s: %u looked at, %u changed\n", STR_ARGS(running->where), counts->looked, counts->changed);
    return hearer->tell(hearer->self, str_from_c(words));
}

static void tell_failed(void *self, Id tenant, Id log, Err error)
{
    const Running *running = self;
    char id[ID_TEXT + 1];

    (void)tenant;
    id_to_text(log, id);
    buf_format(running->doing->out, "%.*s: log %s: %s\n", STR_ARGS(running->where), id, err_text(error.id));
}

static Err run_in(const Doing *doing, JobId id, Str where, Id tenant)
{
    static const char *const ends[] = {
        [JOB_NOT_DUE] = "not due", [JOB_ELSEWHERE] = "being run by somebody else", [JOB_DONE] = "done", [JOB_AGAIN] = "to be tried again"};
    Running running = {doing, where};
    const JobHearer hearer = {.self = &running, .tell = tell, .failed = tell_failed};
    const JobOrder order = {.job = id, .tenant = tenant, .at_once = true, .dry = str_equal(doing->texts[2], STR("dry")),
                            .by = doing->by, .hearer = &hearer};
    enum JobEnd end = JOB_AGAIN;
    JobCounts counts = {0};

    TRY(job_run(&doing->installation->service, &order, &end, &counts));
    buf_format(doing->out, "%.*s: %s, %u looked at, %u %s, %u failed\n", STR_ARGS(where), order.dry ? "dry run" : ends[end],
               counts.looked, counts.changed, order.dry ? "would change" : "changed", counts.failed);
    if (end == JOB_ELSEWHERE)
        return fail(E_BUSY);
    return counts.failed > 0 ? fail(E_INVALID) : ok();
}

/* All of them, though one of them fails. */
static Err run(const Doing *doing)
{
    Municipalities all = {0};
    Err first = ok();
    JobId id;
    Job job;

    TRY(job_by_code(doing->texts[1], &id));
    TRY(job_of(id, &job));
    if (job.of == JOB_OF_SERVER)
        return fail(E_INVALID);
    TRY(municipality_list(&doing->installation->service, doing->arena, &all));
    if (job.of == JOB_OF_DATABASES)
        first = run_in(doing, id, STR("host"), (Id){0});
    for (uint32_t i = 0; i < all.count; i++) {
        Err ran = run_in(doing, id, all.items[i].number, all.items[i].tenant);
        first = is_ok(first) ? ran : first;
    }
    return first;
}

Err control_jobs(const Doing *doing)
{
    return str_equal(doing->texts[0], STR("run")) ? run(doing) : list(doing);
}

/* ---- the command ---- */

enum { OPTION_DRY_RUN = 256 };

static const struct argp_option options[] = {
    {.name = "dry-run", .key = OPTION_DRY_RUN, .doc = "run: look at everything that is due, and change nothing"},
    {0},
};

typedef struct Wish {
    Place place;
    const char *act;
    const char *job;
    bool dry_run;
} Wish;

static void check_complete(const Wish *wish, struct argp_state *state)
{
    bool runs = wish->act && strcmp(wish->act, "run") == 0;

    if (!wish->act || (!runs && strcmp(wish->act, "list") != 0))
        argp_error(state, "say list or run");
    if (runs != (wish->job != NULL))
        argp_error(state, runs ? "say which job: run life" : "list takes no job");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        return 0;
    case OPTION_DRY_RUN:
        wish->dry_run = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "one job at a time");
        *(state->arg_num == 0 ? &wish->act : &wish->job) = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* What the exit code says, in words that are true of a job. */
static Err say(const char *job, Err error)
{
    if (command_has_told())
        return error;
    if (error.id == E_BUSY)
        return told(error, "job %s: not everywhere, since somebody else runs it or has the database; try again soon", job);
    if (error.id == E_INVALID)
        return told(error, "job %s: it failed for some logs, or is one that serve alone runs", job);
    return about("job", job, error);
}

Err command_jobs(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = place_children,
                                     .parser = parse,
                                     .args_doc = "list|run [JOB]",
                                     .doc = "Tells what the service does by itself and how far it is, or runs one job of the "
                                            "databases at once, in all of them."};
    Wish wish = {.place.keyd = KEYD_SOCKET};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    const ControlRequest request = {.act = CONTROL_JOBS, .texts = {str_from_c(wish.act), str_from_c(wish.job ? wish.job : ""),
                                                                   wish.dry_run ? STR("dry") : STR("")}};
    return say(wish.job ? wish.job : "", control_ask(&wish.place, &request));
}
