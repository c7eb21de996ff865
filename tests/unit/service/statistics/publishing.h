/* A town with facts that wait for their publication, and what is asked of one.
 * Must be included by tests of the statistics only.
 * PLACE(p); put_many(&p); place_at(&p, p.town.now + HALF_YEAR_MS); freeze(&p, &counts); */
#ifndef TESTS_STATISTICS_PUBLISHING_H
#define TESTS_STATISTICS_PUBLISHING_H

#include "../jobs/lives.h"

#include "domain/statistics/calendar.h"
#include "domain/statistics/facts.h"
#include "keys/pairs.h"
#include "keys/statistics.h"
#include "service/statistics/freeze.h"
#include "service/statistics/frozen.h"
#include "service/statistics/read.h"
#include "service/statistics/verify.h"

#define HALF_YEAR_MS (INT64_C(215) * 24 * 60 * 60 * 1000)

static const uint8_t seed[CUBE_SEED_BYTES] = {1, 2, 3};

/* ---- facts ---- */

#define FACTS_ROOM 160

/* Sealed one by one, and put in one work. */
typedef struct Putting {
    FactRow rows[FACTS_ROOM];
    uint8_t sealed[FACTS_ROOM][FACT_SEALED_BYTES];
    uint32_t count;
} Putting;

static inline Err put_all(Tx *tx, void *context)
{
    const Putting *putting = context;

    for (uint32_t i = 0; i < putting->count; i++) {
        Err put = store_fact_insert(tx, &putting->rows[i]);
        if (!is_ok(put))
            return put;
    }
    return ok();
}

static inline void put_sealed(Place *place, Putting *putting, const Fact *fact)
{
    uint8_t public_key[32], plain[FACT_PLAIN_BYTES];
    uint8_t *sealed = putting->sealed[putting->count];
    FactRow *row = &putting->rows[putting->count++];

    *row = (FactRow){.id = town_id(&place->town), .found = town_id(&place->town), .period = quarter_of(today(place)), .family = (uint8_t)fact->family};
    EXPECT_OK(keys_pair_public(place->town.agent.keys, place->town.tenant, PAIR_STATISTICS, public_key));
    fact_encode(fact, plain);
    EXPECT_OK(fact_seal(place->town.agent.crypto, public_key, (FactPlace){place->town.service.mode, place->town.tenant, row->found}, plain, sealed));
    row->sealed = str_from_bytes(sealed, FACT_SEALED_BYTES);
}

/* One that enters today: of one of some logs, a category and a severity. */
static inline void add_fact(Place *place, Putting *putting, Id unit, uint16_t category, uint8_t log)
{
    Fact fact = {.family = FACT_OF_ATTENTION, .unit = unit, .category = category, .grade = (uint16_t)(1 + log % 3), .from = today(place) - 40,
                 .tag = {(uint8_t)(log + 1)}, .actor_count = 1};

    fact.actors[0] = (FactActor){.service = 2, .person = place->holder.person};
    put_sealed(place, putting, &fact);
}

/* Enough that something is shown: a hundred and sixty of four categories in two units. */
static inline void put_many(Place *place)
{
    static const uint16_t categories[] = {10, 22, 30, 50};
    Putting putting = {.count = 0};

    for (unsigned i = 0; i < FACTS_ROOM; i++)
        add_fact(place, &putting, i % 3 ? place->town.unit : place->town.other_unit, categories[i % COUNT_OF(categories)], (uint8_t)(i % 17));
    town_put(&place->town, put_all, &putting);
}

/* ---- publications ---- */

static inline FreezeOrder order_of(Place *place)
{
    return (FreezeOrder){.service = &place->town.service, .tenant = place->town.tenant, .store = place->town.store, .request = town_id(&place->town),
                         .now = place->town.now, .seed = seed};
}

static inline enum FreezeEnd freeze(Place *place, FreezeCounts *counts)
{
    const FreezeOrder order = order_of(place);
    enum FreezeEnd end = FREEZE_NOT_DUE;

    EXPECT_OK(statistics_freeze(&order, &end, counts));
    return end;
}

static inline VerifyCounts verified(Place *place)
{
    VerifyCounts counts = {0};

    EXPECT_OK(statistics_verify(&(StatisticsVerify){.store = place->town.store}, &counts));
    return counts;
}

static inline int64_t sealed_facts(Place *place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    int64_t count = 0;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_facts_count(tx, UINT16_MAX, &count));
    return count;
}

static inline FrozenFacts frozen_facts(Place *place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    FrozenFacts facts = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(frozen_read(tx, place->town.arena, &facts));
    return facts;
}

static inline Str shown_bytes(Place *place, PublicationRow *row)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Str bytes = STR_NONE;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_publication_newest(tx, place->town.arena, row));
    EXPECT_OK(store_publication_shown(tx, row, place->town.arena, &bytes));
    return bytes;
}

#endif
