/* The allocator's thresholds.
 * Must not do anything but set them.
 * Called by cli/serve. */
#include "sys/memory.h"

#include <malloc.h>

#include "sys/thread.h"

#define KEPT (1 << 20)
#define KEPT_BY_HEAP (2 * KEPT) /* some eight threads share it, of which few are between requests at once */

void memory_keep_between_requests(void)
{
    /* All are hints: a library without them works as well, only slower. Setting one ends the library's own adjusting. */
    (void)mallopt(M_TRIM_THRESHOLD, KEPT_BY_HEAP);
    (void)mallopt(M_MMAP_THRESHOLD, KEPT);
    (void)mallopt(M_ARENA_MAX, (int)thread_processors());
}
