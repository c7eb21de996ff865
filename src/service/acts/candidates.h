/* Staff who could be let into a log, or take the baton: only from units that the family has said yes to.
 * Must not show a name before its line is durable.
 * Called by web and api. */
#ifndef SERVICE_ACTS_CANDIDATES_H
#define SERVICE_ACTS_CANDIDATES_H

#include "service/log/reader.h"
#include "service/log/view.h"

/* Staff of units that every consent names: actors who do not take part yet, and holders who could be offered the baton. By unit
 * and name; their `participant` is the role that log_actor_add and baton_offer take. */
typedef struct LogCandidates {
    LogPeople actors, holders;
} LogCandidates;

/* For whoever may let people in, or may appoint a holder (ACT_HOLDER_APPOINT: that is the reason for which they look). One line.
 * Errors: as log_open. */
MUST_USE Err log_candidates(const LogReader *reader, Id log, Act act, LogCandidates *ret_candidates);

#endif
