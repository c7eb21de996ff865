/* Every publication checked again, from its facts: shown numbers, rules, ledgers, certificates.
 * Must not take a word from the freeze: it reads what stands there.
 * Called by cli. Rule: statistics 7. */
#ifndef SERVICE_STATISTICS_VERIFY_H
#define SERVICE_STATISTICS_VERIFY_H

#include "cube/verify.h"
#include "service/service.h"
#include "store/statistics/publications.h"

/* What does not hold: of which publication and family, and why. */
typedef struct StatisticsFinding {
    uint32_t number;
    CubeFamily family; /* 0: both, its facts or its bytes are not those that were published */
    CubeFault fault;   /* CUBE_FAULT_NONE then */
} StatisticsFinding;

typedef struct StatisticsVerify {
    Store *store;
    void *self;
    void (*found)(void *self, const StatisticsFinding *finding);
} StatisticsVerify;

typedef struct VerifyCounts {
    uint32_t publications, findings;
    uint64_t numbers, sensitive, certificates;
} VerifyCounts;

/* Goes on after a finding. Errors: those of the store. */
MUST_USE Err statistics_verify(const StatisticsVerify *verify, VerifyCounts *ret_counts);

#endif
