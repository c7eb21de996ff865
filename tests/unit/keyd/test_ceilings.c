/* Every ceiling of the table: it refuses, spares others, and ends with its window.
 * Must not need a process or a clock.
 * Called by meson test. */
#include "support/test.h"

#include <stdio.h>

#include "keyd/ceilings.h"
#include "support/world.h"

typedef struct Fixture {
    TestWorld test;
    World world;
    Crypto *crypto;
    Ceilings *ceilings;
} Fixture;

static void fixture_done(Fixture *f)
{
    ceilings_free(f->ceilings);
    crypto_free(f->crypto);
}

#define FIXTURE(f)                                              \
    AUTO(fixture_done) Fixture f = {0};                         \
    f.world = test_world(&f.test);                              \
    EXPECT_OK(crypto_new(&f.world, &f.crypto));                 \
    EXPECT_OK(ceilings_new(f.crypto, 1, &f.ceilings))

#define NOW INT64_C(1000000)

typedef struct Row {
    const char *name;
    uint32_t acts;
    Per per;
    int64_t window;
    bool distinct;
    uint32_t least, thousandths, most;
    ShareOf of;
} Row;

#define X(name_, acts_, per_, window_, distinct_, least_, thousandths_, of_, most_)                                     \
    {.name = (name_), .acts = (acts_), .per = (per_), .window = (window_), .distinct = (distinct_), .least = (least_), \
     .thousandths = (thousandths_), .most = (most_), .of = (of_)},
static const Row rows[] = {CEILINGS(X)};
#undef X

/* Of an act that the row counts, by the subject of this number. */
static Use use_of(const Row *row, uint8_t subject, uint8_t object, int64_t now)
{
    Spend act = SPEND_NONE;

    while (act < SPEND_COUNT && !(row->acts & 1u << act))
        act++;
    return (Use){.act = act, .tenant = {{subject}}, .person = {{subject}}, .grant = {{subject}},
                 .object = {{row->distinct ? object : 0}}, .amount = 1, .now = now};
}

static void only_row(Ceilings *ceilings, size_t only, uint32_t ceiling)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        EXPECT_OK(ceilings_set(ceilings, str_from_c(rows[i].name), i == only ? ceiling : UINT32_MAX));
}

#define SPEND(f, ...) ceilings_spend((f).ceilings, &(Use){__VA_ARGS__})
#define SPEND_ROW(f, ...) ceilings_spend((f).ceilings, &(Use[]){use_of(__VA_ARGS__)}[0])

TEST(every_ceiling_refuses_what_passes_it_spares_others_and_ends_with_its_window)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        FIXTURE(f);
        const Row *row = &rows[i];
        only_row(f.ceilings, i, 3);
        for (uint8_t object = 1; object <= 3; object++)
            EXPECT_OK(SPEND_ROW(f, row, 1, object, NOW));
        EXPECT_ERR(SPEND_ROW(f, row, 1, 4, NOW + row->window - 1), E_BUDGET);
        EXPECT_OK(SPEND_ROW(f, row, 2, 4, NOW));
        Err same = SPEND_ROW(f, row, 1, 1, NOW);
        EXPECT(same.id == (row->distinct ? E_OK : E_BUDGET));
        EXPECT_OK(SPEND_ROW(f, row, 1, 4, NOW + row->window));
    }
}

TEST(a_ceiling_is_a_share_of_the_municipality_between_a_least_and_a_most)
{
    FIXTURE(f);
    uint32_t at = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const Row *row = &rows[i];
        for (uint32_t scopes = 0; scopes < 200000; scopes = scopes * 2 + 50) {
            EXPECT_OK(ceilings_at(f.ceilings, str_from_c(row->name), (ScopesMade){.logs = scopes, .persons = scopes}, &at));
            const uint32_t share = (uint32_t)((uint64_t)scopes * row->thousandths / 1000);
            EXPECT(at >= row->least && at <= row->most);
            EXPECT(at == share || (at == row->least && share < at) || (at == row->most && share > at));
        }
        EXPECT((row->thousandths > 0) == (row->of != OF_NOTHING));
    }
    EXPECT_OK(ceilings_at(f.ceilings, STR("log-municipality-hour"), (ScopesMade){.logs = 2000, .persons = 90000}, &at));
    EXPECT(at == 500);
}

/* What opens something has a ceiling for a grant, for a person, and for the municipality in an hour and in a day. */
TEST(every_use_that_opens_something_is_bound_for_grant_person_and_municipality_by_the_hour_and_the_day)
{
    static const Spend opening[] = {SPEND_READ, SPEND_WRITE, SPEND_DRAFT, SPEND_HEADER, SPEND_PERSON};

    for (size_t i = 0; i < COUNT_OF(opening); i++) {
        bool grant = false, person = false, hour = false, day = false;
        for (size_t at = 0; at < COUNT_OF(rows); at++) {
            const Row *row = &rows[at];
            if (!(row->acts & 1u << opening[i]))
                continue;
            grant |= row->per == PER_GRANT;
            person |= row->per == PER_PERSON;
            hour |= row->per == PER_MUNICIPALITY && row->window == HOUR_MS && row->distinct && row->of != OF_NOTHING;
            day |= row->per == PER_MUNICIPALITY && row->window == DAY_MS && row->distinct && row->of != OF_NOTHING;
        }
        EXPECT(grant && person && hour && day);
    }
}

TEST(reading_and_writing_one_log_is_one_log_and_two_logs_are_two_under_the_municipalitys_ceiling)
{
    FIXTURE(f);
    EXPECT_OK(ceilings_set(f.ceilings, STR("log-municipality-hour"), 1));
    EXPECT_OK(SPEND(f, .act = SPEND_READ, .tenant = {{1}}, .object = {{7}}, .amount = 1, .now = NOW));
    EXPECT_OK(SPEND(f, .act = SPEND_WRITE, .tenant = {{1}}, .object = {{7}}, .amount = 1, .now = NOW));
    EXPECT_ERR(SPEND(f, .act = SPEND_WRITE, .tenant = {{1}}, .object = {{8}}, .amount = 1, .now = NOW), E_BUDGET);
}

TEST(a_refused_use_is_counted_nowhere)
{
    FIXTURE(f);
    EXPECT_OK(ceilings_set(f.ceilings, STR("header-grant-minute"), 10));
    EXPECT_ERR(SPEND(f, .act = SPEND_HEADER, .grant = {{1}}, .amount = 11, .now = NOW), E_BUDGET);
    EXPECT_OK(SPEND(f, .act = SPEND_HEADER, .grant = {{1}}, .amount = 10, .now = NOW));
    EXPECT_ERR(SPEND(f, .act = SPEND_HEADER, .grant = {{1}}, .amount = 1, .now = NOW), E_BUDGET);
}

TEST(a_ceiling_of_an_unknown_name_is_refused)
{
    FIXTURE(f);
    uint32_t at;
    EXPECT(!ceilings_has(STR("read")));
    EXPECT_ERR(ceilings_set(f.ceilings, STR("read"), 1), E_NOT_FOUND);
    EXPECT_ERR(ceilings_at(f.ceilings, STR("read"), (ScopesMade){0}, &at), E_NOT_FOUND);
}

static Err spend_numbered(Fixture *f, uint32_t number, int64_t now)
{
    return SPEND(*f, .act = SPEND_READ, .tenant = {{1}}, .person = {{1}}, .amount = 1, .now = now,
                 .object = {{1, (uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16)}});
}

static uint32_t spend_until_full(Fixture *f)
{
    uint32_t number = 0;

    while (number < 60000 && is_ok(spend_numbered(f, number, NOW)))
        number++;
    return number;
}

TEST(a_full_table_refuses_and_the_next_day_has_room_again)
{
    FIXTURE(f);
    only_row(f.ceilings, COUNT_OF(rows), 0);
    for (uint32_t i = 0; i < 60000; i++) {
        Err spent = spend_numbered(&f, i, NOW);
        EXPECT(is_ok(spent) || spent.id == E_BUDGET);
    }
    EXPECT_ERR(spend_numbered(&f, 200000, NOW), E_BUDGET);
    EXPECT_OK(spend_numbered(&f, 200000, NOW + DAY_MS));
}

TEST(a_table_fills_evenly_before_it_refuses)
{
    FIXTURE(f);
    only_row(f.ceilings, COUNT_OF(rows), 0);
    const size_t marks = 4;
    const uint32_t taken = spend_until_full(&f);
    printf("# first refused at %zu %%\n", (size_t)taken * marks * 16 * 100 / ceilings_bytes(1)); /* of one log: reading by the hour and the day, for the person and the municipality */
    EXPECT((size_t)taken * marks * 16 > ceilings_bytes(1) / 4 * 3);
}

TEST(a_table_that_grows_keeps_what_was_counted)
{
    FIXTURE(f);
    only_row(f.ceilings, 0, 300); /* log-municipality-hour */
    for (uint32_t i = 0; i < 300; i++)
        EXPECT_OK(spend_numbered(&f, i, NOW));
    EXPECT_OK(ceilings_grow(f.ceilings, 40, NOW));
    EXPECT_ERR(spend_numbered(&f, 300, NOW), E_BUDGET);
    EXPECT_OK(spend_numbered(&f, 299, NOW));
    EXPECT_OK(spend_numbered(&f, 300, NOW + HOUR_MS));
}

RUN_TESTS("ceilings")
