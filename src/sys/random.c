/* Random bytes from the kernel.
 * Must not fall back to anything weaker.
 * Called by World and the key agent. */
#include "sys/random.h"

#include <errno.h>
#include <sys/random.h>

Err random_bytes(void *ret_bytes, size_t length)
{
    unsigned char *at = ret_bytes;
    while (length > 0) {
        ssize_t got = getrandom(at, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(E_IO);
        at += got;
        length -= (size_t)got;
    }
    return ok();
}
