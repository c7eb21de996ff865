/* A log whose deletion was ordered and approved is purged, in one work; and the moment at which that is true, T1, is recorded in
 * another, when the former keys have left production.
 * Must not purge what is stopped, held, or not due; must not record T1 before the epoch has turned: the caller has it turned between
 * the two.
 * Called by service/jobs/deletion.c. Rules: deletion 7, 9, 11. */
#ifndef SERVICE_ENDING_PURGE_H
#define SERVICE_ENDING_PURGE_H

#include "service/service.h"
#include "store/ending/deletion.h"
#include "store/ending/purge.h"

/* One order on its way. */
typedef struct PurgeOrder {
    Service *service;
    Store *store;
    Id tenant;
    Id deletion;
    Id request;     /* of the lines */
    Id *grant;      /* of nobody, for all that a run purges, since grants have a ceiling: asked for by the first that needs it, and
                     * ended by the caller. NULL: each has one of its own */
    int64_t now;
    Arena *keep;
} PurgeOrder;

enum PurgeEnd {
    PURGE_DONE,     /* its rows are gone; T1 is not recorded */
    PURGE_WAITS,    /* something makes it wait: since when stands in the certificate's row */
    PURGE_NOT_DUE,  /* stopped, carried out, or not due */
};

/* Of PurgeOrder.grant; none is fine. */
void purge_grant_end(Service *service, Id grant);

/* Asked again in the work, which does nothing where it may not. Accounts of guardians and of the child that opened nothing else go with
 * the log; staff stay. A killed process leaves all of it or nothing. Errors: those of the store. */
MUST_USE Err purge_log(const PurgeOrder *order, enum PurgeEnd *ret_end);
/* The same, and nothing is done. */
MUST_USE Err purge_look(const PurgeOrder *order, enum PurgeEnd *ret_end);

/* How late it is: 0; 1 the alarm; 2 a breach. Told once each, to the administrators and in the log of the process, with a line. */
MUST_USE Err purge_tell_late(const PurgeOrder *order);

/* T1 is now: with the certificate, signed, and its hash in the line. ledger: the number of the line that tells that the log is gone.
 * Errors: E_STALE when it was recorded, or the log is not purged; those of the key agent and the store. */
MUST_USE Err purge_record(const PurgeOrder *order, uint64_t ledger);

/* The certificate of a deletion that a restore has carried out again, with the times of the first time. Errors: as purge_record. */
MUST_USE Err purge_sign(const PurgeOrder *order, uint64_t ledger);

/* T2: no backup is left that can show the log. The certificate is completed and signed anew, where there is one. */
MUST_USE Err purge_confirm(const PurgeOrder *order);

#endif
