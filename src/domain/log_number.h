/* A log's number as people read it: eight digits.
 * Must not be printed in another way anywhere.
 * Used by report, api and web. */
#ifndef DOMAIN_LOG_NUMBER_H
#define DOMAIN_LOG_NUMBER_H

#include "base/str.h"

#define LOG_NUMBER_DIGITS 8

/* Lives in keep. Errors: E_NO_MEMORY. */
static inline MUST_USE Err log_number_text(int64_t display, Arena *keep, Str *ret_text)
{
    return str_format(keep, ret_text, "%0*lld", LOG_NUMBER_DIGITS, (long long)display);
}

#endif
