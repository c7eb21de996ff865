/* The way into a log: standing, policy, content, key, head, age; in this order for every act on a log.
 * Must not open a field before the head is good, nor tell a stranger that a log exists.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_ENTER_H
#define SERVICE_LOG_ENTER_H

#include "service/log/entered.h"
#include "service/log/reader.h"

void log_entered_wipe(LogEntered *entered);
/* The reason for which this wish is made: its own, else what the session gave for this log a short while ago. Whatever
 * changes something has its own. */
Opening log_opening(const Actor *actor, const LogWish *wish);

/* Decides from the rows of this snapshot or work. An absent log is answered WHY_NO_RELATION with the same statements as one
 * that is forbidden. */
MUST_USE Err log_decide(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *ret_decision);
/* The same under settings that were read before: decision->settings. */
MUST_USE Err log_decide_under(Tx *tx, const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *decision);
/* The same from settings and standing that were read before; asks the database nothing. */
MUST_USE Err log_decide_from(const Actor *actor, const LogWish *wish, Arena *scratch, LogDecision *decision);
/* Reads a log for an act. Refusals have their line already. *ret_why is set whenever the policy was asked. One refusal has
 * no line yet: WHY_STUB and WHY_DECISION_ONLY for ACT_LOG_READ, where the stub, or the page of a decision, is shown instead and has its
 * own; whoever shows none refuses by itself. Errors: E_NOT_FOUND, E_FORBIDDEN, E_REASON (one is needed), E_FORGED (the log is held now), E_HELD (it was held
 * before, and the asker may know that it exists), those of keys. */
MUST_USE Err log_enter(const LogReader *reader, const LogWish *wish, Why *ret_why, LogEntered *ret_entered);
/* In a log that was entered by reading: decides about what its rows say is asked for, from the same snapshot. wish: the act
 * and flags of that. From then on entered stands for it. Errors: as log_enter's refusals. */
MUST_USE Err log_enter_as(const LogReader *reader, const LogWish *wish, LogEntered *entered, Why *ret_why);
/* The refusal's line, and the error that tells no more than the asker may know. */
MUST_USE Err log_refuse(const Actor *actor, const LogWish *wish, Why why, const Ask *ask);
/* The durable line of a reading: decides once more in the work, from rows of that moment. Who may see a log has changed
 * only when its access_version has (rules: reading-and-writing 1); else what was read before stands. */
MUST_USE Err log_read_line(const Actor *actor, const LogEntered *entered, Arena *scratch, uint32_t amount);

#endif
