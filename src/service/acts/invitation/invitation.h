/* A relay holder asks a family for its consent before there is a log: a code for each person who must say yes, and nothing of whom it
 * is about.
 * Must not tell the holder who has said yes, nor how many, before all have.
 * Called by web and api. Rules: consent 3, scenarios 12. */
#ifndef SERVICE_ACTS_INVITATION_INVITATION_H
#define SERVICE_ACTS_INVITATION_INVITATION_H

#include "service/acts/invitation/pending.h"
#include "service/people/enrolment_code.h"

#define INVITATIONS_OPEN_MAX 50 /* of one person */

typedef struct InvitationWish {
    uint32_t persons;   /* who must say yes: 1..INVITED_MAX; to join a log that there is: 1 */
    Id log;             /* the log that they are to join; none: it is made of what they say */
    const Id *units;    /* that may take part, besides the holder's own */
    uint32_t unit_count;
} InvitationWish;

typedef struct InvitationMade {
    Id id;
    EnrolmentCode codes[INVITED_MAX]; /* one for each person, shown once */
    uint32_t count;
} InvitationMade;

/* Whether one may ask at all, before a page offers it; each act asks again. Errors: E_FORBIDDEN, with its line. */
MUST_USE Err invitation_may(const Actor *actor);

/* Each code makes an account or is taken by one that is here (invited.h), for 14 days. Errors: E_FORBIDDEN; E_INVALID for
 * an unknown or closed unit, another number of persons, or a log whose units are told to no guardian; E_RANGE when this
 * person has asked for too many already; those of keys. */
MUST_USE Err invitation_make(Service *service, const Actor *actor, const InvitationWish *wish, Arena *keep, InvitationMade *ret_made);

typedef struct InvitationState {
    Id id;
    int64_t made_at, expires_at;
    uint32_t persons;
    bool complete;      /* all have said yes: the log may be made, or the guardian taken in */
    Id log;             /* the log that the guardian is to join; none: it is made of the answers */
    const Str *units;   /* their names, the holder's own first */
    uint32_t unit_count;
} InvitationState;

typedef struct InvitationStates {
    const InvitationState *items;
    uint32_t count;
} InvitationStates;

/* One's own that are not over, the newest first. One that was denied is not among them, as one that is over. */
MUST_USE Err invitation_list(Service *service, const Actor *actor, Arena *keep, InvitationStates *ret_states);
/* How many of one's own wait for the log to be made, or the guardian to be taken in. */
MUST_USE Err invitation_complete(const Actor *actor, Arena *scratch, uint32_t *ret_count);
/* Taken back: nothing of it stays. Errors: E_FORBIDDEN; E_NOT_FOUND when it is not one's own, or over. */
MUST_USE Err invitation_end(const Actor *actor, Id invitation, Arena *scratch);

/* For this room: one's own, in the role in which it was made, not over. Errors: E_NOT_FOUND. */
MUST_USE Err invitation_own(Tx *tx, const Actor *actor, Id invitation, Arena *keep, InvitationRow *ret_row);
/* All who were asked have said yes. */
bool invitation_answered(const InvitedRows *rows, Id invitation, uint32_t required);
/* The units that stand in the row: the holder's own first. */
MUST_USE Err invitation_units(const InvitationRow *row, Arena *keep, IdList *ret_units);

#endif
