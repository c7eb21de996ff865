/* What a seeded municipality shall be, and what follows from that: how many people, and when.
 * Must not draw anything: the same plan is the same numbers.
 * Used by the room seed and by cli. */
#ifndef SERVICE_SEED_PLAN_H
#define SERVICE_SEED_PLAN_H

#include "base/calendar.h"
#include "base/id.h"

#define SEED_LOGS_MAX 200000
#define SEED_UNITS_MIN 2
#define SEED_UNITS_MAX 400
#define SEED_YEARS_MAX 8
#define SEED_ENTRIES_MAX 1000
/* Far below what a log may hold (service/acts/entry.c). */
#define SEED_LONG_MAX 4000
/* How many logs of their own a holder has. */
#define SEED_LOGS_OF_HOLDER 50

typedef struct SeedPlan {
    uint64_t seed;
    Str number, name;       /* of the municipality */
    uint32_t logs;          /* 1.. */
    uint32_t units;         /* every other one a school or kindergarten, which own the logs */
    uint32_t years;         /* over which the logs begin */
    uint32_t entries_min, entries_max;
    uint32_t longest;       /* entries of the first log; 0: as the others */
    Day until;              /* everything happened before this day; plans ahead may lie behind it */
    Id by;                  /* who asked, for the audit */
} SeedPlan;

/* Errors: E_RANGE for a plan beyond the bounds above. */
MUST_USE Err seed_plan_check(const SeedPlan *plan);
/* The day on which it all begins. */
Day seed_plan_start(const SeedPlan *plan);
uint32_t seed_plan_holders(const SeedPlan *plan);
uint32_t seed_plan_actors(const SeedPlan *plan);
/* What the unit at a place serves (domain/codes.h), and whether it owns logs. */
uint16_t seed_plan_service(uint32_t unit);
bool seed_plan_owns(uint32_t unit);
/* The place of the n-th unit of those that own logs, or of the others; they are taken in turn. */
uint32_t seed_plan_unit(const SeedPlan *plan, bool owns, uint32_t n);

#endif
