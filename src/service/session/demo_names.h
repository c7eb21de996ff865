/* Names of invented people that a demo's page lists, so that showing it again asks the key agent for nothing.
 * Must not hold a name in production: demo.c asks for the mode first.
 * Kept by memory.c; used by demo.c. */
#ifndef SERVICE_SESSION_DEMO_NAMES_H
#define SERVICE_SESSION_DEMO_NAMES_H

#include "store/rows.h"

typedef struct DemoNames DemoNames;

/* Lives in keep. Errors: E_NO_MEMORY. */
MUST_USE Err demo_names_new(Arena *keep, DemoNames **ret_names);
void demo_names_done(DemoNames *names);

/* Empty when this version of the person is not known. */
MUST_USE Err demo_names_find(DemoNames *names, const PersonRow *person, Arena *keep, Str *ret_name);
/* One opens names at a time, and finds then what others have opened meanwhile. */
void demo_names_begin(DemoNames *names);
void demo_names_end(DemoNames *names);
/* A name that is too long is not kept. */
void demo_names_put(DemoNames *names, const PersonRow *person, Str name);

#endif
