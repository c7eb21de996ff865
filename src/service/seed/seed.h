/* A whole municipality for measuring: some threads make logs, the writer of the database takes them in their order.
 * Must not run in production, nor name anybody who exists.
 * Called by cli. */
#ifndef SERVICE_SEED_SEED_H
#define SERVICE_SEED_SEED_H

#include "service/seed/plan.h"
#include "service/service.h"

/* How far it is. An Err ends the run: what is stored stays. */
typedef struct SeedWatch {
    void *self;
    Err (*progress)(void *self, uint32_t logs, uint32_t of);
} SeedWatch;

/* Some of its logs, to sign in to. */
#define SEED_SHOWN 12
typedef struct SeedShown {
    Id log;
    uint32_t display;
    Str child;
    uint32_t entries;
    Id holder, guardian;
    Str holder_name, guardian_name;
} SeedShown;

typedef struct SeedReport {
    Id tenant;
    uint32_t logs;      /* that are stored */
    uint64_t entries;   /* by people, in these */
    uint32_t holders, actors;
    SeedShown shown[SEED_SHOWN];
    uint32_t shown_count;
} SeedReport;

/* Founds a municipality and fills it; *ret_report lives in keep and is set after a failure too, as far as it came.
 * Errors: E_MODE in production; E_RANGE; E_DUPLICATE when the number is in use; those of keys, store and the watch. */
MUST_USE Err seed_run(Service *service, const SeedPlan *plan, const SeedWatch *watch, Arena *keep, SeedReport *ret_report);

#endif
