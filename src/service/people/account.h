/* Opens account names; finds or makes the accounts of families.
 * Must not keep a key, nor show an enrolment code twice.
 * Called by the parts of service that show names or make accounts. */
#ifndef SERVICE_PEOPLE_ACCOUNT_H
#define SERVICE_PEOPLE_ACCOUNT_H

#include "service/people/enrolment_code.h"
#include "service/people/found.h"

/* Display names of persons (staff and family), for lists; unknown or erased persons give an empty Str. names[i] belongs
 * to persons[i]. No line: for pages that have one already. */
MUST_USE Err people_names(Service *service, const Actor *actor, IdList persons, Arena *keep, Str *ret_names);
/* The name of one account. Errors: E_NOT_FOUND; those of keys; E_FORGED. */
MUST_USE Err person_name(Service *service, const Actor *actor, Id person, Arena *keep, Str *ret_name);

/* A family account: one that is here already, or a new one ready to be inserted in a work. */
typedef struct FamilyAccount {
    Id person;
    bool is_new;
    bool has_index;
    PersonsFound found; /* by the national id */
    PersonRow row;
    ScopeKeyRow scope;
    EnrolmentRow enrolment;
    EnrolmentCode code;
} FamilyAccount;

/* Whose account. */
typedef struct FamilyWish {
    KindId kind;       /* KIND_GUARDIAN or KIND_CHILD */
    Str name;
    Str national_id;   /* that the registrar typed; may be empty: always a new one */
} FamilyWish;

/* Finds the account of a national id, or makes the rows of a new one. Nothing is written.
 * Errors: E_BUDGET and the others of keys. */
MUST_USE Err family_account(Service *service, const Actor *actor, FamilyWish wish, Arena *keep, FamilyAccount *ret_account);
/* Writes a new one; nothing for one that was here. Errors: E_STALE when somebody made an account for the same national id
 * in between. */
MUST_USE Err family_account_put(Tx *tx, const FamilyAccount *account, Arena *scratch);

#endif
