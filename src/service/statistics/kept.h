/* Facts as they are kept until their publication: put, changed, forgotten, and what stays of a log that ends.
 * Must not open one, nor leave a line about one.
 * Called by service/acts, service/ending. Rules: statistics 2, 3. */
#ifndef SERVICE_STATISTICS_KEPT_H
#define SERVICE_STATISTICS_KEPT_H

#include "service/statistics/facts.h"
#include "store/statistics/facts.h"

/* In the work: by store verbs only. What was published is found no more, and stays.
 * Errors: E_DUPLICATE, E_STALE (it changed since it was read), E_FORGED. */
MUST_USE Err statistics_facts_put(Tx *tx, const FactDeeds *deeds, Arena *scratch);

/* By what all facts of a log are found. */
typedef struct FactsFound {
    Id *items;
    uint32_t count;
} FactsFound;
MUST_USE Err statistics_facts_of_log(const LogEntered *entered, Arena *scratch, FactsFound *ret_found);
/* A log that was made by mistake leaves none: in the work of the act that says so. */
MUST_USE Err statistics_facts_forget(Tx *tx, const FactsFound *found);
/* How many facts stay of a log when it is deleted, for whoever orders it; never which. */
MUST_USE Err statistics_facts_staying(Tx *tx, const LogEntered *entered, Arena *scratch, uint32_t *ret_count);

/* A log is purged: what waited for its end becomes a fact, or goes where consent was withdrawn or the log was a mistake. In the work of
 * the purge, before the rows are gone. */
typedef struct FactsPurged {
    const Crypto *crypto;
    const Key *key;    /* the fact sub-key (PURPOSE_JOB_FACT) */
    const LogRow *log;
    int64_t now;
    Arena *keep;
} FactsPurged;
MUST_USE Err statistics_facts_at_purge(Tx *tx, const FactsPurged *purged, uint32_t *ret_staying);

#endif
