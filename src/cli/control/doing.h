/* One act on its way through the table of control acts.
 * Must not outlive the call.
 * Used by the acts that have a file of their own. */
#ifndef CLI_CONTROL_DOING_H
#define CLI_CONTROL_DOING_H

#include "cli/control/control.h"

typedef struct Doing {
    Installation *installation;
    Id by;
    const Str *texts;
    Arena *arena;
    Buf *out;
    const ControlHearer *hearer;
} Doing;

#endif
