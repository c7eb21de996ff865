/* Sealing and unsealing.
 * Must not keep a share longer than an open attempt.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_SEAL_H
#define KEYD_AGENT_SEAL_H

#include "keyd/agent_priv.h"

Handler agent_status, agent_unseal_share, agent_seal;

/* Wipes everything that unsealing brought. */
void agent_forget(Agent *agent);
/* An incomplete set of shares that is too old is wiped. */
void agent_forget_old_shares(Agent *agent, int64_t now);

#endif
