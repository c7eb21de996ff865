/* What must fit together in what is typed about a child.
 * Must not look at one field alone: its kind does that.
 * Used by service, web. Rules: access 21, reading-and-writing 10. */
#ifndef DOMAIN_CHILD_H
#define DOMAIN_CHILD_H

#include "domain/fields.h"

enum ChildFault {
    CHILD_FAULT_BIRTH = 1,   /* rules about age need the date, and a number does not tell it (domain/input/numbers.h) */
    CHILD_FAULT_ADDRESS = 2, /* an address that is protected is not written down */
};

/* A set of them. child: KIND_CHILD, each field good by itself. */
unsigned child_faults(const Values *child);

#endif
