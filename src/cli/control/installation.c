/* Opens the databases and the keys of an installation for one process at a time.
 * Must not be opened twice: the lock on the data folder says who writes (rules: reading-and-writing 6).
 * Called by serve and by the commands that write. */
#include "cli/control/installation.h"

#include <stdio.h>
#include <string.h>

#include "cli/control/unfinished.h"
#include "service/heads.h"
#include "service/log/known.h"
#include "service/prover.h"
#include "service/session/gate.h"
#include "service/session/memory.h"
#include "sys/clock_file.h"
#include "sys/sandbox.h"
#include "sys/file.h"

#define KEY_CONNECTIONS 64
#define PATH_BYTES 512

static Err place_in(const char *data, const char *name, char ret_path[static PATH_BYTES])
{
    int length = snprintf(ret_path, PATH_BYTES, "%s/%s", data, name);

    return length < 0 || length >= PATH_BYTES ? fail(E_TOO_LARGE) : ok();
}

static Err lock_data(const char *data, int *ret_lock)
{
    char path[PATH_BYTES];

    TRY(place_in(data, "lock", path));
    return file_lock(path, ret_lock);
}

/* The mode is fixed for ever: the key file says it, and a file beside the databases remembers it for the time in which the
 * agent does not answer. */
static Err remembered_mode(const char *data, Mode *ret_mode)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char path[PATH_BYTES];
    Str text, name;

    TRY(arena_new(1 << 12, &arena));
    TRY(place_in(data, "mode", path));
    TRY(file_read(path, 64, arena, &text));
    str_cut(text, '\n', &name);
    return mode_from_str(name, ret_mode);
}

static Err remember_mode(const char *data, Mode mode)
{
    AUTO(arena_freep) Arena *arena = NULL;
    char path[PATH_BYTES];
    Str text;

    TRY(arena_new(1 << 12, &arena));
    TRY(place_in(data, "mode", path));
    TRY(str_format(arena, &text, "%s\n", mode_name(mode)));
    return file_write(path, text, 0600);
}

static Err keep_clock(const Installation *installation)
{
    char path[PATH_BYTES];

    TRY(place_in(installation->data, "clock", path));
    return clock_file_write(path, &installation->tools.clock);
}

/* While the agent does not answer, the time goes on from where it was. */
static Err remembered_clock(Installation *installation, Mode mode)
{
    char path[PATH_BYTES];

    installation->tools.clock.may_advance = mode == MODE_TEST;
    TRY(place_in(installation->data, "clock", path));
    return mode == MODE_TEST ? clock_file_read(path, &installation->tools.clock) : ok();
}

/* In mode test the agent's clock may have been moved on, or begin some time ago: this process goes by the same. */
static Err follow_clock(Installation *installation, const KeysStatus *status)
{
    int64_t now = 0;

    TRY(remembered_clock(installation, status->mode));
    TRY(clock_now(&installation->tools.clock, &now));
    if (status->mode != MODE_TEST || status->now <= now)
        return ok();
    TRY(clock_advance(&installation->tools.clock, status->now - now));
    return keep_clock(installation);
}

/* The agent's clock first: it refuses outside mode test, and a grant must never seem to end later there than here. */
Err installation_advance(Installation *installation, int64_t by_ms)
{
    TRY(keys_clock_advance(installation->keys, by_ms));
    TRY(clock_advance(&installation->tools.clock, by_ms));
    return keep_clock(installation);
}

static Err learn_mode(Installation *installation, Mode *ret_mode)
{
    const char *data = installation->data;
    KeysStatus status;
    Mode mode = MODE_NONE;
    Err asked = keys_status(installation->keys, &status);
    Err remembered = remembered_mode(data, &mode);

    if (asked.id == E_NO_AGENT && is_ok(remembered)) {
        /* Pages say calmly that the service is closed, until the agent is there. */
        *ret_mode = mode;
        return remembered_clock(installation, mode);
    }
    TRY(asked);
    if (is_ok(remembered) && mode != status.mode)
        return told(fail(E_MODE), "the databases are of mode %s, the key agent is of mode %s: they are not of one installation",
                    mode_name(mode), mode_name(status.mode));
    if (!is_ok(remembered))
        TRY(remember_mode(data, status.mode));
    *ret_mode = status.mode;
    return follow_clock(installation, &status);
}

/* The key of familiar browsers stands in a file, so that they are known after a restart. It opens nothing. Whoever has it passes
 * for familiar, which spares waiting for strangers' attempts and no more. */
static Err keep_familiar(const Installation *installation)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(key_wipe) Key key = {0};
    char path[PATH_BYTES];
    Str content = STR_NONE;

    TRY(arena_new(1 << 12, &arena));
    TRY(place_in(installation->data, "familiar", path));
    Err read = file_read(path, KEY_BYTES, arena, &content);
    if (is_ok(read) && content.length == KEY_BYTES) {
        memcpy(key.bytes, content.data, KEY_BYTES);
    } else if (is_ok(read) || read.id == E_NOT_FOUND || read.id == E_TOO_LARGE) {
        TRY(crypto_key_new(installation->tools.crypto, &key));
        TRY(file_write(path, str_from_bytes(key.bytes, KEY_BYTES), 0600));
    } else {
        return read;
    }
    gate_keep(sessions_gate(installation->sessions), &key);
    return ok();
}

static Err open_parts(const Place *place, Installation *installation)
{
    KeysOptions keys_options = {.socket = place->keyd, .crypto = installation->tools.crypto, .connections = KEY_CONNECTIONS};
    StoresOptions stores_options = place_stores(place, &installation->tools.world);
    Mode mode = MODE_NONE;

    TRY(keys_open(&keys_options, &installation->keys));
    stores_options.prover = service_prover(installation->keys);
    TRY(about("key agent", place->keyd, learn_mode(installation, &mode)));
    TRY(about("a database in", place->data, stores_open(&stores_options, &installation->stores)));
    TRY(sessions_new(installation->tools.crypto, &installation->sessions));
    TRY(about("a file in", place->data, keep_familiar(installation)));
    TRY(heads_new(&installation->heads));
    TRY(known_new(&installation->known));
    installation->service = (Service){.stores = installation->stores,
                                      .keys = installation->keys,
                                      .world = &installation->tools.world,
                                      .mode = mode,
                                      .sessions = installation->sessions,
                                      .heads = installation->heads,
                                      .known = installation->known};
    return ok();
}

Err installation_open(const Place *place, Installation *ret_installation)
{
    *ret_installation = (Installation){.lock = -1, .data = place->data};
    TRY(sandbox_private_memory()); /* what people write lies in it unsealed */
    Err locked = lock_data(place->data, &ret_installation->lock);
    if (locked.id == E_BUSY)
        return told(locked, "another stafettlogg process (serve, most likely) uses %s; stop it first", place->data);
    TRY(about("data folder", place->data, locked));
    TRY(unfinished_none(place->data));
    Err opened = tools_open(&ret_installation->tools);
    if (is_ok(opened))
        opened = open_parts(place, ret_installation);
    if (!is_ok(opened))
        installation_close(ret_installation);
    return opened;
}

void installation_close(Installation *installation)
{
    known_freep(&installation->known);
    heads_freep(&installation->heads);
    sessions_freep(&installation->sessions);
    stores_closep(&installation->stores);
    keys_closep(&installation->keys);
    tools_close(&installation->tools);
    fd_closep(&installation->lock);
}
