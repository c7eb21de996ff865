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
    bool enrolled;      /* somebody signs in with it */
    PersonsFound found; /* by the national id */
    PersonRow row;
    ScopeKeyRow scope;
    EnrolmentRow enrolment;
    EnrolmentCode code; /* for everybody: the slip tells nobody whether there was an account */
} FamilyAccount;

/* Whose account. */
typedef struct FamilyWish {
    KindId kind;       /* KIND_GUARDIAN or KIND_CHILD */
    Str name;
    Str national_id;   /* that the registrar typed; may be empty: always a new one */
    bool codeless;     /* nobody is to sign in with it yet: no code is made */
} FamilyWish;

/* Finds the account of a national id, or makes the rows of a new one. Nothing is written. Of those that nobody has enrolled in
 * only one is taken whose every right is this giver's to give: nobody gets a code for what somebody else let in.
 * Errors: E_BUDGET and the others of keys. */
MUST_USE Err family_account(Service *service, const Giver *giver, FamilyWish wish, Arena *keep, FamilyAccount *ret_account);
/* The account of somebody who was here before. Errors: E_NOT_FOUND. */
MUST_USE Err family_account_of(Service *service, const Giver *giver, Id person, Arena *keep, FamilyAccount *ret_account);
/* The same without a code, of somebody who is signed in to it. Errors: E_NOT_FOUND. */
MUST_USE Err family_account_kept(const Giver *giver, Id person, Arena *keep, FamilyAccount *ret_account);
/* In the work, before what the account is for is stored: writes a new one. Errors: E_STALE when an account for the same national id was
 * made in between, or this one was enrolled or given more. */
MUST_USE Err family_account_put(Tx *tx, const FamilyAccount *account, const Giver *giver, Arena *scratch);
/* In the work, after the row of the right that the account is for: stores the code, where there is one. For somebody who has enrolled it is worth nothing: it says so when it is
 * used up to the end, and to nobody before. */
MUST_USE Err family_code_put(Tx *tx, const FamilyAccount *account, const Giver *giver, Id right, Arena *scratch);
/* In the work: a new account or the one that was found, with the participant who it is, and its code. Errors: as family_account_put. */
MUST_USE Err family_place_put(Tx *tx, const FamilyAccount *account, const Giver *giver, const ParticipantRow *place, Arena *scratch);

#endif
