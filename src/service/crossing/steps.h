/* The rows of a crossing, each put with its line; and those in whose name something is done: the managers who are told, whoever took it.
 * Must not decide when.
 * Called by crossings.c and post.c. Rule: transfer 6. */
#ifndef SERVICE_CROSSING_STEPS_H
#define SERVICE_CROSSING_STEPS_H

#include "domain/transfer.h"
#include "service/service.h"
#include "store/request/crossing.h"

/* One row, in a work with its line. */
typedef struct CrossingPut {
    const CrossingRow *row;
    bool is_new;
    bool ends;       /* what was sealed is gone with its key */
    InboxRows told;
} CrossingPut;
/* One that is here already, as is_new, is passed over. Errors: E_STALE: somebody else goes on with it. */
MUST_USE Err crossing_put(const Actor *actor, const CrossingPut *put);
/* It stands in this step from now on, in *row too; where nothing is left to do what was sealed is gone. Errors: E_STALE. */
MUST_USE Err crossing_step(const Actor *actor, CrossingRow *row, enum CrossingStep step);
/* The row by its id; zeros: there is none. */
MUST_USE Err crossing_read(Store *store, Id id, Arena *keep, CrossingRow *ret_row);

/* How the unit of a log and its municipality are called. nobody: serve's own actor where it is. */
MUST_USE Err crossing_place_of(Service *service, const Actor *nobody, Id log, Arena *keep, Str *ret_place);
/* The managers of the unit that is asked: that a log waits, and nothing of it. nobody: there. */
MUST_USE Err crossing_managers(Service *service, const Actor *nobody, const CrossingRow *row, Arena *keep, InboxRows *ret_rows);
/* Whoever took it, with a grant for this, which its caller ends: what they have taken is carried out though they are not here any more.
 * And who holds it. Errors: E_FORGED for a row that is no such role. */
MUST_USE Err crossing_taker(Service *service, const Actor *nobody, const CrossingRow *row, Actor *ret_taker);
MUST_USE Err crossing_holder(const Actor *nobody, const CrossingRow *row, Id *ret_person);

#endif
