/* What the agent writes into its journal, and how the host's audit takes it in.
 * Must not stop an act because it could not be written down.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_JOURNAL_H
#define KEYD_AGENT_JOURNAL_H

#include "keyd/agent_priv.h"

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_journal_read(Turn *turn);
MUST_USE Err agent_journal_taken(Turn *turn);

/* A line in the journal. */
void agent_note(Agent *agent, JournalEvent event, enum err_id error, Id subject);

#endif
