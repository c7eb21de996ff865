/* A publication of sealed facts: when it comes, and what it leaves behind.
 * Must not hold data of anybody.
 * Called by meson test. Rules: statistics 3, 4, 5, 8. */
#include "publishing.h"

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

/* ---- lists that grow ---- */

/* A measure that was evaluated, or not (0), of attentions of this code. */
static void add_measure(Place *place, Putting *putting, uint16_t outcome, uint16_t attention, uint8_t log)
{
    Fact fact = {.family = FACT_OF_MEASURE, .unit = place->town.unit, .category = 11, .grade = outcome, .attention = attention,
                 .from = today(place) - 40, .tag = {(uint8_t)(log + 1)}, .actor_count = 1};

    fact.actors[0] = (FactActor){.service = 2, .person = place->holder.person};
    put_sealed(place, putting, &fact);
}

/* Of each of these codes thirty attentions, and twenty measures that ended so. */
static void put_each(Place *place, Codes categories, Codes outcomes)
{
    for (uint32_t i = 0; i < categories.count; i++) {
        Putting putting = {.count = 0};
        for (uint8_t log = 0; log < 30; log++)
            add_fact(place, &putting, place->town.unit, categories.items[i], log);
        for (uint8_t log = 0; log < 20; log++)
            add_measure(place, &putting, outcomes.items[i % outcomes.count], categories.items[i], log);
        town_put(&place->town, put_all, &putting);
    }
}

static uint32_t shown_number(const StatisticsRead *read, CubeFamily family, CubeQuestion question)
{
    uint32_t rows[64];
    CubeAnswer answer = {0};

    EXPECT_OK(cube_answer(&read->cubes[family - 1], &question, rows, &answer));
    return answer.total;
}

static uint32_t attentions_of(const StatisticsRead *read, uint16_t code)
{
    uint8_t place = 0;

    EXPECT_OK(counted_place(&read->counted, COUNTED_ATTENTIONS, code, &place));
    return shown_number(read, CUBE_ATTENTIONS, (CubeQuestion){.category = place, .year = CUBE_ALL, .side = CUBE_WHOLE, .value = CUBE_ALL});
}

static StatisticsRead read_now(Place *place)
{
    StatisticsRead read = {0};

    town_grant(&place->town, &place->admin);
    place->admin.request = town_id(&place->town);
    EXPECT_OK(statistics_read(&place->town.service, &place->admin, place->town.arena, &read));
    return read;
}

TEST(codes_that_come_into_the_middle_of_a_list_and_to_its_end_move_nothing_that_was_published)
{
    PLACE(p);
    static const uint16_t then[] = {10, 42, 50, 99}, now[] = {10, 42, 43, 50, 99, 98}, ended[] = {1, 2, 0}, ends[] = {1, 2, 3, 0};
    FreezeOrder order = order_of(&p);
    Codes lists[COUNTED_COUNT];
    enum FreezeEnd end = FREEZE_NOT_DUE;
    FreezeCounts counts = {0};

    for (unsigned list = 0; list < COUNTED_COUNT; list++)
        lists[list] = codes_of(counted_codes((CountedList)list));
    lists[COUNTED_ATTENTIONS] = lists[COUNTED_MEASURES_FOR] = (Codes){.items = then, .count = COUNT_OF(then)};
    lists[COUNTED_OUTCOMES] = (Codes){.items = ended, .count = 2};
    put_each(&p, lists[COUNTED_ATTENTIONS], (Codes){.items = ended, .count = COUNT_OF(ended)});
    place_at(&p, p.town.now + 2 * HALF_YEAR_MS);
    order = order_of(&p);
    order.lists = lists;
    EXPECT_OK(statistics_freeze(&order, &end, &counts));
    EXPECT(end == FREEZE_PUBLISHED && verified(&p).findings == 0);
    const uint32_t before = attentions_of((const StatisticsRead[]){read_now(&p)}, 50);
    lists[COUNTED_ATTENTIONS] = lists[COUNTED_MEASURES_FOR] = (Codes){.items = now, .count = COUNT_OF(now)};
    lists[COUNTED_OUTCOMES] = (Codes){.items = ends, .count = 3};
    put_each(&p, lists[COUNTED_ATTENTIONS], (Codes){.items = ends, .count = COUNT_OF(ends)});
    place_at(&p, p.town.now + 2 * HALF_YEAR_MS);
    order = order_of(&p);
    order.lists = lists;
    EXPECT_OK(statistics_freeze(&order, &end, &counts));
    EXPECT(end == FREEZE_PUBLISHED && counts.number == 2);
    const VerifyCounts found = verified(&p);
    EXPECT(found.publications == 2 && found.findings == 0);
    const StatisticsRead read = read_now(&p);
    EXPECT(before == 30 && attentions_of(&read, 50) == 60 && attentions_of(&read, 43) == 30 && attentions_of(&read, 98) == 30);
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

/* Stops when so much is done. */
typedef struct Halfway {
    uint64_t stops_at, last;
    bool fell_back;
} Halfway;

static Err stop_halfway(void *self, uint64_t done, uint64_t of)
{
    Halfway *halfway = self;

    halfway->fell_back = halfway->fell_back || done < halfway->last || of != 1000;
    halfway->last = done;
    return (Err){.id = done >= halfway->stops_at ? E_STOPPED : E_OK};
}

TEST(a_freeze_that_is_stopped_while_the_cube_works_publishes_nothing)
{
    PLACE(p);
    FreezeCounts counts = {0};
    enum FreezeEnd end = FREEZE_NOT_DUE;

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    for (uint64_t stops_at = 350; stops_at < 1000; stops_at += 150) {
        Halfway halfway = {.stops_at = stops_at};
        FreezeOrder order = order_of(&p);
        order.self = &halfway;
        order.tell = stop_halfway;
        EXPECT_ERR(statistics_freeze(&order, &end, &counts), E_STOPPED);
        EXPECT(halfway.last < 1000 && !halfway.fell_back);
        EXPECT(sealed_facts(&p) == 160 && frozen_facts(&p).count == 0);
    }
    EXPECT(freeze(&p, &counts) == FREEZE_PUBLISHED && counts.facts == 160);
}

TEST(a_stop_that_comes_when_it_is_published_is_no_failure)
{
    PLACE(p);
    Halfway halfway = {.stops_at = 1000};
    enum FreezeEnd end = FREEZE_NOT_DUE;
    FreezeCounts counts = {0};

    put_many(&p);
    place_at(&p, p.town.now + HALF_YEAR_MS);
    FreezeOrder order = order_of(&p);
    order.self = &halfway;
    order.tell = stop_halfway;
    EXPECT_OK(statistics_freeze(&order, &end, &counts));
    EXPECT(end == FREEZE_PUBLISHED && frozen_facts(&p).count == 160 && !halfway.fell_back);
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

RUN_TESTS("freeze")
