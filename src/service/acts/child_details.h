/* What a log says about its child, corrected: what is not typed of the number stays, and a new one finds the log from then on.
 * Must not replace a number by which somebody has an account, nor hand a number out.
 * Called by entry.c and create.c. Rules: keys 8, reading-and-writing 9, access 21. */
#ifndef SERVICE_ACTS_CHILD_DETAILS_H
#define SERVICE_ACTS_CHILD_DETAILS_H

#include "service/acts/guardian_rows.h"
#include "service/log/entered.h"
#include "service/log/reader.h"

/* A log on its way to being found by its child's number. */
typedef struct LogFound {
    Id log;
    bool has_index;            /* else nothing is looked for */
    ScopeIndex index;
    Id notices[LOG_UNITS_MAX]; /* ids for the inboxes of the municipality's administrators */
} LogFound;

/* As its key is wrapped. */
MUST_USE Err log_found_make(Service *service, Id log, const WrappedKey *wrapped, LogFound *ret_found);
/* In a work. A second log for one child is written without a word to its holder; the administrators look at it
 * (rules: reading-and-writing 9). */
MUST_USE Err log_tell_of_double(Tx *tx, const Actor *actor, const LogFound *found, Arena *scratch);

/* The child's entry on its way to a new version, and what follows from it. */
typedef struct LogDetails {
    Values values;             /* whole: with the number that was kept */
    bool has_scope;            /* the log is found by another number from now on */
    ScopeKeyRow scope;
    LogFound found;
    bool has_participant;      /* the child takes part, under another name from now on */
    ParticipantRow participant;
    Id protected;              /* the log, where the address is protected: no guardian may be told a unit; else none */
} LogDetails;

/* typed: KIND_CHILD; without a number the one that stands is kept. What it holds lives where the reader keeps.
 * Errors: E_FORBIDDEN for whoever does not see the address; E_MALFORMED, E_MODE (the number); E_INVALID (no name; a number
 * that a guardian has; another number for a child who was let in by the former); those of keys. */
MUST_USE Err log_details_make(const LogReader *reader, const LogEntered *entered, const Values *typed,
                              LogDetails *ret_details);
/* In a work, beside the entry. Where the address is protected nobody is asked in the app any more to join the log, since that names the
 * units (rules: consent 3); what they have said goes. Errors: E_STALE when the log's key was wrapped anew meanwhile. */
MUST_USE Err log_details_put(Tx *tx, const Actor *actor, const LogDetails *details, Arena *scratch);

#endif
