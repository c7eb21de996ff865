/* Invented municipalities for the cube: children with one to four facts each, in a few organisations of unlike size.
 * Must not need anything but its seed.
 * Used by tests and the bench. */
#ifndef TESTS_CUBE_TOWN_H
#define TESTS_CUBE_TOWN_H

#include "cube/cube.h"

typedef struct Town {
    CubeDims dims;
    size_t facts;
    uint64_t seed;
} Town;

/* Attentions of so many organisations in so many years from 2024 on: 12 categories, 3 severities. */
Town town_attentions(uint16_t organisations, uint16_t years, size_t facts, uint64_t seed);
/* Measures: 8 categories, 5 outcomes, 6 attentions. */
Town town_measures(uint16_t organisations, uint16_t years, size_t facts, uint64_t seed);
/* town->facts facts; the caller frees. */
CubeFact *town_facts(const Town *town);

#endif
