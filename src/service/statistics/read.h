/* The newest publication for a page: shown numbers and dots, and nothing else.
 * Must not read facts, ledgers or certificates.
 * Called by web and api. Rules: statistics 11, 13, 16. */
#ifndef SERVICE_STATISTICS_READ_H
#define SERVICE_STATISTICS_READ_H

#include "base/calendar.h"
#include "cube/answer.h"
#include "domain/statistics/counted.h"
#include "service/service.h"

typedef struct StatisticsUnit {
    Id id;
    Str name;
} StatisticsUnit;

typedef struct StatisticsRead {
    bool published;            /* else there is none yet, and only next_on is set */
    uint32_t number;
    int64_t published_at;
    uint16_t last_quarter;     /* the last one counted: year * 4 + 0..3 */
    Day next_on;               /* of the next publication, also before the first */
    CubeShown cubes[2];        /* attentions, measures: family - 1 */
    Counted counted;           /* which codes the places of the cubes are */
    const StatisticsUnit *units; /* in the order of the cube's organisations, names as today */
    uint32_t unit_count;
    int own;                   /* of a manager: the index in units of their unit; -1: it is not among them, or the reader sees all */
} StatisticsRead;

/* Permit, snapshot, durable line (ACT_STATISTICS_READ), then the answer. A manager gets the bytes of the whole municipality: whose
 * numbers they see is `own` and no other unit, for the page to hold to. Errors: E_FORBIDDEN, E_FORGED. */
MUST_USE Err statistics_read(Service *service, const Actor *actor, Arena *keep, StatisticsRead *ret_read);

#endif
