/* Reads shares, joins the recovery key, asks for a backup's key.
 * Must not say more of a backup than stands in its clear ends.
 * Called by backup.c, restore.c. */
#include "cli/backup/open.h"

#include <stdio.h>

#include "base/calendar.h"
#include "cli/control/backup.h"
#include "cli/keys/shares.h"
#include "sys/clock_file.h"
#include "sys/file.h"
#include "sys/file_stream.h"

#define TELL_MS 1000

/* ---- options ---- */

static const struct argp_option options[] = {
    {.name = "key-file", .key = 'K', .arg = "PATH", .doc = "a copy of the key file"},
    {.name = "mirror", .key = 'm', .arg = "PATH", .doc = "every other copy of it (up to three)"},
    {.name = "share", .key = 'f', .arg = "FILE", .doc = "share file of a custodian who is there; once for each"},
    {.name = "passphrase-file", .key = 'p', .arg = "FILE", .doc = "passphrase of the next share (default: asked)"},
    {0},
};

static void add(const char **list, size_t *count, size_t room, const char *path, struct argp_state *state)
{
    if (*count == room)
        argp_error(state, "too many files");
    else
        list[(*count)++] = path;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    Custody *custody = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        custody->places.count = 1;
        return 0;
    case 'K':
        custody->places.paths[0] = text;
        return 0;
    case 'm':
        add(custody->places.paths, &custody->places.count, KEY_FILE_PLACES_MAX, text, state);
        return 0;
    case 'f':
        add(custody->shares, &custody->share_count, CUSTODIANS_MAX, text, state);
        return 0;
    case 'p':
        add(custody->passphrases, &custody->passphrase_count, CUSTODIANS_MAX, text, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp custody_argp = {.options = options, .parser = parse};

/* ---- shares ---- */

void given_wipe(Given *given)
{
    crypto_wipe(given, sizeof *given);
}

Err custody_read(const Custody *custody, const Tools *tools, Given *ret_given)
{
    AUTO(passwords_freep) Passwords *passwords = NULL;

    TRY(passwords_new(tools->crypto, &passwords));
    for (size_t i = 0; i < custody->share_count; i++)
        TRY(share_read(passwords, tools, custody->shares[i], i < custody->passphrase_count ? custody->passphrases[i] : NULL,
                       &ret_given->shares[i]));
    ret_given->count = custody->share_count;
    return ok();
}

Err custody_clock(const Custody *custody, const KeyFile *file, Tools *tools)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s.clock", custody->places.paths[0]);

    if (length < 0 || (size_t)length >= sizeof path)
        return fail(E_TOO_LARGE);
    if (file->mode != MODE_TEST)
        return ok();
    tools->clock.may_advance = true;
    return clock_file_read(path, &tools->clock);
}

/* ---- the backup ---- */

static Err source_read(void *self, void *ret_bytes, size_t length)
{
    const OpenBackup *backup = self;

    return file_in_read(backup->fd, ret_bytes, length);
}

void open_backup_close(OpenBackup *backup)
{
    backup_reader_freep(&backup->reader);
    key_wipe(&backup->key);
    fd_closep(&backup->fd);
}

static Err say_dead(const BackupTrailer *trailer, Err error)
{
    Day day = oslo_day(trailer->destroy_after) - 1;
    Date last = date_from_day(day);

    return told(error, "the key of this backup is destroyed: it could be opened up to %04d-%02u-%02u, and now by nobody", last.year,
                last.month, last.day);
}

static Err ask_for_key(const Recovery *recovery, const Tools *tools, OpenBackup *backup)
{
    BackupHead head;
    int64_t now = 0;

    TRY(world_now(&tools->world, &now));
    TRY(backup_read_head(backup->reader, &head));
    Err opened = recovery_backup_key(recovery, head.id, now, &backup->key);
    if (opened.id == E_NOT_FOUND && backup->trailer.destroy_after <= now)
        return say_dead(&backup->trailer, opened);
    if (opened.id == E_NOT_FOUND)
        return told(opened, "this copy of the key file has no key of the backup: it is older than the backup, or of another installation");
    TRY(opened);
    backup_reader_key(backup->reader, &backup->key);
    return ok();
}

static Err look(const char *path, const BackupSigner *signer, BackupTrailer *ret_trailer)
{
    Err looked = backup_look(signer, path, ret_trailer);

    if (looked.id == E_FORGED)
        return told(looked, "%s: not signed by this installation, or changed", path);
    if (looked.id == E_TRUNCATED || looked.id == E_MALFORMED)
        return told(looked, "%s: not a whole backup", path);
    return about("backup", path, looked);
}

Err open_backup(const char *path, const Recovery *recovery, const Tools *tools, OpenBackup *ret_backup)
{
    const KeyFile *file = recovery_file(recovery);
    const BackupSigner signer = {.crypto = tools->crypto, .mode = file->mode, .head_public = file->head_public};
    uint64_t size = 0;

    TRY(look(path, &signer, &ret_backup->trailer));
    TRY(file_in_open(path, &ret_backup->fd, &size));
    TRY(backup_reader_new(tools->crypto, (BackupSource){.self = ret_backup, .read = source_read}, ret_backup->trailer.size,
                          &ret_backup->reader));
    return ask_for_key(recovery, tools, ret_backup);
}

/* ---- how far it is ---- */

Meter meter_new(const char *what, uint64_t total)
{
    int64_t now = clock_monotonic_ms();

    return (Meter){.what = what, .total = total, .began = now, .told = now};
}

void meter_tell(Meter *meter, uint64_t done)
{
    AUTO(arena_freep) Arena *arena = NULL;
    int64_t now = clock_monotonic_ms();
    Str words;

    if (now - meter->told < TELL_MS)
        return;
    meter->told = now;
    const BackupFar far = {.done = done, .total = meter->total, .took_ms = now - meter->began, .of = meter->of};
    if (is_ok(arena_new(4096, &arena)) && is_ok(backup_progress_words(&far, arena, &words)))
        fprintf(stderr, "%s: %.*s", meter->what, STR_ARGS(words));
}
