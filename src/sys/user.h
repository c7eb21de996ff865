/* Unix users and groups: by name, by number, and as audit lines of commands tell them.
 * Must not decide what a user may do.
 * Used by cli. */
#ifndef SYS_USER_H
#define SYS_USER_H

#include "base/id.h"

/* Who acts, where no person of a municipality does: the sixteen bytes of an id hold "unix:" and the user's name, zeros
 * after it; a name of more than eleven bytes, or a user without one, is told by number ("unix:#4711"). No random id looks
 * like that (rules: reading-and-writing 6). */
Id user_identity(int64_t user);
/* The user that this process runs as. */
int64_t user_own(void);

/* The number of a user or group that is given by name or by number. Errors: E_NOT_FOUND. */
MUST_USE Err user_number(const char *name, int64_t *ret_number);
MUST_USE Err group_number(const char *name, int64_t *ret_number);

#endif
