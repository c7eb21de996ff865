/* Who may do what to which log: the rights as tables (rules: access 2-4), and one function that reads them.
 * Must not know persons, rows or time: everything arrives in the Ask. Deny by default.
 * Called by service (for a Permit), by web (which buttons to show), by the command that prints the matrix. */
#ifndef DOMAIN_POLICY_H
#define DOMAIN_POLICY_H

#include "base/buf.h"
#include "domain/policy/permit.h"
#include "domain/states.h"

/* How the asker stands to the log (or, for acts about no log, to the unit or municipality).
 *   PARTICIPANT   has a participation now (relay holder = the log's holder; guardian, child, actor).
 *   FORMER        had one that has ended.
 *   UNIT          the manager of the unit that owns the log; for acts about no log: works in the unit in question.
 *   MUNICIPALITY  acts for the municipality as a whole.
 *   AUTHORISED    an operator whom the municipality's KA has authorised, now, with a confidentiality agreement.
 *   GRANTED       a support consultant with a grant for this log, now (and authorised).
 *   OFFERED       the baton, or the transfer, is offered to this person or unit.
 *   STANDING_IN   the manager of the unit that owns the log, who stands in for its holder: has the holder's rights too. */
#define RELATIONS(X)                   \
    X(PARTICIPANT, 1, "participant")   \
    X(FORMER, 2, "former")             \
    X(UNIT, 3, "unit")                 \
    X(MUNICIPALITY, 4, "municipality") \
    X(AUTHORISED, 5, "authorised")     \
    X(GRANTED, 6, "granted")           \
    X(OFFERED, 7, "offered")           \
    X(STANDING_IN, 8, "standing_in")

#define X(name, number, code) RELATION_##name = (number),
enum Relation { RELATION_NONE = 0, RELATIONS(X) RELATION_COUNT };
#undef X
typedef enum Relation Relation;

const char *relation_code(Relation relation);

/* The answer. Name, number (in audit lines for ever), message key, and what the asker gets: GO goes on, MORE another page than the one asked for,
 * NO a refusal. Zero is no decision and therefore a refusal. */
#define WHYS(X)                                             \
    X(ALLOWED, 1, "why.allowed", GO)                        \
    X(ASK_REASON, 2, "why.ask_reason", MORE)                \
    X(STUB, 3, "why.stub", MORE)                            \
    X(DECISION_ONLY, 4, "why.decision_only", MORE)          \
    X(REPORT_ONLY, 5, "why.report_only", MORE)              \
    X(ROLE, 6, "why.role", NO)                              \
    X(NO_RELATION, 7, "why.no_relation", NO)                \
    X(FORMER, 8, "why.former", NO)                          \
    X(STATE, 9, "why.state", NO)                            \
    X(READ_ONLY, 10, "why.read_only", NO)                   \
    X(OF_AGE, 11, "why.of_age", NO)                         \
    X(NOT_OF_AGE, 12, "why.not_of_age", NO)                 \
    X(CONSENT_INVALID, 13, "why.consent_invalid", NO)       \
    X(CONSENT_AGE, 14, "why.consent_age", NO)               \
    X(NOT_IN_CONSENT, 15, "why.not_in_consent", NO)         \
    X(RESTRICTED, 16, "why.restricted", NO)                 \
    X(HOLD, 17, "why.hold", NO)                             \
    X(PROCESSING_STOPPED, 18, "why.processing_stopped", NO) \
    X(FROZEN_SEGMENT, 19, "why.frozen_segment", NO)         \
    X(TRANSFER_PENDING, 20, "why.transfer_pending", NO)     \
    X(NO_TRANSFER, 21, "why.no_transfer", NO)               \
    X(CLAIM_OPEN, 22, "why.claim_open", NO)                 \
    X(NO_CLAIM, 23, "why.no_claim", NO)                     \
    X(NO_REPORT, 24, "why.no_report", NO)                   \
    X(NOT_SUPPORTED, 25, "why.not_supported", NO)           \
    X(ADDRESS_PROTECTED, 26, "why.address_protected", NO)   \
    X(NOT_LET_IN, 27, "why.not_let_in", NO)                 \
    X(COPY_CLOSED, 28, "why.copy_closed", NO)               \
    X(NOT_APPROVER, 29, "why.not_approver", NO)             \
    X(OWN_REQUEST, 30, "why.own_request", NO)               \
    X(NOT_OWN, 31, "why.not_own", NO)                       \
    X(SETTING_OFF, 32, "why.setting_off", NO)               \
    X(COPY_AWAITED, 33, "why.copy_awaited", NO)

#define X(name, number, key, outcome) WHY_##name = (number),
enum Why { WHY_UNDECIDED = 0, WHYS(X) WHY_COUNT };
#undef X
typedef enum Why Why;

/* Message key ("why.role") and short name ("ROLE") of an answer; "why.undecided" for zero and beyond. Constants. */
const char *why_key(Why why);
const char *why_name(Why why);

/* One question. Unnamed fields are zero and open nothing. */
typedef struct Ask {
    Act act;
    Role role;
    Relation relation;
    State state;     /* STATE_NONE for acts about no log */
    Flags flags;     /* FLAG_x */
    Opening opening; /* the reason given, where one is asked */
} Ask;

/* The answer to one question. Pure, total: any value of any field is answered.
 *   WHY_ALLOWED        yes.
 *   WHY_ASK_REASON     yes, when an opening reason that this role may give is named.
 *   WHY_STUB           not the log, but its stub (ask ACT_STUB_READ).
 *   WHY_DECISION_ONLY  not the log, but the decision page (ask ACT_DECISION_READ).
 *   WHY_REPORT_ONLY    not the log, but its archive report (ask ACT_ARCHIVE_REPORT_READ).
 *   anything else      no. */
Why policy_decide(Ask ask);

/* Who asks, and for which log at which access version. */
typedef struct Subject {
    Id person;
    Id log;
    int64_t access_version;
} Subject;

/* As policy_decide; on WHY_ALLOWED *ret_permit is made, else untouched. The only maker of permits. */
Why policy_permit(Ask ask, Subject subject, Permit *ret_permit);

/* What the policy must know of a log before a job looks at it. Plain columns only. */
typedef struct ClockAsk {
    State state;
    Flags flags;
    int64_t wake_on, now;
} ClockAsk;

/* A permit of nobody's, for ACT_CLOCK_RUN alone: a log that lives, is not held, and is due (rules: clocks 11). It gives no right to
 * show anything to anybody. */
Why policy_permit_clock(ClockAsk ask, Subject subject, Permit *ret_permit);

/* A permit of nobody's, for ACT_UNIT_FOLLOW alone: a log that is not deleted and not held goes to the unit that follows its own. It
 * gives no right to show anything to anybody. */
Why policy_permit_follow(State state, Flags flags, Subject subject, Permit *ret_permit);
/* The same for ACT_TRANSFER_LEAVE alone: a log whose transfer waits is given up to another municipality, where it was taken, or stays
 * because it was not. Not one that is restricted, nor while processing is stopped. */
Why policy_permit_leave(State state, Flags flags, Subject subject, Permit *ret_permit);

/* True when a refused asker may be told that the log exists ("Du har ikke tilgang"), until it is deleted; otherwise the answer is
 * that of a page that does not exist. That a log exists is itself sensitive (rules: access 6). */
bool policy_may_tell(Ask ask);

/* Whether somebody is told that a log is held (rules: access 14): those who would see it, or its stub, if it were not. */
bool policy_may_tell_hold(Ask ask);

/* Whether whoever reads a log, or its stub, is told which units take part. Not a guardian of a child with a protected address: they
 * would say where it is. Everybody else is: the family's consent names the units, and who works together has to know with whom
 * (rules: access 21). */
bool policy_names_units(Role role, Flags flags);

/* How a role must stand to a log where an act names no relation; RELATION_NONE for roles that never see one. */
Relation policy_log_relation(Role role);

/* The opening reasons this role may give, as a set of 1 << OPENING_x; empty for roles that are never asked. */
uint32_t policy_openings(Role role);

#endif
