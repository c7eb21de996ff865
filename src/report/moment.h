/* A moment as it stands in data and in archive messages.
 * Must not round: what is read back is what was written.
 * Used by this folder. */
#ifndef REPORT_MOMENT_H
#define REPORT_MOMENT_H

#include "base/calendar.h"

typedef struct MomentText {
    char text[32];
} MomentText;

/* "2026-11-23T09:42:05.123Z" of UTC milliseconds within the years 1800..2999. */
MomentText moment_text(int64_t ms);
/* Exactly that back. Errors: E_MALFORMED. */
MUST_USE Err moment_read(Str text, int64_t *ret_ms);

#endif
