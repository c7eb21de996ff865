/* A holder is appointed for a log that nobody holds any more.
 * Must not take the baton from anybody who has it.
 * Called by web and api. Rules: rest 7, 9. */
#ifndef SERVICE_ACTS_BATON_APPOINT_H
#define SERVICE_ACTS_BATON_APPOINT_H

#include "service/service.h"

/* Whoever bears this role now is the holder from now on, and the log belongs to their unit: by the manager who stands in, and by an
 * administrator where the unit has none. The act is the reason for which they look into the log. The family, both managers and whoever
 * is appointed are told. Errors: E_INVALID when somebody holds the log, when the role has ended, is no holder's or is of a unit that
 * the consents do not name, or when the unit has a manager whose it is; as log_enter. */
MUST_USE Err holder_appoint(Service *service, const Actor *actor, Id log, Id role_row);

#endif
