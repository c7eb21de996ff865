/* Cookies of made-up municipalities: what they cost, and that a municipality which was just made is found all the same.
 * Must not measure time.
 * Run by meson test. */
#include "service/municipality/founding.h"
#include "service/session/make.h"
#include "support/counting.h"
#include "support/fixture.h"
#include "support/test.h"

static uint32_t sought; /* how often the place of the databases was asked whether one is there */

static Err counting_find(Str place, const char *database)
{
    sought++;
    return sqlite_driver()->find(place, database);
}

static const Driver *seeking_driver(void)
{
    static Driver driver;

    driver = *counting_driver();
    driver.find = counting_find;
    return &driver;
}

static Id made_up(Fixture *fixture)
{
    Id id = {0};

    EXPECT_OK(world_id(&fixture->world, &id));
    return id;
}

TEST(a_thousand_made_up_municipalities_ask_the_hosts_database_once_and_no_other)
{
    AUTO(fixture_end) Fixture fixture = {.driver = seeking_driver()};
    SessionToken token = {{0}};
    Cost cost;
    Actor actor;

    fixture_begin(&fixture);
    sought = 0;
    cost_begin(&cost, fixture.service.keys);
    for (int i = 0; i < 1000; i++)
        EXPECT_ERR(session_resume(&fixture.service, made_up(&fixture), &token, &actor), E_NO_SESSION);
    cost_end(&cost, fixture.service.keys);
    EXPECT(sought == 0);
    EXPECT(cost_statements(&cost) <= 1 && cost.messages == 0);
}

TEST(a_municipality_that_was_just_made_is_known_within_a_second)
{
    AUTO(fixture_end) Fixture fixture = {0};
    Values person = {.kind = kind_of(KIND_STAFF_PERSON)};
    const NewMunicipality second = {.number = STR("9902"), .name = STR("Nyvik"), .person = &person};
    EnrolmentCode code;
    Actor actor;
    Id tenant;

    fixture_begin(&fixture);
    person.text[0] = STR("Nora Ny");
    person.text[1] = STR("nora.ny@example.invalid");
    EXPECT_ERR(session_visitor(&fixture.service, made_up(&fixture), &actor), E_NOT_FOUND);
    EXPECT_OK(municipality_create(&fixture.service, &second, &tenant, &code));
    fixture_advance(&fixture, 1000);
    EXPECT_OK(session_visitor(&fixture.service, tenant, &actor));
    EXPECT_OK(session_visitor(&fixture.service, fixture.tenant, &actor));
}

TEST(a_municipality_in_the_list_asks_the_host_nothing)
{
    AUTO(fixture_end) Fixture fixture = {.driver = seeking_driver()};
    Cost cost;
    Actor actor;

    fixture_begin(&fixture);
    EXPECT_OK(session_visitor(&fixture.service, fixture.tenant, &actor));
    fixture_advance(&fixture, INT64_C(3600) * 1000);
    cost_begin(&cost, fixture.service.keys);
    EXPECT_OK(session_visitor(&fixture.service, fixture.tenant, &actor));
    cost_end(&cost, fixture.service.keys);
    EXPECT(cost_statements(&cost) == 0);
}

RUN_TESTS("host_list")
