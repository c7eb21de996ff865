/* An installation open in this process: lock, clock, keys, databases, sign-in.
 * Must not move in memory once opened: its parts point to each other.
 * Used by serve and by the commands that write. */
#ifndef CLI_CONTROL_INSTALLATION_H
#define CLI_CONTROL_INSTALLATION_H

#include "cli/command/command.h"
#include "cli/command/place.h"
#include "service/service.h"

typedef struct Installation {
    int lock;
    const char *data; /* the folder: the caller's */
    Tools tools;
    Keys *keys;
    Stores *stores;
    Sessions *sessions;
    Heads *heads;
    Known *known;
    Service service;
} Installation;

/* Declare it AUTO(installation_close) Installation x = INSTALLATION_NONE.
 * Errors: E_BUSY (told on stderr) when another process holds the folder, E_FORBIDDEN (told) when a restore into it has not ended, E_NO_AGENT, those of stores_open. */
#define INSTALLATION_NONE {.lock = -1}
MUST_USE Err installation_open(const Place *place, Installation *ret_installation);
void installation_close(Installation *installation);

/* Moves the time of a test forward, of the key agent and of this process, and keeps how far for a start without the agent.
 * Errors: E_MODE outside mode test, E_NO_AGENT, E_RANGE, those of a file. */
MUST_USE Err installation_advance(Installation *installation, int64_t by_ms);

#endif
