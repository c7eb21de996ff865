/* The sealed facts of a period opened by the key agent, coarsened, and numbered anew: what is left ties to nobody.
 * Must not be called by anything that answers a page.
 * Used by freeze.c. Rules: statistics 3, 4. */
#ifndef SERVICE_STATISTICS_OPENING_H
#define SERVICE_STATISTICS_OPENING_H

#include "service/statistics/frozen.h"

typedef struct FactsOpening {
    Service *service;
    Store *store;
    Id tenant;
    Id grant;           /* of nobody */
    uint16_t last;      /* quarter: those that have entered by its end */
    uint16_t former;    /* the last quarter of the publication before; 0: there is none */
    uint32_t number;    /* of the publication */
    bool coarse;        /* quarters in the place of days */
    void *self;
    Err (*tell)(void *self, uint64_t done, uint64_t of); /* NULL: nobody hears. Errors: E_STOPPED */
} FactsOpening;

/* Behind those that stand in facts, with their tags. ret_seen: a hash over all sealed rows that were read, for facts_seen.
 * Errors: E_FORGED (a row that was not sealed here, or whose quarter is published), those of the key agent. */
MUST_USE Err facts_open(const FactsOpening *opening, Arena *keep, FrozenFacts *facts, Hash *ret_seen);
/* The same hash over those that stand there in this work. */
MUST_USE Err facts_seen(Tx *tx, uint16_t last, Hash *ret_seen);

#endif
