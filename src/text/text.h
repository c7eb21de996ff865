/* Every text that a user sees: the message catalogue (messages/) and dates in words, in bokmål, nynorsk and English.
 * Must not know who reads, and must not hold a text itself.
 * Called by pages, web, api and reports. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "text/dates.h"
#include "text/messages.h"

#endif
