/* What is sent and answered about a consent before there is a log: flat documents, as a program sends them.
 * Must not say who of a family has answered.
 * Used by web's handlers under /api/, and by routes. */
#ifndef API_INVITED_H
#define API_INVITED_H

#include "api/read.h"
#include "service/acts/invitation/invitation.h"
#include "service/acts/invitation/invited.h"

/* How many must say yes and which units may take part; the code of an invitation; a yes, with the child and oneself. */
extern const Kind api_invitation, api_invitation_code, api_invitation_yes;

/* Where a yes asks for this field of a child, a guardian or a consent: one that it does ask for. */
unsigned api_yes_at(FieldKey key);
/* What a yes says, in the kinds in which it is kept. */
void api_yes_of(const Values *sent, InvitedYes *ret_yes);

MUST_USE Err write_invitations(const InvitationStates *states, Arena *keep, Str *ret_body);
/* With its codes, which are told this once. */
MUST_USE Err write_invitation_made(const InvitationMade *made, Arena *keep, Str *ret_body);
MUST_USE Err write_questions(const InvitedStates *states, Arena *keep, Str *ret_body);

#endif
