/* Looks at backups where they lie.
 * Must not open a chunk.
 * Called by service/backup, cli/backup. */
#include "service/backup/shelf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "keys/documents.h"
#include "sys/file.h"
#include "sys/file_stream.h"

#define PIECE ((size_t)1 << 20)

void backup_name(const BackupTrailer *trailer, char ret_name[static BACKUP_NAME])
{
    char id[ID_TEXT + 1];
    int64_t minutes = trailer->made_at / 60000;
    Date date = date_from_day(DAY_1970 + (Day)(minutes / 1440));

    id_to_text(trailer->id, id);
    snprintf(ret_name, BACKUP_NAME, "%04d%02u%02uT%02u%02uZ-%s" BACKUP_ENDING, date.year % 10000, date.month, date.day,
             (unsigned)(minutes % 1440 / 60), (unsigned)(minutes % 60), id);
}

/* ---- one file ---- */

/* Nothing of ours signs for a place that is not ours: the host's own key, and its mode. */
static Err check_signature(const BackupSigner *signer, const BackupTrailer *trailer)
{
    SignedDocument document = {.kind = DOCUMENT_BACKUP};

    TRY(backup_trailer_hash(trailer, document.sha256));
    TRY(document_signature_check(signer->head_public, &document, trailer->signature));
    return trailer->mode == signer->mode ? ok() : fail(E_MODE);
}

static Err look(const BackupSigner *signer, int fd, uint64_t size, BackupTrailer *ret_trailer)
{
    uint8_t bytes[BACKUP_TRAILER_BYTES];
    BackupTrailer trailer;
    BackupHead head;

    if (size < BACKUP_SMALLEST)
        return fail(E_TRUNCATED);
    TRY(file_in_read_at(fd, size - BACKUP_TRAILER_BYTES, bytes, BACKUP_TRAILER_BYTES));
    TRY(backup_trailer_decode(str_from_bytes(bytes, BACKUP_TRAILER_BYTES), &trailer));
    TRY(file_in_read_at(fd, 0, bytes, BACKUP_HEAD_BYTES));
    TRY(backup_head_decode(str_from_bytes(bytes, BACKUP_HEAD_BYTES), &head));
    TRY(check_signature(signer, &trailer));
    if (!id_equal(head.id, trailer.id) || head.mode != trailer.mode || trailer.size != size - BACKUP_TRAILER_BYTES)
        return fail(E_FORGED);
    *ret_trailer = trailer;
    return ok();
}

Err backup_look(const BackupSigner *signer, const char *path, BackupTrailer *ret_trailer)
{
    AUTO(fd_closep) int fd = -1;
    uint64_t size = 0;

    TRY(file_in_open(path, &fd, &size));
    return look(signer, fd, size, ret_trailer);
}

static Err hash_file(int fd, uint64_t size, const BackupProgress *progress, uint8_t ret_hash[static HASH_BYTES])
{
    AUTO(arena_freep) Arena *arena = NULL;
    AUTO(sha256_freep) Sha256 *sha = NULL;
    char *piece = NULL;

    TRY(arena_new(PIECE + 4096, &arena));
    TRY(arena_alloc_bytes(arena, PIECE, &piece));
    TRY(sha256_new(&sha));
    for (uint64_t done = 0; done < size;) {
        size_t part = size - done < PIECE ? (size_t)(size - done) : PIECE;
        TRY(file_in_read(fd, piece, part));
        TRY(sha256_add(sha, str_from_bytes(piece, part)));
        done += part;
        TRY(progress->tell(progress->self, done, size));
    }
    return sha256_done(sha, ret_hash);
}

Err backup_check(const BackupSigner *signer, const char *path, const BackupProgress *progress, BackupTrailer *ret_trailer)
{
    AUTO(fd_closep) int fd = -1;
    BackupTrailer trailer;
    uint8_t hash[HASH_BYTES];
    uint64_t size = 0;

    TRY(file_in_open(path, &fd, &size));
    TRY(look(signer, fd, size, &trailer));
    TRY(hash_file(fd, trailer.size, progress, hash));
    if (memcmp(hash, trailer.sha256, HASH_BYTES) != 0)
        return fail(E_FORGED);
    *ret_trailer = trailer;
    return ok();
}

/* ---- a folder ---- */

static Err path_in(const char *folder, const char *name, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s/%s", folder, name);

    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

static int by_time(const void *a, const void *b)
{
    const struct BackupFile *left = a, *right = b;

    return left->trailer.made_at < right->trailer.made_at ? -1 : left->trailer.made_at > right->trailer.made_at;
}

Err backup_files(const BackupSigner *signer, const char *folder, Arena *keep, BackupFiles *ret_files)
{
    BackupFiles files = {0};
    FolderNames names;

    TRY(folder_names(folder, keep, &names));
    TRY(ARENA_NEW(keep, struct BackupFile, names.count, &files.items));
    for (size_t i = 0; i < names.count; i++) {
        struct BackupFile *file = &files.items[files.count];
        char path[PATH_MAX];
        if (names.items[i].length >= BACKUP_NAME || !str_ends(names.items[i], STR(BACKUP_ENDING)))
            continue;
        memcpy(file->name, names.items[i].data, names.items[i].length);
        file->name[names.items[i].length] = '\0';
        TRY(path_in(folder, file->name, path));
        files.count += is_ok(backup_look(signer, path, &file->trailer));
    }
    if (files.count > 1)
        qsort(files.items, files.count, sizeof *files.items, by_time);
    *ret_files = files;
    return ok();
}

Err backup_remove_dead(const BackupSigner *signer, const char *folder, int64_t now, uint32_t *ret_removed)
{
    AUTO(arena_freep) Arena *arena = NULL;
    BackupFiles files;
    char path[PATH_MAX];

    *ret_removed = 0;
    TRY(arena_new((size_t)64 << 20, &arena));
    TRY(backup_files(signer, folder, arena, &files));
    for (uint32_t i = 0; i < files.count; i++) {
        if (files.items[i].trailer.destroy_after > now)
            continue;
        TRY(path_in(folder, files.items[i].name, path));
        TRY(file_remove(path));
        ++*ret_removed;
    }
    return ok();
}
