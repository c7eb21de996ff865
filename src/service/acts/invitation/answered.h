/* What is done with an invitation that all have answered: what they wrote is opened, and accounts that were made for it get names.
 * Must not open what was said before all have said it, nor let an account be found by a number that its bearer typed.
 * Called by invitation_log.c and invitation_join.c. Rules: consent 3. */
#ifndef SERVICE_ACTS_INVITATION_ANSWERED_H
#define SERVICE_ACTS_INVITATION_ANSWERED_H

#include "service/acts/invitation/pending.h"

/* An account that was made for the invitation, on its way to say whose it is. */
typedef struct Naming {
    PersonRow person;
    ScopeKeyRow scope;
    bool is_new; /* it has never had a role or a place in a log */
} Naming;

/* An invitation on its way out of here. service, actor and keep are the caller's to set. */
typedef struct Answered {
    Service *service;
    const Actor *actor;
    Arena *keep;
    InvitationRow row;
    ScopeKeyRow scope;
    Pending pending;
    Naming naming[INVITED_MAX];
} Answered;

/* Errors: E_NOT_FOUND when it is not one's own, over, or not answered by all; E_FORGED; those of keys. */
MUST_USE Err answered_read(Answered *answered, Id invitation);
/* In the work that makes something of it, behind its rows; self is the Answered. The invitation goes, with its key; accounts get their
 * names. Errors: E_NOT_FOUND, E_STALE when it is not what was read. */
MUST_USE Err answered_put(Tx *tx, void *self);

#endif
