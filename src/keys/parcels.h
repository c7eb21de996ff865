/* The key of what a parcel holds, as the key agent of the municipality that it is sealed to gives it.
 * Must not keep a key longer than its caller.
 * Used by service/crossing. Rule: transfer 6. */
#ifndef KEYS_PARCELS_H
#define KEYS_PARCELS_H

#include "keys/keys.h"

/* Who opens which. */
typedef struct ParcelUse {
    Id grant;      /* of a manager */
    Id tenant;     /* to which it is sealed */
    Id transfer;
    Str head;      /* PARCEL_HEAD_BYTES, as it stands in the file */
    Str box;       /* PARCEL_BOX_BYTES */
} ParcelUse;
/* Errors also: E_FORGED (sealed to another, or changed), E_RANGE (a grant that opens none). */
MUST_USE Err keys_parcel_open(Keys *keys, const ParcelUse *use, Key *ret_key);

#endif
