/* What seeding does where the databases are open: in serve, or in the command itself.
 * Must not run in production.
 * Called through the table of control acts. */
#include "cli/control/seed_act.h"

#include "base/json.h"
#include "cli/control/seed_order.h"
#include "domain/roles.h"
#include "service/seed/seed.h"

#define KEEP ((size_t)64 << 20)
#define TELL_MS 1000

/* ---- how far it is ---- */

typedef struct Progress {
    const Doing *doing;
    int64_t began, told;
} Progress;

static Err tell(const Progress *progress, uint32_t logs, uint32_t of, int64_t now)
{
    int64_t took = now > progress->began ? now - progress->began : 1;
    AUTO(arena_freep) Arena *arena = NULL;
    Str words;

    TRY(arena_new(4096, &arena));
    TRY(str_format(arena, &words, "%u of %u logs, %lld a second\n", logs, of, (long long)(logs * INT64_C(1000) / took)));
    return progress->doing->hearer->tell(progress->doing->hearer->self, words);
}

/* Every second, and when all is there. */
static Err progress_of(void *self, uint32_t logs, uint32_t of)
{
    Progress *progress = self;
    int64_t now = 0;

    TRY(world_now(progress->doing->installation->service.world, &now));
    if (now - progress->told < TELL_MS && logs < of)
        return progress->doing->hearer->tell(progress->doing->hearer->self, STR_NONE);
    progress->told = now;
    return tell(progress, logs, of, now);
}

/* ---- what is in it ---- */

static void add_text(Buf *out, const char *key, Str text, const char *after)
{
    buf_format(out, "\"%s\":", key);
    buf_add_json(out, text);
    buf_add(out, str_from_c(after));
}

static void add_id(Buf *out, const char *key, Id id, const char *after)
{
    buf_format(out, "\"%s\":\"", key);
    buf_add_id(out, id);
    buf_format(out, "\"%s", after);
}

static void add_person(Buf *out, Id person, Str name, Role role, Id log)
{
    buf_add(out, STR("{\"people\":{"));
    add_text(out, "name", name, ",");
    add_text(out, "role", str_from_c(role_code(role)), ",");
    add_id(out, "id", person, ",");
    add_id(out, "log", log, "}}\n");
}

static void tell_town(const SeedReport *report, const SeedPlan *plan, Buf *out)
{
    buf_add(out, STR("{\"municipalities\":{"));
    add_text(out, "number", plan->number, ",");
    add_text(out, "name", plan->name, ",");
    add_id(out, "id", report->tenant, "}}\n");
    buf_format(out, "{\"seeded\":{\"logs\":%u,\"entries\":%llu,\"units\":%u,\"holders\":%u,\"actors\":%u}}\n", report->logs,
               (unsigned long long)report->entries, plan->units, report->holders, report->actors);
    for (uint32_t i = 0; i < report->shown_count; i++) {
        const SeedShown *shown = &report->shown[i];
        add_person(out, shown->holder, shown->holder_name, ROLE_RELAY_HOLDER, shown->log);
        add_person(out, shown->guardian, shown->guardian_name, ROLE_GUARDIAN, shown->log);
        buf_add(out, STR("{\"logs\":{"));
        add_id(out, "id", shown->log, ",");
        buf_format(out, "\"display\":\"%u\",\"entries\":\"%u\",", shown->display, shown->entries);
        add_text(out, "child", shown->child, ",");
        add_id(out, "holder", shown->holder, ",");
        add_id(out, "guardian", shown->guardian, "}}\n");
    }
}

Err control_seed(const Doing *doing)
{
    Service *service = &doing->installation->service;
    SeedPlan plan = {.number = doing->texts[0], .name = doing->texts[1], .by = doing->by};
    Progress progress = {.doing = doing};
    const SeedWatch watch = {.self = &progress, .progress = progress_of};
    AUTO(arena_freep) Arena *keep = NULL;
    SeedReport report = {0};

    TRY(seed_order_read(doing->texts[2], &plan));
    TRY(arena_new(KEEP, &keep));
    TRY(world_now(service->world, &progress.began));
    progress.told = progress.began;
    Err ran = seed_run(service, &plan, &watch, keep, &report);
    if (report.logs > 0)
        tell_town(&report, &plan, doing->out);
    return ran;
}
