/* Gives the newest backup that lies in a folder of the register to programs that take it elsewhere, and has it given back.
 * Must not count a place that was given less than the whole, whatever its program says.
 * Called by backup.c. */
#include "cli/backup/feed.h"

#include <stdio.h>
#include <string.h>

#include "cli/command/command.h"
#include "cli/control/backup.h"
#include "crypto/hash.h"
#include "sys/child.h"
#include "sys/file.h"
#include "sys/file_stream.h"

#define SCRATCH ((size_t)96 << 20)
#define PIECE ((size_t)256 << 10)

typedef struct Feeding {
    const Place *place;
    Keys *keys;
    BackupPlaces places;
    BackupFeeds feeds;
    char name[BACKUP_NAME];
    char path[PATH_MAX];
    int64_t made_at;        /* of the newest; 0: none lies in any folder */
    char *piece;
    Arena *scratch;
    uint64_t size;
    uint8_t hash[HASH_BYTES];
} Feeding;

/* ---- there ---- */

static Err feed(Feeding *feeding, const Child *child)
{
    AUTO(fd_closep) int fd = -1;
    AUTO(sha256_freep) Sha256 *sha = NULL;
    uint64_t left = 0;

    TRY(file_in_open(feeding->path, &fd, &feeding->size));
    TRY(sha256_new(&sha));
    for (left = feeding->size; left > 0;) {
        const Str piece = str_from_bytes(feeding->piece, left < PIECE ? (size_t)left : PIECE);
        TRY(file_in_read(fd, feeding->piece, piece.length));
        TRY(sha256_add(sha, piece));
        TRY(child_feed(child, piece));
        left -= piece.length;
    }
    return sha256_done(sha, feeding->hash);
}

/* What a program says with its status counts before what became of the pipe. */
static Err ended(Child *child, const char *program, const char *verb, Err piped)
{
    int status = 0;

    TRY(child_end(child, &status));
    if (status != 0)
        return told(fail(E_IO), "%s %s: it ended with status %d", program, verb, status);
    return piped.id == E_IO ? told(piped, "%s %s: it did not take all of it", program, verb) : piped;
}

static Err put(Feeding *feeding, const char *program)
{
    const char *const arguments[] = {program, "put", feeding->name, NULL};
    Child child = CHILD_NONE;

    TRY(about("program", program, child_start(arguments, CHILD_IS_FED, &child)));
    Err fed = feed(feeding, &child);
    return ended(&child, program, "put", fed);
}

/* ---- and back ---- */

/* One that gives more than it was given is not listened to any longer. */
static Err compare(Feeding *feeding, const Child *child, bool *ret_same)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    uint8_t hash[HASH_BYTES];
    uint64_t got = 0;
    size_t length = 1;

    TRY(sha256_new(&sha));
    while (length > 0 && got <= feeding->size) {
        TRY(child_read(child, feeding->piece, PIECE, &length));
        TRY(sha256_add(sha, str_from_bytes(feeding->piece, length)));
        got += length;
    }
    TRY(sha256_done(sha, hash));
    *ret_same = got == feeding->size && memcmp(hash, feeding->hash, HASH_BYTES) == 0;
    return ok();
}

static Err get(Feeding *feeding, const char *program)
{
    const char *const arguments[] = {program, "get", feeding->name, NULL};
    Child child = CHILD_NONE;
    bool same = false;

    TRY(about("program", program, child_start(arguments, CHILD_IS_READ, &child)));
    Err compared = compare(feeding, &child, &same);
    TRY(ended(&child, program, "get", compared));
    return same ? ok() : told(fail(E_FORGED), "%s get: what it gives back is not what it was given", program);
}

/* ---- each place ---- */

/* By the agent's clock, which serve goes by too. */
static Err record(Feeding *feeding, char *program)
{
    BackupFed fed = {.program = program};
    KeysStatus status;

    TRY(keys_status(feeding->keys, &status));
    fed.at = status.now;
    memcpy(fed.name, feeding->name, sizeof fed.name);
    backup_feeds_put(&feeding->feeds, &feeding->places, &fed);
    return backup_feeds_store(feeding->place->data, &feeding->feeds, feeding->scratch);
}

static Err feed_one(Feeding *feeding, char *program)
{
    const BackupFed *last = backup_fed_last(&feeding->feeds, program);

    if (last && strcmp(last->name, feeding->name) == 0) {
        printf("%s has %s\n", program, feeding->name);
        return ok();
    }
    TRY(put(feeding, program));
    TRY(get(feeding, program));
    TRY(record(feeding, program));
    printf("%s was given %s, and gave it back byte for byte\n", program, feeding->name);
    return ok();
}

static Err look_into(Feeding *feeding, const BackupSigner *signer, const char *folder)
{
    BackupFiles files = {0};

    TRY(about("place", folder, backup_files(signer, folder, feeding->scratch, &files)));
    if (files.count == 0 || files.items[files.count - 1].trailer.made_at <= feeding->made_at)
        return ok();
    const struct BackupFile *newest = &files.items[files.count - 1];
    int length = snprintf(feeding->path, sizeof feeding->path, "%s/%s", folder, newest->name);
    if (length < 0 || (size_t)length >= sizeof feeding->path)
        return fail(E_TOO_LARGE);
    memcpy(feeding->name, newest->name, BACKUP_NAME);
    feeding->made_at = newest->trailer.made_at;
    return ok();
}

/* Of all folders. One that cannot be looked into holds nothing back that lies in another; *ret_first is what became of it. */
static Err find_newest(Feeding *feeding, const BackupSigner *signer, Err *ret_first)
{
    for (uint32_t i = 0; i < feeding->places.count; i++) {
        Err looked = look_into(feeding, signer, feeding->places.items[i].path);
        *ret_first = is_ok(*ret_first) ? looked : *ret_first;
    }
    if (feeding->made_at > 0)
        return ok();
    TRY(*ret_first);
    return told(fail(E_NOT_FOUND), "%s: no backup of this installation lies there yet", feeding->places.items[0].path);
}

/* A place that has the newest has too little when none was made since: the disk is full, or backups fail. */
static Err check_age(const Feeding *feeding)
{
    KeysStatus status;

    TRY(keys_status(feeding->keys, &status));
    if (status.now - feeding->made_at <= BACKUP_LATE_MS)
        return ok();
    return told(fail(E_NOT_FOUND), "%s is the newest backup: none was made for more than a day", feeding->path);
}

Err backup_feed(const Place *place, const BackupSigner *signer, Keys *keys)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Feeding feeding = {.place = place, .keys = keys};
    Err first = ok();

    TRY(arena_new(SCRATCH, &arena));
    feeding.scratch = arena;
    TRY(arena_alloc_bytes(arena, PIECE, &feeding.piece));
    TRY(backup_places_load(place->data, arena, &feeding.places));
    if (feeding.places.command_count == 0 || feeding.places.count == 0)
        return told(fail(E_NOT_FOUND), "%s/" BACKUP_PLACES_FILE ": a folder, and a " BACKUP_PLACE_COMMAND " that is given what lies there, must"
                                       " both stand in it", place->data);
    TRY(backup_feeds_load(place->data, arena, &feeding.feeds));
    TRY(find_newest(&feeding, signer, &first));
    for (uint32_t i = 0; i < feeding.places.command_count; i++) {
        Err fed = feed_one(&feeding, feeding.places.commands[i].path);
        first = is_ok(first) ? fed : first;
    }
    return is_ok(first) ? check_age(&feeding) : first;
}
