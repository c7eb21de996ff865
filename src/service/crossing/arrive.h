/* The log that another municipality makes of what came: its own keys, its own holder, the guardians who said yes with their consents,
 * and the part that came as it was.
 * Must not take anybody of the municipality that it came from.
 * Called by crossings.c. Rules: transfer 3, 6. */
#ifndef SERVICE_CROSSING_ARRIVE_H
#define SERVICE_CROSSING_ARRIVE_H

#include "service/crossing/part.h"
#include "store/request/crossing.h"

/* What arrives, and who took it: rows of the municipality that takes it. */
typedef struct Arriving {
    const CrossingRow *row;   /* here; of one that waits still */
    const CrossingRow *left;  /* as the other gave it up */
    const CrossingPart *part;
    Id holder;                /* a person */
} Arriving;

/* One transaction; once, however often it is tried. taker: the manager who took it, with a grant. Errors: E_STALE when it has arrived
 * already; E_DUPLICATE when its log is there, whatever the row says; E_INVALID when what came makes no log; those of keys and store. */
MUST_USE Err crossing_arrive(Service *service, const Actor *taker, const Arriving *arriving, Id *ret_log);

#endif
