/* What happens in one log, from its creation to the plan's last day: drawn, and carried out act by act.
 * Must not depend on anything but plan, town and the log's place.
 * Called by the run. */
#include "service/seed/story.h"

#include "service/log/change.h"
#include "service/log/consents.h"
#include "service/log/dates.h"
#include "service/seed/begin.h"
#include "service/seed/chapter.h"
#include "service/seed/write.h"

#define FIRST_LIVE 12
#define RENEW_DAYS 14
#define CLOSED_AFTER 60
#define CLOSED_WITHIN 500
#define LAPSED_AFTER 400   /* longer than any consent holds */
#define CHILD_OLDEST (15 * 365)
#define YEAR 365
#define PART_LINES 1200
#define PLACE_FIRST 64     /* where the ids of logs begin, and by how much each goes on: among those of the staff */
#define PLACE_STEP 4

enum Fate { FATE_LIVES, FATE_CLOSED, FATE_LAPSES };

/* The days of one log. */
typedef struct Span {
    Day first, last;
    enum Fate fate;
} Span;

/* Of sixteen logs of one holder two are closed, and of one nobody renews the consent: every holder has as many. The first few
 * live, so that they can be looked at. */
static enum Fate fate_of(const SeedMaking *making, uint32_t place)
{
    const SeedPlan *plan = making->town->plan;
    uint32_t of_holder = place / making->town->holder_count % 16;

    if (place < FIRST_LIVE)
        return FATE_LIVES;
    if (of_holder == 5 || of_holder == 11)
        return FATE_CLOSED;
    return of_holder == 15 && plan->years > 1 ? FATE_LAPSES : FATE_LIVES;
}

static Span draw_span(SeedMaking *making, uint32_t place)
{
    const SeedPlan *plan = making->town->plan;
    Day start = seed_plan_start(plan);
    static const Day youngest[] = {[FATE_LIVES] = 20, [FATE_CLOSED] = CLOSED_AFTER + 1, [FATE_LAPSES] = LAPSED_AFTER};
    enum Fate fate = fate_of(making, place);
    uint32_t days = (uint32_t)(plan->until - youngest[fate] - start);
    bool longest = place == 0 && plan->longest > 0;
    Day first = longest ? start : start + (Day)seed_below(&making->random, days);
    Span span = {.first = first, .last = plan->until - 1 - (Day)seed_below(&making->random, 10), .fate = fate};

    if (span.fate == FATE_CLOSED) {
        uint32_t within = (uint32_t)(plan->until - first - CLOSED_AFTER);
        span.last = first + CLOSED_AFTER + (Day)seed_below(&making->random, within < CLOSED_WITHIN ? within : CLOSED_WITHIN) - 1;
    }
    if (span.fate == FATE_LAPSES)
        span.last = first + YEAR / 2;
    return span;
}

/* One to five in a kindergarten, six to thirteen at a school, and never near the age of consent. */
static Day draw_birth(SeedMaking *making, Day first)
{
    bool school = making->holder->service == 2;
    Day age = (Day)((school ? 6 : 1) * YEAR + (int)seed_below(&making->random, (uint32_t)(school ? 7 : 4) * YEAR));
    Day earliest = making->town->plan->until - CHILD_OLDEST;

    return first - age > earliest ? first - age : earliest + (Day)seed_below(&making->random, YEAR);
}

static uint32_t draw_entries(SeedMaking *making, uint32_t place)
{
    const SeedPlan *plan = making->town->plan;

    if (place == 0 && plan->longest > 0)
        return plan->longest;
    return plan->entries_min + seed_below(&making->random, plan->entries_max - plan->entries_min + 1);
}

/* Up to three, each from somewhere in the list; nobody twice. */
static uint32_t draw_actors(SeedMaking *making, const SeedStaff *ret_actors[static SEED_ACTORS_MAX])
{
    const SeedTown *town = making->town;
    uint32_t count = seed_below(&making->random, SEED_ACTORS_MAX + 1), first = seed_below(&making->random, town->actor_count);

    count = count < town->actor_count ? count : town->actor_count;
    for (uint32_t i = 0; i < count; i++)
        ret_actors[i] = &town->actors[(first + i) % town->actor_count];
    return count;
}

/* ---- telling ---- */

/* Consents are renewed in time, however long nothing else happens. */
static Err move_to(SeedMaking *making, Day day)
{
    while (making->consent_to - RENEW_DAYS < day) {
        seed_move(making, making->consent_to - RENEW_DAYS);
        TRY(seed_renew(making));
    }
    seed_move(making, day);
    return ok();
}

static Err begin(SeedMaking *making, Day first)
{
    const SeedStaff *actors[SEED_ACTORS_MAX];
    SeedBeginning beginning = {.guardians = seed_below(&making->random, 3) > 0 ? 2 : 1, .actors = actors};

    beginning.actor_count = draw_actors(making, actors);
    making->birth = draw_birth(making, first);
    seed_move(making, first);
    TRY(seed_begin(making, &beginning));
    for (uint32_t i = 0; i < beginning.actor_count; i++) {
        seed_move(making, first);
        TRY(seed_let_in(making, actors[i]));
    }
    return ok();
}

/* What is too much for one work of the database is cut into parts, each a whole log by itself. */
static Err cut(SeedMaking *making)
{
    const SeedLog *log = making->log;
    uint32_t before = log->part_count > 0 ? log->parts[log->part_count - 1].lines : 0;

    return log->line_count - before >= PART_LINES ? seed_part(making) : ok();
}

static Err tell(SeedMaking *making, const Span *span, uint32_t entries)
{
    SeedChapter chapter = {.making = making};
    Day days = span->last - span->first;

    TRY(begin(making, span->first));
    while (making->log->written < entries) {
        Day day = span->first + (Day)((int64_t)days * making->log->written / entries);
        TRY(move_to(making, day));
        TRY(seed_next(&chapter));
        TRY(cut(making));
    }
    TRY(move_to(making, span->last));
    if (span->fate == FATE_CLOSED)
        TRY(seed_close(making));
    return ok();
}

static Err make_room(SeedMaking *making, uint32_t entries)
{
    SeedLog *log = making->log;
    LogStanding *standing = &making->standing;
    uint32_t consents = SEED_GUARDIANS_MAX + SEED_RENEWALS_MAX;

    /* A measure is corrected once, when it ends; and the child's. */
    making->entries_room = 2 * entries + 8;
    making->lines_room = making->entries_room + SEED_ACTORS_MAX + SEED_RENEWALS_MAX + 2;
    TRY(ARENA_NEW(making->keep, EntryRow, making->entries_room, &log->entries));
    TRY(ARENA_NEW(making->keep, LogOpened, making->entries_room, &log->opened));
    TRY(ARENA_NEW(making->keep, SeedLine, making->lines_room, &log->lines));
    TRY(ARENA_NEW(making->keep, ConsentRow, consents, &standing->consents.items));
    return ARENA_NEW(making->keep, ConsentUnitRow, consents * (1 + SEED_ACTORS_MAX), &standing->consent_units.items);
}

/* When a rule must look at it next, as after the last act. */
static Err set_wake(SeedMaking *making)
{
    LogRow *row = &making->log->log;
    Values header = {.kind = kind_of(KIND_HEADER)};
    Consents consents;
    Str dates = STR_NONE;

    TRY(log_consents_standing(&making->standing, making->keep, &consents));
    ClockWatch watch = log_clocks(&making->town->settings, row, &consents, &making->log->opened[0].values, making->now);
    TRY(log_dates_make(making->log->opened, making->log->opened_count, oslo_day(making->now), making->keep, &dates));
    values_put(&header, HEADER_DATES, dates);
    TRY(log_dates_read(&header, making->keep, &watch.dates));
    row->looked_to = making->now;
    row->wake_on = clocks_wake(&watch, making->now);
    return ok();
}

Err seed_story(const SeedTown *town, uint32_t place, Arena *keep, SeedLog *log)
{
    SeedMaking making = {.town = town, .service = *town->service, .keep = keep, .log = log,
                         .holder = &town->holders[place % town->holder_count],
                         .random = seed_random(town->plan->seed, seed_stream(STR("story")) + place)};
    SeedRandom ids = seed_random(town->plan->seed, seed_stream(town->plan->number) + place + 1);

    seed_world_begin(&making.world, town->service->world, ids, PLACE_FIRST + PLACE_STEP * place, 0);
    making.service.world = &making.world.world;
    Span span = draw_span(&making, place);
    uint32_t entries = draw_entries(&making, place);
    TRY(make_room(&making, entries));
    TRY(tell(&making, &span, entries));
    log->log.last_activity_at = making.now;
    TRY(set_wake(&making));
    return seed_part(&making);
}
