/* A log of another municipality that waits for a unit's answer: what its manager is told of it, and the answer.
 * Must not tell whom it is about, nor anything that stands in it, before it is taken.
 * Called by web and api. Rules: transfer 1, 6, 9. */
#ifndef SERVICE_CROSSING_TAKEN_H
#define SERVICE_CROSSING_TAKEN_H

#include "service/service.h"

typedef struct CrossingAsked {
    Id id;
    Str place;        /* the unit that has it, and its municipality */
    int64_t at;       /* when it was proposed */
    Day on;           /* for which day */
    Day until;        /* the last day on which it may be answered */
} CrossingAsked;

/* Errors: E_NOT_FOUND: it waits for nobody, or not for this actor. No line: nothing of a log is shown. */
MUST_USE Err crossing_asked(const Actor *actor, Id id, Arena *keep, CrossingAsked *ret_asked);

/* It is taken: given up there first, then made here. holder: the role row of whoever holds it. *ret_log: the log here; none when that is
 * left to the job, which completes it. Errors: E_NOT_FOUND; E_INVALID (no such holder); E_STALE when it waits there no more, or something
 * was written since it was decided; those of keys and store. */
/* A log of another installation is taken, or not, in the row here, and is told by a file that an operator carries (post.h). */
MUST_USE Err crossing_take(Service *service, const Actor *actor, Id id, Id holder, Id *ret_log);
/* It is not. Errors: E_NOT_FOUND, E_STALE. */
MUST_USE Err crossing_refuse(Service *service, const Actor *actor, Id id);

#endif
