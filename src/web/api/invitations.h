/* The API of a consent before there is a log, and of a guardian who comes later: the same services as the pages.
 * Must not decide anything, nor show what no page shows.
 * Called through the table of routes. */
#ifndef WEB_API_INVITATIONS_H
#define WEB_API_INVITATIONS_H

#include "base/err.h"
#include "web/call/call.h"

/* Handlers of the table of routes. */
MUST_USE Err api_invitations(Call *call);
MUST_USE Err api_invitation_make(Call *call);
MUST_USE Err api_invitation_of_log(Call *call);
MUST_USE Err api_invitation_end(Call *call);
MUST_USE Err api_invitation_log(Call *call);
MUST_USE Err api_invitation_guardian(Call *call);
MUST_USE Err api_questions(Call *call);
MUST_USE Err api_question_take(Call *call);
MUST_USE Err api_question_yes(Call *call);
MUST_USE Err api_question_no(Call *call);

#endif
