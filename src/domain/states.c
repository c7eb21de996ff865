/* Names of states and flags, from their lists.
 * Must not decide anything.
 * Called by policy, lifecycle, storage, pages. */
#include "domain/states.h"

#include <assert.h>

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
static_assert(FLAG_COUNT <= 63, "a set of flags is a number that a column holds");

const char *state_code(State state)
{
    return states[(unsigned)state < STATE_COUNT ? state : STATE_NONE];
}

Err state_from_str(Str code, State *ret_state)
{
    for (unsigned state = 1; state < STATE_COUNT; state++) {
        if (!str_equal(code, str_from_c(states[state])))
            continue;
        *ret_state = (State)state;
        return ok();
    }
    return fail(E_MALFORMED);
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
