/* Key pairs of municipalities: the public half to whoever asks, and what was sealed to it opened for whom it is meant.
 * Must not hand out a private half.
 * Used by the agent's table. Rules: keys 3, statistics 3. */
#ifndef KEYD_AGENT_PAIRS_H
#define KEYD_AGENT_PAIRS_H

#include "keyd/agent_priv.h"

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_pair_public(Turn *turn);
MUST_USE Err agent_facts_open(Turn *turn);
MUST_USE Err agent_parcel_open(Turn *turn);

#endif
