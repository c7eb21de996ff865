/* How many logs stand behind a number: one child with many registrations is still one child (rules: statistics 15).
 * Must not outlive the tags: what stays is a count up to five.
 * Used inside cube. */
#ifndef CUBE_CONTRIBUTORS_H
#define CUBE_CONTRIBUTORS_H

#include "cube/work.h"

/* Counts the logs of the facts that still have tags into work->logs, where those of earlier publications stand already: the larger
 * counts, and of a period of several years the largest of its years. Errors: E_NO_MEMORY. */
MUST_USE Err contributors_count(Work *work);
/* So few logs that the number is sensitive whatever it is. */
bool contributors_are_few(const Work *work, uint32_t cell);

#endif
