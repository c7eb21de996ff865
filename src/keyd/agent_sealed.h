/* Keys sealed to the recovery key: those of backups are made, and each is destroyed on its day (rules: keys 6).
 * Must not destroy one before its time, nor keep one after it.
 * Used by the agent's table and by its other acts. */
#ifndef KEYD_AGENT_SEALED_H
#define KEYD_AGENT_SEALED_H

#include "keyd/agent_priv.h"

#define BACKUPS_MAX 1000                           /* keys of backups at a time */
#define BACKUP_KEPT_MAX_MS (INT64_C(800) * 86400000) /* a package of reports: twelve months and thirty days, and room */

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_backup_new(Turn *turn);
MUST_USE Err agent_backup_list(Turn *turn);

/* To be called when a day of destruction was set, and when the file was read. */
void agent_sealed_changed(Agent *agent);
/* Destroys what is over, while unsealed. What cannot be written is tried again the next time. */
void agent_sealed_destroy(Agent *agent, int64_t now);

#endif
