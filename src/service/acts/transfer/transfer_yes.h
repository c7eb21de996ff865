/* Somebody who must consent says yes to one transfer, in the app or as it is recorded.
 * Must not take the yes of somebody whose consent does not stand.
 * Called by the two acts of this room that take one. Rules: transfer 1, 3. */
#ifndef SERVICE_ACTS_TRANSFER_TRANSFER_YES_H
#define SERVICE_ACTS_TRANSFER_TRANSFER_YES_H

#include "service/acts/guardian_rows.h"
#include "service/acts/transfer/handshake.h"

/* values: KIND_TRANSFER_YES, which is kept in this change; document: what was signed, or empty. Errors: E_INVALID when they need not
 * say yes, or have. */
MUST_USE Err transfer_yes(const Deed *deed, const LogEntered *entered, Values *values, const NewDocument *document, LogChange *change);

#endif
