/* What must not be told apart costs the same: statements, messages to the key agent, audit lines (rules: access 7).
 * Must not measure time: a timed test tells nothing on a busy machine.
 * Run by meson test. */
#include "service/reading/open.h"
#include "service/session/sign_in.h"
#include "support/counting.h"
#include "support/fixture.h"
#include "support/log_fixture.h"

/* ---- signing in ---- */

static Cost cost_of_sign_in(Fixture *fixture, Str user_name, Str password)
{
    SessionToken token;
    Cost cost;

    cost_begin(&cost, fixture->service.keys);
    EXPECT_ERR(session_sign_in(&fixture->service, fixture->tenant, &(SignIn){user_name, password, STR("000000"),
                               STR_NONE, STR_NONE}, &token),
               E_NO_SESSION);
    cost_end(&cost, fixture->service.keys);
    return cost;
}

TEST(an_unknown_user_name_costs_what_a_known_one_costs)
{
    AUTO(fixture_end) Fixture fixture = {.driver = counting_driver()};
    fixture_begin(&fixture);
    fixture_enrol(&fixture);
    cost_of_sign_in(&fixture, STR("varm.opp@example.invalid"), STR("feil passord for alle her"));

    Cost unknown = cost_of_sign_in(&fixture, STR("ingen@example.invalid"), STR("feil passord for alle her"));
    Cost wrong_password = cost_of_sign_in(&fixture, FIXTURE_USER_NAME, STR("feil passord for alle her"));
    Cost wrong_code = cost_of_sign_in(&fixture, FIXTURE_USER_NAME, FIXTURE_PASSWORD);
    EXPECT(cost_statements(&unknown) > 0 && unknown.messages > 0);
    EXPECT(cost_equal(&unknown, &wrong_password));
    EXPECT(cost_equal(&unknown, &wrong_code));
}

/* ---- opening a log ---- */

static Cost cost_of_opening(Town *town, const Actor *actor, Id log)
{
    LogView view = {0};
    Cost cost;
    Why why;

    cost_begin(&cost, town->service.keys);
    EXPECT_ERR(log_open(&(LogReader){&town->service, actor, town->arena}, log, OPENING_NONE, &why, &view), E_NOT_FOUND);
    cost_end(&cost, town->service.keys);
    return cost;
}

TEST(a_log_that_does_not_exist_costs_what_a_forbidden_one_costs)
{
    AUTO(town_end) Town town = {.driver = counting_driver()};
    town_begin(&town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    Id log = town_create(&town, &holder);

    cost_of_opening(&town, &stranger, town_id(&town));
    Cost absent = cost_of_opening(&town, &stranger, town_id(&town));
    Cost forbidden = cost_of_opening(&town, &stranger, log);
    EXPECT(cost_statements(&absent) > 0);
    EXPECT(cost_equal(&absent, &forbidden));
}

static Err hold(Tx *tx, void *log)
{
    LogRow row;

    TRY(store_log_by_id(tx, *(const Id *)log, &row));
    row.flags = (uint16_t)(row.flags | FLAG_HOLD);
    return store_log_update(tx, &row);
}

TEST(a_held_log_costs_a_stranger_what_an_absent_one_costs)
{
    AUTO(town_end) Town town = {.driver = counting_driver()};
    town_begin(&town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.other_unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Why why;

    town_put(&town, hold, &log);
    EXPECT_ERR(log_open(&(LogReader){&town.service, &holder, town.arena}, log, OPENING_NONE, &why, &view), E_HELD);
    cost_of_opening(&town, &stranger, town_id(&town));
    Cost absent = cost_of_opening(&town, &stranger, town_id(&town));
    Cost closed = cost_of_opening(&town, &stranger, log);
    EXPECT(cost_statements(&absent) > 0);
    EXPECT(cost_equal(&absent, &closed));
}

TEST(the_counting_tells_two_different_ways_apart)
{
    AUTO(town_end) Town town = {.driver = counting_driver()};
    town_begin(&town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    LogView view = {0};
    Cost opened;
    Why why;

    Cost absent = cost_of_opening(&town, &holder, town_id(&town));
    cost_begin(&opened, town.service.keys);
    EXPECT_OK(log_open(&(LogReader){&town.service, &holder, town.arena}, log, OPENING_NONE, &why, &view));
    cost_end(&opened, town.service.keys);
    EXPECT(!cost_equal(&absent, &opened) && opened.messages > absent.messages);
}

RUN_TESTS("equal cost")
