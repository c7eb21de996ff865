/* stafettlogg restore FILE: a blank machine, a backup, a copy of the key file and enough custodians give an installation again.
 * Must not touch a folder or a database that it has not begun itself, nor leave one that opens before everything is verified.
 * Called from the table of commands. */
#include "cli/backup/replay.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command/place.h"
#include "cli/control/unfinished.h"
#include "store/copy/copy.h"
#include "sys/file.h"
#include "sys/file_stream.h"
#include "sys/sandbox.h"
#include "sys/user.h"

#define ARENA_BYTES ((size_t)256 << 20)

enum { OPTION_LEDGER = 256, OPTION_LEDGER_LOST, OPTION_OTHER_LEDGER };

static const struct argp_option options[] = {
    {.name = "ledger", .key = OPTION_LEDGER, .arg = "FILE", .doc = "the newest copy of the ledger of deletions"},
    {.name = "other-ledger", .key = OPTION_OTHER_LEDGER, .arg = "FILE",
     .doc = "that of another server of the same PostgreSQL databases; may be given several times"},
    {.name = "ledger-lost", .key = OPTION_LEDGER_LOST, .doc = "there is none: what was deleted after the backup comes back"},
    {0},
};

static const struct argp_child children[] = {{.argp = &place_where}, {.argp = &custody_argp}, {0}};

typedef struct Wish {
    Custody custody;
    Place place;
    const char *file;
    const char *ledger;
    const char *others[LEDGERS_OTHER_MAX];
    uint32_t other_count;
    bool ledger_lost;
} Wish;

static void check_complete(const Wish *wish, struct argp_state *state)
{
    if (!wish->file)
        argp_error(state, "say which backup: restore FILE");
    if (!wish->place.data || !wish->custody.places.paths[0] || wish->custody.share_count == 0)
        argp_error(state, "--data, --key-file and --share are needed");
    if ((wish->ledger != NULL) == wish->ledger_lost)
        argp_error(state, "say --ledger FILE, or --ledger-lost when no copy of it is left");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &wish->place;
        state->child_inputs[1] = &wish->custody;
        return 0;
    case OPTION_LEDGER:
        wish->ledger = text;
        return 0;
    case OPTION_LEDGER_LOST:
        wish->ledger_lost = true;
        return 0;
    case OPTION_OTHER_LEDGER:
        if (wish->other_count == LEDGERS_OTHER_MAX)
            argp_error(state, "at most %d ledgers of other servers", LEDGERS_OTHER_MAX);
        else
            wish->others[wish->other_count++] = text;
        return 0;
    case ARGP_KEY_ARG:
        if (wish->file)
            argp_error(state, "one backup at a time");
        wish->file = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- the place ---- */

static Err prove(void *self, Id tenant, const Hash *digest, Hash *ret_proof)
{
    const Reopen *reopen = self;
    const Str bytes = str_from_bytes(digest->bytes, sizeof digest->bytes);
    AUTO(key_wipe) Key key = {0};

    TRY(recovery_row_key(reopen->recovery, tenant, &key));
    return crypto_hmac(reopen->tools->crypto, &key, &bytes, 1, ret_proof->bytes);
}

/* What an earlier restore into this folder began is taken away first: exactly the databases that it has made. */
static Err begin_again(const Wish *wish, const StoresOptions *stores, Arena *arena)
{
    IdList tenants;

    TRY(unfinished_read(wish->place.data, arena, &tenants));
    for (uint32_t i = 0; i < tenants.count; i++)
        TRY(copy_forget(stores, tenants.ids[i]));
    return ok();
}

/* A folder that is not there, or that is empty, or in which a restore was begun. */
static Err begin(const Wish *wish, const StoresOptions *stores, Arena *arena, int *ret_lock)
{
    FolderNames names;
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/lock", wish->place.data);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    TRY(about("data folder", wish->place.data, folder_create_private(wish->place.data)));
    TRY(folder_names(wish->place.data, arena, &names));
    Err again = begin_again(wish, stores, arena);
    bool empty = names.count == 0 || (names.count == 1 && str_equal(names.items[0], STR("lock")));
    if (again.id == E_NOT_FOUND && !empty)
        return told(fail(E_DUPLICATE), "%s is not empty, and no restore was begun in it", wish->place.data);
    if (again.id != E_NOT_FOUND)
        TRY(again);
    TRY(unfinished_begin(wish->place.data));
    Err locked = file_lock(path, ret_lock);
    return locked.id == E_BUSY ? told(locked, "another stafettlogg process uses %s", wish->place.data) : locked;
}

/* Each must be there: opening one to be written makes it where it is not. */
static Err open_other(const char *path, Ledger **ret_ledger)
{
    AUTO(fd_closep) int fd = -1;
    uint64_t size = 0;

    TRY(about("ledger", path, file_in_open(path, &fd, &size)));
    return about("ledger", path, ledger_open(&(LedgerPlaces){.paths = {path}}, false, ret_ledger));
}

static Err open_others(const Wish *wish, Reopen *reopen)
{
    for (; reopen->other_count < wish->other_count; reopen->other_count++)
        TRY(open_other(wish->others[reopen->other_count], &reopen->others[reopen->other_count]));
    return ok();
}

static void close_others(Reopen *reopen)
{
    for (uint32_t i = 0; i < LEDGERS_OTHER_MAX; i++)
        ledger_free(reopen->others[i]);
}

/* ---- the whole way ---- */

/* Without the ledger: what ends again stands there already. */
static Err end_what_ended(const Wish *wish, Reopen *reopen, const StoresOptions *place, uint64_t *ret_ended)
{
    AUTO(stores_closep) Stores *stores = NULL;
    StoresOptions alone = *place;

    memset(alone.ledger, 0, sizeof alone.ledger);
    TRY(about("a database in", wish->place.data, stores_open(&alone, &stores)));
    reopen->stores = stores;
    TRY(replay_begin(reopen));
    TRY(reopen_rewrap(reopen));
    TRY(replay_ledger(reopen, &wish->place, ret_ended));
    TRY(reopen_record(reopen));
    return replay_stands(reopen, &wish->place);
}

static Err verify_and_accept(const Wish *wish, Reopen *reopen, const StoresOptions *place)
{
    AUTO(stores_closep) Stores *stores = NULL;

    TRY(about("a database in", wish->place.data, stores_open(place, &stores)));
    reopen->stores = stores;
    TRY(reopen_verify(reopen));
    TRY(reopen_accept(reopen));
    return replay_stands_beside(reopen);
}

static Err say_duplicate(const Wish *wish, Err filled)
{
    if (filled.id == E_DUPLICATE)
        return told(filled, "%s: a database is there already which this restore has not made; nothing of it was touched",
                    wish->place.database ? "the server" : wish->place.data);
    if (filled.id == E_FORGED)
        return told(filled, "%s: a part of it was changed, or is of another backup", wish->file);
    return about("restore into", wish->place.data, filled);
}

static Err restore(Wish *wish, OpenBackup *backup, Reopen *reopen)
{
    AUTO(fd_closep) int lock = -1;
    AUTO(fd_closep) int ledger = -1;
    TRY(place_complete(&wish->place));
    StoresOptions place = place_stores(&wish->place, &reopen->tools->world);
    Refilled *refilled = NULL;
    uint64_t size = 0, ended = 0;

    place.prover = (Prover){.prove = prove, .self = reopen};
    TRY(ARENA_NEW(reopen->arena, Refilled, 1, &refilled));
    reopen->refilled = refilled;
    if (wish->ledger)
        TRY(about("ledger", wish->ledger, file_in_open(wish->ledger, &ledger, &size)));
    TRY(begin(wish, &place, reopen->arena, &lock));
    const Refill plan = {.options = &place, .data = wish->place.data, .ledger = ledger};
    TRY(say_duplicate(wish, refill(backup, &plan, reopen->arena, refilled)));
    TRY(end_what_ended(wish, reopen, &place, &ended));
    TRY(verify_and_accept(wish, reopen, &place));
    TRY(unfinished_end(wish->place.data));
    printf("Restored %u databases with %llu rows; %llu things that ended after the backup ended again.\n"
           "Start the key agent and serve over them, and unseal.\n",
           refilled->count, (unsigned long long)refilled->rows, (unsigned long long)ended);
    return ok();
}

static Err run(Wish *wish, Tools *tools)
{
    AUTO(given_wipe) Given given = {.count = 0};
    AUTO(recovery_closep) Recovery *recovery = NULL;
    AUTO(open_backup_close) OpenBackup backup = OPEN_BACKUP_NONE;
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(fd_closep) int lock = -1;

    TRY(arena_new(ARENA_BYTES, &arena));
    Err locked = key_file_lock(&wish->custody.places, &lock);
    if (locked.id == E_BUSY)
        return told(locked, "the key agent is running; stop it first (it starts sealed again)");
    TRY(about("key file", wish->custody.places.paths[0], locked));
    TRY(custody_read(&wish->custody, tools, &given));
    TRY(about("key file", wish->custody.places.paths[0],
              recovery_open(tools->crypto, &wish->custody.places, given.shares, given.count, &recovery)));
    TRY(custody_clock(&wish->custody, recovery_file(recovery), tools));
    TRY(open_backup(wish->file, recovery, tools, &backup));
    Reopen reopen = {.tools = tools, .custody = &wish->custody, .given = &given, .recovery = recovery,
                     .by = user_identity(user_own()), .arena = arena};
    Err done = open_others(wish, &reopen);
    if (is_ok(done))
        done = restore(wish, &backup, &reopen);
    close_others(&reopen);
    return done;
}

Err command_restore(int argc, char **argv)
{
    static const struct argp argp = {.options = options, .children = children, .parser = parse, .args_doc = "FILE",
                                     .doc = "Makes an installation out of a backup, a copy of the key file and the shares of its "
                                            "custodians. Nobody can open it before everything is verified; a restore that is cut "
                                            "off can be begun again."};
    Wish wish = {.place = {.data = NULL}};
    AUTO(tools_close) Tools tools = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    TRY(sandbox_private_memory());
    TRY(tools_open(&tools));
    return run(&wish, &tools);
}
