/* A World for tests: time stands still where it is put, randomness counts 0, 1, 2 ...
 * Must not be used where ids must differ over 256 bytes of randomness.
 * Included by unit tests that seal. */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include "base/world.h"

typedef struct TestWorld {
    uint8_t counter;
    int64_t now;
} TestWorld;

static inline Err test_world_random(void *self, void *ret_bytes, size_t length)
{
    TestWorld *test = self;
    for (size_t i = 0; i < length; i++)
        ((uint8_t *)ret_bytes)[i] = test->counter++;
    return ok();
}

static inline Err test_world_now(void *self, int64_t *ret_now)
{
    *ret_now = ((TestWorld *)self)->now;
    return ok();
}

static inline World test_world(TestWorld *test)
{
    return (World){.self = test, .now = test_world_now, .random = test_world_random};
}

#endif
