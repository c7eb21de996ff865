/* The order in which people look for a name in a list: bokmål, æ ø å last, aa as å, capitals and accents aside.
 * Must not depend on the C library's locale.
 * Used by every list that is sorted by a name. */
#ifndef BASE_ORDER_H
#define BASE_ORDER_H

#include "base/str.h"

/* Below, at or above 0: a before, like or behind b. Spaces and signs come before digits, digits before letters, letters of other
 * alphabets last; names that read the same are ordered by their bytes, so that no list jumps. Both must be UTF-8. */
int text_order(Str a, Str b);

#endif
