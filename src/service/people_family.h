/* The name of an account; and the accounts of guardians and children, which point to logs only.
 * Must not hold anything about a child: that stands in the log.
 * Used by the parts of service that show names or make accounts. Rules: settled 2, 10, 12. */
#ifndef SERVICE_PEOPLE_FAMILY_H
#define SERVICE_PEOPLE_FAMILY_H

#include "service/people.h"

/* The name of one account. Errors: E_NOT_FOUND; those of keys; E_FORGED. */
MUST_USE Err person_name(Service *service, const Actor *actor, Id person, Arena *keep, Str *ret_name);

/* A family account: one that is here already, or a new one ready to be inserted in a work. */
typedef struct FamilyAccount {
    Id person;
    bool is_new;
    uint8_t index[INDEX_BYTES]; /* of the national id */
    bool has_index;
    PersonRow row;
    ScopeKeyRow scope;
    EnrolmentRow enrolment;
    EnrolmentCode code;
} FamilyAccount;

/* Finds the account of a national id (may be empty: always a new one), or makes the rows of a new one. Nothing is written.
 * Errors: E_BUDGET and the others of keys. */
MUST_USE Err family_account(Service *service, const Actor *actor, Str name, Str national_id, Arena *keep,
                            FamilyAccount *ret_account);
/* Writes a new one; nothing for one that was here. Errors: E_STALE when somebody made an account for the same national id
 * in between. */
MUST_USE Err family_account_put(Tx *tx, const FamilyAccount *account, Arena *scratch);

#endif
