/* Somebody of a family who was asked for their consent before there is a log: takes the code, reads what is asked, says yes or no.
 * Must not show anybody what another has said, nor leave a byte of a no.
 * Called by web and api. Rules: consent 3, scenarios 12. */
#ifndef SERVICE_ACTS_INVITATION_INVITED_H
#define SERVICE_ACTS_INVITATION_INVITED_H

#include "service/acts/invitation/pending.h"

/* What one is asked. */
typedef struct InvitedState {
    Id invitation;
    int64_t expires_at;
    uint32_t persons;   /* who must say yes */
    bool said;          /* one's own yes stands */
    bool joins;         /* a log that there is */
    const Str *units;   /* the names of those that would take part, the one that asks first */
    uint32_t unit_count;
    unsigned months;    /* how long a consent may hold */
    int consent_age;    /* from which a child answers for themselves, in years */
} InvitedState;

typedef struct InvitedStates {
    const InvitedState *items;
    uint32_t count;
} InvitedStates;

/* All that one is asked and that is not over; what ends first stands first. */
MUST_USE Err invited_list(Service *service, const Actor *actor, Arena *keep, InvitedStates *ret_states);
/* Whether one has still to answer one. */
MUST_USE Err invited_waits(const Actor *actor, Arena *scratch, bool *ret_waits);
/* One of them. Errors: E_NOT_FOUND. */
MUST_USE Err invited_state(Service *service, const Actor *actor, Id invitation, Arena *keep, InvitedState *ret_state);

/* Whether a log would be begun of a child who answers for themselves already: nobody else's yes in the app is enough for one (consent 10).
 * Another guardian may join theirs. False where the birth is not known. */
bool invited_is_of_age(const InvitedState *state, const Values *child, Day today);

/* The code of an invitation, typed by somebody who has an account: they are asked in the place of the account that was made for it and
 * that nobody has taken into use. They have the role of a guardian from then on. Errors: E_NOT_FOUND for every code that is not such a
 * one, and for one's own invitation; E_DUPLICATE when one is asked by it already. */
MUST_USE Err invited_take(const Actor *actor, Str code, Arena *scratch, Id *ret_invitation);

typedef struct InvitedYes {
    Values child;    /* KIND_CHILD */
    Values guardian; /* KIND_GUARDIAN: oneself */
    Day until;       /* the last day of the consent */
} InvitedYes;

/* Yes. It waits, sealed, for the others and for the log. Errors: E_NOT_FOUND when nothing is asked (any more) or the yes stands; E_INVALID
 * for what no log could be made of; E_REFUSED for a child who answers for themselves; E_MALFORMED, E_MODE for a national id; E_RANGE when others have said yes to another child, or it
 * is the same person; E_STALE when somebody else has answered at this very moment; those of keys. */
MUST_USE Err invited_yes(Service *service, const Actor *actor, Id invitation, const InvitedYes *yes, Arena *scratch);
/* No, or a yes taken back: all that was said goes, with the accounts that were made for it. *ret_gone: one's own account is among
 * them. Errors: E_NOT_FOUND. */
MUST_USE Err invited_no(Service *service, const Actor *actor, Id invitation, bool *ret_gone);

#endif
