/* Statistics of the demo.
 * Must not publish what the service's own freeze would not.
 * Called by demo.c. */
#include "cli/demo/statistics.h"

#include <string.h>

#include "domain/statistics/calendar.h"
#include "domain/statistics/facts.h"
#include "keys/pairs.h"
#include "keys/statistics.h"
#include "service/seed/effects.h"
#include "service/statistics/freeze.h"
#include "store/statistics/facts.h"

#define YEARS 3
#define LOGS_A_QUARTER 180 /* that have something to tell, of all units together, in the first quarter */
#define MORE_A_QUARTER 6   /* and each quarter more: the town gets used to it */
#define SEED 20260101

/* How often what is noticed, and how it changes: of a thousand in the first quarter, and in the last. */
static const struct {
    uint16_t attention;
    uint16_t first, last;
} noticed[] = {
    {ATTENTION_LANGUAGE, 120, 110}, {ATTENTION_READING, 140, 120},    {ATTENTION_NUMBERS, 60, 60},      {ATTENTION_CONCENTRATION, 90, 90},
    {ATTENTION_INTERPLAY, 100, 90}, {ATTENTION_FRIENDSHIP, 80, 90},   {ATTENTION_BULLYING, 40, 50},     {ATTENTION_FEELINGS, 90, 110},
    {ATTENTION_RESTLESSNESS, 60, 50}, {ATTENTION_WITHDRAWAL, 30, 40}, {ATTENTION_MOTOR_SKILLS, 30, 20}, {ATTENTION_SIGHT_HEARING, 15, 10},
    {ATTENTION_HEALTH, 25, 25},     {ATTENTION_ABSENCE, 50, 95},      {ATTENTION_TRANSITION, 20, 10},   {ATTENTION_HOME, 25, 15},
    {ATTENTION_BREAK_UP, 15, 10},   {ATTENTION_SUBSTANCES, 3, 2},     {ATTENTION_REFUGEE, 5, 2},        {ATTENTION_OTHER, 2, 1},
};

/* How often a unit has the log, of a thousand. */
static const uint16_t unit_shares[DEMO_UNIT_COUNT] = {
    [DEMO_SCHOOL] = 450, [DEMO_KINDERGARTEN] = 250, [DEMO_SCHOOL_HEALTH] = 120, [DEMO_PPT] = 90, [DEMO_FAMILY_CENTRE] = 60,
    [DEMO_CHILD_WELFARE] = 30,
};

static const uint16_t measures[] = {
    MEASURE_GROUP, MEASURE_GROUP, MEASURE_GROUP, MEASURE_INDIVIDUAL, MEASURE_INDIVIDUAL, MEASURE_INDIVIDUAL, MEASURE_ADULT_SUPPORT,
    MEASURE_ADULT_SUPPORT, MEASURE_LANGUAGE, MEASURE_LANGUAGE, MEASURE_SOCIAL, MEASURE_SOCIAL, MEASURE_PARENTS, MEASURE_PARENTS, MEASURE_TALKS,
    MEASURE_TALKS, MEASURE_OBSERVATION, MEASURE_OBSERVATION, MEASURE_REFERRAL, MEASURE_NETWORK_MEETING, MEASURE_LEISURE, MEASURE_ABSENCE,
    MEASURE_ABSENCE, MEASURE_TRANSITION, MEASURE_ENVIRONMENT,
};

/* What is being written: the facts of one quarter. */
typedef struct Writing {
    Demo *demo;
    SeedRandom random;
    uint8_t public_key[32];
    unsigned quarter, first, last;
    int64_t now;
} Writing;

/* ---- one log ---- */

static uint16_t draw_attention(Writing *writing)
{
    const unsigned done = writing->quarter - writing->first, of = writing->last - writing->first + 1;
    uint32_t drawn = seed_below(&writing->random, 1000), whole = 0;

    for (size_t i = 0; i < COUNT_OF(noticed); i++) {
        whole += (noticed[i].first * (of - done) + noticed[i].last * done) / of;
        if (drawn < whole)
            return noticed[i].attention;
    }
    return ATTENTION_READING;
}

static Id draw_unit(Writing *writing)
{
    uint32_t drawn = seed_below(&writing->random, 1000), whole = 0;

    for (unsigned unit = DEMO_NO_UNIT + 1; unit < DEMO_UNIT_COUNT; unit++) {
        whole += unit_shares[unit];
        if (drawn < whole)
            return writing->demo->units[unit];
    }
    return writing->demo->units[DEMO_SCHOOL];
}

static Err put(Writing *writing, Tx *tx, const Fact *fact)
{
    Service *service = writing->demo->service;
    FactRow row = {.period = (uint16_t)writing->quarter, .family = (uint8_t)fact->family};
    uint8_t plain[FACT_PLAIN_BYTES], sealed[FACT_SEALED_BYTES];

    TRY(world_id(service->world, &row.id));
    TRY(world_id(service->world, &row.found));
    fact_encode(fact, plain);
    TRY(fact_seal(keys_crypto(service->keys), writing->public_key, (FactPlace){service->mode, writing->demo->tenant, row.found}, plain, sealed));
    row.sealed = str_from_bytes(sealed, sizeof sealed);
    return store_fact_insert(tx, &row);
}

/* One, two or three things were noticed, and for most of them something was done and evaluated. */
static Err write_log(Writing *writing, Tx *tx)
{
    const unsigned count = 1 + seed_below(&writing->random, 3);
    const Day day = quarter_first(writing->quarter);
    Fact fact = {.unit = draw_unit(writing)};
    Id tag;

    TRY(world_id(writing->demo->service->world, &tag));
    memcpy(fact.tag, tag.bytes, FACT_TAG_BYTES);
    for (unsigned i = 0; i < count; i++) {
        Fact attention = fact, measure = fact;
        attention.family = FACT_OF_ATTENTION;
        attention.category = draw_attention(writing);
        attention.grade = (uint16_t)(1 + (seed_below(&writing->random, 100) >= 55) + (seed_below(&writing->random, 100) >= 85));
        attention.on = day + (Day)seed_below(&writing->random, 60);
        TRY(put(writing, tx, &attention));
        if (seed_below(&writing->random, 100) >= 70)
            continue;
        measure.family = FACT_OF_MEASURE;
        measure.attention = attention.category;
        measure.category = seed_one_of(&writing->random, measures);
        measure.grade = seed_below(&writing->random, 100) < 8 ? 0 : seed_outcome(&writing->random, measure.category);
        measure.from = day;
        measure.on = attention.on;
        TRY(put(writing, tx, &measure));
    }
    return ok();
}

/* ---- quarter by quarter ---- */

static Err write_quarter(Tx *tx, void *context)
{
    Writing *writing = context;
    const unsigned logs = LOGS_A_QUARTER + MORE_A_QUARTER * (writing->quarter - writing->first);
    AuditLine line = {.at = writing->now, .act = ACT_IMPORT, .outcome = AUDIT_ALLOWED};

    for (unsigned i = 0; i < logs; i++)
        TRY(write_log(writing, tx));
    TRY(world_id(writing->demo->service->world, &line.request));
    return store_audit(tx, &line);
}

static Err publish(Writing *writing, Store *store, unsigned last)
{
    Demo *demo = writing->demo;
    FreezeOrder order = {.service = demo->service, .tenant = demo->tenant, .store = store, .now = writing->now, .last = (uint16_t)last};
    enum FreezeEnd end = FREEZE_NOT_DUE;
    FreezeCounts counts = {0};

    TRY(world_id(demo->service->world, &order.request));
    TRY(statistics_freeze(&order, &end, &counts));
    return end == FREEZE_PUBLISHED ? ok() : fail(E_INTERNAL);
}

Err demo_publish_statistics(Demo *demo)
{
    Writing writing = {.demo = demo, .random = seed_random(SEED, seed_stream(STR("statistics"))), .last = publication_last(demo->today)};
    Store *store = NULL;

    writing.first = (writing.last / 4 - YEARS) * 4;
    TRY(world_now(demo->service->world, &writing.now));
    TRY(store_of(demo->service->stores, demo->tenant, &store));
    TRY(keys_pair_public(demo->service->keys, demo->tenant, PAIR_STATISTICS, writing.public_key));
    for (writing.quarter = writing.first; writing.quarter <= writing.last; writing.quarter++) {
        TRY(store_write(store, write_quarter, &writing));
        if (writing.quarter % 2 == 1)
            TRY(publish(&writing, store, writing.quarter));
    }
    return ok();
}
