/* Scope keys: made, opened for a purpose, looked up, checked.
 * Must not give a key before its ceiling was asked.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_SCOPES_H
#define KEYD_AGENT_SCOPES_H

#include "keyd/agent_priv.h"

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_scope_new(Turn *turn);
MUST_USE Err agent_scope_index(Turn *turn);
MUST_USE Err agent_unwrap(Turn *turn);
MUST_USE Err agent_unwrap_headers(Turn *turn);
MUST_USE Err agent_blind_index(Turn *turn);
MUST_USE Err agent_check(Turn *turn);
MUST_USE Err agent_row_key(Turn *turn);

#endif
