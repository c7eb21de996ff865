/* Every number that is stored for ever, beside its name (tests/golden/numbers.txt).
 * Must not hold a number itself: they are read from the lists.
 * Used by the command `policy numbers` and the golden test. */
#ifndef CLI_NUMBERS_H
#define CLI_NUMBERS_H

#include "base/buf.h"

/* One list after the other, in its own order. Errors through buf. */
void numbers_print(Buf *buf);

#endif
