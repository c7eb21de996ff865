/* A hash of 32 bytes, as a value. Made by crypto.
 * Used by store and above. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#define HASH_BYTES 32

typedef struct Hash {
    uint8_t bytes[HASH_BYTES];
} Hash;

#endif
