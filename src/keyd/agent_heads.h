/* Signed heads: which databases are as new as the newest that was shown.
 * Must not sign one that is older.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_HEADS_H
#define KEYD_AGENT_HEADS_H

#include "keyd/agent_priv.h"

/* What a database may have grown by since the first head that was shown after unsealing: so many lines at once, and so many a
 * second, which is more than one database can write. A larger one is refused (E_RANGE), and nothing else happens. */
#define HEAD_LINES_AT_ONCE UINT64_C(4000000)
#define HEAD_LINES_A_SECOND UINT64_C(2000)

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_sign_head(Turn *turn);
MUST_USE Err agent_head_newest(Turn *turn);
MUST_USE Err agent_sign_document(Turn *turn);

/* False: this database was not shown since unsealing, or an older one was, or that holds for the host's. */
bool agent_head_is_good(const Agent *agent, size_t municipality);
/* The key file with what has changed in agent->file, on every place. */
MUST_USE Err agent_write_file(Agent *agent);

#endif
