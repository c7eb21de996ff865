/* What a seeded municipality shall be, and what follows from that: how many people, and when.
 * Must not draw anything: the same plan is the same numbers.
 * Used by the room seed and by cli. */
#include "service/seed/plan.h"

#define YEAR_DAYS 365
#define LOGS_OF_ACTOR 60

/* By place, again and again: 1 kindergarten 2 school 4 PPT 5 health station 6 school health service 7 child welfare
 * 8 mental health 9 family centre. */
static const uint16_t services[] = {2, 6, 1, 4, 2, 9, 1, 5, 2, 7, 1, 8};

static bool within(uint32_t number, uint32_t minimum, uint32_t maximum)
{
    return number >= minimum && number <= maximum;
}

Err seed_plan_check(const SeedPlan *plan)
{
    bool good = within(plan->logs, 1, SEED_LOGS_MAX) && within(plan->units, SEED_UNITS_MIN, SEED_UNITS_MAX) &&
                within(plan->years, 1, SEED_YEARS_MAX) && within(plan->entries_min, 1, SEED_ENTRIES_MAX) &&
                within(plan->entries_max, plan->entries_min, SEED_ENTRIES_MAX) && plan->longest <= SEED_LONG_MAX;

    return good ? ok() : fail(E_RANGE);
}

Day seed_plan_start(const SeedPlan *plan)
{
    const Day day = plan->until - (Day)(plan->years * YEAR_DAYS);
    const unsigned weekday = day_weekday(day);

    /* What would happen on a Saturday or Sunday happens on the Friday before. */
    return weekday > 4 ? day - (Day)(weekday - 4) : day;
}

static uint32_t shared_out(uint32_t number, uint32_t part)
{
    return (number + part - 1) / part;
}

uint32_t seed_plan_holders(const SeedPlan *plan)
{
    return shared_out(plan->logs, SEED_LOGS_OF_HOLDER);
}

uint32_t seed_plan_actors(const SeedPlan *plan)
{
    uint32_t wanted = shared_out(plan->logs, LOGS_OF_ACTOR);
    uint32_t units = plan->units / 2;

    return wanted > units ? wanted : units;
}

uint16_t seed_plan_service(uint32_t unit)
{
    return services[unit % COUNT_OF(services)];
}

bool seed_plan_owns(uint32_t unit)
{
    return seed_plan_service(unit) <= 2;
}

uint32_t seed_plan_unit(const SeedPlan *plan, bool owns, uint32_t n)
{
    uint32_t of_kind = owns ? (plan->units + 1) / 2 : plan->units / 2;

    return 2 * (n % of_kind) + (owns ? 0 : 1);
}
