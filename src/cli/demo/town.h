/* Municipality, units and staff of the demo, and how one of them acts.
 * Must not give a role that nobody gave: all of it goes through the services.
 * Used by the command demo and its logs. */
#ifndef CLI_DEMO_TOWN_H
#define CLI_DEMO_TOWN_H

#include "cli/demo/demo.h"

/* The person acting in this role (and unit, unless DEMO_NO_UNIT), as a fresh request of theirs. */
MUST_USE Err demo_act(Demo *demo, enum DemoPerson person, Role role, enum DemoUnit unit, const Actor **ret_actor);
/* Signs out; the person may be somebody else afterwards. Not being signed in is fine. */
MUST_USE Err demo_leave(Demo *demo, enum DemoPerson person);
/* The row of a role that a person holds in a unit. */
MUST_USE Err demo_role_row(Demo *demo, enum DemoPerson person, Role role, enum DemoUnit unit, Id *ret_row);

/* Municipality, units and staff. */
MUST_USE Err demo_make_town(Demo *demo);
/* When all logs are made: a code for everybody who has not enrolled. One of before ended when its person was let into a log. */
MUST_USE Err demo_hand_over_codes(Demo *demo);

#endif
