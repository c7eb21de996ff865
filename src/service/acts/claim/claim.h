/* What stands in a log of a claim, for its deeds.
 * Must not be asked before the log is entered.
 * Used by the files of this room. */
#ifndef SERVICE_ACTS_CLAIM_CLAIM_H
#define SERVICE_ACTS_CLAIM_CLAIM_H

#include "domain/claim.h"
#include "service/log/deed.h"

/* The claim that is open, and what the manager thinks of it. Errors: E_INVALID when there is none; E_FORGED. */
MUST_USE Err claim_read(const Deed *deed, const LogEntered *entered, Claim *ret_claim, Role *ret_claimant);
/* The header with what lists and stubs tell of claims. claimed_on: 0 when none is open; decision: CODE_NONE for none yet. */
MUST_USE Err claim_header(const Deed *deed, const LogEntered *entered, Day claimed_on, unsigned decision, LogChange *change);

#endif
