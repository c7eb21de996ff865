/* A world in which somebody else acts at a moment that a test chooses: two who act at once, and always in the same order.
 * Must not be used outside tests.
 * Used by tests of service. */
#ifndef TESTS_BETWEEN_H
#define TESTS_BETWEEN_H

#include "base/world.h"

/* What somebody else does between the reading and the writing of an act: at a draw of random bytes. */
typedef struct Between {
    World real;
    void (*act)(void *self);
    void *self;
    unsigned after; /* so many draws that are let pass before */
} Between;

static inline Err between_random(void *self, void *ret_bytes, size_t length)
{
    Between *between = self;
    void (*act)(void *of) = between->act;

    if (act && between->after > 0)
        between->after--;
    else
        between->act = NULL;
    if (act && !between->act)
        act(between->self);
    return between->real.random(between->real.self, ret_bytes, length);
}

static inline Err between_now(void *self, int64_t *ret_now)
{
    const Between *between = self;

    return between->real.now(between->real.self, ret_now);
}

/* The service's world, with an act between. */
static inline World world_between(World real, Between *between)
{
    between->real = real;
    return (World){.self = between, .now = between_now, .random = between_random};
}

#endif
