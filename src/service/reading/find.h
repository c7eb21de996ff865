/* A log by the number that people read out: for those who reach a log by its number only.
 * Must not tell a number that is nobody's from one that is not for the asker.
 * Called by web and api. Rules: access 6, reading-and-writing 10, 17. */
#ifndef SERVICE_READING_FIND_H
#define SERVICE_READING_FIND_H

#include "service/log/reader.h"

/* The log of a display number, when the caller may read it, may after a reason, or may know that it exists. One line.
 * Errors: E_NOT_FOUND for every other number. */
MUST_USE Err log_find(const LogReader *reader, uint32_t display, Id *ret_log);

#endif
