/* Long files and folders.
 * Must not follow a link to another place than the caller named.
 * Called by service/backup, cli/backup. */
#include "sys/file_stream.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/file.h"

#define NAMES_MAX 100000

Err file_out_begin(const char *path, FileOut *ret_out)
{
    FileOut out = {.fd = -1};
    int length = snprintf(out.path, sizeof out.path, "%s", path);
    int beside = snprintf(out.beside, sizeof out.beside, "%s.part", path);

    if (length < 0 || beside < 0 || (size_t)beside >= sizeof out.beside)
        return fail(E_TOO_LARGE);
    if (access(path, F_OK) == 0)
        return fail(E_DUPLICATE);
    if (unlink(out.beside) != 0 && errno != ENOENT)
        return err_from_errno(errno);
    out.fd = open(out.beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (out.fd < 0)
        return err_from_errno(errno);
    *ret_out = out;
    return ok();
}

Err file_out_add(FileOut *out, Str bytes)
{
    return fd_write(out->fd, bytes);
}

Err file_out_end(FileOut *out)
{
    if (fchmod(out->fd, 0600) != 0 || fsync(out->fd) != 0 || rename(out->beside, out->path) != 0)
        return err_from_errno(errno);
    fd_closep(&out->fd);
    return folder_sync_of(out->path);
}

void file_out_drop(FileOut *out)
{
    if (out->fd < 0)
        return;
    fd_closep(&out->fd);
    unlink(out->beside);
}

Err file_in_open(const char *path, int *ret_fd, uint64_t *ret_size)
{
    struct stat about;

    AUTO(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0)
        return err_from_errno(errno);
    if (!S_ISREG(about.st_mode) || about.st_size < 0)
        return fail(E_FORBIDDEN);
    *ret_size = (uint64_t)about.st_size;
    *ret_fd = fd_take(&fd);
    return ok();
}

Err file_in_read(int fd, void *ret_bytes, size_t length)
{
    char *to = ret_bytes;

    while (length > 0) {
        ssize_t got = read(fd, to, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_from_errno(errno);
        if (got == 0)
            return fail(E_TRUNCATED);
        to += got;
        length -= (size_t)got;
    }
    return ok();
}

Err file_in_some(int fd, void *ret_bytes, size_t room, size_t *ret_length)
{
    for (;;) {
        ssize_t got = read(fd, ret_bytes, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_from_errno(errno);
        *ret_length = (size_t)got;
        return ok();
    }
}

Err file_in_read_at(int fd, uint64_t at, void *ret_bytes, size_t length)
{
    ssize_t got = pread(fd, ret_bytes, length, (off_t)at);

    if (got < 0)
        return err_from_errno(errno);
    return (size_t)got == length ? ok() : fail(E_TRUNCATED);
}

static void folder_closep(DIR **folder)
{
    if (*folder)
        closedir(*folder);
}

Err folder_names(const char *path, Arena *keep, FolderNames *ret_names)
{
    AUTO(folder_closep) DIR *folder = opendir(path);
    FolderNames names = {0};
    size_t room = 0;

    if (!folder)
        return err_from_errno(errno);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (names.count == NAMES_MAX)
            return fail(E_TOO_LARGE);
        if (names.count == room) {
            Str *more = NULL;
            room = room ? 2 * room : 64;
            TRY(ARENA_NEW(keep, Str, room, &more));
            if (names.count > 0)
                memcpy(more, names.items, names.count * sizeof *more);
            names.items = more;
        }
        TRY(str_copy(keep, str_from_c(entry->d_name), &names.items[names.count]));
        names.count++;
    }
    *ret_names = names;
    return ok();
}
