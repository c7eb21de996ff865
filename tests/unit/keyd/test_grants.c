/* Who has a grant, for how long, and what one that was idle still opens.
 * Must not need a process or a clock.
 * Called by meson test. */
#include "support/test.h"

#include "keyd/grants.h"
#include "support/world.h"

typedef struct Fixture {
    TestWorld test;
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
    f.world = test_world(&f.test);                              \
    EXPECT_OK(crypto_new(&f.world, &f.crypto));                 \
    EXPECT_OK(grants_new(f.crypto, 1, &f.grants))

#define NOW INT64_C(1000000)

#define STAFF 3
#define FAMILY 5

static Grant subject(uint8_t number)
{
    return (Grant){.id = {{number}}, .tenant = {{number}}, .person = {{number}}, .role = STAFF};
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

TEST(a_grant_that_is_not_used_ends_with_the_idle_session_and_then_opens_drafts_only)
{
    static const struct {
        uint8_t role;
        int64_t idle;
    } roles[] = {{STAFF, GRANT_IDLE_STAFF_MS}, {FAMILY, GRANT_IDLE_FAMILY_MS}};

    for (size_t i = 0; i < COUNT_OF(roles); i++) {
        FIXTURE(f);
        Grant grant = subject(1), found;
        const int64_t used = NOW + roles[i].idle - 1;
        grant.role = roles[i].role;
        grant.ends_at = NOW + GRANT_MAX_MS;
        EXPECT_OK(grants_add(f.grants, grant, NOW));
        EXPECT_OK(grants_find(f.grants, grant.id, grant.tenant, used, &found));
        EXPECT_OK(grants_find(f.grants, grant.id, grant.tenant, used + roles[i].idle - 1, &found));
        const int64_t idle = used + 2 * roles[i].idle - 1;
        EXPECT_ERR(grants_find(f.grants, grant.id, grant.tenant, idle, &found), E_NO_GRANT);
        EXPECT_OK(grants_find_idle(f.grants, grant.id, grant.tenant, idle, &found));
        EXPECT_ERR(grants_find(f.grants, grant.id, grant.tenant, idle, &found), E_NO_GRANT); /* a draft wakes nothing */
        EXPECT_ERR(grants_find_idle(f.grants, grant.id, grant.tenant, NOW + GRANT_MAX_MS, &found), E_NO_GRANT);
    }
}

/* Ids of grants are random: so are these. */
static Grant numbered(uint32_t number)
{
    const uint32_t mixed = (number + 1) * UINT32_C(2654435761);

    return (Grant){.id = {{(uint8_t)(mixed >> 24), (uint8_t)(mixed >> 16), (uint8_t)(mixed >> 8), (uint8_t)mixed, 1}},
                   .tenant = {{1}}, .person = {{2, (uint8_t)number, (uint8_t)(number >> 8)}}, .role = STAFF,
                   .ends_at = NOW + GRANT_MAX_MS};
}

/* How many of so many find no room. */
static uint32_t refused_of(Fixture *f, uint32_t from, uint32_t count, int64_t now)
{
    uint32_t refused = 0;

    for (uint32_t i = from; i < from + count; i++)
        refused += !is_ok(grants_add(f->grants, numbered(i), now));
    return refused;
}

TEST(where_no_place_is_free_a_new_grant_takes_that_of_one_that_was_idle_too_long)
{
    FIXTURE(f);
    Grant found;
    EXPECT_OK(ceilings_set(grants_ceilings(f.grants), STR("grant-municipality-minute"), UINT32_MAX));
    EXPECT(refused_of(&f, 0, 9000, NOW) > 0);
    EXPECT(refused_of(&f, 9000, 100, NOW + GRANT_IDLE_STAFF_MS - 1) == 100);
    EXPECT(refused_of(&f, 9000, 100, NOW + GRANT_IDLE_STAFF_MS) == 0);
    EXPECT_OK(grants_find(f.grants, numbered(9099).id, (Id){{1}}, NOW + GRANT_IDLE_STAFF_MS, &found));
}

TEST(a_table_that_grows_keeps_its_grants)
{
    FIXTURE(f);
    Grant found;
    EXPECT_OK(ceilings_set(grants_ceilings(f.grants), STR("grant-municipality-minute"), UINT32_MAX));
    EXPECT(refused_of(&f, 0, 500, NOW) == 0);
    EXPECT_OK(grants_grow(f.grants, 40, NOW));
    EXPECT(grants_count(f.grants, NOW) == 500);
    for (uint32_t i = 0; i < 500; i++)
        EXPECT_OK(grants_find(f.grants, numbered(i).id, (Id){{1}}, NOW, &found));
}

RUN_TESTS("grants")
