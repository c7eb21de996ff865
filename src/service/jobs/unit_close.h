/* A unit is closed, and what it leaves goes to the unit that follows it.
 * Must not wait for the hour of a job.
 * Called by web and api. Rule: rest 10. */
#ifndef SERVICE_JOBS_UNIT_CLOSE_H
#define SERVICE_JOBS_UNIT_CLOSE_H

#include "service/people/closing.h"

/* As people_unit_close; then its people and logs follow at once. What could not (a log that is held, a ceiling of the key agent, a
 * server that was stopped) follows by the job `units`: until then both units have those who work with it. */
MUST_USE Err unit_close(Service *service, const Actor *actor, const UnitClosing *closing);
/* What follows of those that were closed. Never fails: the job `units` comes again. */
void unit_close_follow(Service *service, Id tenant);

#endif
