/* Choices and ids out of a number: the same number gives the same again.
 * Must not be used where somebody must not guess: whoever knows the number knows every id and one-time code of a seeded town.
 * Used by the room seed, in modes demo and test only. */
#ifndef SERVICE_SEED_RANDOM_H
#define SERVICE_SEED_RANDOM_H

#include "base/str.h"
#include "base/world.h"

typedef struct SeedRandom {
    uint64_t state;
} SeedRandom;

/* A stream of its own for each (seed, stream). */
SeedRandom seed_random(uint64_t seed, uint64_t stream);
/* A stream number out of a text. */
uint64_t seed_stream(Str text);
/* 0 .. limit - 1; limit is at least 1. */
uint32_t seed_below(SeedRandom *random, uint32_t limit);
/* One of a table of constants. */
#define seed_one_of(random, table) ((table)[seed_below((random), (uint32_t)COUNT_OF(table))])

/* A world whose time is the real one and whose ids come from a stream. They begin with a place that grows: databases of many
 * logs are then filled at the end of each index, where random ids would touch a page of their own each. Must not move once begun. */
typedef struct SeedWorld {
    const World *clock;
    SeedRandom random;
    uint32_t place;    /* the first four bytes of the next id */
    uint32_t step;     /* by which the place grows with each id */
    uint16_t count;
    World world;
} SeedWorld;

/* clock: whose time it tells; outlives it. */
void seed_world_begin(SeedWorld *world, const World *clock, SeedRandom random, uint32_t place, uint32_t step);

#endif
