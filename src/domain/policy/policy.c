/* The rights (rules: access 1-4): one table of acts over the matrix, and the function that reads both.
 * Must not look at persons, rows or the clock; must refuse what no row allows.
 * Called by service, web and the command that prints the matrix. */
#include "domain/policy/policy.h"

#include "domain/policy/matrix.h"
#include "domain/policy/rules.h"

#define PERMIT_MARK 0x5045524D49545F31u

static const struct {
    const char *name, *key;
} whys[WHY_COUNT] = {
    [WHY_UNDECIDED] = {"UNDECIDED", "why.undecided"},
#define X(name, number, key, outcome) [WHY_##name] = {#name, key},
    WHYS(X)
#undef X
};

static const char *const relations[RELATION_COUNT] = {
    [RELATION_NONE] = "none",
#define X(name, number, code) [RELATION_##name] = code,
    RELATIONS(X)
#undef X
};

static const struct {
    uint8_t missing, present;
} flag_whys[FLAG_COUNT] = {
#define X(name, bit, code, missing, present) [FLAG_BIT_##name] = {WHY_##missing, WHY_##present},
    FLAGS(X)
#undef X
};

/* How each role must stand to a log; operators by authorisation, support by a grant for this log. */
static const uint8_t log_relations[ROLE_COUNT] = {
    [ROLE_MUNICIPALITY_ADMIN] = RELATION_MUNICIPALITY, [ROLE_ORG_MANAGER] = RELATION_UNIT,
    [ROLE_RELAY_HOLDER] = RELATION_PARTICIPANT,        [ROLE_ACTOR] = RELATION_PARTICIPANT,
    [ROLE_GUARDIAN] = RELATION_PARTICIPANT,            [ROLE_CHILD] = RELATION_PARTICIPANT,
    [ROLE_PRODUCT_OWNER] = RELATION_AUTHORISED,        [ROLE_SYSTEM_OWNER] = RELATION_AUTHORISED,
    [ROLE_ARCHITECT] = RELATION_AUTHORISED,            [ROLE_OPERATION_MANAGER] = RELATION_AUTHORISED,
    [ROLE_SUPPORT] = RELATION_GRANTED,                 [ROLE_SECURITY_OFFICER] = RELATION_MUNICIPALITY,
    [ROLE_AUDITOR] = RELATION_MUNICIPALITY,
};

enum { WHO_STAFF, WHO_OPERATORS, WHO_ALL };
static const uint8_t opening_who[OPENING_LIMIT] = {
#define X(name, number, code, who) [OPENING_##name] = WHO_##who,
    OPENINGS(X)
#undef X
};

const char *why_key(Why why)
{
    return whys[(unsigned)why < WHY_COUNT ? why : WHY_UNDECIDED].key;
}

const char *why_name(Why why)
{
    return whys[(unsigned)why < WHY_COUNT ? why : WHY_UNDECIDED].name;
}

const char *relation_code(Relation relation)
{
    return relations[(unsigned)relation < RELATION_COUNT ? relation : RELATION_NONE];
}

Relation policy_log_relation(Role role)
{
    return (unsigned)role < ROLE_COUNT ? (Relation)log_relations[role] : RELATION_NONE;
}

uint32_t policy_openings(Role role)
{
    bool staff = role == ROLE_MUNICIPALITY_ADMIN || role == ROLE_ORG_MANAGER;
    bool operator = role_is_operator(role);
    uint32_t set = 0;
    for (unsigned i = OPENING_NONE + 1; i < OPENING_LIMIT; i++)
        if ((staff && opening_who[i] != WHO_OPERATORS) || (operator && opening_who[i] != WHO_STAFF))
            set |= 1u << i;
    return set;
}

static bool reason_given(Ask ask)
{
    return (unsigned)ask.opening < OPENING_LIMIT && (policy_openings(ask.role) & 1u << ask.opening) != 0;
}

static Why check_relation(const Rule *rule, Ask ask)
{
    uint32_t wanted = rule->relations ? rule->relations : 1u << log_relations[ask.role];
    if (wanted & 1u << ask.relation)
        return WHY_ALLOWED;
    return ask.relation == RELATION_FORMER ? WHY_FORMER : WHY_NO_RELATION;
}

static Why check_flags(const Rule *rule, Ask ask)
{
    if (!((rule->set & ~ask.flags) | (rule->clear & ask.flags)))
        return WHY_ALLOWED;
    for (unsigned bit = 0; bit < FLAG_COUNT; bit++) {
        Flags flag = FLAG_AT(bit);
        if ((rule->set & flag) && !(ask.flags & flag))
            return (Why)flag_whys[bit].missing;
        if ((rule->clear & flag) && (ask.flags & flag))
            return (Why)flag_whys[bit].present;
    }
    return WHY_ALLOWED;
}

/* What the asker may have instead of content. */
static Why instead(Cell cell, const MatrixRow *row)
{
    if (cell & CELL_READ)
        return WHY_READ_ONLY;
    if (cell & CELL_STUB)
        return WHY_STUB;
    if (cell & CELL_DECISION)
        return WHY_DECISION_ONLY;
    if (cell & CELL_REPORT)
        return WHY_REPORT_ONLY;
    return (Why)row->shut;
}

static Why check_cell(const Rule *rule, Ask ask)
{
    if (rule->need == 0)
        return WHY_ALLOWED;
    const MatrixRow *row = matrix_row(ask.state, ask.flags);
    Cell cell = matrix_cell(ask.state, ask.flags, ask.role);
    if ((cell & CELL_IF_LET_IN) && !(ask.flags & FLAG_LET_IN))
        return WHY_NOT_LET_IN;
    if ((cell & CELL_IF_KNOWS) && !(ask.flags & FLAG_KNOWS))
        return WHY_NOT_LET_IN;
    if ((cell & CELL_IF_APPROVER) && !(ask.flags & FLAG_APPROVER))
        return WHY_NOT_APPROVER;
    if (!(cell & rule->need))
        return instead(cell, row);
    if ((cell & CELL_IF_ASKED) && !reason_given(ask))
        return WHY_ASK_REASON;
    return WHY_ALLOWED;
}

/* A stopped municipality only shows; a held log is closed. A rule that needs the flag is the way out of it. */
static Why check_closed(const Rule *rule, Ask ask)
{
    if ((ask.flags & FLAG_HOLD) && ask.state != STATE_NONE && !rule->even_held && !(rule->set & FLAG_HOLD))
        return WHY_HOLD;
    bool goes_on = act_effect(ask.act) == LOOK || rule->even_stopped || (rule->set & FLAG_PROCESSING_STOPPED);
    if ((ask.flags & FLAG_PROCESSING_STOPPED) && !goes_on)
        return WHY_PROCESSING_STOPPED;
    return WHY_ALLOWED;
}

static bool reason_is_enough(const Rule *rule, Ask ask)
{
    if (rule->openings)
        return reason_given(ask) && (rule->openings & 1u << ask.opening);
    return !rule->ask || reason_given(ask);
}

static Why check_rule(const Rule *rule, Ask ask)
{
    Why why = check_relation(rule, ask);
    if (why == WHY_ALLOWED)
        why = check_closed(rule, ask);
    if (why == WHY_ALLOWED)
        why = check_cell(rule, ask);
    if (why == WHY_ALLOWED || why == WHY_ASK_REASON) {
        Why flags = check_flags(rule, ask);
        why = flags == WHY_ALLOWED ? why : flags;
    }
    if (why == WHY_ALLOWED && !reason_is_enough(rule, ask))
        return WHY_ASK_REASON;
    return why;
}

/* Who stands in for the holder is the manager still, and has the holder's rights beside their own. */
static Why decide_standing_in(Ask ask)
{
    Ask holder = ask;

    ask.relation = RELATION_UNIT;
    holder.role = ROLE_RELAY_HOLDER;
    holder.relation = RELATION_PARTICIPANT;
    Why why = policy_decide(holder);
    return why == WHY_ALLOWED ? why : policy_decide(ask);
}

Why policy_decide(Ask ask)
{
    if (ask.act == ACT_NONE || (unsigned)ask.act >= ACT_COUNT || ask.role == ROLE_NONE ||
        (unsigned)ask.role >= ROLE_COUNT || (unsigned)ask.relation >= RELATION_COUNT ||
        (unsigned)ask.state >= STATE_COUNT)
        return WHY_UNDECIDED;
    if (ask.role == ROLE_ORG_MANAGER && ask.relation == RELATION_STANDING_IN && ask.state != STATE_NONE)
        return decide_standing_in(ask);

    Why answer = WHY_ROLE;
    for (size_t i = 0; i < rule_count; i++) {
        const Rule *rule = &rules[i];
        if (rule->act != ask.act || !(rule->roles & 1u << ask.role))
            continue;
        if (!(rule->states & 1u << ask.state)) {
            answer = answer == WHY_ROLE ? WHY_STATE : answer;
            continue;
        }
        Why why = check_rule(rule, ask);
        if (why == WHY_ALLOWED || why == WHY_ASK_REASON)
            return why;
        if (answer == WHY_ROLE || answer == WHY_STATE)
            answer = why;
    }
    return answer;
}

Why policy_permit(Ask ask, Subject subject, Permit *ret_permit)
{
    Why why = policy_decide(ask);
    if (why != WHY_ALLOWED)
        return why;
    *ret_permit = (Permit){.act = ask.act,
                           .role = ask.role,
                           .opening = ask.opening,
                           .person = subject.person,
                           .log = subject.log,
                           .access_version = subject.access_version,
                           .mark = PERMIT_MARK};
    return WHY_ALLOWED;
}

Why policy_permit_clock(ClockAsk ask, Subject subject, Permit *ret_permit)
{
    bool lives = ask.state == STATE_ACTIVE || ask.state == STATE_PASSIVE || ask.state == STATE_DELETION_ORDERED;

    if (ask.flags & FLAG_HOLD)
        return WHY_HOLD;
    if (ask.flags & FLAG_PROCESSING_STOPPED)
        return WHY_PROCESSING_STOPPED;
    if (!lives || ask.wake_on <= 0 || ask.wake_on > ask.now)
        return WHY_STATE;
    *ret_permit = (Permit){.act = ACT_CLOCK_RUN, .log = subject.log, .access_version = subject.access_version, .mark = PERMIT_MARK};
    return WHY_ALLOWED;
}

static Why permit_of_nobody(Act act, State state, Flags flags, Subject subject, Permit *ret_permit)
{
    bool lives = state == STATE_ACTIVE || state == STATE_PASSIVE || state == STATE_DELETION_ORDERED;

    if (flags & FLAG_HOLD)
        return WHY_HOLD;
    if (!lives)
        return WHY_STATE;
    *ret_permit = (Permit){.act = act, .log = subject.log, .access_version = subject.access_version, .mark = PERMIT_MARK};
    return WHY_ALLOWED;
}

Why policy_permit_follow(State state, Flags flags, Subject subject, Permit *ret_permit)
{
    return permit_of_nobody(ACT_UNIT_FOLLOW, state, flags, subject, ret_permit);
}

Why policy_permit_leave(State state, Flags flags, Subject subject, Permit *ret_permit)
{
    if (!(flags & FLAG_TRANSFER_PENDING))
        return WHY_NO_TRANSFER;
    if (flags & FLAG_RESTRICTED)
        return WHY_RESTRICTED;
    if (flags & FLAG_PROCESSING_STOPPED)
        return WHY_PROCESSING_STOPPED;
    if (state != STATE_ACTIVE && state != STATE_PASSIVE)
        return WHY_STATE;
    return permit_of_nobody(ACT_TRANSFER_LEAVE, state, flags, subject, ret_permit);
}

bool permit_is_made(const Permit *permit)
{
    return permit->mark == PERMIT_MARK;
}

bool permit_is_for(const Permit *permit, Act act, Id log)
{
    return permit_is_made(permit) && permit->act == act && id_equal(permit->log, log);
}

bool policy_may_tell(Ask ask)
{
    if (ask.state == STATE_DELETED)
        return ask.relation == RELATION_MUNICIPALITY;
    switch (ask.relation) {
    case RELATION_PARTICIPANT:
    case RELATION_FORMER:
        /* A child who was never let in has not been told; an adult may know what is kept about them. */
        return ask.role != ROLE_CHILD || (ask.flags & (FLAG_KNOWS | FLAG_OF_AGE));
    case RELATION_UNIT:
    case RELATION_MUNICIPALITY:
    case RELATION_STANDING_IN:
        return true;
    case RELATION_NONE:
    case RELATION_AUTHORISED:
    case RELATION_GRANTED:
    case RELATION_OFFERED:
    case RELATION_COUNT:
        return false;
    }
    return false;
}

bool policy_names_units(Role role, Flags flags)
{
    return role != ROLE_GUARDIAN || !(flags & FLAG_ADDRESS_PROTECTED);
}

bool policy_may_tell_hold(Ask ask)
{
    Ask stub;

    ask.flags &= ~(Flags)FLAG_HOLD;
    stub = ask;
    stub.act = ACT_STUB_READ;
    Why why = policy_decide(ask);
    return policy_may_tell(ask) && (why == WHY_ALLOWED || why == WHY_ASK_REASON || policy_decide(stub) == WHY_ALLOWED);
}
