/* What is answered to whoever lets somebody of a family in: a code that is told once.
 * Must not say whose account it is.
 * Called by web's handlers under /api/. */
#ifndef API_PEOPLE_H
#define API_PEOPLE_H

#include "base/buf.h"
#include "base/id.h"

/* The log that it is for, and the code. */
MUST_USE Err write_code(Id log, Str code, Arena *keep, Str *ret_body);

#endif
