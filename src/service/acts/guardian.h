/* A guardian who joins a log that lives.
 * Must not store anything about a guardian whose consent does not hold.
 * Called by web and api. Rules: consent 1, 5-7, sign-in 1, 3. */
#ifndef SERVICE_ACTS_GUARDIAN_H
#define SERVICE_ACTS_GUARDIAN_H

#include "service/acts/guardian_rows.h"

/* Another guardian of a log that lives, with their consent. */
typedef struct JoiningGuardian {
    NewGuardian guardian;
    const Id *units;      /* units that may take part, besides the holder's own */
    uint32_t unit_count;
    NewDocument document; /* empty when consent was oral */
    const Values *child;  /* KIND_CHILD: what they wrote of the child, which must be the log's; NULL: they were asked in the room */
    Err (*put)(Tx *tx, void *self); /* what else is done in the same work, behind the rows; NULL: nothing */
    void *self;
} JoiningGuardian;

/* *ret_code: its name lives as long as joining's. Errors: as log_open; E_INVALID when the consent does not hold today, a
 * unit is unknown or closed, the log has four guardians, or this one takes part already (or is the child). E_MALFORMED and
 * E_MODE for a national id; E_RANGE when they wrote of another child. */
MUST_USE Err log_guardian_add(Service *service, const Actor *actor, Id log, const JoiningGuardian *joining,
                              GuardianCode *ret_code);

#endif
