/* The roles (rules: access 24, 25). A session acts in exactly one of them.
 * Must not say what a role may do: that is policy.c.
 * Used by policy, sessions, registers, pages. */
#ifndef DOMAIN_ROLES_H
#define DOMAIN_ROLES_H

#include <assert.h>

#include "base/str.h"

/* name, number (in rows and audit lines for ever), code in storage and messages ("role.<code>"), short form in tables */
#define ROLES(X)                                         \
    X(MUNICIPALITY_ADMIN, 1, "municipality_admin", "KA") \
    X(ORG_MANAGER, 2, "org_manager", "EL")               \
    X(RELAY_HOLDER, 3, "relay_holder", "SH")             \
    X(ACTOR, 4, "actor", "AK")                           \
    X(GUARDIAN, 5, "guardian", "FO")                     \
    X(CHILD, 6, "child", "BA")                           \
    X(PRODUCT_OWNER, 7, "product_owner", "PO")           \
    X(SYSTEM_OWNER, 8, "system_owner", "SO")             \
    X(ARCHITECT, 9, "architect", "ARK")                  \
    X(OPERATION_MANAGER, 10, "operation_manager", "DL")  \
    X(SUPPORT, 11, "support", "SUP")                     \
    X(HOSTING_OPERATOR, 12, "hosting_operator", "HOST")  \
    X(SECURITY_OFFICER, 13, "security_officer", "SEC")   \
    X(AUDITOR, 14, "auditor", "AUD")                     \
    X(CUSTODIAN, 15, "custodian", "CUST")

#define X(name, number, code, abbreviation) ROLE_##name = (number),
enum Role { ROLE_NONE = 0, ROLES(X) ROLE_COUNT };
#undef X
typedef enum Role Role;

/* Stable code ("relay_holder") and short form in tables ("SH"); "none" and "-" for anything else. Constants. */
const char *role_code(Role role);
const char *role_short(Role role);
/* The role of a code. Errors: E_MALFORMED. */
MUST_USE Err role_from_str(Str code, Role *ret_role);
/* The role of a stored number. Errors: E_RANGE (zero too). */
MUST_USE Err role_from_u8(uint8_t number, Role *ret_role);

/* A person of the processor: their openings need a reason and an authorisation (rules: operation 1-3). */
bool role_is_operator(Role role);
/* Guardian or child. */
bool role_is_family(Role role);

#endif
