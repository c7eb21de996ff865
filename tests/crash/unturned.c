/* The negative control of delete_and_prove.py: a stafettlogg that says that the keys have turned, and has not turned them.
 * Must never be linked into anything but this control.
 * Takes the place of epoch_turn at link time (--wrap). */
#include "service/jobs/epoch.h"

/* prototypes of --wrap */
Err __wrap_epoch_turn(Service *service, const EpochOrder *order, uint32_t *ret_wrapped);

Err __wrap_epoch_turn(Service *service, const EpochOrder *order, uint32_t *ret_wrapped)
{
    (void)service, (void)order;
    *ret_wrapped = 0;
    return ok();
}
