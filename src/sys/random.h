/* Random bytes from the kernel.
 * Must not fall back to anything weaker.
 * Used by World, and by the key agent. */
#ifndef SYS_RANDOM_H
#define SYS_RANDOM_H

#include <stddef.h>

#include "base/err.h"

/* length bytes of getrandom(2). Errors: E_IO, then nothing in ret_bytes may be used. */
MUST_USE Err random_bytes(void *ret_bytes, size_t length);

#endif
