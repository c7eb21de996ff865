/* The order to delete a log, for the acts of this room: as it stands, and as an act leaves it.
 * Must not say who may: policy does, before and again inside the work.
 * Called by the files of this room. */
#ifndef SERVICE_ACTS_DELETION_ORDER_H
#define SERVICE_ACTS_DELETION_ORDER_H

#include "service/log/deed.h"

/* What the work puts of it. */
typedef struct OrderPut {
    DeletionRow row;
    bool made;     /* a new one */
    Arena *scratch;
} OrderPut;

/* The order of an entered log, to be changed by the act. Errors: E_INVALID where none stands, E_FORGED. */
MUST_USE Err order_to_change(const Deed *deed, const LogEntered *entered, LogChange *change, OrderPut **ret_put);
/* Puts it in the work of this change, which is refused where the report that it names is not there any more. Errors: E_NO_MEMORY. */
MUST_USE Err order_to_put(const Deed *deed, const DeletionRow *row, bool made, LogChange *change, OrderPut **ret_put);
/* T0: it is approved now, and purged when the delay of the municipality is over. */
void order_approve(const Deed *deed, const LogEntered *entered, DeletionRow *row);

#endif
