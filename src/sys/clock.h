/* The only reader of the machine's clock. In test mode it carries an offset that can only grow once a time was told.
 * Must not give a time earlier than one it gave before (rules: clocks 4).
 * Made by main and the agent; everyone else gets a World or a plain value. */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdatomic.h>

#include "base/err.h"

/* A step back of the machine's clock that time synchronisation may explain. */
#define CLOCK_TOLERANCE_MS 2000

typedef struct Clock {
    _Atomic int64_t latest_ms; /* newest time given */
    _Atomic int64_t offset_ms;
    bool may_advance;
} Clock;

/* Prepares *ret_clock; may_advance is true in test mode only. Safe for all threads afterwards. */
void clock_init(Clock *ret_clock, bool may_advance);

/* UTC milliseconds since 1970, never less than before: a step back of at most CLOCK_TOLERANCE_MS repeats the newest
 * time. Errors: E_CLOCK when the clock was set back further (until it has caught up), E_IO. */
MUST_USE Err clock_now(Clock *clock, int64_t *ret_now);

/* Moves the time forward by 0..400 years. Errors: E_MODE outside test mode, E_RANGE. */
MUST_USE Err clock_advance(Clock *clock, int64_t by_ms);

/* A clock that has told nobody a time yet begins at most 400 years ago, and goes on from there. Errors: E_MODE outside test mode,
 * E_RANGE, E_CLOCK once it has told one: it never goes back. */
MUST_USE Err clock_begin_ago(Clock *clock, int64_t by_ms);

/* Milliseconds since some start; for time-outs only, never stored, never moved by clock_advance. */
int64_t clock_monotonic_ms(void);

/* The rule behind clock_now: what to tell when reading follows latest. Pure. Errors: E_CLOCK. */
MUST_USE Err clock_judge(int64_t latest_ms, int64_t reading_ms, int64_t *ret_now);

#endif
