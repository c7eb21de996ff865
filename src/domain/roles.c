/* Names of roles, from their list.
 * Must not decide anything.
 * Called by policy, audit, pages, storage. */
#include "domain/roles.h"

static const struct {
    const char *code, *abbreviation;
} roles[ROLE_COUNT] = {
    [ROLE_NONE] = {"none", "-"},
#define X(name, number, text, brief) [ROLE_##name] = {text, brief},
    ROLES(X)
#undef X
};

const char *role_code(Role role)
{
    return roles[(unsigned)role < ROLE_COUNT ? role : ROLE_NONE].code;
}

const char *role_short(Role role)
{
    return roles[(unsigned)role < ROLE_COUNT ? role : ROLE_NONE].abbreviation;
}

Err role_from_str(Str code, Role *ret_role)
{
    for (unsigned role = 1; role < ROLE_COUNT; role++) {
        if (!str_equal(code, str_from_c(roles[role].code)))
            continue;
        *ret_role = (Role)role;
        return ok();
    }
    return fail(E_MALFORMED);
}

Err role_from_u8(uint8_t number, Role *ret_role)
{
    if (number == ROLE_NONE || number >= ROLE_COUNT)
        return fail(E_RANGE);
    *ret_role = (Role)number;
    return ok();
}

bool role_is_operator(Role role)
{
    return role >= ROLE_PRODUCT_OWNER && role <= ROLE_HOSTING_OPERATOR;
}

bool role_is_family(Role role)
{
    return role == ROLE_GUARDIAN || role == ROLE_CHILD;
}
