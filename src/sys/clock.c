/* Reads the machine's clocks.
 * Must not be called by domain, nor tell a time that lies before an earlier answer.
 * Called through World, and by time-outs. */
#include "sys/clock.h"

#include <time.h>

#define ADVANCE_MAX_MS (INT64_C(400) * 366 * 86400 * 1000)

void clock_init(Clock *ret_clock, bool may_advance)
{
    atomic_init(&ret_clock->latest_ms, 0);
    atomic_init(&ret_clock->offset_ms, 0);
    ret_clock->may_advance = may_advance;
}

Err clock_judge(int64_t latest_ms, int64_t reading_ms, int64_t *ret_now)
{
    if (reading_ms < latest_ms - CLOCK_TOLERANCE_MS)
        return fail(E_CLOCK);
    *ret_now = reading_ms > latest_ms ? reading_ms : latest_ms;
    return ok();
}

static int64_t to_ms(struct timespec at)
{
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

Err clock_now(Clock *clock, int64_t *ret_now)
{
    struct timespec at;
    int64_t now;

    if (clock_gettime(CLOCK_REALTIME, &at) != 0)
        return fail(E_IO);
    int64_t latest = atomic_load(&clock->latest_ms);
    TRY(clock_judge(latest, to_ms(at) + atomic_load(&clock->offset_ms), &now));

    /* Another thread may have told a newer time meanwhile; then that one is the newest. */
    while (now > latest && !atomic_compare_exchange_weak(&clock->latest_ms, &latest, now))
        ;
    *ret_now = now > latest ? now : latest;
    return ok();
}

Err clock_advance(Clock *clock, int64_t by_ms)
{
    if (!clock->may_advance)
        return fail(E_MODE);
    if (by_ms < 0 || by_ms > ADVANCE_MAX_MS - atomic_load(&clock->offset_ms))
        return fail(E_RANGE);
    atomic_fetch_add(&clock->offset_ms, by_ms);
    return ok();
}

Err clock_begin_ago(Clock *clock, int64_t by_ms)
{
    if (!clock->may_advance)
        return fail(E_MODE);
    if (by_ms < 0 || by_ms > ADVANCE_MAX_MS)
        return fail(E_RANGE);
    if (atomic_load(&clock->latest_ms) > 0)
        return fail(E_CLOCK);
    atomic_store(&clock->offset_ms, -by_ms);
    return ok();
}

int64_t clock_monotonic_ms(void)
{
    struct timespec at = {0};
    clock_gettime(CLOCK_MONOTONIC, &at);
    return to_ms(at);
}
