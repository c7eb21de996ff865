/* The rights once more, written from the prose of docs/rules (access, states, consent, transfer, deletion) as plain predicates,
 * and compared with the tables over all acts, roles, states and flags.
 * Must not read a table of policy.
 * Two people who read the same rules would have to make the same mistake for it to pass. */
#include "support/test.h"

#include <stdio.h>

#include "domain/policy/policy.h"

/* One question as the model sees it. */
typedef struct Case {
    Role role;
    State state;
    Flags flags;
} Case;

/* What an answer is: no, the stub instead, yes with a reason, yes. */
typedef enum Answer { NO, STUB, REASON, YES } Answer;

static bool has(Case c, Flags flag)
{
    return (c.flags & flag) != 0;
}

static bool is(Case c, Role role)
{
    return c.role == role;
}

#define KA ROLE_MUNICIPALITY_ADMIN
#define EL ROLE_ORG_MANAGER
#define SH ROLE_RELAY_HOLDER
#define AK ROLE_ACTOR
#define FO ROLE_GUARDIAN
#define BA ROLE_CHILD
#define DL ROLE_OPERATION_MANAGER
#define SUP ROLE_SUPPORT

static bool product_or_system_owner_or_architect(Case c)
{
    return is(c, ROLE_PRODUCT_OWNER) || is(c, ROLE_SYSTEM_OWNER) || is(c, ROLE_ARCHITECT);
}

static bool living(Case c)
{
    return c.state == STATE_ACTIVE || c.state == STATE_PASSIVE;
}

/* ---- what the flags say together ---- */

static bool adult(Case c)
{
    return has(c, FLAG_OF_AGE);
}

/* Goes on by own consent: the row of an active log, but for guardians and letting in. */
static bool adult_goes_on(Case c)
{
    return adult(c) && has(c, FLAG_OWN_CONSENT) && c.state == STATE_ACTIVE && !has(c, FLAG_CONSENT_INVALID);
}

static bool segment_at_recipient(Case c)
{
    return has(c, FLAG_FROZEN_SEGMENT) && !has(c, FLAG_DECLARANT_SIDE);
}

static bool segment_at_declarant(Case c)
{
    return has(c, FLAG_FROZEN_SEGMENT) && has(c, FLAG_DECLARANT_SIDE);
}

static bool grace(Case c)
{
    return c.state == STATE_ACTIVE && has(c, FLAG_CONSENT_INVALID) && has(c, FLAG_IN_GRACE);
}

/* A child that was never let in, was not asked and is no adult learns nothing. */
static bool child_knows(Case c)
{
    return has(c, FLAG_KNOWS) || adult(c);
}

/* Administrators and managers read with a reason what is active, and what came to them as a segment; another flag does not
 * waive it. */
static Answer office_reads(Case c)
{
    bool active = c.state == STATE_ACTIVE && !has(c, FLAG_FROZEN_SEGMENT);
    return active || segment_at_recipient(c) ? REASON : YES;
}

static bool office(Case c)
{
    return is(c, KA) || is(c, EL);
}

static bool operator_reader(Case c)
{
    return product_or_system_owner_or_architect(c) || is(c, DL);
}

/* The family of a log that is shut: guardians of an adult get nothing. */
static Answer family_stub(Case c)
{
    if (is(c, FO))
        return adult(c) ? NO : STUB;
    return is(c, BA) && child_knows(c) ? STUB : NO;
}

/* ---- reading, in the order in which rows decide ---- */

static Answer read_restricted(Case c)
{
    return office(c) ? office_reads(c) : family_stub(c);
}

static Answer read_adult_over(Case c)
{
    if (office(c))
        return office_reads(c);
    if (operator_reader(c))
        return REASON;
    return is(c, BA) ? STUB : NO;
}

static Answer read_adult_goes_on(Case c)
{
    if (office(c) || operator_reader(c))
        return REASON;
    if (is(c, SUP))
        return has(c, FLAG_FROZEN_SEGMENT) ? NO : YES;
    return is(c, SH) || is(c, AK) || is(c, BA) ? YES : NO;
}

static Answer read_declarants_copy(Case c)
{
    if (office(c) || is(c, FO))
        return YES;
    if (operator_reader(c))
        return REASON;
    if (is(c, SH) || is(c, AK))
        return has(c, FLAG_FORMER_UNIT_OPEN) ? YES : NO;
    return is(c, BA) && has(c, FLAG_LET_IN) ? YES : NO;
}

static Answer read_grace(Case c)
{
    if (office(c) || operator_reader(c))
        return REASON;
    return is(c, SH) ? STUB : family_stub(c);
}

static Answer read_passive(Case c)
{
    if (office(c))
        return office_reads(c);
    if (operator_reader(c))
        return REASON;
    if (is(c, SUP))
        return has(c, FLAG_FROZEN_SEGMENT) ? NO : YES;
    return family_stub(c);
}

static Answer read_active(Case c)
{
    if (office(c) || operator_reader(c))
        return REASON;
    if (is(c, SUP))
        return has(c, FLAG_FROZEN_SEGMENT) ? NO : YES;
    if (is(c, BA))
        return has(c, FLAG_LET_IN) ? YES : NO;
    return is(c, SH) || is(c, AK) || is(c, FO) ? YES : NO;
}

static Answer read_content(Case c)
{
    if (has(c, FLAG_HOLD) || c.state == STATE_DELETED || c.state == STATE_NONE)
        return NO;
    if (has(c, FLAG_PROCESSING_STOPPED))
        return is(c, KA) && living(c) ? office_reads(c) : NO;
    if (c.state == STATE_DELETION_ORDERED)
        return family_stub(c);
    if (has(c, FLAG_RESTRICTED))
        return read_restricted(c);
    if (adult(c))
        return adult_goes_on(c) && !segment_at_declarant(c) ? read_adult_goes_on(c) : read_adult_over(c);
    if (segment_at_declarant(c))
        return read_declarants_copy(c);
    if (grace(c))
        return read_grace(c);
    return c.state == STATE_PASSIVE || has(c, FLAG_CONSENT_INVALID) ? read_passive(c) : read_active(c);
}

/* Content only: a stub is none. */
static Answer reads(Case c)
{
    Answer answer = read_content(c);
    return answer == STUB ? NO : answer;
}

static Answer reads_or_stub(Case c)
{
    return read_content(c) == NO ? NO : YES;
}

static Answer when(bool condition, Answer answer)
{
    return condition ? answer : NO;
}

/* ---- writing ---- */

/* A log takes entries while it is active with good consents; a transferred segment never does. */
static bool takes_entries(Case c)
{
    const Flags shut = FLAG_HOLD | FLAG_PROCESSING_STOPPED | FLAG_RESTRICTED | FLAG_CONSENT_INVALID | FLAG_FROZEN_SEGMENT;

    return c.state == STATE_ACTIVE && !has(c, shut) && (!adult(c) || has(c, FLAG_OWN_CONSENT));
}

static bool writes_notes(Case c)
{
    if (!takes_entries(c))
        return false;
    if (is(c, FO))
        return has(c, FLAG_GUARDIANS_WRITE) && !adult(c);
    if (is(c, BA))
        return has(c, FLAG_LET_IN) || adult(c);
    return is(c, SH) || is(c, AK);
}

static Answer holder_writes(Case c)
{
    return when(is(c, SH) && takes_entries(c), YES);
}

/* The operation manager corrects, because of an incident, and writes nothing else. */
static Answer corrects(Case c)
{
    return is(c, DL) && takes_entries(c) ? REASON : holder_writes(c);
}

static Answer write_of(Act act, Case c)
{
    bool own_note = has(c, FLAG_OWN) && writes_notes(c);

    if (act == ACT_NOTE_WRITE || act == ACT_DRAFT)
        return when(writes_notes(c), YES);
    if (act == ACT_OWN_EVALUATION_WRITE)
        return when(takes_entries(c) && has(c, FLAG_OWN) && (is(c, SH) || is(c, AK)), YES);
    if (act == ACT_NOTE_CORRECT)
        return when(own_note, YES);
    if (act == ACT_CHILD_WRITE)
        return corrects(c);
    if (act == ACT_ENTRY_CORRECT)
        return own_note ? YES : corrects(c);
    if (act == ACT_ENTRY_REMOVE)
        return when(!has(c, FLAG_LEGAL_HOLD) && (own_note || holder_writes(c)), YES);
    if (act == ACT_PARTICIPANT_ADD)
        return when(has(c, FLAG_IN_CONSENT), holder_writes(c));
    return holder_writes(c);
}

/* ---- the other acts about a log ---- */

/* Nothing is changed and nothing leaves while the log is held or the municipality is stopped. */
static bool goes_on(Case c)
{
    return !has(c, FLAG_HOLD | FLAG_PROCESSING_STOPPED);
}

static Answer office_does(Role role, Case c, bool in)
{
    return when(is(c, role) && in && goes_on(c), reads(c));
}

static bool office_of(Role role, Case c)
{
    return is(c, role) && goes_on(c);
}

static bool decides(Case c)
{
    if (c.state != STATE_DELETION_ORDERED || has(c, FLAG_HOLD))
        return false;
    return is(c, KA) || (is(c, EL) && has(c, FLAG_APPROVER) && !has(c, FLAG_PROCESSING_STOPPED));
}

static Answer look_of(Act act, Case c)
{
    bool team = is(c, SH) || is(c, AK) || is(c, FO) || is(c, BA);
    bool reader = office(c) || team || operator_reader(c) || is(c, SUP);

    switch ((int)act) {
    case ACT_HEADER_READ:
    case ACT_LOG_READ:
    case ACT_HISTORY_READ:
        return when(reader, reads(c));
    case ACT_STUB_READ:
        return when(read_content(c) == STUB, YES);
    case ACT_DECISION_READ:
        return when(decides(c), YES);
    case ACT_ADDRESS_READ:
        return when(office(c) || is(c, SH) || is(c, BA) || ((is(c, AK) || is(c, FO)) && !has(c, FLAG_ADDRESS_PROTECTED)), reads(c));
    case ACT_NUMBER_READ_FULL:
        return office(c) ? when(reads(c) != NO, REASON) : when(is(c, SH), reads(c));
    case ACT_CONSENT_READ:
        return when(office(c) || team, reads(c));
    case ACT_CONSENT_DOCUMENT_READ: /* its giver's, the holder's, the manager's and the administrator's */
        return when(office(c) || is(c, SH) || ((is(c, FO) || is(c, BA)) && has(c, FLAG_OWN)), reads(c));
    case ACT_ACCESS_LIST_READ:
        return is(c, KA) ? when(c.state != STATE_NONE, YES) : when(is(c, EL) || team, reads(c));
    case ACT_ACCESS_NAMES_READ:
        return is(c, KA) ? when(reads(c) != NO, REASON) : when(is(c, EL) || team, reads(c));
    case ACT_ARCHIVE_REPORT_READ:
        /* it leaves the system, so each time for a reason */
        if (c.state == STATE_DELETED)
            return when(is(c, KA) && has(c, FLAG_REPORT_KEPT) && goes_on(c), REASON);
        if (c.state == STATE_DELETION_ORDERED)
            return when(is(c, KA) && decides(c) && goes_on(c), REASON);
        return when(office(c) && goes_on(c) && (c.state == STATE_PASSIVE || has(c, FLAG_TRANSFER_PENDING)) && reads(c) != NO, REASON);
    case ACT_CERTIFICATE_READ:
        return when((is(c, KA) || is(c, ROLE_AUDITOR)) && c.state == STATE_DELETED && !has(c, FLAG_HOLD), YES);
    default:
        return NO;
    }
}

/* A withdrawal is always taken: from whoever gave the consent, and from the staff who are told of one. */
static Answer withdrawal_of(Act act, Case c)
{
    bool exists = living(c) || c.state == STATE_DELETION_ORDERED;

    if (act == ACT_CONSENT_WITHDRAW)
        return when(exists && ((is(c, FO) && !adult(c)) || (is(c, BA) && has(c, FLAG_CONSENT_NEAR))), YES);
    return when((is(c, EL) && exists) || (is(c, SH) && c.state == STATE_ACTIVE), YES);
}

static Answer consent_of(Act act, Case c)
{
    if (act == ACT_CONSENT_RECORD || act == ACT_CONSENTERS_RECORD) {
        if (is(c, SH))
            return when(takes_entries(c) || read_content(c) == STUB, YES);
        return office_does(EL, c, c.state == STATE_PASSIVE);
    }
    if (is(c, FO))
        return when(living(c) && goes_on(c), reads_or_stub(c));
    return when(is(c, BA) && living(c) && goes_on(c) && has(c, FLAG_CONSENT_NEAR), YES);
}

static Answer people_of(Act act, Case c)
{
    switch ((int)act) {
    case ACT_PARTICIPANT_END:
    case ACT_GUARDIAN_END:
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, living(c));
    case ACT_BATON_OFFER:
        if (!has(c, FLAG_IN_CONSENT))
            return NO;
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, c.state == STATE_ACTIVE);
    case ACT_BATON_WITHDRAW:
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, living(c));
    case ACT_HOLDER_APPOINT:
        return office_does(is(c, KA) ? KA : EL, c, c.state == STATE_ACTIVE);
    default:
        return NO;
    }
}

static Answer rest_of(Act act, Case c)
{
    bool active = c.state == STATE_ACTIVE, passive = c.state == STATE_PASSIVE;
    bool family = is(c, FO) || is(c, BA);

    switch ((int)act) {
    case ACT_LOG_CLOSE:
    case ACT_ACTIVITY_CONFIRM:
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, active);
    case ACT_LOG_REOPEN: /* by the manager, with good consents; of an adult by their own; never over a claim */
        return office_does(EL, c, passive && !has(c, FLAG_CONSENT_INVALID | FLAG_RESTRICTED | FLAG_FROZEN_SEGMENT | FLAG_CLAIM_OPEN) &&
                                      (!adult(c) || has(c, FLAG_OWN_CONSENT)));
    case ACT_MOVED_RECORD:
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, living(c));
    case ACT_MISTAKE_MARK:
        return office_does(EL, c, living(c));
    case ACT_DEATH_RECORD:
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, living(c));
    case ACT_PASSIVE_PROLONG:
        return office_does(KA, c, passive);
    case ACT_DELETION_ASK:
        return is(c, SH) ? holder_writes(c) : NO;
    case ACT_CORRECTION_ANSWER: /* by whoever corrects, or keeps the log */
        return is(c, SH) ? holder_writes(c) : office_does(EL, c, living(c));
    case ACT_ACCESS_ASK: /* by the family that sees the stub */
        return when(family && living(c) && goes_on(c) && read_content(c) == STUB, YES);
    case ACT_ACCESS_ANSWER:
        return office_does(is(c, KA) ? KA : EL, c, living(c) && has(c, FLAG_ACCESS_ASKED));
    case ACT_CORRECTION_ASK:
    case ACT_CLAIM_FILE:
        return when(family && living(c) && goes_on(c) && (is(c, FO) || has(c, FLAG_CONSENT_AGE)), reads_or_stub(c));
    case ACT_CLAIM_OPINION:
        return office_does(EL, c, living(c) && has(c, FLAG_CLAIM_OPEN));
    case ACT_CLAIM_DECIDE:
        return office_does(KA, c, living(c) && has(c, FLAG_CLAIM_OPEN) && !has(c, FLAG_SELF));
    case ACT_RESTRICT:
        return office_does(KA, c, living(c) && !has(c, FLAG_RESTRICTED));
    case ACT_RESTRICT_LIFT:
        return office_does(KA, c, living(c) && has(c, FLAG_RESTRICTED));
    case ACT_FAMILY_NOTE_REMOVE: /* by decision */
        return when(office_does(KA, c, living(c) && !has(c, FLAG_RESTRICTED | FLAG_FROZEN_SEGMENT | FLAG_LEGAL_HOLD)) != NO, REASON);
    default:
        return NO;
    }
}

/* Two holds: one closes the log, the other only keeps it from being deleted. */
static Answer hold_of(Act act, Case c)
{
    bool exists = living(c) || c.state == STATE_DELETION_ORDERED;
    bool stopped = has(c, FLAG_PROCESSING_STOPPED);

    switch ((int)act) {
    case ACT_HOLD_SET:
        return when(is(c, KA) && exists && !has(c, FLAG_HOLD) && !stopped, YES);
    case ACT_HOLD_LIFT:
        return when(is(c, KA) && exists && has(c, FLAG_HOLD) && !has(c, FLAG_SELF) && !stopped, YES);
    case ACT_LEGAL_HOLD_SET:
        return when(office_of(KA, c) && exists && !has(c, FLAG_LEGAL_HOLD), REASON);
    case ACT_LEGAL_HOLD_LIFT:
        return when(office_of(KA, c) && exists && has(c, FLAG_LEGAL_HOLD), REASON);
    default:
        return NO;
    }
}

static Answer deletion_of(Act act, Case c)
{
    bool passive = c.state == STATE_PASSIVE;
    bool transfer = living(c) && has(c, FLAG_TRANSFER_PENDING) && has(c, FLAG_IN_CONSENT);
    bool blocked = has(c, FLAG_CLAIM_OPEN | FLAG_LEGAL_HOLD);

    switch ((int)act) {
    case ACT_DELETION_SUPPORT:
        return office_does(EL, c, passive);
    case ACT_ARCHIVE_DECIDE:
        return is(c, KA) ? office_does(KA, c, passive || transfer) : office_does(EL, c, transfer);
    case ACT_ARCHIVE_REPORT_MAKE:
        return is(c, KA) ? office_does(KA, c, passive || transfer) : office_does(EL, c, passive || transfer);
    case ACT_DELETION_ORDER: /* not before the copy, and of a restricted log only when the person asks */
        return office_does(KA, c, passive && has(c, FLAG_REPORT_READY) && has(c, FLAG_SUPPORTED) && !blocked &&
                                      !has(c, FLAG_COPY_AWAITED) && (!has(c, FLAG_RESTRICTED) || has(c, (Flags)FLAG_ASKED)));
    case ACT_DELETION_APPROVE: /* never by whoever ordered it; by the manager where there is no other administrator */
        return when(decides(c) && goes_on(c) && !blocked && has(c, (Flags)FLAG_APPROVAL_AWAITED) && !has(c, FLAG_SELF) &&
                        (is(c, KA) || !has(c, FLAG_OTHER_ADMIN)), YES);
    case ACT_DELETION_STOP:
        return when(decides(c) && goes_on(c), YES);
    case ACT_STOP_ASK: /* who sees the date */
        return when(c.state == STATE_DELETION_ORDERED && goes_on(c) && family_stub(c) == STUB, YES);
    default:
        return NO;
    }
}

static Answer transfer_of(Act act, Case c)
{
    bool pending = has(c, FLAG_TRANSFER_PENDING);
    bool family = is(c, FO) || is(c, BA);

    switch ((int)act) {
    case ACT_TRANSFER_PROPOSE:
    case ACT_TRANSFER_SEND: /* to another municipality: proposed by the same, in the same circumstances */
        return is(c, SH) ? when(!pending, holder_writes(c)) : office_does(EL, c, living(c) && !pending);
    case ACT_TRANSFER_CONSENT:
        if (is(c, FO))
            return when(living(c) && goes_on(c) && pending, reads_or_stub(c));
        return when(is(c, BA) && living(c) && goes_on(c) && pending && has(c, FLAG_CONSENT_AGE), YES);
    case ACT_TRANSFER_CONSENT_RECORD:
        return is(c, SH) ? when(pending, holder_writes(c)) : office_does(EL, c, living(c) && pending);
    case ACT_TRANSFER_DECIDE:
        return office_does(EL, c, living(c) && pending && has(c, FLAG_IN_CONSENT));
    case ACT_TRANSFER_CANCEL:
        if (is(c, SH))
            return when(pending, holder_writes(c));
        if (is(c, EL))
            return when(living(c) && goes_on(c) && pending, YES);
        return when(family && living(c) && goes_on(c) && pending, reads_or_stub(c));
    case ACT_BLIND_REQUEST:
        return when(is(c, FO) && c.state == STATE_PASSIVE && goes_on(c) && read_content(c) == STUB, YES);
    default:
        return NO;
    }
}

/* A copy of one's own: of an active log that one reads, or from the stub while one is offered, which alone can be waived. */
static Answer own_copy(Act act, Case c)
{
    bool offered = read_content(c) == STUB && living(c) && !has(c, FLAG_RESTRICTED) && (adult(c) || !grace(c));

    if (!(is(c, FO) || is(c, BA)) || !goes_on(c))
        return NO;
    return c.state == STATE_ACTIVE && reads(c) != NO && act == ACT_EXPORT_OWN ? YES : when(offered && has(c, FLAG_COPY_OPEN), YES);
}

static Answer leave_of(Act act, Case c)
{
    bool team = is(c, SH) || is(c, AK) || is(c, FO) || is(c, BA);

    switch ((int)act) {
    case ACT_EXPORT_OWN:
    case ACT_COPY_WAIVE:
        return own_copy(act, c);
    case ACT_EXPORT_REQUEST:
        return office_does(KA, c, living(c));
    case ACT_EXPORT_APPROVE:
        return when((is(c, KA) || is(c, ROLE_SECURITY_OFFICER)) && living(c) && goes_on(c) && !has(c, FLAG_SELF), YES);
    case ACT_PRINT:
        return when((office(c) || team) && living(c) && goes_on(c) && has(c, FLAG_PRINT_ON), reads(c));
    default:
        return NO;
    }
}

/* ---- which acts belong together, and how one must stand to the log ---- */

static bool among(Act act, const Act *acts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (acts[i] == act)
            return true;
    return false;
}

static const Act writes[] = {
    ACT_ATTENTION_WRITE, ACT_GOAL_WRITE, ACT_MEASURE_WRITE, ACT_EVALUATION_WRITE, ACT_OWN_EVALUATION_WRITE, ACT_MEETING_WRITE,
    ACT_NOTE_WRITE, ACT_LEVEL_WRITE, ACT_RESOURCE_WRITE, ACT_CHILD_WRITE, ACT_ENTRY_CORRECT, ACT_ENTRY_REMOVE, ACT_DRAFT,
    ACT_MEASURE_PROGRESS, ACT_MINUTES_WRITE, ACT_NOTE_CORRECT, ACT_PARTICIPANT_ADD, ACT_GUARDIAN_ADD, ACT_CHILD_LET_IN,
    ACT_CHILD_KEEP_OUT,
};

/* Offered to another: the asker has no part in the log yet. */
static Answer offered(Act act, Case c)
{
    if (act == ACT_BATON_DECLINE)
        return when(is(c, SH) && living(c) && goes_on(c), YES);
    if (act == ACT_BATON_ACCEPT) /* by a unit that all consents name */
        return when(is(c, SH) && c.state == STATE_ACTIVE && goes_on(c) && has(c, FLAG_IN_CONSENT) && !has(c, FLAG_CONSENT_INVALID | FLAG_RESTRICTED) &&
                        (!adult(c) || has(c, FLAG_OWN_CONSENT)), YES);
    if (act == ACT_TRANSFER_ACCEPT) /* proposal, consent, report, and only then */
        return when(is(c, EL) && living(c) && goes_on(c) && has(c, FLAG_TRANSFER_PENDING) && has(c, FLAG_REPORT_READY) &&
                        has(c, FLAG_IN_CONSENT) && !has(c, FLAG_RESTRICTED), YES);
    return act == ACT_TRANSFER_CANCEL && is(c, EL) ? transfer_of(act, c) : NO;
}

static Answer as_related(Act act, Case c)
{
    if (act == ACT_GUARDIAN_ADD && is(c, EL)) /* where a consent is missing */
        return office_does(EL, c, c.state == STATE_PASSIVE);
    if (among(act, writes, COUNT_OF(writes)))
        return write_of(act, c);
    if (act == ACT_CONSENT_WITHDRAW || act == ACT_WITHDRAWAL_RECORD)
        return withdrawal_of(act, c);
    if (act == ACT_CONSENT_GIVE || act == ACT_CONSENT_RECORD || act == ACT_CONSENTERS_RECORD)
        return consent_of(act, c);
    Answer (*const groups[])(Act, Case) = {look_of, people_of, rest_of, hold_of, deletion_of, transfer_of, leave_of};
    Answer best = NO;
    for (size_t i = 0; i < COUNT_OF(groups); i++) {
        Answer answer = groups[i](act, c);
        best = answer > best ? answer : best;
    }
    return best;
}

static Relation relation_of_role(Role role)
{
    if (role == KA || role == ROLE_SECURITY_OFFICER || role == ROLE_AUDITOR)
        return RELATION_MUNICIPALITY;
    if (role == EL)
        return RELATION_UNIT;
    if (role == SUP)
        return RELATION_GRANTED;
    if (role_is_operator(role))
        return RELATION_AUTHORISED;
    return role == SH || role == AK || role == FO || role == BA ? RELATION_PARTICIPANT : RELATION_NONE;
}

static Answer model(Act act, Case c, Relation relation)
{
    if (c.state == STATE_NONE && act == ACT_BLIND_REQUESTS_READ)
        return when((is(c, KA) && relation == RELATION_MUNICIPALITY) || ((is(c, SH) || is(c, EL)) && relation == RELATION_UNIT), YES);
    if (c.state == STATE_NONE) /* the one act that is about a log for some and about none for others */
        return when(act == ACT_BLIND_REQUEST && (is(c, SH) || is(c, EL)) && relation == RELATION_UNIT &&
                        !has(c, FLAG_PROCESSING_STOPPED), YES);
    if (relation == RELATION_OFFERED)
        return offered(act, c);
    if (is(c, EL) && relation == RELATION_STANDING_IN) {
        Answer manager = as_related(act, c), holder;
        c.role = SH;
        holder = as_related(act, c);
        return holder > manager ? holder : manager;
    }
    return relation != RELATION_NONE && relation == relation_of_role(c.role) ? as_related(act, c) : NO;
}

/* ---- comparing ---- */

static Answer answer_of(Act act, Case c, Relation relation, Opening opening)
{
    Why why = policy_decide((Ask){.act = act, .role = c.role, .relation = relation, .state = c.state, .flags = c.flags, .opening = opening});
    return why == WHY_ALLOWED ? YES : why == WHY_ASK_REASON ? REASON : NO;
}

static bool about_a_log(Act act)
{
    static const Act elsewhere[] = {ACT_UNIT_CLOSE, ACT_LOG_LIST, ACT_SEARCH, ACT_LOG_CREATE, ACT_NOTICES_CHOOSE, ACT_BACKUP_MAKE,
                                     ACT_RESTORE, ACT_ARCHIVE_REPORTS_LIST, ACT_TRANSFER_ARRIVE, ACT_TRANSFER_TAKE,
                                     ACT_TRANSFER_REFUSE};

    return !among(act, elsewhere, COUNT_OF(elsewhere)) && (act < ACT_SETTINGS_READ || act > ACT_VERIFY) &&
           (act < ACT_INVITATION_MAKE || act > ACT_INVITATION_DENY);
}

static unsigned differences;

static void compare(Act act, Case c, Relation relation)
{
    Answer wanted = model(act, c, relation), got = answer_of(act, c, relation, OPENING_NONE);
    Answer given = got == NO && wanted == NO ? NO : answer_of(act, c, relation, OPENING_INCIDENT);

    if (got == wanted && given == (wanted == REASON ? YES : wanted))
        return;
    if (differences++ < 20)
        printf("# %s %s as %s, %s, flags %llx: the rules say %d, the tables %d, with a reason %d\n", act_code(act), role_code(c.role),
               relation_code(relation), state_code(c.state), (unsigned long long)c.flags, wanted, got, given);
}

/* What is so of a log and of who asks, each circumstance with all its values. */
static const Flags ages[] = {0, FLAG_OF_AGE, FLAG_OF_AGE | FLAG_OWN_CONSENT};
static const Flags consents[] = {0, FLAG_CONSENT_INVALID, FLAG_CONSENT_INVALID | FLAG_IN_GRACE};
static const Flags segments[] = {0, FLAG_FROZEN_SEGMENT, FLAG_FROZEN_SEGMENT | FLAG_DECLARANT_SIDE,
                                 FLAG_FROZEN_SEGMENT | FLAG_DECLARANT_SIDE | FLAG_FORMER_UNIT_OPEN};
static const Flags children[] = {0, FLAG_KNOWS, FLAG_KNOWS | FLAG_LET_IN};
static const Flags shut[] = {0, FLAG_RESTRICTED, FLAG_HOLD, FLAG_PROCESSING_STOPPED,
                             FLAG_RESTRICTED | FLAG_HOLD | FLAG_PROCESSING_STOPPED};

/* The flags that no circumstance above holds: which of them an act looks at, and all. */
static Flags looked_at(Act act)
{
    switch ((int)act) {
    case ACT_ADDRESS_READ:
        return FLAG_ADDRESS_PROTECTED;
    case ACT_CONSENT_DOCUMENT_READ:
    case ACT_OWN_EVALUATION_WRITE:
        return FLAG_OWN;
    case ACT_ARCHIVE_REPORT_READ:
        return FLAG_REPORT_KEPT | FLAG_TRANSFER_PENDING;
    case ACT_NOTE_WRITE:
    case ACT_DRAFT:
        return FLAG_GUARDIANS_WRITE;
    case ACT_NOTE_CORRECT:
    case ACT_ENTRY_CORRECT:
        return FLAG_OWN | FLAG_GUARDIANS_WRITE;
    case ACT_ENTRY_REMOVE:
        return FLAG_OWN | FLAG_GUARDIANS_WRITE | FLAG_LEGAL_HOLD;
    case ACT_PARTICIPANT_ADD:
        return FLAG_IN_CONSENT;
    case ACT_CONSENT_GIVE:
    case ACT_CONSENT_WITHDRAW:
        return FLAG_CONSENT_NEAR;
    case ACT_CLAIM_FILE:
    case ACT_CORRECTION_ASK:
        return FLAG_CONSENT_AGE;
    case ACT_ACCESS_ANSWER:
        return FLAG_ACCESS_ASKED;
    case ACT_CLAIM_OPINION:
    case ACT_LOG_REOPEN:
        return FLAG_CLAIM_OPEN;
    case ACT_CLAIM_DECIDE:
        return FLAG_CLAIM_OPEN | FLAG_SELF;
    case ACT_HOLD_LIFT:
    case ACT_EXPORT_APPROVE:
        return FLAG_SELF;
    case ACT_LEGAL_HOLD_SET:
    case ACT_LEGAL_HOLD_LIFT:
    case ACT_FAMILY_NOTE_REMOVE:
        return FLAG_LEGAL_HOLD;
    case ACT_DECISION_READ:
    case ACT_DELETION_STOP:
        return FLAG_APPROVER;
    case ACT_ARCHIVE_DECIDE:
    case ACT_ARCHIVE_REPORT_MAKE:
    case ACT_TRANSFER_DECIDE:
        return FLAG_TRANSFER_PENDING | FLAG_IN_CONSENT;
    case ACT_DELETION_ORDER:
        return FLAG_REPORT_READY | FLAG_SUPPORTED | FLAG_CLAIM_OPEN | FLAG_LEGAL_HOLD | FLAG_COPY_AWAITED | (Flags)FLAG_ASKED;
    case ACT_DELETION_APPROVE:
        return FLAG_SELF | FLAG_CLAIM_OPEN | FLAG_LEGAL_HOLD | FLAG_OTHER_ADMIN | FLAG_APPROVER | (Flags)FLAG_APPROVAL_AWAITED;
    case ACT_TRANSFER_PROPOSE:
    case ACT_TRANSFER_SEND:
    case ACT_TRANSFER_CONSENT_RECORD:
    case ACT_TRANSFER_CANCEL:
        return FLAG_TRANSFER_PENDING;
    case ACT_TRANSFER_CONSENT:
        return FLAG_TRANSFER_PENDING | FLAG_CONSENT_AGE;
    case ACT_TRANSFER_ACCEPT:
        return FLAG_TRANSFER_PENDING | FLAG_IN_CONSENT | FLAG_REPORT_READY;
    case ACT_EXPORT_OWN:
    case ACT_COPY_WAIVE:
        return FLAG_COPY_OPEN;
    case ACT_PRINT:
        return FLAG_PRINT_ON;
    default:
        return 0;
    }
}

static const Flags all_others =
    FLAG_MOVED | FLAG_TRANSFER_PENDING | FLAG_CLAIM_OPEN | FLAG_REPORT_READY | FLAG_REPORT_KEPT | FLAG_SUPPORTED |
    FLAG_ADDRESS_PROTECTED | FLAG_CONSENT_AGE | FLAG_COPY_OPEN | FLAG_APPROVER | FLAG_OWN | FLAG_SELF | FLAG_OTHER_ADMIN |
    FLAG_IN_CONSENT | FLAG_GUARDIANS_WRITE | FLAG_PRINT_ON | FLAG_MISTAKE | FLAG_LEGAL_HOLD | FLAG_COPY_AWAITED | (Flags)FLAG_ASKED | (Flags)FLAG_CONSENT_NEAR |
    (Flags)FLAG_APPROVAL_AWAITED | (Flags)FLAG_STOP_ASKED;

/* Every subset of what the act looks at, with all that it does not look at off, and on. */
static void compare_others(Act act, Case c, Relation relation)
{
    Flags mask = looked_at(act), subset = mask;

    do {
        compare(act, (Case){c.role, c.state, c.flags | subset}, relation);
        compare(act, (Case){c.role, c.state, c.flags | subset | (all_others & ~mask)}, relation);
        subset = (subset - 1) & mask;
    } while (subset != mask);
}

static void compare_circumstances(Act act, Role role, State state, Relation relation)
{
    for (size_t age = 0; age < COUNT_OF(ages); age++)
        for (size_t consent = 0; consent < COUNT_OF(consents); consent++)
            for (size_t segment = 0; segment < COUNT_OF(segments); segment++)
                for (size_t child = role == BA ? 0 : COUNT_OF(children) - 1; child < COUNT_OF(children); child++)
                    for (size_t closed = 0; closed < COUNT_OF(shut); closed++)
                        compare_others(act, (Case){role, state, ages[age] | consents[consent] | segments[segment] |
                                                                    children[child] | shut[closed]}, relation);
}

static Relation next_relation(Role role, Relation relation)
{
    if (relation == relation_of_role(role))
        return RELATION_OFFERED;
    return relation == RELATION_OFFERED && role == EL ? RELATION_STANDING_IN : RELATION_COUNT;
}

TEST(the_tables_give_what_the_rules_say_for_all_acts_roles_states_and_circumstances)
{
    differences = 0;
    for (Act act = 1; act < ACT_COUNT; act++)
        for (Role role = 1; role < ROLE_COUNT && about_a_log(act); role++)
            for (State state = 1; state < STATE_COUNT; state++)
                for (Relation relation = relation_of_role(role); relation < RELATION_COUNT;
                     relation = next_relation(role, relation))
                    compare_circumstances(act, role, state, relation);
    EXPECT(differences == 0);
}

/* Flags that cannot stand together, and relations that a role never has: the same sequence each time. */
TEST(the_tables_give_what_the_rules_say_for_flags_that_cannot_stand_together)
{
    uint64_t draw = 20260101;

    differences = 0;
    for (unsigned i = 0; i < 400000; i++) {
        draw = draw * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t bits = draw >> 32 ^ draw << 32;
        Act act = (Act)(1 + (draw >> 33) % (ACT_COUNT - 1));
        Case c = {(Role)(1 + (draw >> 41) % (ROLE_COUNT - 1)), (State)((draw >> 45) % STATE_COUNT), (Flags)bits};
        if (about_a_log(act))
            compare(act, c, (Relation)((draw >> 49) % RELATION_COUNT));
    }
    EXPECT(differences == 0);
}

/* A consent before there is a log: holder or manager ask in their unit, whoever has the code takes it, guardians answer. */
TEST(an_invitation_is_made_by_holder_or_manager_and_answered_by_guardians_and_a_no_is_taken_when_processing_is_stopped)
{
    for (Role role = 1; role < ROLE_COUNT; role++) {
        for (Relation relation = RELATION_NONE; relation < RELATION_COUNT; relation++) {
            bool asks = (role == SH || role == EL) && relation == RELATION_UNIT;
            EXPECT((policy_decide((Ask){.act = ACT_INVITATION_MAKE, .role = role, .relation = relation}) == WHY_ALLOWED) == asks);
            EXPECT((policy_decide((Ask){.act = ACT_INVITATION_END, .role = role, .relation = relation}) == WHY_ALLOWED) == asks);
        }
        EXPECT(policy_decide((Ask){.act = ACT_INVITATION_TAKE, .role = role}) == WHY_ALLOWED);
        EXPECT((policy_decide((Ask){.act = ACT_INVITATION_ANSWER, .role = role}) == WHY_ALLOWED) == (role == FO));
        EXPECT((policy_decide((Ask){.act = ACT_INVITATION_DENY, .role = role, .flags = FLAG_PROCESSING_STOPPED}) == WHY_ALLOWED) ==
               (role == FO));
        EXPECT(policy_decide((Ask){.act = ACT_INVITATION_ANSWER, .role = role, .flags = FLAG_PROCESSING_STOPPED}) != WHY_ALLOWED);
    }
}

/* A log of another municipality is taken, or not, and made by the manager of the unit that was asked. */
TEST(what_comes_from_another_municipality_is_answered_by_the_manager_of_a_unit_and_by_nobody_else)
{
    static const Act acts[] = {ACT_TRANSFER_TAKE, ACT_TRANSFER_REFUSE, ACT_TRANSFER_ARRIVE};

    for (Role role = 1; role < ROLE_COUNT; role++)
        for (Relation relation = RELATION_NONE; relation < RELATION_COUNT; relation++)
            for (size_t i = 0; i < COUNT_OF(acts); i++)
                EXPECT((policy_decide((Ask){.act = acts[i], .role = role, .relation = relation}) == WHY_ALLOWED) ==
                       (role == EL && relation == RELATION_UNIT));
}

/* Acts about no log name their relation: an operator's list needs the municipality's authorisation. */
TEST(a_list_of_logs_is_given_by_how_one_stands_to_the_unit_or_the_municipality)
{
    for (Role role = 1; role < ROLE_COUNT; role++)
        for (Relation relation = RELATION_NONE; relation < RELATION_COUNT; relation++) {
            bool person = relation != RELATION_NONE && relation == relation_of_role(role);
            bool staff = role == KA || role == EL || role == SH || role == AK;
            bool family = role == FO || role == BA;
            bool operators = role == DL || role == ROLE_PRODUCT_OWNER || role == ROLE_SYSTEM_OWNER || role == ROLE_ARCHITECT;
            Ask ask = {.act = ACT_LOG_LIST, .role = role, .relation = relation};
            EXPECT((policy_decide(ask) == WHY_ALLOWED) == (person && (staff || family || operators)));
            ask.act = ACT_SEARCH;
            EXPECT((policy_decide(ask) == WHY_ALLOWED) == (person && (staff || family)));
        }
}

TEST(an_operation_manager_corrects_because_of_an_incident_and_for_no_other_reason)
{
    Ask ask = {.act = ACT_ENTRY_CORRECT, .role = DL, .relation = RELATION_AUTHORISED, .state = STATE_ACTIVE};

    for (Opening opening = OPENING_NONE; opening <= OPENING_LIMIT; opening++) {
        ask.opening = opening;
        EXPECT(policy_decide(ask) == (opening == OPENING_INCIDENT ? WHY_ALLOWED : WHY_ASK_REASON));
    }
}

/* Known, but no access, until the log is gone; and nothing to a child that was never told. */
TEST(who_knows_of_a_log_is_told_that_it_is_shut_until_it_is_deleted)
{
    for (Role role = 1; role < ROLE_COUNT; role++)
        for (State state = STATE_ACTIVE; state < STATE_COUNT; state++)
            for (Relation relation = RELATION_NONE; relation < RELATION_COUNT; relation++)
                for (Flags knows = 0; knows <= (Flags)FLAG_KNOWS; knows += (Flags)FLAG_KNOWS) {
                    const Ask ask = {.act = ACT_LOG_READ, .role = role, .relation = relation, .state = state, .flags = knows};
                    bool part = relation == RELATION_PARTICIPANT || relation == RELATION_FORMER;
                    bool of_office = relation == RELATION_UNIT || relation == RELATION_MUNICIPALITY || relation == RELATION_STANDING_IN;
                    bool told = (part && (role != BA || knows)) || of_office;
                    EXPECT(policy_may_tell(ask) == (state == STATE_DELETED ? relation == RELATION_MUNICIPALITY : told));
                }
}

/* "No address or unit shown to the other guardian", and to nobody else is the unit a secret. */
TEST(which_units_take_part_is_told_to_everybody_but_the_guardians_of_a_protected_child)
{
    for (Role role = 1; role < ROLE_COUNT; role++)
        for (unsigned bit = 0; bit < FLAG_COUNT; bit++) {
            Flags flags = (Flags)1 << bit;
            EXPECT(policy_names_units(role, flags) == !(role == FO && has((Case){role, STATE_ACTIVE, flags}, FLAG_ADDRESS_PROTECTED)));
            EXPECT(policy_names_units(role, flags & ~(Flags)FLAG_ADDRESS_PROTECTED));
        }
}

RUN_TESTS("policy_model")
