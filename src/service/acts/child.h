/* The child of a log: let in by the holder, and kept out again; and its place where it was never let in.
 * Must not keep a child of consent age out without a reason.
 * Called by web and api. Rule: access 15. */
#ifndef SERVICE_ACTS_CHILD_H
#define SERVICE_ACTS_CHILD_H

#include "service/acts/guardian_rows.h"
#include "service/log/enter.h"

/* Lets the child in, for the holder only (rules: access 15). One who was let in before gets the same account.
 * Errors: as log_open; E_INVALID when the child is in; E_PROVE. */
MUST_USE Err log_child_let_in(Service *service, const Actor *actor, Id log, Arena *keep, GuardianCode *ret_code);
/* The place of a child that was never let in, and is not by it: for what the child says outside of the log. */
typedef struct ChildPlace {
    FamilyAccount account; /* without a code */
    ParticipantRow row;    /* over when it begins */
} ChildPlace;
/* Whose place: of a log that has none for its child. */
typedef struct ChildOf {
    const LogKeys *keys;
    const Values *child; /* KIND_CHILD */
    int64_t log_no;      /* 0: the log is about to be made */
    bool own_word;       /* the number is what the family typed in the app: nobody is found by it */
} ChildOf;
/* Errors: those of keys. */
MUST_USE Err log_child_place(Service *service, const Actor *actor, const ChildOf *of, Arena *keep, ChildPlace *ret_place);
/* The same of a log that there is. Errors: also E_INVALID when the child has a place. */
MUST_USE Err log_child_place_in(Service *service, const Actor *actor, const LogEntered *entered, Arena *keep, ChildPlace *ret_place);
/* In a work. Errors: as family_place_put. */
MUST_USE Err log_child_place_put(Tx *tx, const Actor *actor, const ChildPlace *place, Arena *scratch);

/* Closes the log to the child again. From the municipality's consent age, and when the age is unknown, a reason of up to
 * 300 characters is needed: a right to be heard. Errors: as log_open; E_INVALID (no reason, or too long); E_STALE when the
 * child is not in. */
MUST_USE Err log_child_keep_out(Service *service, const Actor *actor, Id log, Str reason);

#endif
