/* How many of something are let through in a span of time that slides: never more than its limit in any such span.
 * Must not know what is let through, nor a clock.
 * Called by service/session. */
#ifndef DOMAIN_SHARE_H
#define DOMAIN_SHARE_H

#include <stdbool.h>
#include <stdint.h>

/* One more than fit into the span, so that what left the oldest slice is a whole span old. */
#define SHARE_SLICES 7

/* All zero: nothing was taken. */
typedef struct Share {
    int64_t slice; /* number of the newest, counted from the beginning of time */
    uint32_t taken[SHARE_SLICES];
} Share;

/* Takes one of `limit` in any `span_ms`; false, and nothing taken, when there is none left. A clock that was set back counts
 * on where it was. */
bool share_take(Share *share, uint32_t limit, int64_t span_ms, int64_t now);
/* How many are left now. */
uint32_t share_left(const Share *share, uint32_t limit, int64_t span_ms, int64_t now);
/* When one is left at the latest: now, if there is. */
int64_t share_free_at(const Share *share, uint32_t limit, int64_t span_ms, int64_t now);

#endif
