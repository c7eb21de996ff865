/* Procedures as the service carries them out: what a door forgot to ask for is refused here too.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/entry.h"
#include "service/acts/procedure.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

static Err carry_out(Town *town, Actor *actor, const char *act, Deed deed)
{
    Why why;

    deed.service = &town->service;
    deed.actor = actor;
    EXPECT_OK(procedure_from_str(str_from_c(act), &deed.procedure));
    return procedure_carry_out(&deed, &why);
}

TEST(a_log_is_not_closed_without_a_reason)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder);
    Values asked = {.kind = kind_of(KIND_CLOSING)};

    EXPECT_ERR(carry_out(&town, &holder, "log_close", (Deed){.log = log, .asked = &asked}), E_INVALID);
    values_put(&asked, CLOSING_REASON, STR("1"));
    EXPECT_OK(carry_out(&town, &holder, "log_close", (Deed){.log = log, .asked = &asked}));
}

TEST(minutes_that_say_nothing_are_no_minutes)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), meeting;
    Values values = {.kind = kind_of(KIND_MEETING)}, asked = {.kind = kind_of(KIND_MEETING)};

    values_put(&values, MEETING_TIME, STR("2026-11-20T14:00"));
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &meeting));
    const Deed minutes = {.log = log, .entry = meeting, .version = 1, .asked = &asked};
    EXPECT_ERR(carry_out(&town, &holder, "minutes_write", minutes), E_INVALID);
    values_put(&asked, MEETING_SUMMARY, STR("Vi fortsetter."));
    EXPECT_OK(carry_out(&town, &holder, "minutes_write", minutes));
}

TEST(a_measure_that_goes_on_is_not_due_before_the_start_that_its_form_does_not_ask_for)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Id log = town_create(&town, &holder), measure;
    Values values = {.kind = kind_of(KIND_MEASURE)}, asked = {.kind = kind_of(KIND_MEASURE)};

    values_put(&values, MEASURE_START, town_day(&town, -30));
    values_put(&values, MEASURE_DEADLINE, town_day(&town, 30));
    EXPECT_OK(log_entry_add(&town.service, &holder, log, &values, &measure));
    const Deed progress = {.log = log, .entry = measure, .version = 1, .asked = &asked};
    values_put(&asked, MEASURE_STATE, STR("2"));
    values_put(&asked, MEASURE_DEADLINE, town_day(&town, -31));
    EXPECT_ERR(carry_out(&town, &holder, "measure_progress", progress), E_INVALID);
    values_put(&asked, MEASURE_DEADLINE, town_day(&town, -30));
    EXPECT_OK(carry_out(&town, &holder, "measure_progress", progress));
}

RUN_TESTS("procedure")
