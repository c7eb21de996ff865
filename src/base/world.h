/* The outside world as arguments: what time it is, and randomness. Made in main, passed down, replaced in tests.
 * Must not be a global.
 * Used by service and everything above it; domain gets plain values. */
#ifndef BASE_WORLD_H
#define BASE_WORLD_H

#include "base/id.h"

typedef struct World {
    void *self;
    /* UTC milliseconds since 1970. Errors: E_CLOCK when the clock went backwards. */
    Err (*now)(void *self, int64_t *ret_now);
    /* length random bytes from the kernel. Errors: E_IO. */
    Err (*random)(void *self, void *ret_bytes, size_t length);
} World;

MUST_USE static inline Err world_now(const World *world, int64_t *ret_now)
{
    return world->now(world->self, ret_now);
}

MUST_USE static inline Err world_random(const World *world, void *ret_bytes, size_t length)
{
    return world->random(world->self, ret_bytes, length);
}

MUST_USE static inline Err world_id(const World *world, Id *ret_id)
{
    return world->random(world->self, ret_id->bytes, ID_BYTES);
}

#endif
