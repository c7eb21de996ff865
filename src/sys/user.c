/* Names of Unix users from the system's own list.
 * Must not fail: a user without a name is told by number.
 * Called by cli. */
#include "sys/user.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ROOM 1024

Id user_identity(int64_t user)
{
    char bytes[ROOM], text[ROOM];
    struct passwd entry, *found = NULL;
    Id identity = {0};
    bool is_named = getpwuid_r((uid_t)user, &entry, bytes, sizeof bytes, &found) == 0 && found;

    snprintf(text, sizeof text, "unix:%s", is_named ? found->pw_name : "");
    if (!is_named || strlen(text) > sizeof identity.bytes)
        snprintf(text, sizeof text, "unix:#%lld", (long long)user);
    size_t length = strlen(text);
    memcpy(identity.bytes, text, length < sizeof identity.bytes ? length : sizeof identity.bytes);
    return identity;
}

int64_t user_own(void)
{
    return (int64_t)geteuid();
}

Err user_number(const char *name, int64_t *ret_number)
{
    char bytes[ROOM];
    struct passwd entry, *found = NULL;

    if (is_ok(num_parse(str_from_c(name), 0, UINT32_MAX, ret_number)))
        return ok();
    if (getpwnam_r(name, &entry, bytes, sizeof bytes, &found) != 0 || !found)
        return fail(E_NOT_FOUND);
    *ret_number = (int64_t)found->pw_uid;
    return ok();
}

Err group_number(const char *name, int64_t *ret_number)
{
    char bytes[ROOM];
    struct group entry, *found = NULL;

    if (is_ok(num_parse(str_from_c(name), 0, UINT32_MAX, ret_number)))
        return ok();
    if (getgrnam_r(name, &entry, bytes, sizeof bytes, &found) != 0 || !found)
        return fail(E_NOT_FOUND);
    *ret_number = (int64_t)found->gr_gid;
    return ok();
}
