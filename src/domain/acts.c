/* Names of acts and opening reasons, and what an act does, from their lists.
 * Must not decide anything.
 * Called by policy, audit, pages. */
#include "domain/acts.h"

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

static const Act activity[] = {
    ACT_ATTENTION_WRITE, ACT_GOAL_WRITE, ACT_MEASURE_WRITE, ACT_EVALUATION_WRITE, ACT_OWN_EVALUATION_WRITE, ACT_MEETING_WRITE,
    ACT_NOTE_WRITE, ACT_LEVEL_WRITE, ACT_RESOURCE_WRITE, ACT_CHILD_WRITE, ACT_ENTRY_CORRECT, ACT_NOTE_CORRECT,
    ACT_MEASURE_PROGRESS, ACT_MINUTES_WRITE, ACT_LOG_CREATE, ACT_GUARDIAN_ADD, ACT_CONSENT_RECORD, ACT_CONSENT_GIVE,
    ACT_BATON_ACCEPT, ACT_LOG_REOPEN, ACT_TRANSFER_ACCEPT,
};

bool act_is_activity(Act act)
{
    for (size_t i = 0; i < COUNT_OF(activity); i++)
        if (activity[i] == act)
            return true;
    return false;
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
    for (unsigned opening = 1; opening < OPENING_LIMIT; opening++) {
        if (!str_equal(code, str_from_c(openings[opening])))
            continue;
        *ret_opening = (Opening)opening;
        return ok();
    }
    return fail(E_MALFORMED);
}
