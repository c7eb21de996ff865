/* One field of a command or of the demo, checked as a form would check it.
 * Must not be used for anything that comes over the network: web has its own answer for faults.
 * Used by municipality and demo. */
#ifndef CLI_COMMAND_TYPED_H
#define CLI_COMMAND_TYPED_H

#include "domain/fields.h"

/* Puts the canonical form of what was typed into the field. *values' text lives in keep.
 * Errors: E_INVALID, told on stderr by kind, field and fault. */
MUST_USE Err typed_take(Values *values, FieldKey key, Str typed, Arena *keep);

#endif
