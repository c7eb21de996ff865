/* Every ceiling of the table: it refuses, spares others, and ends with its window.
 * Must not need a process or a clock.
 * Called by meson test. */
#include "support/test.h"

#include "keyd/grants.h"

static Err counted(void *self, void *ret_bytes, size_t length)
{
    uint8_t *counter = self;
    for (size_t i = 0; i < length; i++)
        ((uint8_t *)ret_bytes)[i] = (*counter)++;
    return ok();
}

typedef struct Fixture {
    uint8_t counter;
    World world;
    Crypto *crypto;
    Grants *grants;
} Fixture;

static void fixture_done(Fixture *f)
{
    grants_free(f->grants);
    crypto_free(f->crypto);
}

#define FIXTURE(f)                                              \
    AUTO(fixture_done) Fixture f = {0};                         \
    f.world = (World){.self = &f.counter, .random = counted};   \
    EXPECT_OK(crypto_new(&f.world, &f.crypto));                 \
    EXPECT_OK(grants_new(f.crypto, &f.grants))

typedef struct Row {
    const char *name;
    Spend act;
    Per per;
    int64_t window;
    bool distinct;
    uint32_t ceiling;
} Row;

#define X(name_, act_, per_, window_, distinct_, ceiling_) \
    {.name = (name_), .act = (act_), .per = (per_), .window = (window_), .distinct = (distinct_), .ceiling = (ceiling_)},
static const Row rows[] = {CEILINGS(X)};
#undef X

#define NOW INT64_C(1000000)

/* spend(&f, act, grant, object, amount, now) */
#define spend(f, ...) grants_spend((f)->grants, &(GrantUse){__VA_ARGS__})

static void only_row(Grants *grants, size_t only, uint32_t ceiling)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        EXPECT_OK(grants_set_ceiling(grants, str_from_c(rows[i].name), i == only ? ceiling : UINT32_MAX));
}

static Grant subject(uint8_t number)
{
    return (Grant){.id = {{number}}, .tenant = {{number}}, .person = {{number}}};
}

TEST(every_ceiling_refuses_what_passes_it_spares_others_and_ends_with_its_window)
{
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        FIXTURE(f);
        const Row *row = &rows[i];
        Grant one = subject(1), two = subject(2);
        only_row(f.grants, i, 3);
        for (uint8_t object = 1; object <= 3; object++)
            EXPECT_OK(spend(&f, row->act, &one, (Id){{object}}, 1, NOW));
        EXPECT_ERR(spend(&f, row->act, &one, (Id){{4}}, 1, NOW + row->window - 1), E_BUDGET);
        EXPECT_OK(spend(&f, row->act, &two, (Id){{4}}, 1, NOW));
        Err same = spend(&f, row->act, &one, (Id){{1}}, 1, NOW);
        EXPECT(same.id == (row->distinct ? E_OK : E_BUDGET));
        EXPECT_OK(spend(&f, row->act, &one, (Id){{4}}, 1, NOW + row->window));
    }
}

TEST(a_refused_use_is_counted_nowhere)
{
    FIXTURE(f);
    Grant one = subject(1);
    EXPECT_OK(grants_set_ceiling(f.grants, STR("header-municipality-hour"), 10));
    EXPECT_ERR(spend(&f, SPEND_HEADER, &one, (Id){{0}}, 11, NOW), E_BUDGET);
    EXPECT_OK(spend(&f, SPEND_HEADER, &one, (Id){{0}}, 10, NOW));
    EXPECT_ERR(spend(&f, SPEND_HEADER, &one, (Id){{0}}, 1, NOW), E_BUDGET);
}

TEST(a_ceiling_of_an_unknown_name_is_refused)
{
    FIXTURE(f);
    EXPECT_ERR(grants_set_ceiling(f.grants, STR("read"), 1), E_NOT_FOUND);
}

TEST(a_full_table_refuses_and_the_next_day_has_room_again)
{
    FIXTURE(f);
    Grant one = subject(1);
    Err spent = ok();
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        EXPECT_OK(grants_set_ceiling(f.grants, str_from_c(rows[i].name), UINT32_MAX));
    for (uint32_t i = 0; i < 200000 && is_ok(spent); i++)
        spent = spend(&f, SPEND_READ, &one, (Id){{1, (uint8_t)i, (uint8_t)(i >> 8), (uint8_t)(i >> 16)}}, 1, NOW);
    EXPECT(spent.id == E_BUDGET);
    EXPECT_OK(spend(&f, SPEND_READ, &one, (Id){{9, 9, 9}}, 1, NOW + DAY_MS));
}

TEST(a_grant_is_found_by_its_tenant_until_it_ends)
{
    FIXTURE(f);
    Grant grant = subject(1), found;
    grant.ends_at = NOW + 1000;
    EXPECT_ERR(grants_find(f.grants, grant.id, grant.tenant, NOW, &found), E_NO_GRANT);
    EXPECT_OK(grants_add(f.grants, grant, NOW));
    EXPECT_ERR(grants_find(f.grants, grant.id, (Id){{2}}, NOW, &found), E_NO_GRANT);
    EXPECT_OK(grants_find(f.grants, grant.id, grant.tenant, NOW, &found));
    EXPECT(grants_count(f.grants, NOW) == 1 && grants_count(f.grants, NOW + 1000) == 0);
    EXPECT_ERR(grants_find(f.grants, grant.id, grant.tenant, NOW + 1000, &found), E_NO_GRANT);
    grants_end(f.grants, grant.id);
    EXPECT_ERR(grants_find(f.grants, grant.id, grant.tenant, NOW, &found), E_NO_GRANT);
}

TEST(the_id_of_no_grant_finds_none)
{
    FIXTURE(f);
    Grant found;
    EXPECT_ERR(grants_find(f.grants, (Id){0}, (Id){0}, NOW, &found), E_NO_GRANT);
    EXPECT_ERR(grants_find(f.grants, (Id){0}, (Id){0}, -1, &found), E_NO_GRANT);
}

RUN_TESTS("grants")
