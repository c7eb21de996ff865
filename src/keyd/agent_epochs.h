/* Epochs of municipalities: turned, scope keys wrapped anew, and the former one given up (rules: keys 5).
 * Must not give up a key before it is sealed to the recovery key in the key file.
 * Used by the agent's table. */
#ifndef KEYD_AGENT_EPOCHS_H
#define KEYD_AGENT_EPOCHS_H

#include "keyd/agent_priv.h"

#define EPOCHS_KEPT_MAX 800 /* former epochs of one municipality at a time, one for each hour of a month: what asks for more turns is refused */
/* How long a former one may be kept: as long as a backup has what is wrapped under it. Less or more than this is no such time. */
#define EPOCH_KEPT_LEAST_MS (INT64_C(30) * 86400000 - 3600000)
#define EPOCH_KEPT_MOST_MS (INT64_C(31) * 86400000 + 3600000)

/* Answers to messages of these names (Handler). */
MUST_USE Err agent_epoch(Turn *turn);
MUST_USE Err agent_epoch_turn(Turn *turn);
MUST_USE Err agent_rewrap_many(Turn *turn);
MUST_USE Err agent_epoch_done(Turn *turn);

#endif
