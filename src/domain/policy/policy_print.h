/* All rights as one text.
 * Must print the tables that the policy reads, not a copy.
 * Used by the command `policy` and the golden test. */
#ifndef DOMAIN_POLICY_PRINT_H
#define DOMAIN_POLICY_PRINT_H

#include "base/buf.h"

/* The whole matrix and all acts as readable text (tests/golden/policy.txt). Errors through buf. */
void policy_print(Buf *buf);

#endif
