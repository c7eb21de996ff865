/* What is written in a log: a first version, a correction, a removal.
 * Must not change a row: every act appends.
 * Called by web and api. Rules: access 11, 12, data 4, reading-and-writing 1. */
#ifndef SERVICE_ACTS_ENTRY_H
#define SERVICE_ACTS_ENTRY_H

#include "service/log/deed.h"
#include "service/service.h"

/* What was typed where drafts are kept (actor->drafts) ends the draft of it, in the same work. */
/* Adds an entry (first version). values.kind must be one that this role may write. *ret_entry names it.
 * Errors: E_NOT_FOUND/E_FORBIDDEN as log_open; E_INVALID a reference to something outside this log. */
MUST_USE Err log_entry_add(Service *service, const Actor *actor, Id log, const Values *values, Id *ret_entry);
/* The version of an entry that a change was made from. */
typedef struct EntryVersion {
    Id log;
    Id entry;
    uint32_t version;
} EntryVersion;

/* A correction: a new version that names the one it replaces. Of the child's entry: without a national id the one that
 * stands is kept; another one finds the log from then on. Errors: E_STALE when of->version is no longer the newest; of the
 * child's also E_MALFORMED, E_MODE (the number) and E_INVALID (a guardian has it, or the child was let in by the former). */
MUST_USE Err log_entry_correct(Service *service, const Actor *actor, const EntryVersion *of, const Values *values);
/* A version that says the entry is removed, with a reason of up to 300 characters. Errors: E_STALE. */
MUST_USE Err log_entry_remove(Service *service, const Actor *actor, const EntryVersion *of, Str reason);

/* An entry goes on in its next version, with what the procedure's form gave over what stood there: progress, and no
 * correction; or, where the procedure removes, it is taken away for the reason asked for. Errors: E_STALE when
 * deed->version is no longer the newest; E_INVALID for another kind, and as a correction. */
MUST_USE Err log_entry_go_on(const Deed *deed);

#endif
