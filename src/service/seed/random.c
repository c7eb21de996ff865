/* Choices and ids out of a number: the same number gives the same again.
 * Must not be used where somebody must not guess: whoever knows the number knows every id and one-time code of a seeded town.
 * Used by the room seed, in modes demo and test only. */
#include "service/seed/random.h"

#include <string.h>

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)
#define PLACE_BYTES 6

static uint64_t mixed(uint64_t number)
{
    number = (number ^ number >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    number = (number ^ number >> 27) * UINT64_C(0x94d049bb133111eb);
    return number ^ number >> 31;
}

static uint64_t draw(SeedRandom *random)
{
    random->state += GOLDEN;
    return mixed(random->state);
}

SeedRandom seed_random(uint64_t seed, uint64_t stream)
{
    return (SeedRandom){.state = mixed(seed + GOLDEN) ^ mixed(stream * GOLDEN + 1)};
}

uint64_t seed_stream(Str text)
{
    uint64_t stream = 0;

    for (size_t i = 0; i < text.length; i++)
        stream = mixed(stream + GOLDEN + (uint8_t)text.data[i]);
    return stream;
}

uint32_t seed_below(SeedRandom *random, uint32_t limit)
{
    return (uint32_t)((draw(random) >> 32) * limit >> 32);
}

/* ---- a world ---- */

static Err world_time(void *self, int64_t *ret_now)
{
    const SeedWorld *world = self;

    return world_now(world->clock, ret_now);
}

static void place_id(SeedWorld *world, uint8_t *bytes)
{
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(world->place >> (24 - 8 * i));
    bytes[4] = (uint8_t)(world->count >> 8);
    bytes[5] = (uint8_t)world->count;
    world->count++;
    world->place += world->step;
}

static Err world_bytes(void *self, void *ret_bytes, size_t length)
{
    SeedWorld *world = self;
    uint8_t *bytes = ret_bytes;
    size_t at = 0;

    if (length == ID_BYTES) {
        place_id(world, bytes);
        at = PLACE_BYTES;
    }
    while (at < length) {
        uint64_t drawn = draw(&world->random);
        size_t part = length - at < sizeof drawn ? length - at : sizeof drawn;
        memcpy(bytes + at, &drawn, part);
        at += part;
    }
    return ok();
}

void seed_world_begin(SeedWorld *world, const World *clock, SeedRandom random, uint32_t place, uint32_t step)
{
    *world = (SeedWorld){.clock = clock, .random = random, .place = place, .step = step};
    world->world = (World){.self = world, .now = world_time, .random = world_bytes};
}
