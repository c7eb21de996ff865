/* Claims that a log be deleted.
 * Must not know who may decide: policy does.
 * Called by service. */
#include "domain/claim.h"

bool claim_decision_fits(const Claim *claim, const Values *decision)
{
    unsigned ground = values_code(decision, DECISION_GROUND);

    switch (values_code(decision, DECISION_DECISION)) {
    case DECISION_REFUSED:
        return ground != CODE_NONE && !(claim->adult && ground == GROUND_BEST_FOR_CHILD);
    case DECISION_CORRECTED:
    case DECISION_RESTRICTED:
        return ground == CODE_NONE;
    case DECISION_DELETION:
        return ground == CODE_NONE && (claim->adult || claim->supported);
    default:
        return false;
    }
}

Flags claim_decision_flags(const Claim *claim, const Values *decision)
{
    switch (values_code(decision, DECISION_DECISION)) {
    case DECISION_REFUSED:
        return claim->adult ? FLAG_RESTRICTED : 0;
    case DECISION_RESTRICTED:
        return FLAG_RESTRICTED;
    case DECISION_DELETION:
        return (Flags)FLAG_SUPPORTED | (claim->adult || claim->child ? (Flags)FLAG_ASKED : 0) |
               (claim->adult ? 0 : (Flags)FLAG_COPY_AWAITED);
    default:
        return 0;
    }
}

Flags claim_decision_lifts(const Values *decision)
{
    bool goes_on = values_code(decision, DECISION_DECISION) == DECISION_DELETION;

    return goes_on ? 0 : (Flags)FLAG_SUPPORTED | (Flags)FLAG_ASKED | (Flags)FLAG_COPY_AWAITED;
}
