/* Names of roles, states, flags, acts and opening reasons, from their lists.
 * Must not decide anything.
 * Called by policy, audit, pages, storage. */
#include "domain/acts.h"
#include "domain/roles.h"
#include "domain/states.h"

static const struct {
    const char *code, *abbreviation;
} roles[ROLE_COUNT] = {
    [ROLE_NONE] = {"none", "-"},
#define X(name, number, text, brief) [ROLE_##name] = {text, brief},
    ROLES(X)
#undef X
};

static const char *const states[STATE_COUNT] = {
    [STATE_NONE] = "none",
#define X(name, number, text) [STATE_##name] = text,
    STATES(X)
#undef X
};

static const char *const flags[FLAG_COUNT] = {
#define X(name, bit, text, missing, present) [FLAG_BIT_##name] = text,
    FLAGS(X)
#undef X
};
static_assert(FLAG_COUNT <= 31, "a set of flags fits an enum");

static const struct {
    const char *code;
    enum act_effect effect;
} acts[ACT_COUNT] = {
    [ACT_NONE] = {"none", CHANGE},
#define X(name, number, text, what) [ACT_##name] = {text, what},
    ACTS(X)
#undef X
};

static const char *const openings[OPENING_LIMIT] = {
    [OPENING_NONE] = "none",
#define X(name, number, text, who) [OPENING_##name] = text,
    OPENINGS(X)
#undef X
};

/* Index of code in names[1..count), or 0: the zero of every list means "none". */
static unsigned find_code(const char *const names[], unsigned count, Str code)
{
    for (unsigned i = 1; i < count; i++)
        if (str_equal(code, str_from_c(names[i])))
            return i;
    return 0;
}

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

const char *state_code(State state)
{
    return states[(unsigned)state < STATE_COUNT ? state : STATE_NONE];
}

Err state_from_str(Str code, State *ret_state)
{
    unsigned found = find_code(states, STATE_COUNT, code);
    if (found == STATE_NONE)
        return fail(E_MALFORMED);
    *ret_state = (State)found;
    return ok();
}

Err state_from_u8(uint8_t number, State *ret_state)
{
    if (number == STATE_NONE || number >= STATE_COUNT)
        return fail(E_RANGE);
    *ret_state = (State)number;
    return ok();
}

const char *flag_code(enum flag_bit bit)
{
    return (unsigned)bit < FLAG_COUNT ? flags[bit] : "none";
}

const char *act_code(Act act)
{
    return acts[(unsigned)act < ACT_COUNT ? act : ACT_NONE].code;
}

enum act_effect act_effect(Act act)
{
    return acts[(unsigned)act < ACT_COUNT ? act : ACT_NONE].effect;
}

Err act_from_str(Str code, Act *ret_act)
{
    for (unsigned act = 1; act < ACT_COUNT; act++) {
        if (!str_equal(code, str_from_c(acts[act].code)))
            continue;
        *ret_act = (Act)act;
        return ok();
    }
    return fail(E_MALFORMED);
}

const char *opening_code(Opening opening)
{
    return openings[(unsigned)opening < OPENING_LIMIT ? opening : OPENING_NONE];
}

Err opening_from_str(Str code, Opening *ret_opening)
{
    unsigned found = find_code(openings, OPENING_LIMIT, code);
    if (found == OPENING_NONE)
        return fail(E_MALFORMED);
    *ret_opening = (Opening)found;
    return ok();
}
