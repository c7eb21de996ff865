/* Logs of the demo at different points of their lives: quiet, soon without consent, on offer, claimed, passive, of one who is 16, about
 * to go to another unit, with a deletion that is ordered, and deleted.
 * Must not write what a service would not: what lies in the past is done in the past, and then the time is moved.
 * Used by the command demo, in mode test. */
#ifndef CLI_DEMO_LIVES_H
#define CLI_DEMO_LIVES_H

#include "cli/demo/demo.h"

/* Days before that on which the demo is shown: then the first of them begins. */
#define DEMO_LIVES_BEGIN 95

/* Makes them, and moves the time forward by demo->days_left. */
MUST_USE Err demo_make_lives(Demo *demo);

#endif
