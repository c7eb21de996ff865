/* Logs that go to a municipality of another installation, by files: the act behind `stafettlogg transfer`.
 * Must not carry a file itself.
 * Called by control.c. Rule: transfer 6. */
#ifndef CLI_CONTROL_TRANSFER_H
#define CLI_CONTROL_TRANSFER_H

#include "cli/control/doing.h"

MUST_USE Err control_transfer(const Doing *doing);

#endif
