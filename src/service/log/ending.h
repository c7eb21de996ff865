/* What an order to delete a log waits for, and who may approve it: what the policy must know of both.
 * Must not decide, nor open anything.
 * Called by enter.c, change.c and the acts that end a log. Rules: deletion 2, 3, 5. */
#ifndef SERVICE_LOG_ENDING_H
#define SERVICE_LOG_ENDING_H

#include "domain/deletion.h"
#include "service/log/entered.h"

/* Of a log whose deletion is ordered, for an administrator or the manager of its unit: FLAG_SELF of whoever ordered it or asked for it;
 * FLAG_OTHER_ADMIN while an administrator is there who may approve it, else FLAG_APPROVER of the manager who may. Nothing, and no
 * question, for anybody else and of every other log. An order that is not what was written is approved by nobody.
 * Errors: those of the store. */
MUST_USE Err log_order_flags(Tx *tx, const Actor *actor, const LogStanding *standing, Arena *scratch, Flags *ret_flags);
/* Those who may approve an order: administrators in force who neither ordered nor asked for it. */
bool order_is_by(const DeletionRow *order, Id person);
bool order_has_admin(const DeletionRow *order, const RoleRows *admins);

/* Before the entries of a log are there the order waits for nothing that they could tell. */
void log_ending_unread(Flags *flags);
/* FLAG_REPORT_READY where what becomes of the content is settled and nothing is newer; FLAG_SUPPORTED where no support is missing. */
Flags log_ending_flags(const LogEntered *entered);
/* When what would be archived was last added to: an entry or a correction that is not of the ending itself, or a consent. */
int64_t log_content_at(const LogEntered *entered);
/* The archive decision that is as new as that; NULL: there is none. */
const EntryRow *log_archive_decision(const LogEntered *entered);
/* What the way of a log to its end hangs on. granted: as its header has it. */
DeletionFacts log_deletion_facts(const LogEntered *entered, bool granted);

#endif
