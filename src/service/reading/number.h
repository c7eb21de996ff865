/* The full national id of the child: an act of its own, with a line of its own.
 * Must not hand it out before the line is durable.
 * Called by web. */
#ifndef SERVICE_READING_NUMBER_H
#define SERVICE_READING_NUMBER_H

#include "service/service.h"

/* The full national id of the child: its own act, its own line. */
MUST_USE Err log_number_read(Service *service, const Actor *actor, Id log, Arena *keep, Str *ret_number);

#endif
