/* Opens the databases and the keys of an installation for one process at a time.
 * Must not be opened twice: the lock on the data folder says who writes (settled 17).
 * Called by serve and by the commands that write. */
#include "cli/installation.h"

#include <stdio.h>

#include "service/heads.h"
#include "service/sessions.h"
#include "store/sqlite/sqlite.h"
#include "sys/file.h"

#define KEY_CONNECTIONS 64

static Err lock_data(const char *data, int *ret_lock)
{
    char path[512];
    int length = snprintf(path, sizeof path, "%s/lock", data);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    return file_lock(path, ret_lock);
}

static Err open_parts(const char *data, const char *keyd, Installation *installation)
{
    KeysOptions keys_options = {.socket = keyd, .crypto = installation->tools.crypto, .connections = KEY_CONNECTIONS};
    StoresOptions stores_options = {
        .driver = sqlite_driver(), .place = str_from_c(data), .world = &installation->tools.world};
    KeysStatus status;

    TRY(keys_open(&keys_options, &installation->keys));
    /* The key file fixes the mode for ever; a sealed agent tells it too. */
    TRY(keys_status(installation->keys, &status));
    TRY(stores_open(&stores_options, &installation->stores));
    TRY(sessions_new(installation->tools.crypto, &installation->sessions));
    TRY(heads_new(&installation->heads));
    installation->service = (Service){.stores = installation->stores,
                                      .keys = installation->keys,
                                      .world = &installation->tools.world,
                                      .mode = status.mode,
                                      .sessions = installation->sessions,
                                      .heads = installation->heads};
    return ok();
}

Err installation_open(const char *data, const char *keyd, Installation *ret_installation)
{
    *ret_installation = (Installation){.lock = -1};
    Err locked = lock_data(data, &ret_installation->lock);
    if (locked.id == E_BUSY)
        fprintf(stderr, "Another stafettlogg process (serve, most likely) uses %s. Stop it first.\n", data);
    TRY(locked);
    Err opened = tools_open(&ret_installation->tools);
    if (is_ok(opened))
        opened = open_parts(data, keyd, ret_installation);
    if (!is_ok(opened))
        installation_close(ret_installation);
    return opened;
}

void installation_close(Installation *installation)
{
    heads_freep(&installation->heads);
    sessions_freep(&installation->sessions);
    stores_closep(&installation->stores);
    keys_closep(&installation->keys);
    tools_close(&installation->tools);
    fd_closep(&installation->lock);
}
