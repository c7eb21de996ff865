/* What an entry may refer to: entries and participants of the same log, and nothing else in the world.
 * Must not read the database, nor tell whether a foreign id exists: every bad reference gets one answer.
 * Called by the other parts of the log service, inside each write. */
#ifndef SERVICE_LOG_REFS_H
#define SERVICE_LOG_REFS_H

#include "domain/fields.h"
#include "service/log/newest.h"
#include "service/log/view.h"
#include "store/rows.h"

/* Whether the caller may write an entry of this kind here now (for forms; decided again on use). */
bool log_may_write(const LogView *view, KindId kind);
/* Whether anybody writes entries of this kind by themselves: the child, consents and participations come another way. */
bool log_is_written(KindId kind);

/* What is already in a log, as far as an entry may refer to it. */
typedef struct LogTargets {
    EntryRows entries; /* all versions */
    ParticipantRows participants;
    int64_t now;
} LogTargets;

/* Every reference in values stands in the same log: entries (by the id of their first version) that are not removed and
 * of the kind that the field is named after, and participants (by participant id); who is made responsible takes part
 * now. Errors: E_INVALID. */
MUST_USE Err log_refs_check(const Values *values, const LogTargets *targets);
/* The newest version of an entry, or NULL. entry is the id of its first version. */
const EntryRow *log_newest(const EntryRows *entries, Id entry);
/* The act that writing this kind asks for; ACT_NONE for kinds that are not written as entries. answers: the writer
 * answers for the measure that is evaluated. */
Act log_write_act(KindId kind, bool answers);
/* What changing an entry is: the words of a note are its author's, a note of the family is removed by its author or by decision,
 * the child's details have an act of their own. act: ACT_ENTRY_CORRECT or ACT_ENTRY_REMOVE; another stays as it is. own: the
 * asker wrote the entry. */
Act log_change_act(const LogVersions *entry, Act act, bool own);
/* True when participant stands among the responsible persons of a measure. */
bool log_answers_for(const Values *measure, Id participant);

#endif
