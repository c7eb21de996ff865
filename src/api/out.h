/* The values of an entry in a document of the API.
 * Must not write a national id, nor what the system made for itself.
 * Used inside api. */
#ifndef API_OUT_H
#define API_OUT_H

#include "base/json_out.h"
#include "domain/fields.h"

/* The values of an entry as domain writes them, but for what is not shown through the API: the national id, whose reading
 * is an act of its own, and what the system made for itself. */
void out_values(Out *out, const char *name, const Values *values);

#endif
