/* The request of a unit for a log that it does not know of: how many, and until when it is open.
 * Must not say who may ask: policy does.
 * Used by service. Rule: transfer 8. */
#ifndef DOMAIN_BLIND_H
#define DOMAIN_BLIND_H

#include <stdint.h>

/* One person in 24 hours, and one unit in the days that a request is open: enough for who knows a child, too few for who looks
 * for children. */
#define BLIND_A_DAY 5
#define BLIND_OPEN_OF_UNIT 40
#define BLIND_DAY_MS (INT64_C(24) * 60 * 60 * 1000)
/* The reason in the row of a request that a guardian began, from the stub of a log: none that a unit may give. */
#define BLIND_OF_FAMILY 9

#endif
