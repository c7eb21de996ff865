/* What is typed about a child: what must fit together, in the wizard and in a correction; and the correction's fields.
 * Must not show the number that stands: an empty field keeps it.
 * Used by web/wizard/pages.c and entry.c. */
#ifndef WEB_FORM_CHILD_FORM_H
#define WEB_FORM_CHILD_FORM_H

#include "service/log/view.h"
#include "web/form/inputs.h"

/* Faults stand at their fields; *good is made false by one and never true. child: KIND_CHILD, each field good by itself. */
MUST_USE Err child_check(Inputs *inputs, const Values *child, bool *good);

/* A correction in this log. The number is asked for only where it may be replaced. */
MUST_USE Err child_correction_inputs(Inputs *inputs, const LogView *log, const Values *start);
/* typed: without a number the log's own counts. */
MUST_USE Err child_correction_check(Inputs *inputs, const LogView *log, const Values *typed, bool *good);

#endif
