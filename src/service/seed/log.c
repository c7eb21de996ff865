/* One log that is made whole in memory before anything of it is written.
 * Must not outlive the arena it was made in: everything it points to lives there.
 * Used by the room seed. */
#include "service/seed/log.h"

void seed_log_wipe(SeedLog *log)
{
    log_keys_wipe(&log->keys);
}
