/* Claims that a log be deleted: by its child, adult or of consent age, or by a guardian (rules: scenarios 2, 3).
 * Must not know who may decide: policy does.
 * Used by service. */
#ifndef DOMAIN_CLAIM_H
#define DOMAIN_CLAIM_H

#include "domain/states.h"
#include "domain/values.h"

/* What is known of a claim when it is decided. */
typedef struct Claim {
    bool adult;      /* the person whom the log is about, of age */
    bool child;      /* the same, not of age */
    bool supported;  /* the newest opinion since it was filed is for it */
} Claim;

/* Whether a decision (KIND_DECISION) may be made: a refusal names a ground, and an adult's one of GDPR article 17(3); the way to
 * deletion needs the manager's support, unless the adult asked. */
bool claim_decision_fits(const Claim *claim, const Values *decision);
/* The stored flags that it sets: the log rests where that was decided, and where an adult was refused; a deletion may be ordered
 * when a copy was offered, or at once where the person asked for it. */
Flags claim_decision_flags(const Claim *claim, const Values *decision);
/* And those that it lifts: what does not go on to a deletion takes back what an earlier decision, or the manager's support, had opened. */
Flags claim_decision_lifts(const Values *decision);

#endif
