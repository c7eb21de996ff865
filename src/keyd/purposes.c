/* The table of purposes.
 * Must hold no number that domain/roles.h does not: tests/unit/keyd/test_purposes.c compares them.
 * Called by keyd. */
#include "keyd/purposes.h"

/* Roles as grants name them. The agent includes nothing of the domain. */
#define NOBODY (1u << 0) /* no role chosen yet, or a command of the operator */
#define KA (1u << 1)
#define EL (1u << 2)
#define SH (1u << 3)
#define AK (1u << 4)
#define FO (1u << 5)
#define BA (1u << 6)
#define FAMILY (FO | BA)
#define TEAM (SH | AK | FAMILY)
#define ANYBODY UINT32_MAX
#define ROLE_BITS 32

typedef struct Opens {
    Purpose purpose;
    ScopeKind kind;
    Spend spend;
    uint32_t roles;
} Opens;

/* What has no row opens nothing. Signing in has no grant, and so no role: agent_scopes.c. */
static const Opens opens[] = {
    {.purpose = PURPOSE_READ, .kind = SCOPE_LOG, .spend = SPEND_READ, .roles = KA | EL | TEAM},
    {.purpose = PURPOSE_WRITE, .kind = SCOPE_LOG, .spend = SPEND_WRITE, .roles = KA | EL | TEAM},
    /* A manager too, who stands in for a holder. */
    {.purpose = PURPOSE_DRAFT, .kind = SCOPE_LOG, .spend = SPEND_DRAFT, .roles = EL | TEAM},
    {.purpose = PURPOSE_HEADER, .kind = SCOPE_LOG, .spend = SPEND_HEADER, .roles = EL | TEAM},
    /* Family too: whoever opened their log from outside is named to them. */
    {.purpose = PURPOSE_READ, .kind = SCOPE_PERSON, .spend = SPEND_PERSON, .roles = KA | EL | TEAM},
    {.purpose = PURPOSE_IMPORT, .kind = SCOPE_PERSON, .spend = SPEND_IMPORT, .roles = NOBODY},
    {.purpose = PURPOSE_READ, .kind = SCOPE_REGISTER, .spend = SPEND_NONE, .roles = ANYBODY},
    /* A consent before its log: whoever has said yes, and whoever asked and makes the log of it. */
    {.purpose = PURPOSE_WRITE, .kind = SCOPE_PENDING, .spend = SPEND_PERSON, .roles = EL | SH | FO},
    /* An archive report: whoever makes or reads it. */
    {.purpose = PURPOSE_REPORT, .kind = SCOPE_REPORT, .spend = SPEND_REPORT, .roles = KA | EL},
    /* What goes to another municipality: whoever decides seals it, and serve hands it over by itself. */
    {.purpose = PURPOSE_TRANSFER, .kind = SCOPE_TRANSFER, .spend = SPEND_PARCEL, .roles = EL | NOBODY},
    /* What serve does by itself when a date falls due: the child's birth date stands in the header, and what changes the log
     * needs its head. No entry. */
    {.purpose = PURPOSE_JOB, .kind = SCOPE_LOG, .spend = SPEND_JOB, .roles = NOBODY},
    {.purpose = PURPOSE_JOB_HEADER, .kind = SCOPE_LOG, .spend = SPEND_JOB, .roles = NOBODY},
    /* The same of logs that follow a closed unit, which an administrator sets off: the night keeps its own ceiling. */
    {.purpose = PURPOSE_FOLLOW, .kind = SCOPE_LOG, .spend = SPEND_FOLLOW, .roles = NOBODY},
    {.purpose = PURPOSE_FOLLOW_HEADER, .kind = SCOPE_LOG, .spend = SPEND_FOLLOW, .roles = NOBODY},
    /* By what the facts of a log that is purged are found; it opens none of them. */
    {.purpose = PURPOSE_JOB_FACT, .kind = SCOPE_LOG, .spend = SPEND_ENDING, .roles = NOBODY},
};

typedef struct Looks {
    Purpose purpose;
    IndexKind kind;
    Spend spend;
    uint32_t roles;
} Looks;

/* Signing in looks up user names, without a grant. */
static const Looks looks[] = {
    {.purpose = PURPOSE_READ, .kind = INDEX_NATIONAL_ID, .spend = SPEND_NATIONAL_ID, .roles = KA | EL | SH},
    {.purpose = PURPOSE_READ, .kind = INDEX_EMAIL, .spend = SPEND_INDEXED, .roles = KA | EL | SH},
    {.purpose = PURPOSE_IMPORT, .kind = INDEX_EMAIL, .spend = SPEND_IMPORT, .roles = NOBODY},
};

static const uint32_t makers[] = {
    [SCOPE_LOG] = SH | EL | NOBODY, /* a manager: of a log that comes from another municipality */
    [SCOPE_PERSON] = ANYBODY, /* a fresh key opens nothing that there is */
    [SCOPE_REGISTER] = ANYBODY,
    [SCOPE_PENDING] = FO,
    [SCOPE_REPORT] = KA | EL,
    [SCOPE_TRANSFER] = EL,
};

static bool is_among(uint8_t role, uint32_t roles)
{
    return role < ROLE_BITS && (roles & 1u << role);
}

Err purpose_opens(Purpose purpose, ScopeKind kind, uint8_t role, Spend *ret_spend)
{
    for (size_t i = 0; i < COUNT_OF(opens); i++) {
        if (opens[i].purpose != purpose || opens[i].kind != kind || !is_among(role, opens[i].roles))
            continue;
        *ret_spend = opens[i].spend;
        return ok();
    }
    return fail(E_RANGE);
}

Err purpose_opens_parcel(uint8_t role)
{
    return is_among(role, EL) ? ok() : fail(E_RANGE);
}

Err purpose_makes(ScopeKind kind, uint8_t role, Mode mode)
{
    if ((size_t)kind >= COUNT_OF(makers) || !is_among(role, makers[kind]))
        return fail(E_RANGE);
    if (kind == SCOPE_LOG && is_among(role, NOBODY) && mode == MODE_PRODUCTION)
        return fail(E_RANGE);
    return ok();
}

Err purpose_looks_up(Purpose purpose, IndexKind kind, uint8_t role, Spend *ret_spend)
{
    for (size_t i = 0; i < COUNT_OF(looks); i++) {
        if (looks[i].purpose != purpose || looks[i].kind != kind || !is_among(role, looks[i].roles))
            continue;
        *ret_spend = looks[i].spend;
        return ok();
    }
    return fail(E_RANGE);
}

bool purpose_is_nobodys(Purpose purpose)
{
    static const bool nobodys[] = {[PURPOSE_JOB] = true,           [PURPOSE_JOB_HEADER] = true, [PURPOSE_FOLLOW] = true,
                                   [PURPOSE_FOLLOW_HEADER] = true, [PURPOSE_FACTS] = true,      [PURPOSE_JOB_FACT] = true};

    return (size_t)purpose < COUNT_OF(nobodys) && nobodys[purpose];
}

Err purpose_opens_facts(uint8_t role)
{
    return is_among(role, NOBODY) ? ok() : fail(E_RANGE);
}

bool role_of_family(uint8_t role)
{
    return is_among(role, FAMILY);
}
