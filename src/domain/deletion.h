/* How a log comes to its end: by which way, what an order waits for, and what counts as newer than an archive decision
 * (rules: scenarios 1-3, 13, deletion 3-5).
 * Must not know who may order: policy does.
 * Used by service. */
#ifndef DOMAIN_DELETION_H
#define DOMAIN_DELETION_H

#include "base/calendar.h"
#include "domain/fields.h"
#include "domain/lifecycle.h"
#include "domain/states.h"
#include "domain/values.h"

/* What is known of a log whose deletion is ordered. */
typedef struct DeletionFacts {
    Flags flags;           /* stored, and FLAG_OF_AGE */
    unsigned closed;       /* CLOSING_x: why it became passive */
    bool died;             /* a death is recorded */
    bool granted;          /* a claim of the family was decided: it goes on to its deletion */
    bool wished;           /* its holder has asked for the deletion, since it was last in use */
} DeletionFacts;

/* By which way it came to its end: a code of DELETION_CAUSE. */
unsigned deletion_cause(const DeletionFacts *facts);
/* It waits for no support of the manager's: none is asked for, or it is given. */
bool deletion_supported(const DeletionFacts *facts);

/* T2: the last day on which a backup can show a log that was purged then. */
Day deletion_last_day(int64_t purged_at);

/* Whether an entry of this kind is of the ending itself. */
bool kind_is_of_ending(KindId kind);

/* Whether an entry of this kind is what a report or a decision must be as new as: the ending's own is not, nor is a legal hold, which
 * makes a deletion wait and says nothing of the child. */
bool kind_is_archived(KindId kind);

/* The field of an archive decision (KIND_ARCHIVE_DECISION) that does not fit the log; FIELD_NONE when it fits. Nothing is archived on a
 * ground; by mistake is only what was marked so, and needs none, nor does a report that was made. */
FieldKey archive_decision_wrong(const Values *decision, Flags flags, Fault *ret_fault);

#endif
