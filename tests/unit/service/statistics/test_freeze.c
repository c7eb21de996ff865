/* A publication from sealed facts to what a page reads: when it comes, what it leaves behind, and who finds what was changed.
 * Must not hold data of anybody.
 * Called by meson test. Rules: statistics 3, 4, 7, 8, 11, 13. */
#include "../jobs/lives.h"

#include <sqlite3.h>

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

static Err put_all(Tx *tx, void *context)
{
    const Putting *putting = context;

    for (uint32_t i = 0; i < putting->count; i++) {
        Err put = store_fact_insert(tx, &putting->rows[i]);
        if (!is_ok(put))
            return put;
    }
    return ok();
}

/* One that enters today: of one of some logs, a category and a severity. */
static void add_fact(Place *place, Putting *putting, Id unit, uint16_t category, uint8_t log)
{
    Fact fact = {.family = FACT_OF_ATTENTION, .unit = unit, .category = category, .grade = (uint16_t)(1 + log % 3), .from = today(place) - 40,
                 .tag = {(uint8_t)(log + 1)}, .actor_count = 1};
    uint8_t public_key[32], plain[FACT_PLAIN_BYTES];
    uint8_t *sealed = putting->sealed[putting->count];
    FactRow *row = &putting->rows[putting->count++];

    *row = (FactRow){.id = town_id(&place->town), .found = town_id(&place->town), .period = quarter_of(today(place)), .family = FACT_OF_ATTENTION};
    fact.actors[0] = (FactActor){.service = 2, .person = place->holder.person};
    EXPECT_OK(keys_pair_public(place->town.agent.keys, place->town.tenant, PAIR_STATISTICS, public_key));
    fact_encode(&fact, plain);
    EXPECT_OK(fact_seal(place->town.agent.crypto, public_key, (FactPlace){place->town.service.mode, place->town.tenant, row->found}, plain, sealed));
    row->sealed = str_from_bytes(sealed, FACT_SEALED_BYTES);
}

/* Enough that something is shown: a hundred and sixty of four categories in two units. */
static void put_many(Place *place)
{
    static const uint16_t categories[] = {10, 22, 30, 50};
    Putting putting = {.count = 0};

    for (unsigned i = 0; i < FACTS_ROOM; i++)
        add_fact(place, &putting, i % 3 ? place->town.unit : place->town.other_unit, categories[i % COUNT_OF(categories)], (uint8_t)(i % 17));
    town_put(&place->town, put_all, &putting);
}

/* ---- publications ---- */

static FreezeOrder order_of(Place *place)
{
    return (FreezeOrder){.service = &place->town.service, .tenant = place->town.tenant, .store = place->town.store, .request = town_id(&place->town),
                         .now = place->town.now, .seed = seed};
}

static enum FreezeEnd freeze(Place *place, FreezeCounts *counts)
{
    const FreezeOrder order = order_of(place);
    enum FreezeEnd end = FREEZE_NOT_DUE;

    EXPECT_OK(statistics_freeze(&order, &end, counts));
    return end;
}

static VerifyCounts verified(Place *place)
{
    VerifyCounts counts = {0};

    EXPECT_OK(statistics_verify(&(StatisticsVerify){.store = place->town.store}, &counts));
    return counts;
}

static int64_t sealed_facts(Place *place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    int64_t count = 0;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_facts_count(tx, UINT16_MAX, &count));
    return count;
}

static FrozenFacts frozen_facts(Place *place)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    FrozenFacts facts = {0};

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(frozen_read(tx, place->town.arena, &facts));
    return facts;
}

static Str shown_bytes(Place *place, PublicationRow *row)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    Str bytes = STR_NONE;

    EXPECT_OK(store_read(place->town.store, &tx));
    EXPECT_OK(store_publication_newest(tx, place->town.arena, row));
    EXPECT_OK(store_publication_shown(tx, row, place->town.arena, &bytes));
    return bytes;
}

static void by_hand(Place *place, const char *sql)
{
    char path[256], id[ID_TEXT + 1];
    sqlite3 *database = NULL;

    id_to_text(place->town.tenant, id);
    snprintf(path, sizeof path, "%s/municipality/%s.db", place->town.folder, id);
    EXPECT(sqlite3_open(path, &database) == SQLITE_OK);
    EXPECT(sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_close(database);
}

/* ---- when ---- */

TEST(nothing_is_published_of_before_the_founding_nor_before_thirty_days_after_the_half_year)
{
    PLACE(p);
    FreezeCounts counts = {0};

    EXPECT(freeze(&p, &counts) == FREEZE_NOT_DUE);
    const uint16_t last = quarter_of(today(&p)) | 1u;
    put_many(&p);
    EXPECT(freeze(&p, &counts) == FREEZE_NOT_DUE);
    go_to(&p, publication_due(last), -1);
    EXPECT(freeze(&p, &counts) == FREEZE_NOT_DUE);
    go_to(&p, publication_due(last), 0);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && counts.number == 1 && counts.facts == 160);
    EXPECT(freeze(&p, &counts) == FREEZE_NOT_DUE);
}

TEST(a_quarter_that_is_not_over_is_not_published)
{
    PLACE(p);
    FreezeOrder order = order_of(&p);
    enum FreezeEnd end;
    FreezeCounts counts;

    order.last = quarter_of(today(&p));
    EXPECT_ERR(statistics_freeze(&order, &end, &counts), E_RANGE);
}

TEST(a_municipality_that_wants_it_each_quarter_has_it_thirty_days_after_each)
{
    PLACE(p);
    FreezeCounts counts = {0};

    const uint16_t last = quarter_of(today(&p));
    put_many(&p);
    go_to(&p, publication_due(last), 0);
    place_set(&p, SETTING_PUBLICATION, 4);
    EXPECT(freeze(&p, &counts) == (last % 4 == 3 ? FREEZE_PUBLISHED : FREEZE_NOT_DUE));
    place_set(&p, SETTING_PUBLICATION, 1);
    EXPECT(freeze(&p, &counts) == (last % 4 == 3 ? FREEZE_NOT_DUE : FREEZE_PUBLISHED));
}

TEST(the_night_publishes_what_is_due)
{
    PLACE(p);
    const JobOrder order = {.job = JOB_STATISTICS, .tenant = p.town.tenant};
    enum JobEnd end = JOB_NOT_DUE;
    JobCounts counts = {0};
    PublicationRow row;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT_OK(job_run(&p.town.service, &order, &end, &counts));
    EXPECT(end == JOB_DONE && counts.changed == 1);
    shown_bytes(&p, &row);
    EXPECT(row.number == 1 && lines_of(&p, row.id, ACT_STATISTICS_PUBLISH) == 1);
}

/* ---- what is left ---- */

TEST(a_publication_leaves_no_sealed_fact_no_tag_and_nobody)
{
    PLACE(p);
    FreezeCounts counts = {0};

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && sealed_facts(&p) == 0);
    const FrozenFacts facts = frozen_facts(&p);
    EXPECT(facts.count == 160);
    for (uint32_t i = 0; i < facts.count; i++) {
        const FrozenFactRow *row = &facts.items[i];
        EXPECT(row->publication == 1 && row->actors.length == 6 && row->from != 0);
        EXPECT(!memmem(row->actors.data, row->actors.length, p.holder.person.bytes, 4));
    }
    EXPECT(memcmp(facts.items[0].actors.data, facts.items[0].actors.data, 6) == 0);
}

TEST(one_person_has_one_number_in_a_unit_and_another_in_another_unit)
{
    PLACE(p);
    FreezeCounts counts = {0};
    Str here = STR_NONE, there = STR_NONE;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
    const FrozenFacts facts = frozen_facts(&p);
    for (uint32_t i = 0; i < facts.count; i++) {
        Str *seen = id_equal(facts.items[i].unit, p.town.unit) ? &here : &there;
        EXPECT(seen->length == 0 || str_equal(*seen, facts.items[i].actors));
        *seen = facts.items[i].actors;
    }
    EXPECT(here.length == 6 && there.length == 6 && !str_equal(here, there));
}

TEST(where_the_municipality_wants_it_days_are_quarters)
{
    PLACE(p);
    FreezeCounts counts = {0};

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    place_set(&p, SETTING_COARSE_FACTS, 1);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
    const FrozenFacts facts = frozen_facts(&p);
    for (uint32_t i = 0; i < facts.count; i++)
        EXPECT(facts.items[i].from == quarter_first(quarter_of((Day)facts.items[i].from)));
}

TEST(facts_that_come_after_a_publication_change_no_byte_of_it)
{
    PLACE(p);
    FreezeCounts counts = {0};
    PublicationRow row;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
    const Str before = shown_bytes(&p, &row);
    put_many(&p);
    EXPECT(freeze(&p, &counts) == FREEZE_NOT_DUE && str_equal(before, shown_bytes(&p, &row)));
}

TEST(a_second_publication_counts_the_first_and_both_verify)
{
    PLACE(p);
    FreezeCounts counts = {0};
    PublicationRow row;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && counts.number == 2 && counts.facts == 160);
    EXPECT(frozen_facts(&p).count == 320);
    const VerifyCounts found = verified(&p);
    EXPECT(found.publications == 2 && found.findings == 0 && found.numbers > 0);
    shown_bytes(&p, &row);
    EXPECT(row.number == 2);
}

static Err stop(void *self, uint64_t done, uint64_t of)
{
    (void)done, (void)of;
    return (Err){.id = (*(int *)self)-- > 0 ? E_OK : E_STOPPED};
}

TEST(a_freeze_that_is_stopped_leaves_everything_as_it_was)
{
    PLACE(p);
    FreezeCounts counts = {0};
    enum FreezeEnd end;
    int steps = 1;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    FreezeOrder order = order_of(&p);
    order.self = &steps;
    order.tell = stop;
    EXPECT_ERR(statistics_freeze(&order, &end, &counts), E_STOPPED);
    EXPECT(sealed_facts(&p) == 160 && frozen_facts(&p).count == 0);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && counts.facts == 160);
}

TEST(a_handful_of_facts_is_published_and_shows_next_to_nothing)
{
    static const unsigned counts_of[] = {1, 5, 14};

    for (size_t i = 0; i < COUNT_OF(counts_of); i++) {
        PLACE(p);
        FreezeCounts counts = {0};
        Putting putting = {.count = 0};
        for (unsigned number = 0; number < counts_of[i]; number++)
            add_fact(&p, &putting, p.town.unit, number % 3 ? 10 : 22, (uint8_t)(number % 2));
        town_put(&p.town, put_all, &putting);
        place_at(&p, p.town.now + HALF_YEAR_MS);
        EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && counts.facts == counts_of[i]);
        EXPECT(verified(&p).findings == 0);
    }
}

static Str shown_of(Place *place, unsigned facts)
{
    FreezeCounts counts = {0};
    Putting putting = {.count = 0};
    PublicationRow row;

    for (unsigned i = 0; i < facts; i++)
        add_fact(place, &putting, place->town.unit, 22, (uint8_t)i);
    if (facts > 0)
        town_put(&place->town, put_all, &putting);
    place_at(place, place->town.now + HALF_YEAR_MS);
    EXPECT(freeze(place, &counts) == FREEZE_PUBLISHED && counts.facts == facts);
    return shown_bytes(place, &row);
}

TEST(none_and_four_are_published_alike_to_the_last_byte)
{
    PLACE(none);
    PLACE(four);

    EXPECT(str_equal(shown_of(&none, 0), shown_of(&four, 4)));
}

/* ---- what was changed ---- */

TEST(a_published_fact_that_was_changed_is_found_and_nothing_is_published_on_top_of_it)
{
    PLACE(p);
    FreezeCounts counts = {0};
    enum FreezeEnd end;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && verified(&p).findings == 0);
    by_hand(&p, "UPDATE frozen_fact SET category=30 WHERE id=(SELECT id FROM frozen_fact WHERE category=22 LIMIT 1)");
    EXPECT(verified(&p).findings == 1);
    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    const FreezeOrder order = order_of(&p);
    EXPECT_ERR(statistics_freeze(&order, &end, &counts), E_FORGED);
}

TEST(a_shown_number_or_a_certificate_that_was_changed_is_found_and_not_read)
{
    static const char *const changes[] = {"UPDATE publication_shown SET bytes=bytes||x'00'",
                                          "UPDATE publication_secret SET bytes=bytes||x'00' WHERE kind=3"};

    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        PLACE(p);
        FreezeCounts counts = {0};
        StatisticsRead read;
        put_many(&p);
        place_at(&p, p.town.now + HALF_YEAR_MS);
        EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
        by_hand(&p, changes[i]);
        EXPECT(verified(&p).findings == 1);
        town_grant(&p.town, &p.admin);
        p.admin.request = town_id(&p.town);
        Err seen = statistics_read(&p.town.service, &p.admin, p.town.arena, &read);
        EXPECT(i == 0 ? seen.id == E_FORGED : is_ok(seen));
    }
}

/* ---- who reads ---- */

TEST(an_administrator_and_a_manager_read_it_with_a_line_and_nobody_else)
{
    PLACE(p);
    FreezeCounts counts = {0};
    StatisticsRead read;
    PublicationRow row;

    town_grant(&p.town, &p.admin);
    EXPECT_ERR(statistics_read(&p.town.service, &p.holder, p.town.arena, &read), E_FORBIDDEN);
    EXPECT_OK(statistics_read(&p.town.service, &p.admin, p.town.arena, &read));
    EXPECT(!read.published && read.next_on > today(&p));
    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED);
    town_grant(&p.town, &p.admin);
    p.admin.request = town_id(&p.town);
    EXPECT_OK(statistics_read(&p.town.service, &p.admin, p.town.arena, &read));
    EXPECT(read.published && read.number == 1 && read.own == -1 && read.unit_count == 2 && read.next_on > today(&p));
    EXPECT(read.cubes[0].dims.family == CUBE_ATTENTIONS && read.cubes[1].dims.family == CUBE_MEASURES);
    p.manager.request = town_id(&p.town);
    EXPECT_OK(statistics_read(&p.town.service, &p.manager, p.town.arena, &read));
    EXPECT(read.own >= 0 && id_equal(read.units[read.own].id, p.town.unit) && str_equal(read.units[read.own].name, STR("Solsikke skole")));
    shown_bytes(&p, &row);
    EXPECT(lines_of(&p, row.id, ACT_STATISTICS_READ) == 2);
}

RUN_TESTS("freeze")
