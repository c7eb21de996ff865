/* A day that is made to pass: in mode test only, by whoever moves the time there, and with what midnight brings.
 * Must not leave a process behind.
 * Called by meson test. */
#include "place.h"

#include "service/jobs/day.h"
#include "support/answers.h"

static Err move(void *self, int64_t by_ms)
{
    Place *place = self;

    TRY(keys_clock_advance(place->town.agent.keys, by_ms));
    place->later += by_ms;
    return ok();
}

static void can_move(Place *place)
{
    EXPECT_OK(days_new((TimeMover){place, move}, place->town.arena, &place->town.service.days));
}

static int64_t time_of(Place *place)
{
    int64_t now = 0;

    EXPECT_OK(moved_now(place, &now));
    return now;
}

TEST(in_production_and_in_a_demo_no_day_is_made_to_pass_though_somebody_could_move_the_time)
{
    PLACE(p);
    int64_t before = time_of(&p);

    can_move(&p);
    for (Mode mode = MODE_PRODUCTION; mode <= MODE_DEMO; mode++) {
        p.town.service.mode = mode;
        EXPECT(!day_may_pass(&p.town.service));
        EXPECT_ERR(day_pass(&p.town.service), E_MODE);
        EXPECT(day_passed(&p.town.service).at == 0);
    }
    EXPECT(time_of(&p) < before + 3600000);
    days_freep(&p.town.service.days);
}

TEST(where_nobody_can_move_the_time_no_day_is_made_to_pass)
{
    PLACE(p);

    EXPECT(!day_may_pass(&p.town.service));
    EXPECT_ERR(day_pass(&p.town.service), E_MODE);
    EXPECT(day_passed(&p.town.service).at == 0);
}

TEST(a_day_ends_at_the_same_minute_of_the_next_and_what_fell_due_at_midnight_is_carried_out_once)
{
    PLACE(p);
    CreatedLog created = {0};
    TownLog made;

    can_move(&p);
    town_log(&p.town, &made);
    log_set(&made.guardian.consent, "valid_to", town_day(&p.town, 1));
    p.holder.request = town_id(&p.town);
    EXPECT_OK(log_create(&p.town.service, &p.holder, &made.log, p.town.arena, &created));
    int64_t before = time_of(&p);

    EXPECT_OK(day_pass(&p.town.service));
    EXPECT(day_passed(&p.town.service).at == time_of(&p) || time_of(&p) > day_passed(&p.town.service).at);
    EXPECT(oslo_day(time_of(&p)) == oslo_day(before) + 1);
    EXPECT(row_of(&p, created.log).state == STATE_ACTIVE);

    EXPECT_OK(day_pass(&p.town.service));
    DayPassed brought = day_passed(&p.town.service);
    EXPECT(oslo_day(brought.at) == oslo_day(before) + 2);
    EXPECT(brought.looked_at == 1 && brought.closed == 1 && brought.told > 0);
    EXPECT(row_of(&p, created.log).state == STATE_PASSIVE);
    EXPECT(run_life(&p, JOB_NOT_DUE).looked == 0);

    EXPECT_OK(day_pass(&p.town.service));
    EXPECT(day_passed(&p.town.service).closed == 0 && day_passed(&p.town.service).told == 0);
    days_freep(&p.town.service.days);
}

TEST(while_the_key_agent_is_away_no_day_passes)
{
    PLACE(p);
    int64_t before = time_of(&p);

    can_move(&p);
    test_agent_kill(&p.town.agent);
    EXPECT_ERR(day_pass(&p.town.service), E_NO_AGENT);
    EXPECT(time_of(&p) < before + 3600000);
    test_agent_restart(&p.town.agent);
    days_freep(&p.town.service.days);
}

RUN_TESTS("a day passes")
