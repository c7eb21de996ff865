/* Scope keys: made, wrapped anew, opened for a purpose, looked up, checked.
 * Must not give a key before its ceiling was asked.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_SCOPES_H
#define KEYD_AGENT_SCOPES_H

#include "keyd/agent_priv.h"

Handler agent_scope_new, agent_scope_index, agent_rewrap, agent_unwrap, agent_unwrap_headers, agent_blind_index, agent_check;

#endif
