/* The control act behind `stafettlogg statistics freeze`.
 * Must not publish what is not due, but for a test or a demo.
 * Used by control.c. */
#ifndef CLI_CONTROL_STATISTICS_H
#define CLI_CONTROL_STATISTICS_H

#include "cli/control/doing.h"

/* Texts: the municipality's number; up to which quarter (year * 4 + 0..3), or empty: what is due. Errors: E_MODE (a quarter, in
 * production), those of the freeze. */
MUST_USE Err control_statistics(const Doing *doing);

#endif
