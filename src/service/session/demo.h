/* One click per person, where every person is made up.
 * Must not do anything in production: the mode is asked first, in each function.
 * Called by web. */
#ifndef SERVICE_SESSION_DEMO_H
#define SERVICE_SESSION_DEMO_H

#include "service/session/session.h"

/* The people that a demo lets one become. */
typedef struct DemoChoice {
    Id person;
    Str name;
    enum Role role; /* one row for each role held */
    Str unit_name;
} DemoChoice;

/* In demo and test mode only: staff by role, and family. Errors: E_MODE in production. */
MUST_USE Err session_demo_people(Service *service, Id tenant, Arena *keep, const DemoChoice **ret_people, uint32_t *ret_count);
/* One click per person, in demo and test mode only. Errors: E_MODE in production, E_NOT_FOUND. */
MUST_USE Err session_sign_in_demo(Service *service, Id tenant, Id person, SessionToken *ret_token);

#endif
