/* The negative control of backup.py: a stafettlogg whose backups open for a day too long.
 * Must never be linked into anything but this control.
 * Takes the place of clock_due at link time (--wrap). */
#include "domain/clocks.h"

#define DAY_MS INT64_C(86400000)

/* prototypes of --wrap */
int64_t __real_clock_due(ClockId clock, int64_t started_at, const Settings *settings);
int64_t __wrap_clock_due(ClockId clock, int64_t started_at, const Settings *settings);

int64_t __wrap_clock_due(ClockId clock, int64_t started_at, const Settings *settings)
{
    return __real_clock_due(clock, started_at, settings) + (clock == CLOCK_BACKUP_END ? DAY_MS : 0);
}
