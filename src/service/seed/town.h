/* The municipality itself: founded, its units and staff imported, as an operator would do it.
 * Must not be made in production.
 * Called by the run of the room seed. */
#ifndef SERVICE_SEED_TOWN_H
#define SERVICE_SEED_TOWN_H

#include "service/seed/plan.h"
#include "service/settings.h"

typedef struct SeedStaff {
    Id person;
    Str name;
    Id unit;
    uint16_t service;  /* of the unit */
} SeedStaff;

typedef struct SeedTown {
    const SeedPlan *plan;
    Service *service;
    Id tenant;
    Store *store;
    Id grant;                 /* of the run; ended by seed_town_leave */
    Settings settings;
    Id *units;
    SeedStaff *holders;       /* relay holders, in the order of their units */
    uint32_t holder_count;
    SeedStaff *actors;
    uint32_t actor_count;
} SeedTown;

/* Founds it and fills it with units and staff, whose roles begin with the plan's first day. Everything lives in keep.
 * Errors: E_MODE in production; E_DUPLICATE for a number in use; those of municipality_create, import_file and keys. */
MUST_USE Err seed_town_make(Service *service, const SeedPlan *plan, Arena *keep, SeedTown *ret_town);
/* Gives its grant back. */
MUST_USE Err seed_town_leave(SeedTown *town);

#endif
