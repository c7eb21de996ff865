/* The control act behind `stafettlogg epoch`.
 * Must not turn an epoch that nobody named.
 * Used by control.c. */
#ifndef CLI_CONTROL_EPOCH_H
#define CLI_CONTROL_EPOCH_H

#include "cli/control/doing.h"

/* Text: the municipality's number, or host. */
MUST_USE Err control_epoch(const Doing *doing);

#endif
