/* A plan of the room seed as one text, for the way from the command to whoever carries it out.
 * Must not hold anything but whole numbers.
 * Used by the command and by the act. */
#ifndef CLI_CONTROL_SEED_ORDER_H
#define CLI_CONTROL_SEED_ORDER_H

#include "service/seed/plan.h"

/* "seed logs units years minimum maximum longest until". Lives in keep. */
MUST_USE Err seed_order_write(const SeedPlan *plan, Arena *keep, Str *ret_text);
/* Errors: E_MALFORMED for another form, E_RANGE for numbers beyond what fits. Number, name and by stay as they are. */
MUST_USE Err seed_order_read(Str text, SeedPlan *plan);

#endif
