/* The table of clocks as Markdown.
 * Must not hold a rule.
 * Called by the command `policy clocks`, and by its golden test. */
#ifndef DOMAIN_CLOCKS_PRINT_H
#define DOMAIN_CLOCKS_PRINT_H

#include "base/buf.h"

/* As it stands in docs/rules and in tests/golden/clocks.txt. Errors through buf. */
void clocks_print(Buf *buf);

#endif
