/* A publication: the facts of closed quarters opened, coarsened, shuffled, frozen by the cube, verified, and published in one
 * transaction, after which nothing ties a fact to its log.
 * Must not publish what could not be verified, nor be called by anything that answers a page.
 * Called by service/jobs and cli. Rules: statistics 3, 7, 8, 11. */
#ifndef SERVICE_STATISTICS_FREEZE_H
#define SERVICE_STATISTICS_FREEZE_H

#include "cube/freeze.h"
#include "domain/statistics/counted.h"
#include "service/service.h"

typedef struct FreezeOrder {
    Service *service;
    Id tenant;
    Store *store;
    Id by;               /* the Unix user who asked; none: it was due */
    Id request;
    int64_t now;
    uint16_t last;       /* 0: by the calendar; else up to this quarter, which is over (modes test and demo) */
    const uint8_t *seed; /* CUBE_SEED_BYTES, tests: the same publication again; NULL: random, and destroyed */
    const Codes *lists;  /* by CountedList, tests: lists of another version; NULL: this one's */
    void *self;
    Err (*tell)(void *self, uint64_t done, uint64_t of); /* thousandths, never fewer than before in one try, also
                                                          * while the cubes work; NULL: nobody hears. Errors: E_STOPPED */
} FreezeOrder;

enum FreezeEnd {
    FREEZE_NOT_DUE,
    FREEZE_PUBLISHED,
};

typedef struct FreezeCounts {
    uint32_t number;  /* of the publication */
    uint32_t facts;   /* that are new in it */
    uint32_t offered, shown, dropped;
} FreezeCounts;

/* Errors: E_STALE (somebody published meanwhile, or changed a fact again and again), E_FORGED, E_RANGE (a quarter that is not over),
 * those of the cube, the key agent and the store. Nothing was published then. */
MUST_USE Err statistics_freeze(const FreezeOrder *order, enum FreezeEnd *ret_end, FreezeCounts *ret_counts);

#endif
