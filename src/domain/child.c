/* What must fit together in what is typed about a child.
 * Must not look at one field alone: its kind does that.
 * Used by service, web. Rules: access 21, reading-and-writing 10. */
#include "domain/child.h"

unsigned child_faults(const Values *child)
{
    unsigned protection = values_code(child, CHILD_PROTECTION), faults = 0;

    if (values_at(child, CHILD_BIRTH_DATE).length == 0 && values_at(child, CHILD_NATIONAL_ID).length > 0)
        faults |= CHILD_FAULT_BIRTH;
    if (protection != CODE_NONE && protection != PROTECTION_NONE && values_at(child, CHILD_ADDRESS).length > 0)
        faults |= CHILD_FAULT_ADDRESS;
    return faults;
}
