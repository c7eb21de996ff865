/* What happens in one log, from its creation to the plan's last day: drawn, and carried out act by act.
 * Must not depend on anything but plan, town and the log's place.
 * Called by the run. */
#ifndef SERVICE_SEED_STORY_H
#define SERVICE_SEED_STORY_H

#include "service/seed/log.h"
#include "service/seed/town.h"

/* The log at a place (0 .. plan->logs - 1); it lives in keep, and is the caller's to wipe (also after an error).
 * Errors: those of keys; any other is a mistake of our own: what the story does is always allowed. */
MUST_USE Err seed_story(const SeedTown *town, uint32_t place, Arena *keep, SeedLog *log);

#endif
