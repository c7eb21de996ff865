/* The moved time of a test between two runs of a process: how far it was moved, in a file of its own.
 * Must not be used outside mode test.
 * Used by keyd (beside the key file) and cli (in the data folder). Rule: clocks 5. */
#ifndef SYS_CLOCK_FILE_H
#define SYS_CLOCK_FILE_H

#include "sys/clock.h"

/* Moves clock as far as was kept, from where it stands at most: never back; one that was not moved begins as long ago as the file
 * says. No file is fine. Errors: E_MODE outside test mode, E_MALFORMED, E_RANGE (no such text), E_CLOCK (it has told a time already, and
 * would go back), those of file_read. */
MUST_USE Err clock_file_read(const char *path, Clock *clock);
/* Keeps how far clock has been moved. Errors: those of file_write. */
MUST_USE Err clock_file_write(const char *path, const Clock *clock);

#endif
