/* The real World.
 * Must not hold state of its own: the clock is the caller's.
 * Called by entry points. */
#include "sys/world.h"

#include "sys/random.h"

static Err real_now(void *self, int64_t *ret_now)
{
    return clock_now(self, ret_now);
}

static Err real_random(void *self, void *ret_bytes, size_t length)
{
    (void)self;
    return random_bytes(ret_bytes, length);
}

World world_real(Clock *clock)
{
    return (World){.self = clock, .now = real_now, .random = real_random};
}
