/* The roles of spec 1 and 4. A session acts in exactly one of them.
 * Must not say what a role may do: that is policy.c.
 * Used by policy, sessions, registers, pages. */
#ifndef DOMAIN_ROLES_H
#define DOMAIN_ROLES_H

#include <assert.h>

#include "base/str.h"

/* name, code in storage and messages ("role.<code>"), short form of the agreement */
#define ROLES(X)                                          \
    X(MUNICIPALITY_ADMIN, "municipality_admin", "KA")     \
    X(ORG_MANAGER, "org_manager", "EL")                   \
    X(RELAY_HOLDER, "relay_holder", "SH")                 \
    X(ACTOR, "actor", "AK")                               \
    X(GUARDIAN, "guardian", "FO")                         \
    X(CHILD, "child", "BA")                               \
    X(PRODUCT_OWNER, "product_owner", "PO")               \
    X(SYSTEM_OWNER, "system_owner", "SO")                 \
    X(ARCHITECT, "architect", "ARK")                      \
    X(OPERATION_MANAGER, "operation_manager", "DL")       \
    X(SUPPORT, "support", "SUP")                          \
    X(HOSTING_OPERATOR, "hosting_operator", "HOST")       \
    X(SECURITY_OFFICER, "security_officer", "SEC")        \
    X(AUDITOR, "auditor", "AUD")                          \
    X(CUSTODIAN, "custodian", "CUST")

#define X(name, code, abbreviation) ROLE_##name,
enum Role { ROLE_NONE = 0, ROLES(X) ROLE_COUNT };
#undef X
typedef enum Role Role;

/* Stable code ("relay_holder") and the agreement's short form ("SH"); "none" and "-" for anything else. Constants. */
const char *role_code(Role role);
const char *role_short(Role role);
/* The role of a code. Errors: E_MALFORMED. */
MUST_USE Err role_from_str(Str code, Role *ret_role);
/* The role of a stored number. Errors: E_RANGE (zero too). */
MUST_USE Err role_from_u8(uint8_t number, Role *ret_role);

/* A person of the processor: their openings need a reason and an authorisation (spec 4). */
bool role_is_operator(Role role);
/* Guardian or child. */
bool role_is_family(Role role);

#endif
