/* What an installation is for. Fixed at init, for ever: in the key file and in everything that is sealed.
 * Must not have a default: zero is no mode.
 * Used by domain (which numbers are accepted), crypto, keys and the commands. */
#ifndef BASE_MODE_H
#define BASE_MODE_H

#include "base/str.h"

enum Mode {
    MODE_NONE = 0,
    MODE_PRODUCTION = 1,
    MODE_DEMO = 2,
    MODE_TEST = 3,
};
typedef enum Mode Mode;

/* "production", "demo" or "test"; "none" for anything else. Constants. */
static inline const char *mode_name(Mode mode)
{
    static const char *const names[] = {"none", "production", "demo", "test"};
    return names[(unsigned)mode < COUNT_OF(names) ? mode : 0];
}

/* The mode of that name. Errors: E_MALFORMED. */
MUST_USE static inline Err mode_from_str(Str name, Mode *ret_mode)
{
    for (unsigned mode = MODE_PRODUCTION; mode <= MODE_TEST; mode++) {
        if (!str_equal(name, str_from_c(mode_name((Mode)mode))))
            continue;
        *ret_mode = (Mode)mode;
        return ok();
    }
    return fail(E_MALFORMED);
}

#endif
