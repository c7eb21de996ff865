/* One field of a command or of the demo, checked as a form would check it.
 * Must not be used for anything that comes over the network: web has its own answer for faults.
 * Used by municipality and demo. */
#ifndef CLI_TYPED_H
#define CLI_TYPED_H

#include "domain/fields.h"

/* Puts the canonical form of what was typed into the field of that name. *values' text lives in keep.
 * Errors: E_INVALID, told on stderr by kind, field and fault; E_INTERNAL for a name that the kind does not have. */
MUST_USE Err typed_take(Values *values, const char *name, Str typed, Arena *keep);

#endif
