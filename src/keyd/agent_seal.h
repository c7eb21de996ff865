/* Sealing and unsealing.
 * Must not keep a share longer than an open attempt.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_SEAL_H
#define KEYD_AGENT_SEAL_H

#include "keyd/agent_priv.h"

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_status(Turn *turn);
MUST_USE Err agent_unseal_share(Turn *turn);
MUST_USE Err agent_seal(Turn *turn);

/* Wipes everything that unsealing brought. */
void agent_forget(Agent *agent);
/* An incomplete set of shares that is too old is wiped. */
void agent_forget_old_shares(Agent *agent, int64_t now);

#endif
