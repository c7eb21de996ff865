/* Names of Unix users from the system's own list.
 * Must not fail: a user without a name is told by number.
 * Called by cli. */
#include "sys/user.h"

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
