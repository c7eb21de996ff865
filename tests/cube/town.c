/* Chance, but the same for the same seed.
 * Must not look like anybody's town.
 * Used by tests and the bench. */
#include <stdlib.h>
#include <string.h>

#include "cube/town.h"

static uint64_t next(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static double chance(uint64_t *state)
{
    return (double)(next(state) >> 11) / 9007199254740992.0;
}

/* Of a normal distribution, nearly: twelve chances added up. */
static double normal(uint64_t *state)
{
    double sum = -6;

    for (int i = 0; i < 12; i++)
        sum += chance(state);
    return sum;
}

/* e to the power of x. */
static double grown(double x)
{
    double power = 1 + x / 1024;

    for (int i = 0; i < 10; i++)
        power *= power;
    return power;
}

/* Weights, added up: chosen by where a chance falls. */
typedef struct Wheel {
    double ends[CUBE_ORGANISATIONS_MAX];
    uint32_t count;
} Wheel;

static void wheel_add(Wheel *wheel, double weight)
{
    wheel->ends[wheel->count] = weight + (wheel->count ? wheel->ends[wheel->count - 1] : 0);
    wheel->count++;
}

static uint32_t wheel_turn(const Wheel *wheel, uint64_t *state)
{
    double at = chance(state) * wheel->ends[wheel->count - 1];
    uint32_t low = 0, high = wheel->count - 1;

    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (wheel->ends[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

typedef struct Wheels {
    Wheel organisations, levels, attentions;
    Wheel *categories; /* of each organisation */
} Wheels;

static void turn_up_wheels(const Town *town, uint64_t *state, Wheels *wheels)
{
    static const double shares[] = {0.55, 0.33, 0.12, 0.2, 0.1};
    double common[CUBE_VALUES_MAX];

    for (uint32_t i = 0; i < town->dims.categories; i++)
        common[i] = 1.0 / (1 + (i * 5) % town->dims.categories);
    wheels->categories = calloc(town->dims.organisations, sizeof *wheels->categories);
    if (!wheels->categories)
        abort();
    for (uint32_t o = 0; o < town->dims.organisations; o++) {
        wheel_add(&wheels->organisations, grown(0.7 * normal(state)));
        for (uint32_t i = 0; i < town->dims.categories; i++)
            wheel_add(&wheels->categories[o], common[i] * grown(0.35 * normal(state)));
    }
    for (uint32_t i = 0; i < town->dims.levels; i++)
        wheel_add(&wheels->levels, shares[i % 5]);
    for (uint32_t i = 0; i < town->dims.attentions; i++)
        wheel_add(&wheels->attentions, 1.0 / (1 + i));
}

CubeFact *town_facts(const Town *town)
{
    CubeFact *facts = calloc(town->facts + 4, sizeof *facts);
    uint32_t quarters = (uint32_t)(town->dims.last - town->dims.first + 1);
    uint64_t state = town->seed;
    Wheels wheels = {0};
    size_t count = 0;

    if (!facts)
        abort();
    turn_up_wheels(town, &state, &wheels);
    while (count < town->facts) {
        uint32_t organisation = wheel_turn(&wheels.organisations, &state);
        uint32_t quarter = (uint32_t)(chance(&state) * quarters);
        uint64_t child = next(&state) | 1;
        int more = (chance(&state) < 0.3) + (chance(&state) < 0.3) + (chance(&state) < 0.3);
        for (int i = 0; i <= more && count < town->facts; i++, count++) {
            uint32_t later = quarter + (chance(&state) < 0.5 && quarter + 1 < quarters);
            facts[count] = (CubeFact){(uint16_t)(town->dims.first + later), (uint16_t)organisation,
                (uint8_t)wheel_turn(&wheels.categories[organisation], &state), (uint8_t)wheel_turn(&wheels.levels, &state),
                town->dims.attentions ? (uint8_t)wheel_turn(&wheels.attentions, &state) : 0, {0}};
            memcpy(facts[count].tag, &child, sizeof child);
        }
    }
    free(wheels.categories);
    return facts;
}

Town town_attentions(uint16_t organisations, uint16_t years, size_t facts, uint64_t seed)
{
    return (Town){{CUBE_ATTENTIONS, organisations, 12, 3, 0, 2024 * 4, (uint16_t)((2024 + years) * 4 - 1)}, facts, seed};
}

Town town_measures(uint16_t organisations, uint16_t years, size_t facts, uint64_t seed)
{
    return (Town){{CUBE_MEASURES, organisations, 8, 5, 6, 2024 * 4, (uint16_t)((2024 + years) * 4 - 1)}, facts, seed};
}
