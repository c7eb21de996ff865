/* Numbers, telephone numbers, addresses of mail and links, as people copy them from elsewhere: one form each.
 * Must not decide whether a number is somebody's: input/numbers.h does.
 * Used by fields.c. */
#ifndef DOMAIN_PASTED_H
#define DOMAIN_PASTED_H

#include "domain/fields.h"

/* True for a type of field that has its form from here. */
bool is_pasted(const Field *field);

/* The canonical form of raw, which is UTF-8, for such a field: digits alone; "22 33 44 55" and "+46701234567"; "name@host.no" with the
 * host in small letters; "https://host.no/..." with what may not stand in a link escaped. Empty when nothing that shows was typed.
 * *ret_fault is FAULT_FINE exactly when *ret_text was set. Errors: E_NO_MEMORY. */
MUST_USE Err pasted_read(const Field *field, Str raw, Arena *keep, Fault *ret_fault, Str *ret_text);

#endif
