/* The withdrawal of a consent from a log that is held: it is always taken, and nothing of the log is opened for it.
 * Must not renew the head of the log, nor need its key.
 * Called by procedure.c. Rules: consent 12, access 14. */
#ifndef SERVICE_ACTS_WITHDRAWAL_HELD_H
#define SERVICE_ACTS_WITHDRAWAL_HELD_H

#include "service/log/deed.h"

/* Takes it, with its line. What it says of the log stands in plain columns; who brought it, and when, in the line.
 * Errors: those of a refusal; E_INVALID for anything but a whole consent that stands; E_REPLAYED. */
MUST_USE Err withdrawal_take_held(Deed *deed, Why *ret_why);

#endif
