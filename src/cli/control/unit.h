/* The units of a municipality listed, and one closed, where the databases are open: in serve, or in the command itself.
 * Must not decide what service decides.
 * Called through the table of control acts. */
#ifndef CLI_CONTROL_UNIT_H
#define CLI_CONTROL_UNIT_H

#include "cli/control/doing.h"

/* CONTROL_UNIT. Errors: E_NOT_FOUND (no such municipality or unit); E_STALE (closed already); E_INVALID (none that could follow). */
MUST_USE Err control_unit(const Doing *doing);

#endif
