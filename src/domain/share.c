/* A sliding count in slices of a sixth of its span.
 * Must not let a span that lies across two counts have twice its limit, as windows that begin anew would.
 * Called by service/session. */
#include "domain/share.h"

static int64_t slice_ms(int64_t span_ms)
{
    return span_ms / (SHARE_SLICES - 1);
}

static int64_t slice_of(const Share *share, int64_t span_ms, int64_t now)
{
    int64_t slice = now / slice_ms(span_ms);

    return slice > share->slice ? slice : share->slice;
}

/* What was taken in this slice, and still counts at the slice `at`. */
static uint32_t counted(const Share *share, int64_t slice, int64_t at)
{
    return share->slice - slice < SHARE_SLICES && at - slice < SHARE_SLICES && slice >= 0 ? share->taken[slice % SHARE_SLICES] : 0;
}

static uint32_t taken(const Share *share, int64_t at)
{
    uint32_t sum = 0;

    for (int64_t slice = share->slice - SHARE_SLICES + 1; slice <= share->slice; slice++)
        sum += counted(share, slice, at);
    return sum;
}

uint32_t share_left(const Share *share, uint32_t limit, int64_t span_ms, int64_t now)
{
    uint32_t sum = taken(share, slice_of(share, span_ms, now));

    return sum < limit ? limit - sum : 0;
}

bool share_take(Share *share, uint32_t limit, int64_t span_ms, int64_t now)
{
    int64_t at = slice_of(share, span_ms, now);

    if (share_left(share, limit, span_ms, now) == 0)
        return false;
    for (int64_t slice = share->slice + 1; slice <= at && slice <= share->slice + SHARE_SLICES; slice++)
        share->taken[slice % SHARE_SLICES] = 0;
    if (at - share->slice > SHARE_SLICES)
        *share = (Share){0};
    share->slice = at;
    share->taken[at % SHARE_SLICES]++;
    return true;
}

int64_t share_free_at(const Share *share, uint32_t limit, int64_t span_ms, int64_t now)
{
    int64_t at = slice_of(share, span_ms, now);

    if (share_left(share, limit, span_ms, now) > 0 || limit == 0)
        return now;
    while (taken(share, at) >= limit)
        at++;
    return at * slice_ms(span_ms);
}
