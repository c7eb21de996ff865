/* Grants, municipalities, and the clock of tests.
 * Must not decide who may have a grant: serve does, and ceilings bound it.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_ACTS_H
#define KEYD_AGENT_ACTS_H

#include "keyd/agent_priv.h"

Handler agent_grant_new, agent_grant_end, agent_municipality_new, agent_clock_advance;

#endif
