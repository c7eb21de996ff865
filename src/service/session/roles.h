/* The roles that a signed-in person may choose among, with the names of their units.
 * Must not name a unit in which the person holds no role.
 * Called by web and api. Rule: sign-in 1. */
#ifndef SERVICE_SESSION_ROLES_H
#define SERVICE_SESSION_ROLES_H

#include "service/people/news.h"
#include "service/session/session.h"

/* The roles in force now that this session's person may act in. */
MUST_USE Err session_roles(Service *service, Id tenant, const SessionToken *token, Arena *keep, RoleChoices *ret_roles);

/* What happened to the account of this session's person. Errors: E_NO_SESSION. */
MUST_USE Err session_news(Service *service, Id tenant, const SessionToken *token, Arena *scratch, AccountNews *ret_news);

#endif
