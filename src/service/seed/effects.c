/* How often a measure of each category ends how: what statistics over a seeded municipality must find again.
 * Must not be taken for knowledge: the numbers are invented, and far apart so that they can be told from chance.
 * Used by the room seed and its tests. */
#include "service/seed/effects.h"

/* Category; percent of: wanted effect, some effect, not the wanted effect, more services needed, not carried out, too early. */
static const struct {
    uint16_t measure;
    uint8_t percent[SEED_OUTCOMES];
} effects[] = {
    {.measure = 10, .percent = {30, 35, 15, 5, 5, 10}},
    {.measure = 11, .percent = {40, 35, 10, 5, 5, 5}},
    {.measure = 12, .percent = {55, 25, 5, 5, 5, 5}},
    {.measure = 20, .percent = {45, 40, 5, 3, 2, 5}},
    {.measure = 21, .percent = {35, 30, 20, 5, 5, 5}},
    {.measure = 30, .percent = {25, 30, 15, 10, 15, 5}},
    {.measure = 31, .percent = {20, 40, 20, 10, 5, 5}},
    {.measure = 32, .percent = {50, 15, 5, 20, 5, 5}},
    {.measure = 40, .percent = {15, 15, 10, 40, 15, 5}},
    {.measure = 41, .percent = {20, 35, 10, 20, 5, 10}},
    {.measure = 50, .percent = {50, 20, 5, 2, 18, 5}},
    {.measure = 51, .percent = {15, 25, 40, 10, 5, 5}},
    {.measure = 52, .percent = {60, 20, 5, 5, 5, 5}},
    {.measure = 60, .percent = {10, 30, 30, 5, 20, 5}},
    {.measure = 99, .percent = {25, 25, 15, 10, 10, 15}},
};

const uint8_t *seed_effects(uint16_t measure)
{
    for (size_t i = 0; i < COUNT_OF(effects); i++)
        if (effects[i].measure == measure)
            return effects[i].percent;
    return NULL;
}

uint16_t seed_outcome(SeedRandom *random, uint16_t measure)
{
    const uint8_t *percent = seed_effects(measure);
    uint32_t drawn = seed_below(random, 100);
    uint16_t outcome = 0;

    while (percent && outcome + 1 < SEED_OUTCOMES && drawn >= percent[outcome])
        drawn -= percent[outcome++];
    return (uint16_t)(outcome + 1);
}

bool seed_outcome_ends(uint16_t outcome)
{
    return outcome == 1 || outcome == 3 || outcome == 5;
}
