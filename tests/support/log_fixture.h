/* A municipality with a real database and a real key agent, its staff, and logs made by log_create.
 * Must be included by tests of service only.
 * AUTO(town_end) Town town = {0}; town_begin(&town); */
#ifndef TESTS_LOG_FIXTURE_H
#define TESTS_LOG_FIXTURE_H

#include <stdio.h>
#include <unistd.h>

#include "base/calendar.h"
#include "service/acts/create.h"
#include "service/people/person.h"
#include "service/prover.h"
#include "service/seal.h"
#include "store/sqlite/sqlite.h"
#include "support/agent.h"
#include "support/test.h"

#define DAY_MS ((int64_t)86400000)

typedef struct Town {
    const Driver *driver; /* NULL: SQLite; set it before town_begin */
    TestAgent agent;
    Service service;
    char folder[64];
    Arena *arena;
    Id tenant, unit, other_unit;
    Store *store;
    int64_t now;
} Town;

/* A test names fields as a form does. */
static inline void log_set(Values *values, const char *name, Str text)
{
    int at = kind_find(values->kind, str_from_c(name));

    if (at >= 0)
        values->text[at] = text;
}

static inline Id town_id(Town *town)
{
    Id id;
    EXPECT_OK(world_id(&town->agent.world, &id));
    return id;
}

typedef struct TownWork {
    Err (*work)(Tx *tx, void *row);
    void *row;
    AuditLine line;
} TownWork;

static inline Err town_work(Tx *tx, void *context)
{
    TownWork *work = context;
    TRY(work->work(tx, work->row));
    return store_audit(tx, &work->line);
}

static inline void town_put(Town *town, Err (*put)(Tx *tx, void *row), void *row)
{
    TownWork work = {.work = put, .row = row, .line = {.at = town->now, .request = town_id(town), .act = ACT_SETTINGS_WRITE,
                                                       .outcome = AUDIT_ALLOWED}};
    EXPECT_OK(store_write(town->store, town_work, &work));
}

static inline Err put_unit(Tx *tx, void *row) { return store_unit_insert(tx, row); }
static inline Err put_person(Tx *tx, void *row) { return store_person_insert(tx, row); }
static inline Err put_scope(Tx *tx, void *row) { return store_scope_insert(tx, row); }
static inline Err put_role(Tx *tx, void *row) { return store_role_insert(tx, row); }

/* Somebody who acts in a role, signed in. The request id is new for each call of town_again. */
static inline void town_grant(Town *town, Actor *actor)
{
    const GrantWish wish = {
        .tenant = actor->tenant, .person = actor->person, .role = (uint8_t)actor->role, .ends_at = town->now + 3600000};

    EXPECT_OK(keys_grant_new(town->agent.keys, wish, &actor->grant));
}

static inline Actor town_actor(Town *town, Id person, Role role, Id unit)
{
    Actor actor = {.tenant = town->tenant, .store = town->store, .person = person, .role = role, .unit = unit,
                   .request = town_id(town), .now = town->now, .proved_at = town->now};
    town_grant(town, &actor);
    return actor;
}

/* The register's key, made as municipality_create makes it. */
static inline void town_register(Town *town)
{
    Actor admin = town_actor(town, town_id(town), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    AUTO(key_wipe) Key key = {0};
    WrappedKey wrapped;

    EXPECT_OK(keys_scope_new(town->agent.keys, actor_key(&admin, PURPOSE_WRITE, SCOPE_REGISTER, people_register_scope()),
                             (IndexedBy){0}, &wrapped, &key));
    ScopeKeyRow scope = scope_row(SCOPE_REGISTER, people_register_scope(), &wrapped, 1);
    town_put(town, put_scope, &scope);
}

static inline Id town_unit(Town *town, Str name)
{
    Actor admin = town_actor(town, town_id(town), ROLE_MUNICIPALITY_ADMIN, (Id){0});
    UnitRow row = {.id = town_id(town), .kind = 2, .version = 1};
    Values values = {.kind = kind_of(KIND_ORGANISATION)};
    AUTO(key_wipe) Key key = {0};

    log_set(&values, "name", name);
    EXPECT_OK(register_key(&town->service, &admin, town->arena, &key));
    EXPECT_OK(unit_seal(&(OpenScope){&town->service, town->tenant, &key}, (RowVersion){row.id, 1},
                        &values, town->arena, &row.sealed));
    town_put(town, put_unit, &row);
    return row.id;
}

static inline Err put_municipality(Tx *tx, void *row) { return store_municipality_insert(tx, row); }

/* In the host's list, under a number that no other has. */
static inline void town_listed(Town *town)
{
    static uint32_t number;
    char text[8];

    snprintf(text, sizeof text, "%04u", ++number % 10000);
    MunicipalityRow row = {.id = town->tenant, .number = str_from_c(text), .name = STR("Solsikkevik"),
                           .state = 1 /* in use */, .created_at = town->now, .version = 1};
    town->store = store_host(town->service.stores);
    town_put(town, put_municipality, &row);
}

/* A municipality in the same installation: its own keys, database and two units. */
static inline void town_municipality(Town *town)
{
    town->tenant = town_id(town);
    town_listed(town);
    EXPECT_OK(keys_municipality_new(town->agent.keys, town->tenant));
    EXPECT_OK(stores_create(town->service.stores, town->tenant));
    EXPECT_OK(store_of(town->service.stores, town->tenant, &town->store));
    town_register(town);
    town->unit = town_unit(town, STR("Solsikke skole"));
    town->other_unit = town_unit(town, STR("Solsikke helsestasjon"));
}

static inline void town_begin(Town *town)
{
    static const char template[] = "/tmp/stafettlogg-logs-XXXXXX";
    memcpy(town->folder, template, sizeof template);
    test_agent_start(&town->agent);
    EXPECT(mkdtemp(town->folder) != NULL);
    town->arena = test_arena();
    EXPECT_OK(world_now(&town->agent.world, &town->now));
    const StoresOptions options = {.driver = town->driver ? town->driver : sqlite_driver(),
                                   .place = str_from_c(town->folder), .world = &town->agent.world,
                                   .prover = service_prover(town->agent.keys)};
    EXPECT_OK(stores_open(&options, &town->service.stores));
    town->service.keys = town->agent.keys;
    town->service.world = &town->agent.world;
    town->service.mode = MODE_TEST;
    town_municipality(town);
}

static inline void town_end(Town *town)
{
    char command[160];
    stores_close(town->service.stores);
    arena_free(town->arena);
    test_agent_stop(&town->agent);
    snprintf(command, sizeof command, "rm -rf %s", town->folder);
    if (town->folder[0] && system(command) != 0)
        fprintf(stderr, "%s stays behind\n", town->folder);
}

static inline Actor town_staff(Town *town, Str name, Role role, Id unit)
{
    Actor actor = {.tenant = town->tenant, .store = town->store, .person = town_id(town), .role_row = town_id(town),
                   .role = role, .unit = unit, .request = town_id(town), .now = town->now, .proved_at = town->now};
    Values values = {.kind = kind_of(KIND_STAFF_PERSON)};
    AUTO(key_wipe) Key key = {0};
    WrappedKey wrapped;

    log_set(&values, "name", name);
    town_grant(town, &actor);
    EXPECT_OK(keys_scope_new(town->agent.keys, actor_key(&actor, PURPOSE_WRITE, SCOPE_PERSON, actor.person), (IndexedBy){0}, &wrapped,
                             &key));
    ScopeKeyRow scope = {.scope = actor.person, .kind = SCOPE_PERSON, .epoch = wrapped.epoch,
                         .wrapped = str_from_bytes(wrapped.bytes, sizeof wrapped.bytes), .version = 1};
    PersonRow person = {.id = actor.person, .state = 2, .version = 1, .created_at = town->now};
    EXPECT_OK(person_seal(&(OpenScope){&town->service, town->tenant, &key}, (RowVersion){actor.person, 1},
                          &values, town->arena, &person.sealed));
    RoleRow row = {.id = actor.role_row, .person = actor.person, .role = (uint8_t)role, .unit = unit,
                   .from_at = town->now - DAY_MS, .appointed_by = actor.person};
    town_put(town, put_scope, &scope);
    town_put(town, put_person, &person);
    town_put(town, put_role, &row);
    return actor;
}

static inline Str town_day(Town *town, int days)
{
    Str text;
    EXPECT_OK(log_day_text(oslo_day(town->now) + days, town->arena, &text));
    return text;
}

/* A log to be created: one guardian who said yes today for a year. */
typedef struct TownLog {
    NewGuardian guardian;
    NewLog log;
} TownLog;

static inline void town_log(Town *town, TownLog *made)
{
    *made = (TownLog){.guardian = {.values.kind = kind_of(KIND_GUARDIAN), .consent.kind = kind_of(KIND_CONSENT)},
                      .log = {.child.kind = kind_of(KIND_CHILD)}};
    log_set(&made->log.child, "name", STR("Canary Kanarifugl"));
    log_set(&made->log.child, "birth_date", town_day(town, -3650));
    log_set(&made->guardian.values, "name", STR("Guard Kanarifugl"));
    log_set(&made->guardian.values, "relationship", STR("1"));
    log_set(&made->guardian.values, "responsibility", STR("1"));
    log_set(&made->guardian.consent, "required_persons", STR("1"));
    log_set(&made->guardian.consent, "given_on", town_day(town, 0));
    log_set(&made->guardian.consent, "method", STR("3"));
    log_set(&made->guardian.consent, "witness", STR("Vitne Vitnesen"));
    log_set(&made->guardian.consent, "valid_from", town_day(town, 0));
    log_set(&made->guardian.consent, "valid_to", town_day(town, 364));
    made->log.guardians = &made->guardian;
    made->log.guardian_count = 1;
}

static inline Id town_create(Town *town, const Actor *holder)
{
    CreatedLog created = {0};
    TownLog made;

    town_log(town, &made);
    EXPECT_OK(log_create(&town->service, holder, &made.log, town->arena, &created));
    return created.log;
}

/* Lines about an object, newest first. */
static inline AuditRows town_lines(Town *town, Id object)
{
    const ActSet every = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
    AUTO(store_read_endp) Tx *tx = NULL;
    AuditRows rows = {0};

    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(store_audit_of_object(tx, &(AuditPage){.of = object, .acts = &every, .max = 500}, town->arena, &rows));
    return rows;
}

#endif
