/* Who may do what to which log: the rights of spec 2 as tables, and one function that reads them.
 * Must not know persons, rows or time: everything arrives in the Ask. Deny by default.
 * Called by service (for a Permit), by web (which buttons to show), by the command that prints the matrix. */
#ifndef DOMAIN_POLICY_H
#define DOMAIN_POLICY_H

#include "base/buf.h"
#include "domain/permit.h"
#include "domain/states.h"

/* How the asker stands to the log (or, for acts about no log, to the unit or municipality).
 *   PARTICIPANT   has a participation now (relay holder = the log's holder; guardian, child, actor).
 *   FORMER        had one that has ended.
 *   UNIT          the manager of the unit that owns the log; for acts about no log: works in the unit in question.
 *   MUNICIPALITY  acts for the municipality as a whole.
 *   AUTHORISED    an operator whom the municipality's KA has authorised, now, with a confidentiality agreement.
 *   GRANTED       a support consultant with a grant for this log, now (and authorised).
 *   OFFERED       the baton, or the transfer, is offered to this person or unit. */
#define RELATIONS(X)                    \
    X(PARTICIPANT, "participant")       \
    X(FORMER, "former")                 \
    X(UNIT, "unit")                     \
    X(MUNICIPALITY, "municipality")     \
    X(AUTHORISED, "authorised")         \
    X(GRANTED, "granted")               \
    X(OFFERED, "offered")

#define X(name, code) RELATION_##name,
enum Relation { RELATION_NONE = 0, RELATIONS(X) RELATION_COUNT };
#undef X
typedef enum Relation Relation;

const char *relation_code(Relation relation);

/* The answer. Name, message key, and what the asker gets: GO goes on, MORE another page than the one asked for,
 * NO a refusal. Zero is no decision and therefore a refusal. */
#define WHYS(X)                                                         \
    X(ALLOWED, "why.allowed", GO)                                       \
    X(ASK_REASON, "why.ask_reason", MORE)                               \
    X(STUB, "why.stub", MORE)                                           \
    X(DECISION_ONLY, "why.decision_only", MORE)                         \
    X(REPORT_ONLY, "why.report_only", MORE)                             \
    X(ROLE, "why.role", NO)                                             \
    X(NO_RELATION, "why.no_relation", NO)                               \
    X(FORMER, "why.former", NO)                                         \
    X(STATE, "why.state", NO)                                           \
    X(READ_ONLY, "why.read_only", NO)                                   \
    X(OF_AGE, "why.of_age", NO)                                         \
    X(NOT_OF_AGE, "why.not_of_age", NO)                                 \
    X(CONSENT_INVALID, "why.consent_invalid", NO)                       \
    X(CONSENT_AGE, "why.consent_age", NO)                               \
    X(NOT_IN_CONSENT, "why.not_in_consent", NO)                         \
    X(RESTRICTED, "why.restricted", NO)                                 \
    X(HOLD, "why.hold", NO)                                             \
    X(PROCESSING_STOPPED, "why.processing_stopped", NO)                 \
    X(FROZEN_SEGMENT, "why.frozen_segment", NO)                         \
    X(TRANSFER_PENDING, "why.transfer_pending", NO)                     \
    X(NO_TRANSFER, "why.no_transfer", NO)                               \
    X(CLAIM_OPEN, "why.claim_open", NO)                                 \
    X(NO_CLAIM, "why.no_claim", NO)                                     \
    X(NO_REPORT, "why.no_report", NO)                                   \
    X(NOT_SUPPORTED, "why.not_supported", NO)                           \
    X(ADDRESS_PROTECTED, "why.address_protected", NO)                   \
    X(NOT_LET_IN, "why.not_let_in", NO)                                 \
    X(COPY_CLOSED, "why.copy_closed", NO)                               \
    X(NOT_APPROVER, "why.not_approver", NO)                             \
    X(OWN_REQUEST, "why.own_request", NO)                               \
    X(NOT_OWN, "why.not_own", NO)                                       \
    X(SETTING_OFF, "why.setting_off", NO)

#define X(name, key, outcome) WHY_##name,
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

/* True when a refused asker may be told that the log exists ("Du har ikke tilgang"); otherwise the answer is that
 * of a page that does not exist. That a log exists is itself sensitive (spec 2). */
bool policy_may_tell(Ask ask);

/* Whether somebody is told that a log is held (settled 3): those who would see it, or its stub, if it were not. */
bool policy_may_tell_hold(Ask ask);

/* The opening reasons this role may give, as a set of 1 << OPENING_x; empty for roles that are never asked. */
uint32_t policy_openings(Role role);

/* The whole matrix and all acts as readable text (tests/golden/policy.txt). Errors through buf. */
void policy_print(Buf *buf);

#endif
