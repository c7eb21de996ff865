/* The rows of a log as what people read: entries, people, consents, summary.
 * Must not be called before the log's head was found good.
 * Called by the rooms log, reading and acts. */
#ifndef SERVICE_LOG_ROWS_H
#define SERVICE_LOG_ROWS_H

#include "domain/fields.h"
#include "domain/roles.h"
#include "service/log/entered.h"
#include "service/log/view.h"
#include "store/rows.h"

/* What stands in the header, whose key the log was entered with. Errors: E_FORGED. */
MUST_USE Err log_header_open(const LogEntered *entered, Arena *keep, Values *ret_header);
/* One version, without its author's name. Errors: E_FORGED. */
MUST_USE Err log_open_entry(const LogKeys *keys, const EntryRow *row, Arena *keep, LogEntry *ret_entry);
/* Whether the caller may see where the family is reached: an act of its own (rules: access 21). */
bool log_shows_address(const LogEntered *entered);
/* Empties the fields of a child or a guardian that tell where they are reached. */
void log_hide_address(Values *values);
/* Empties the fields that name a unit, for whoever may not be told where the child is (policy_names_units). */
void log_hide_units(Values *values);
/* The state of a log as it is today, by all flags that are known of it. */
void log_summary_today(LogSummary *summary, Flags flags);
/* Whether the document of a consent is the actor's own: they gave the consent. Several consents may be on one paper; where the
 * address is protected such a paper is nobody's own, since it may show each the other's. consents: of this log, opened. */
bool log_owns_document(const LogEntered *entered, const Actor *actor, const LogConsent *consents, uint32_t at);
/* Present participants first, then former; by role: the holder, staff, guardians, the child. */
MUST_USE Err log_open_people(const LogEntered *entered, int64_t now, Arena *keep, LogPerson **ret_people, uint32_t *ret_count);
/* To whom the baton is offered, and until when (to_at); untouched when it is offered to nobody. */
MUST_USE Err log_open_offer(const LogEntered *entered, int64_t now, Arena *keep, LogPerson *ret_person);
/* people: whose names stand with the consents; with none of them the names are empty. */
MUST_USE Err log_open_consents(const LogEntered *entered, LogPeople people, Arena *keep, LogConsent **ret_consents,
                               uint32_t *ret_count);
/* Fills in who wrote it: the entry, whose first version is given, and this version of it. Errors: E_FORGED. */
MUST_USE Err log_name_author(LogEntry *entry, const EntryRow *first, LogPeople people);
/* Plain columns, and the opened header where there is one. Errors: E_FORGED. */
MUST_USE Err log_summary(const LogRow *log, const Values *header, Role relation, LogSummary *ret_summary);
/* The child's participation: one that runs, else one that has ended; NULL when the child was never let in. */
const ParticipantRow *log_child_row(const LogEntered *entered);
/* Whether the log becomes passive when somebody leaves: it rests on their consent, and there is no grace. */
bool log_closes_with(const LogEntered *entered, Id participant);
/* Whether an active log lives on the consent of this participant: it closes when they leave. */
bool log_rests_on(const LogEntered *entered, Id participant);

#endif
