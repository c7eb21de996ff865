/* What somebody wants to be told, of what need not be.
 * Must not silence what law or agreement ask for, nor anything for anybody else.
 * Called by web and api. Rule: clocks 20. */
#ifndef SERVICE_PEOPLE_SILENCE_H
#define SERVICE_PEOPLE_SILENCE_H

#include "domain/notices.h"
#include "service/service.h"

/* Set of 1 << notice that the actor is not told. Errors: E_FORBIDDEN, E_FORGED, those of the store. */
MUST_USE Err silence_read(const Actor *actor, int64_t *ret_silenced);
/* From now on these; with a line, where anything changes. Errors: E_INVALID for a set in which something must be told; as above. */
MUST_USE Err silence_choose(const Actor *actor, int64_t silenced);

#endif
