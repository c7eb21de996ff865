/* How a person stands to a log, and what the log is today, as one question for the policy.
 * Must not decide, and must not open anything sealed.
 * Called by the other files of this room, before and again inside each write. */
#ifndef SERVICE_LOG_ASK_H
#define SERVICE_LOG_ASK_H

#include "service/settings.h"

/* Who would do what in a log, and the rows that tell how they stand to it. */
typedef struct LogQuestion {
    const LogStanding *standing;
    const Actor *actor;
    const Settings *settings;
    Act act;
    Opening opening;
    bool stands_in; /* log_stands_in */
    bool aged;        /* the child's entry or the header is open */
    Day birth;        /* as it says; 0: it does not */
} LogQuestion;

/* Whether nobody holds the log any more, whose holder's role in its unit has ended, so that the manager of the unit stands in and they,
 * or an administrator, may appoint another (rules: rest 9). Asked of the sum of the holder's rights: a row that was taken away gives
 * nobody a log. False for everybody else; it costs a question of those alone who would.
 * Errors: those of the store. */
MUST_USE Err log_stands_in(Tx *tx, const Actor *actor, const LogStanding *standing, Arena *scratch, bool *ret_stands_in);

/* How the log goes, or went, to another unit: read for an act that hangs on it, and for staff who have no other relation to the log,
 * of a log that there is not too. Errors: those of the store. */
MUST_USE Err log_transfers_read(Tx *tx, const Actor *actor, Act act, Arena *scratch, LogStanding *standing);
/* The transfer that waits for its next step; NULL: none does. */
const TransferRow *log_transfer_waiting(const LogStanding *standing, int64_t now);
/* The transfer by which this person's unit gave the log away, where they had a part in it, or were its manager; NULL: it did not. */
const TransferRow *log_transfer_left(const LogStanding *standing, const Actor *actor);

/* The question to the policy, from plain columns alone. FLAG_OF_AGE needs the birth date, which is sealed: whoever has
 * opened the log adds age_flags and asks again before showing anything.
 * An actor whose unit the consents no longer name is as one whose participation has ended (rules: consent 19).
 * Errors: E_NO_MEMORY. */
MUST_USE Err log_ask(const LogQuestion *question, Arena *scratch, Ask *ret_ask);

/* The state that a log's row holds. Of a held log the row may be a stranger's: one that no log has counts as active, since the
 * hold closes it before its state does, and it must not close the list of everybody who has it.
 * Errors: E_RANGE. */
MUST_USE Err log_state(const LogRow *log, State *ret_state);

/* How somebody stands to the logs that they ask for a list of, or look for; RELATION_NONE for operators, of whose
 * authorisations there is no register yet. */
Relation log_list_relation(const Actor *actor);

#endif
