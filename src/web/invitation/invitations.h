/* Invitations of a relay holder: which are out, a new one with its codes, one taken back, and the log of one that all have answered.
 * Must not show a code twice, nor who of a family has answered.
 * Called through the table of routes. Rule: consent 3. */
#ifndef WEB_INVITATION_INVITATIONS_H
#define WEB_INVITATION_INVITATIONS_H

#include "service/acts/invitation/invitation.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err invitations_page(Call *call);
MUST_USE Err invitations_new(Call *call);
MUST_USE Err invitations_new_send(Call *call);
MUST_USE Err invitations_end(Call *call);
MUST_USE Err invitations_end_send(Call *call);
MUST_USE Err invitations_log_send(Call *call);
MUST_USE Err invitations_join_send(Call *call);

/* For this room: the codes of a new invitation, for the page that the answer leads to. Nobody is named: the slips are told apart by a
 * number. */
MUST_USE Err invitations_keep_codes(Call *call, const InvitationMade *made);

#endif
