/* Who has seen a log: everybody who opened or wrote in it, a page at a time.
 * Must not show refusals, nor a line before its own is written.
 * Called by web and api. Rules: access 13, reading-and-writing 2. */
#ifndef SERVICE_READING_SEEN_H
#define SERVICE_READING_SEEN_H

#include "service/log/reader.h"
#include "service/log/view.h"

#define LOG_SEEN_PAGE 50

/* Everybody who opened or wrote in the log, newest first, LOG_SEEN_PAGE a page; before = line of the last seen, 0 = from the top.
 * This is itself an opening that stands in the list. */
MUST_USE Err log_seen(const LogReader *reader, Id log, uint64_t before, const Seen **ret_seen, uint32_t *ret_count);

#endif
