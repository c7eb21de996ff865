/* Two mistakes in the clocks, one at a time, for the control of the time travel: ASTRAY=shift lets one row fall due a day late,
 * ASTRAY=stop leaves out what stops another. Linked before the library, whose functions these stand in for.
 * Must not be linked with anything but that control.
 * Run by control.py. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "domain/clocks.h"

#define DAY_MS INT64_C(86400000)

static bool goes(const char *how)
{
    const char *astray = getenv("ASTRAY");

    return astray && strcmp(astray, how) == 0;
}

int64_t clock_due(ClockId clock, int64_t started_at, const Settings *settings)
{
    int64_t (*real)(ClockId, int64_t, const Settings *) = NULL;

    *(void **)&real = dlsym(RTLD_NEXT, "clock_due");
    return real(clock, started_at, settings) + (goes("shift") && clock == CLOCK_GRACE_END ? DAY_MS : 0);
}

bool clock_runs(ClockId clock, const ClockWatch *watch)
{
    bool (*real)(ClockId, const ClockWatch *) = NULL;
    ClockWatch unstopped = *watch;

    *(void **)&real = dlsym(RTLD_NEXT, "clock_runs");
    if (goes("stop") && clock == CLOCK_CONSENT_AGE_END)
        unstopped.known &= ~(1u << START_OF_CHILD_CONSENT);
    return real(clock, &unstopped);
}
