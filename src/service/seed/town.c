/* The municipality itself: founded, its units and staff imported, as an operator would do it.
 * Must not be made in production.
 * Called by the run of the room seed. */
#include "service/seed/town.h"

#include "service/heads.h"
#include "service/municipality/founding.h"
#include "service/municipality/import.h"
#include "service/seal.h"
#include "service/seed/words.h"

#define GRANT_MS ((int64_t)4 * 60 * 60 * 1000)
#define FILE_ROOM ((size_t)4 << 20)
#define IMPORT_ARENA ((size_t)128 << 20)
#define ROWS_AT_ONCE 4000

/* A town on its way: what the import is told, and how its answer is read. */
typedef struct Founding {
    SeedTown *town;
    Service service;   /* with the world below */
    SeedWorld world;
    SeedRandom names;
    Arena *keep;
} Founding;

static Err found(Founding *founding)
{
    const SeedPlan *plan = founding->town->plan;
    Values admin = {.kind = kind_of(KIND_STAFF_PERSON)};
    const NewMunicipality municipality = {.number = plan->number, .name = plan->name, .person = &admin, .by = plan->by};
    EnrolmentCode code;
    Str name, email;

    TRY(seed_name(&founding->names, seed_family(&founding->names), founding->keep, &name));
    TRY(str_format(founding->keep, &email, "ka@%.*s.example", STR_ARGS(plan->number)));
    values_put(&admin, STAFF_PERSON_NAME, name);
    values_put(&admin, STAFF_PERSON_EMAIL, email);
    return municipality_create(&founding->service, &municipality, &founding->town->tenant, &code);
}

static Err import(Founding *founding, IntakeForm form, Buf *file, Arena *keep, ImportReport *ret_report)
{
    ImportOrder order = {.tenant = founding->town->tenant, .form = form, .by = founding->town->plan->by};

    TRY(buf_done(file, &order.file));
    TRY(import_file(&founding->service, &order, keep, ret_report));
    return ret_report->faults_in_all == 0 ? ok() : fail(E_INVALID);
}

/* ---- units ---- */

static Err import_all_units(Founding *founding)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ImportReport report = {0};
    Str name;

    TRY(arena_new(IMPORT_ARENA, &arena));
    Buf file = buf_new(arena, FILE_ROOM);
    buf_add(&file, STR("navn;tjeneste\n"));
    for (uint32_t unit = 0; unit < founding->town->plan->units; unit++) {
        TRY(seed_unit_name(unit, seed_plan_service(unit), arena, &name));
        buf_format(&file, "%.*s;%u\n", STR_ARGS(name), seed_plan_service(unit));
    }
    return import(founding, INTAKE_UNITS, &file, arena, &report);
}

static Err read_units(const SeedTown *town, Arena *keep, UnitRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(town->store, &tx));
    return store_units(tx, keep, ret_rows);
}

/* Which id a unit got: its name ends with its place. */
static Err take_unit(SeedTown *town, const UnitRow *row, Str name)
{
    size_t at = name.length;
    int64_t place = 0;

    while (at > 0 && name.data[at - 1] != ' ')
        at--;
    TRY(num_parse(str_slice(name, at, name.length), 1, town->plan->units, &place));
    town->units[place - 1] = row->id;
    return ok();
}

static Err find_units(SeedTown *town, Arena *keep)
{
    const Actor actor = {.tenant = town->tenant, .store = town->store, .grant = town->grant};
    AUTO(key_wipe) Key key = {0};
    UnitRows rows = {0};
    Values values;

    TRY(ARENA_NEW(keep, Id, town->plan->units, &town->units));
    TRY(register_key(town->service, &actor, keep, &key));
    TRY(read_units(town, keep, &rows));
    for (uint32_t i = 0; i < rows.count; i++) {
        TRY(unit_open(&(OpenScope){town->service, town->tenant, &key}, &rows.items[i], keep, &values));
        TRY(take_unit(town, &rows.items[i], values_at(&values, ORGANISATION_NAME)));
    }
    return rows.count == town->plan->units ? ok() : fail(E_INTERNAL);
}

/* ---- staff ---- */

/* Some people of one role: role as files call it, and the first letters of their addresses. */
typedef struct Group {
    const char *role;
    const char *address;
    bool owns;             /* in units that own logs, or in the others */
    bool everywhere;       /* one in each unit */
    SeedStaff *staff;
    uint32_t count;
} Group;

static uint32_t unit_of(const SeedPlan *plan, const Group *group, uint32_t n)
{
    return group->everywhere ? n : seed_plan_unit(plan, group->owns, n);
}

static Err add_row(Founding *founding, const Group *group, uint32_t n, Buf *file)
{
    const SeedPlan *plan = founding->town->plan;
    SeedStaff *staff = &group->staff[n];
    uint32_t unit = unit_of(plan, group, n);
    Str name;

    staff->service = seed_plan_service(unit);
    staff->unit = founding->town->units[unit];
    TRY(seed_name(&founding->names, seed_family(&founding->names), founding->keep, &staff->name));
    TRY(seed_unit_name(unit, staff->service, founding->keep, &name));
    buf_format(file, "%.*s;%s%u@%.*s.example;%.*s;%s;", STR_ARGS(staff->name), group->address, n + 1, STR_ARGS(plan->number),
               STR_ARGS(name), group->role);
    buf_add_day(file, seed_plan_start(plan) - 1);
    buf_add_char(file, '\n');
    return ok();
}

static Err import_some(Founding *founding, const Group *group, uint32_t from, uint32_t to)
{
    AUTO(arena_freep) Arena *arena = NULL;
    ImportReport report = {0};

    TRY(arena_new(IMPORT_ARENA, &arena));
    Buf file = buf_new(arena, FILE_ROOM);
    buf_add(&file, STR("navn;epost;enhet;rolle;fra\n"));
    for (uint32_t n = from; n < to; n++)
        TRY(add_row(founding, group, n, &file));
    TRY(import(founding, INTAKE_STAFF, &file, arena, &report));
    if (report.person_count != to - from)
        return fail(E_INTERNAL);
    for (uint32_t n = from; n < to; n++)
        group->staff[n].person = report.persons[n - from].id;
    return ok();
}

static Err import_group(Founding *founding, const Group *group)
{
    for (uint32_t from = 0; from < group->count; from += ROWS_AT_ONCE)
        TRY(import_some(founding, group, from, from + ROWS_AT_ONCE < group->count ? from + ROWS_AT_ONCE : group->count));
    return ok();
}

static Err import_all_staff(Founding *founding)
{
    SeedTown *town = founding->town;
    SeedStaff *managers = NULL;

    town->holder_count = seed_plan_holders(town->plan);
    town->actor_count = seed_plan_actors(town->plan);
    TRY(ARENA_NEW(founding->keep, SeedStaff, town->plan->units, &managers));
    TRY(ARENA_NEW(founding->keep, SeedStaff, town->holder_count, &town->holders));
    TRY(ARENA_NEW(founding->keep, SeedStaff, town->actor_count, &town->actors));
    const Group groups[] = {
        {.role = "enhetsleder", .address = "el", .everywhere = true, .staff = managers, .count = town->plan->units},
        {.role = "stafettholder", .address = "sh", .owns = true, .staff = town->holders, .count = town->holder_count},
        {.role = "aktør", .address = "ak", .staff = town->actors, .count = town->actor_count},
    };
    for (size_t i = 0; i < COUNT_OF(groups); i++)
        TRY(import_group(founding, &groups[i]));
    return ok();
}

/* ---- all of it ---- */

static Err enter(SeedTown *town, Arena *keep)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    int64_t now = 0;

    TRY(store_of(town->service->stores, town->tenant, &town->store));
    TRY(world_now(town->service->world, &now));
    TRY(heads_grant(town->service, (GrantWish){.tenant = town->tenant, .ends_at = now + GRANT_MS}, &town->grant));
    TRY(store_read(town->store, &tx));
    return settings_now(tx, keep, &town->settings);
}

Err seed_town_make(Service *service, const SeedPlan *plan, Arena *keep, SeedTown *ret_town)
{
    SeedTown town = {.plan = plan, .service = service};
    Founding founding = {.town = &town, .service = *service, .keep = keep,
                         .names = seed_random(plan->seed, seed_stream(STR("staff")))};

    if (service->mode != MODE_DEMO && service->mode != MODE_TEST)
        return fail(E_MODE);
    TRY(seed_plan_check(plan));
    seed_world_begin(&founding.world, service->world, seed_random(plan->seed, seed_stream(plan->number)), 0, 1);
    founding.service.world = &founding.world.world;
    TRY(found(&founding));
    TRY(import_all_units(&founding));
    TRY(enter(&town, keep));
    TRY(find_units(&town, keep));
    TRY(import_all_staff(&founding));
    *ret_town = town;
    return ok();
}

Err seed_town_leave(SeedTown *town)
{
    return id_is_none(town->grant) ? ok() : keys_grant_end(town->service->keys, town->grant);
}
