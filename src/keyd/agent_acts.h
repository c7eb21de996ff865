/* Grants, municipalities, and the clock of tests.
 * Must not decide who may have a grant: serve does, and ceilings bound it.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_ACTS_H
#define KEYD_AGENT_ACTS_H

#include "keyd/agent_priv.h"

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_grant_new(Turn *turn);
MUST_USE Err agent_grant_touch(Turn *turn);
MUST_USE Err agent_grant_end(Turn *turn);
MUST_USE Err agent_municipality_new(Turn *turn);
MUST_USE Err agent_clock_advance(Turn *turn);

#endif
