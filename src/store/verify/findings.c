/* Names and texts of what a verification finds.
 * Must not hold anything of a row.
 * Called by the command `verify` and by tests. */
#include "store/verify/findings.h"

#define X(kind, text) #kind,
static const char *const names[FINDING_COUNT] = {FINDINGS(X)};
#undef X
#define X(kind, text) text,
static const char *const texts[FINDING_COUNT] = {FINDINGS(X)};
#undef X

const char *finding_name(enum finding_kind kind)
{
    return kind < FINDING_COUNT ? names[kind] : "UNKNOWN";
}

const char *finding_text(enum finding_kind kind)
{
    return kind < FINDING_COUNT ? texts[kind] : "unknown";
}
