/* Staff who could be let into a log: only from units that the family has said yes to.
 * Must not show a name before its line is durable.
 * Called by web and api. */
#ifndef SERVICE_ACTS_CANDIDATES_H
#define SERVICE_ACTS_CANDIDATES_H

#include "service/log/reader.h"
#include "service/log/view.h"

/* Staff who could be let in: actors of units that every consent names, who do not take part yet. By unit and name; their
 * `participant` is the role that log_actor_add takes. One line. Errors: as log_open. */
MUST_USE Err log_actor_candidates(const LogReader *reader, Id log, const LogPerson **ret_people, uint32_t *ret_count);

#endif
