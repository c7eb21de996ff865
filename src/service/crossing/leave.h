/* A log is given up to the municipality that takes it, or stays because nobody took it: one transaction in its own database.
 * Must not write into the other's: what has to happen there follows from the row that is left.
 * Called by the other files of this room. Rules: transfer 1, 2, 6. */
#ifndef SERVICE_CROSSING_LEAVE_H
#define SERVICE_CROSSING_LEAVE_H

#include "service/log/reader.h"
#include "service/service.h"
#include "store/request/crossing.h"

/* Who took it in the other municipality, and who holds it there: rows of its roles. */
typedef struct CrossingTaker {
    Id taken_by;
    Id holder;
} CrossingTaker;

/* What is sealed is read, and judged as the other will judge it. Then the log rests, its people are out but for what they wrote, and what
 * is sealed is the other's. nobody: serve's own actor in the log's municipality. Errors: E_INVALID when it waits no more or would make no
 * log there, when something was written or said since it was decided, or somebody must say yes whose yes does not go; E_FORGED; those of
 * keys and store. */
MUST_USE Err crossing_leave(Service *service, Actor *nobody, const CrossingRow *row, CrossingTaker taker);
/* The unit that was asked does not take it: it stays, and everybody is told. Errors: the same. */
MUST_USE Err crossing_stay(Service *service, Actor *nobody, const CrossingRow *row);

#endif
