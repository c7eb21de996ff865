/* A new municipality: keys, database, register, and the code for its first administrator.
 * Must not be reachable from the web: an operator does it on the host (rules: access 24).
 * Called by cli and tests. */
#ifndef SERVICE_MUNICIPALITY_FOUNDING_H
#define SERVICE_MUNICIPALITY_FOUNDING_H

#include "service/people/enrolment_code.h"

typedef struct NewMunicipality {
    Str number;           /* four digits */
    Str name;
    const Values *person; /* KIND_STAFF_PERSON: the first municipality administrator */
    Id by;                /* who asked, for the audit: a Unix user's identity (sys/user.h), or none */
} NewMunicipality;

/* May be sent again after any failure: what is there already is kept, and the municipality stands in the list only when
 * all of it is there. One line in its own database, one in the host's, of the same request (rules: operation 13).
 * Errors: E_DUPLICATE for a number in use; E_RANGE for what is no number or name; E_SEALED, E_NO_AGENT. */
MUST_USE Err municipality_create(Service *service, const NewMunicipality *municipality, Id *ret_tenant,
                                 EnrolmentCode *ret_code);

#endif
