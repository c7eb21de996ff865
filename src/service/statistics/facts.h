/* What an entry that is written does to the facts of its log: sealed before the work that writes it, and found again by the log's own
 * key only. A measure is sealed when it is written and waits, so that nothing need be opened when its log ends.
 * Must not write down anything by which a fact and its log could be brought together.
 * Called by service/acts where an entry is written; carried out by kept.h. Rules: statistics 1-4. */
#ifndef SERVICE_STATISTICS_FACTS_H
#define SERVICE_STATISTICS_FACTS_H

#include "domain/statistics/facts.h"
#include "service/log/change.h"
#include "service/log/reader.h"

enum FactWhat {
    FACT_BEGINS,  /* an attention enters, a measure waits */
    FACT_CHANGES, /* other words, the same standing */
    FACT_WAITS,   /* other words where it waits; one that has entered stays as it is */
    FACT_CLOSES,  /* it enters, unless it has */
    FACT_OPENS,   /* it waits again */
    FACT_GOES,
};

/* What becomes of the fact of one entry. */
typedef struct FactDeed {
    enum FactWhat what;
    FactFamily family;
    Id id;        /* of a row that begins */
    Id found;
    Str sealed;
} FactDeed;

typedef struct FactDeeds {
    FactDeed *items;
    uint32_t count, room;
    uint16_t quarter; /* of now */
} FactDeeds;

/* An entry as it is written now, and how others of the same log are opened. */
typedef struct FactWritten {
    const EntryRow *row;
    const Values *values;   /* as they are sealed; not looked at when it is removed */
    Err (*open)(void *self, const EntryRow *row, Values *ret_values);
    void *self;
} FactWritten;

/* Nothing for kinds that are no part of a fact; of a log whose consent is not good, or that was made by mistake, removals alone.
 * Errors: those of the key agent and of open. */
MUST_USE Err statistics_fact_of(const LogReader *reader, const LogEntered *entered, const FactWritten *written, FactDeeds *ret_deeds);
/* By what the fact of an entry is found: HMAC(fact sub-key, "entry" | the id of its first version), its first 16 bytes. */
MUST_USE Err fact_found(const Crypto *crypto, const Key *key, Id entry, Id *ret_found);

#endif
