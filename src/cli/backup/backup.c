/* stafettlogg backup [list | feed | verify FILE]: makes one now, tells which there are, has the newest taken elsewhere, and checks one.
 * Must not open a database by itself: serve makes the backup, or a command in serve's place.
 * Called from the table of commands. */
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "cli/backup/feed.h"
#include "cli/backup/open.h"
#include "cli/control/backup.h"
#include "keys/backups.h"
#include "sys/sandbox.h"

#define SCRATCH ((size_t)96 << 20)
#define RECORD_ROOM ((size_t)160 << 20)

static const struct argp_child children[] = {{.argp = &place_where}, {.argp = &place_agent}, {.argp = &custody_argp}, {0}};

typedef struct Wish {
    Custody custody;
    Place place;
    const char *act;
    const char *file;
} Wish;

static bool is_act(const Wish *wish, const char *act)
{
    return strcmp(wish->act ? wish->act : "make", act) == 0;
}

static void check_complete(const Wish *wish, struct argp_state *state)
{
    bool verifies = is_act(wish, "verify");

    if (!verifies && !is_act(wish, "make") && !is_act(wish, "list") && !is_act(wish, "feed"))
        argp_error(state, "say make, list, feed or verify");
    if (verifies != (wish->file != NULL))
        argp_error(state, verifies ? "say which: verify FILE" : "only verify takes a file");
    if (!verifies && !wish->place.data)
        argp_error(state, "--data is needed");
    if (wish->custody.share_count > 0 && !wish->custody.places.paths[0])
        argp_error(state, "--share needs --key-file");
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Wish *wish = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = state->child_inputs[1] = &wish->place;
        state->child_inputs[2] = &wish->custody;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "one backup at a time");
        *(state->arg_num == 0 ? &wish->act : &wish->file) = text;
        return 0;
    case ARGP_KEY_END:
        check_complete(wish, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- make ---- */

static Err make(Wish *wish)
{
    const ControlRequest request = {.act = CONTROL_BACKUP};

    TRY(place_complete(&wish->place));
    Err made = control_ask(&wish->place, &request);

    if (made.id == E_NOT_FOUND && !command_has_told())
        return told(made, "no place takes a backup: %s/" BACKUP_PLACES_FILE " names none, or none of its folders is there", wish->place.data);
    if (made.id == E_BUSY && !command_has_told())
        return told(made, "another backup is being made, or another command works on %s", wish->place.data);
    return about("backup in", wish->place.data, made);
}

/* ---- list ---- */

/* The keys that live, as the agent tells them. */
static Err read_keys(Keys *keys, Arena *keep, IdList *ret_ids)
{
    Id *ids = NULL;
    uint32_t count = 0, from = 0;
    BackupKeys page;

    TRY(ARENA_NEW(keep, Id, 16384, &ids));
    do {
        TRY(keys_backup_list(keys, from, &page));
        for (uint32_t i = 0; i < page.count && count < 16384; i++)
            ids[count++] = page.items[i].backup;
        from = page.next;
    } while (from != 0);
    *ret_ids = (IdList){.ids = ids, .count = count};
    return ok();
}

static void print_minute(int64_t at)
{
    Date date = date_from_day(oslo_day(at));
    unsigned minute = oslo_minute(at);

    printf("%04d-%02u-%02uT%02u:%02u", date.year, date.month, date.day, minute / 60, minute % 60);
}

static void print_file(const struct BackupFile *file, const IdList *keys)
{
    printf("  %s made ", file->name);
    print_minute(file->trailer.made_at);
    printf(", %llu bytes, ", (unsigned long long)file->trailer.size + BACKUP_TRAILER_BYTES);
    if (id_is_among(*keys, file->trailer.id)) {
        printf("opens until ");
        print_minute(file->trailer.destroy_after);
        printf("\n");
    } else {
        printf("its key is destroyed: nobody opens it\n");
    }
}

static Err list_place(const BackupPlace *place, const BackupSigner *signer, const IdList *keys, Arena *arena)
{
    BackupFiles files;

    printf("%.*s %s %.*s\n", STR_ARGS(place->country), place->path, STR_ARGS(place->keeper));
    TRY(about("place", place->path, backup_files(signer, place->path, arena, &files)));
    for (uint32_t i = 0; i < files.count; i++)
        print_file(&files.items[i], keys);
    return ok();
}

static void list_command(const BackupPlace *place, const BackupFeeds *feeds)
{
    const BackupFed *last = backup_fed_last(feeds, place->path);

    printf("%.*s " BACKUP_PLACE_COMMAND "%s %.*s\n", STR_ARGS(place->country), place->path, STR_ARGS(place->keeper));
    if (!last) {
        printf("  was never given one\n");
        return;
    }
    printf("  %s was there ", last->name);
    print_minute(last->at);
    printf("\n");
}

static Err ask_signer(Keys *keys, const Tools *tools, uint8_t head_public[static 32], BackupSigner *ret_signer)
{
    KeysStatus status;

    TRY(keys_status(keys, &status));
    memcpy(head_public, status.head_public, 32);
    *ret_signer = (BackupSigner){.crypto = tools->crypto, .mode = status.mode, .head_public = head_public};
    return ok();
}

static Err list(const Wish *wish, const Tools *tools)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(keys_closep) Keys *keys = NULL;
    uint8_t head_public[32];
    BackupSigner signer;
    BackupPlaces places;
    BackupFeeds feeds;
    IdList live;

    TRY(arena_new(SCRATCH, &arena));
    TRY(backup_places_load(wish->place.data, arena, &places));
    TRY(keys_open(&(KeysOptions){.socket = wish->place.keyd, .crypto = tools->crypto, .connections = 1}, &keys));
    TRY(about("key agent", wish->place.keyd, ask_signer(keys, tools, head_public, &signer)));
    TRY(read_keys(keys, arena, &live));
    for (uint32_t i = 0; i < places.count; i++)
        TRY(list_place(&places.items[i], &signer, &live, arena));
    TRY(backup_feeds_load(wish->place.data, arena, &feeds));
    for (uint32_t i = 0; i < places.command_count; i++)
        list_command(&places.commands[i], &feeds);
    printf("%u keys of backups live\n", live.count);
    return ok();
}

/* ---- feed ---- */

static Err feed(const Wish *wish, const Tools *tools)
{
    AUTO(keys_closep) Keys *keys = NULL;
    uint8_t head_public[32];
    BackupSigner signer;

    TRY(keys_open(&(KeysOptions){.socket = wish->place.keyd, .crypto = tools->crypto, .connections = 1}, &keys));
    TRY(about("key agent", wish->place.keyd, ask_signer(keys, tools, head_public, &signer)));
    return backup_feed(&wish->place, &signer, keys);
}

/* ---- verify ---- */

static Err tell_checked(void *self, uint64_t done, uint64_t total)
{
    Meter *meter = self;

    meter->total = total;
    meter_tell(meter, done);
    return ok();
}

static Err check_bytes(const Wish *wish, const BackupSigner *signer)
{
    Meter meter = meter_new("checked", 0);
    const BackupProgress progress = {.self = &meter, .tell = tell_checked};
    BackupTrailer trailer;
    Err checked = backup_check(signer, wish->file, &progress, &trailer);

    if (checked.id == E_FORGED)
        return told(checked, "%s: changed, or not signed by this installation", wish->file);
    if (checked.id == E_TRUNCATED || checked.id == E_MALFORMED)
        return told(checked, "%s: not a whole backup", wish->file);
    TRY(about("backup", wish->file, checked));
    printf("%s: every byte is as it was signed, made ", wish->file);
    print_minute(trailer.made_at);
    printf("\n");
    return ok();
}

/* To its last record: what does not open, or ends too early, is told by its error. */
static Err open_chunks(OpenBackup *backup, uint64_t *ret_rows)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Meter meter = meter_new("opened", backup->trailer.size);
    BackupRecord kind = RECORD_MANIFEST;
    Str bytes;

    TRY(arena_new(RECORD_ROOM, &arena));
    *ret_rows = 0;
    while (kind != RECORD_END) {
        size_t mark = arena_mark(arena);
        TRY(backup_read(backup->reader, arena, &kind, &bytes));
        arena_rewind(arena, mark);
        *ret_rows += kind == RECORD_ROW;
        meter_tell(&meter, backup_read_bytes(backup->reader));
    }
    return ok();
}

static Err check_chunks(const Wish *wish, Tools *tools, const Given *given)
{
    AUTO(recovery_closep) Recovery *recovery = NULL;
    AUTO(open_backup_close) OpenBackup backup = OPEN_BACKUP_NONE;
    uint64_t rows = 0;

    TRY(recovery_open(tools->crypto, &wish->custody.places, given->shares, given->count, &recovery));
    TRY(custody_clock(&wish->custody, recovery_file(recovery), tools));
    TRY(open_backup(wish->file, recovery, tools, &backup));
    TRY(open_chunks(&backup, &rows));
    printf("%s: every chunk opens, %llu rows\n", wish->file, (unsigned long long)rows);
    return ok();
}

static Err signer_of_key_file(const Wish *wish, const Tools *tools, Arena *keep, BackupSigner *ret_signer)
{
    KeyFile *file = NULL;
    size_t spoilt = 0;

    TRY(ARENA_NEW(keep, KeyFile, 1, &file));
    TRY(about("key file", wish->custody.places.paths[0], key_file_read(&wish->custody.places, file, &spoilt)));
    *ret_signer = (BackupSigner){.crypto = tools->crypto, .mode = file->mode, .head_public = file->head_public};
    return ok();
}

static Err signer_of_agent(const Wish *wish, const Tools *tools, uint8_t head_public[static 32], BackupSigner *ret_signer)
{
    AUTO(keys_closep) Keys *keys = NULL;

    TRY(keys_open(&(KeysOptions){.socket = wish->place.keyd, .crypto = tools->crypto, .connections = 1}, &keys));
    return about("key agent", wish->place.keyd, ask_signer(keys, tools, head_public, ret_signer));
}

static Err verify(const Wish *wish, Tools *tools)
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(given_wipe) Given given = {.count = 0};
    uint8_t head_public[32];
    BackupSigner signer;

    TRY(arena_new(sizeof(KeyFile) + 4096, &arena));
    if (wish->custody.places.paths[0])
        TRY(signer_of_key_file(wish, tools, arena, &signer));
    else
        TRY(signer_of_agent(wish, tools, head_public, &signer));
    TRY(check_bytes(wish, &signer));
    if (wish->custody.share_count == 0)
        return ok();
    TRY(custody_read(&wish->custody, tools, &given));
    return check_chunks(wish, tools, &given);
}

Err command_backup(int argc, char **argv)
{
    static const struct argp argp = {.children = children, .parser = parse,
                                     .args_doc = "[make|list|feed|verify FILE]",
                                     .doc = "Makes a backup of everything in every folder of the register, lists those that are "
                                            "there, gives the newest to the register's commands, or checks one: without keys that it is as it was signed, with custodians' "
                                            "shares that every chunk opens."};
    Wish wish = {.place.keyd = KEYD_SOCKET};
    AUTO(tools_close) Tools tools = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &wish);
    if (is_act(&wish, "make"))
        return make(&wish);
    TRY(sandbox_private_memory());
    TRY(tools_open(&tools));
    if (is_act(&wish, "feed"))
        return feed(&wish, &tools);
    return is_act(&wish, "list") ? list(&wish, &tools) : verify(&wish, &tools);
}
