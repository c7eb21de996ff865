/* The key agent as a process: its socket, its sandbox, its loop.
 * Must not read a byte from outside before the sandbox is in force.
 * Used by cli (stafettlogg keyd) and the test fixture. */
#ifndef KEYD_SERVE_H
#define KEYD_SERVE_H

#include "keyd/key_file_disk.h"

#define CEILING_SETTINGS_MAX 32
#define ALLOWED_USERS_MAX 8

typedef struct CeilingSetting {
    Str name;
    uint32_t ceiling;
} CeilingSetting;

typedef struct KeydOptions {
    const char *socket;   /* its folder must exist */
    KeyFilePlaces places; /* key file first, then mirrors */
    Mode mode;            /* MODE_NONE accepts a key file of any mode */
    int64_t group;        /* of the socket file (0660); 0 leaves it as it is */
    int64_t users[ALLOWED_USERS_MAX]; /* who may connect beside our own user */
    size_t user_count;
    CeilingSetting ceilings[CEILING_SETTINGS_MAX];
    size_t ceiling_count;
} KeydOptions;

/* Serves until SIGTERM or SIGINT, sealed at first. Takes rights away from this process for good.
 * Errors: those of agent_new and agent_set_ceiling, E_BUSY (another agent serves there, or works with the key file), E_FORBIDDEN, E_IO. */
MUST_USE Err keyd_serve(const KeydOptions *options);

#endif
