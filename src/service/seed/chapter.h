/* What happens next in a log: drawn from what stands in it.
 * Must not decide who may; an act that is refused is a mistake here.
 * Called by the story. */
#ifndef SERVICE_SEED_CHAPTER_H
#define SERVICE_SEED_CHAPTER_H

#include "service/seed/making.h"

#define SEED_OPEN_MAX 16

/* A measure that runs. */
typedef struct SeedMeasure {
    Id entry;
    uint16_t category;
    uint32_t who; /* answers for it */
} SeedMeasure;

/* Where a log's story stands. */
typedef struct SeedChapter {
    SeedMaking *making;
    SeedMeasure measures[SEED_OPEN_MAX];
    uint32_t measure_count;
    Id attention, goal;  /* the newest; none before the first */
    uint32_t level;
} SeedChapter;

/* Writes one entry, and what follows from it. Errors: those of seed_write. */
MUST_USE Err seed_next(SeedChapter *chapter);

#endif
