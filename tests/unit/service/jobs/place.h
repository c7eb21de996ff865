/* A town whose time is moved: its holder, manager and administrator, and the job that carries out what fell due.
 * Must be included by tests of the jobs only.
 * AUTO(place_end) Place place = {0}; place_begin(&place); */
#ifndef TESTS_JOBS_PLACE_H
#define TESTS_JOBS_PLACE_H

#include "service/jobs/jobs.h"
#include "service/settings.h"
#include "store/inbox.h"
#include "support/log_fixture.h"

/* A town whose time is moved. */
typedef struct Place {
    Town town;
    World world;
    int64_t later;
    Actor holder, manager, admin;
} Place;

static inline Err moved_now(void *self, int64_t *ret_now)
{
    const Place *place = self;

    TRY(world_now(&place->town.agent.world, ret_now));
    *ret_now += place->later;
    return ok();
}

static inline Err same_random(void *self, void *ret_bytes, size_t length)
{
    const Place *place = self;

    return place->town.agent.world.random(place->town.agent.world.self, ret_bytes, length);
}

static inline void place_begin(Place *place)
{
    town_begin(&place->town);
    place->world = (World){.self = place, .now = moved_now, .random = same_random};
    place->town.service.world = &place->world;
    place->holder = town_staff(&place->town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, place->town.unit);
    place->manager = town_staff(&place->town, STR("Enhet Leder"), ROLE_ORG_MANAGER, place->town.unit);
    place->admin = town_staff(&place->town, STR("Kari Kommune"), ROLE_MUNICIPALITY_ADMIN, (Id){0});
}

static inline void place_end(Place *place)
{
    town_end(&place->town);
}

#define PLACE(name)                   \
    AUTO(place_end) Place name = {0}; \
    place_begin(&name)

/* To that moment; whoever was signed in is again. */
static inline void place_at(Place *place, int64_t wanted)
{
    int64_t now = 0;

    EXPECT_OK(moved_now(place, &now));
    EXPECT(wanted > now);
    EXPECT_OK(keys_clock_advance(place->town.agent.keys, wanted - now));
    place->later += wanted - now;
    place->town.now = wanted;
    town_grant(&place->town, &place->holder);
    town_grant(&place->town, &place->manager);
    place->holder.now = place->manager.now = place->admin.now = wanted;
}

/* To a minute past midnight of the day that lies so many days after the first. */
static inline void go_to(Place *place, Day first, int days)
{
    place_at(place, oslo_time(first + days, 1));
}

static inline Day today(const Place *place)
{
    return oslo_day(place->town.now);
}

static inline JobCounts run_life(Place *place, enum JobEnd wanted)
{
    const JobOrder order = {.job = JOB_LIFE, .tenant = place->town.tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};

    EXPECT_OK(job_run(&place->town.service, &order, &end, &counts));
    EXPECT(end == wanted);
    return counts;
}

static inline LogRow row_of(Place *place, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogRow row = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_log_by_id(tx, log, &row));
    return row;
}

static inline void place_set(Place *place, Setting setting, int32_t value)
{
    Settings seen = {0}, wanted;

    town_grant(&place->town, &place->admin);
    place->admin.request = town_id(&place->town);
    place->admin.proved_at = place->admin.now;
    EXPECT_OK(settings_read(&place->town.service, &place->admin, &seen));
    wanted = seen;
    wanted.values[setting] = value;
    place->admin.request = town_id(&place->town);
    EXPECT_OK(settings_change(&place->town.service, &place->admin, &seen, &wanted));
}

#endif
