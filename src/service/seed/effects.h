/* How often a measure of each category ends how: what statistics over a seeded municipality must find again.
 * Must not be taken for knowledge: the numbers are invented, and far apart so that they can be told from chance.
 * Used by the room seed and its tests. */
#ifndef SERVICE_SEED_EFFECTS_H
#define SERVICE_SEED_EFFECTS_H

#include "domain/codes.h"
#include "service/seed/random.h"

#define SEED_OUTCOMES 6

/* Percent of the outcomes 1..6 (domain/codes.h) of one evaluation; they sum to 100. NULL for a category that is none. */
const uint8_t *seed_effects(uint16_t measure);
/* 1..6, drawn by that table. */
uint16_t seed_outcome(SeedRandom *random, uint16_t measure);
/* Whether a measure is over with this outcome: reached, to be changed, or not carried out. */
bool seed_outcome_ends(uint16_t outcome);

#endif
