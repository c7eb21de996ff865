/* What those have typed who said yes before there is a log, as one sealed value under the invitation's own key.
 * Must not be opened for anybody who has not said yes, but to compare or to make the log.
 * Called by the other files of this room. Rules: consent 3, scenarios 12. */
#ifndef SERVICE_ACTS_INVITATION_PENDING_H
#define SERVICE_ACTS_INVITATION_PENDING_H

#include "service/seal.h"

#define INVITED_MAX 4 /* persons who must consent */

/* One person's yes. */
typedef struct PendingConsent {
    Id person;       /* the account that said it */
    Values child;    /* KIND_CHILD */
    Values guardian; /* KIND_GUARDIAN: themselves */
    Values consent;  /* KIND_CONSENT */
} PendingConsent;

/* In the order in which they were said. */
typedef struct Pending {
    PendingConsent items[INVITED_MAX];
    uint32_t count;
} Pending;

/* For the row of this id and version. Errors: those of crypto_seal; E_TOO_LARGE. */
MUST_USE Err pending_seal(const OpenScope *scope, RowVersion invitation, const Pending *pending, Arena *keep, Str *ret_sealed);
/* The texts live in keep. Errors: E_FORGED. */
MUST_USE Err pending_open(const OpenScope *scope, const InvitationRow *row, Arena *keep, Pending *ret_pending);

/* Whether another yes is about the same child and by somebody else, beside those that are there. */
bool pending_fits(const Pending *pending, const PendingConsent *another);

#endif
