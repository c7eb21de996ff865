/* Files and folders.
 * Must not leave half a file behind, nor a file wider open than asked.
 * Called by cli, keyd, store, keys, gateway. */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

void fd_close(int fd)
{
    if (fd >= 0)
        close(fd);
}

void fd_closep(int *fd)
{
    fd_close(*fd);
    *fd = -1;
}

int fd_take(int *fd)
{
    int taken = *fd;
    *fd = -1;
    return taken;
}

Err err_from_errno(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return fail(E_NOT_FOUND);
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
    case EISDIR:
        return fail(E_FORBIDDEN);
    case ENOSPC:
    case EDQUOT:
        return fail(E_DISK_FULL);
    case ENOMEM:
        return fail(E_NO_MEMORY);
    case ENAMETOOLONG:
        return fail(E_TOO_LARGE);
    case EAGAIN:
    case EMFILE:
    case ENFILE:
    case ETIMEDOUT:
        return fail(E_BUSY);
    default:
        return fail(E_IO);
    }
}

static Err read_all(int fd, char *to, size_t length)
{
    while (length > 0) {
        ssize_t got = read(fd, to, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_from_errno(errno);
        if (got == 0)
            return fail(E_IO); /* it shrank while we read */
        to += got;
        length -= (size_t)got;
    }
    return ok();
}

Err file_read(const char *path, size_t maximum, Arena *keep, Str *ret_content)
{
    struct stat about;
    char *bytes = NULL;

    /* O_NONBLOCK: a pipe in the place of the file must not stop us. */
    AUTO(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return err_from_errno(errno);
    if (fstat(fd, &about) != 0)
        return err_from_errno(errno);
    if (!S_ISREG(about.st_mode))
        return fail(E_FORBIDDEN);
    if (about.st_size < 0 || (uintmax_t)about.st_size > maximum)
        return fail(E_TOO_LARGE);

    size_t length = (size_t)about.st_size;
    TRY(ARENA_NEW(keep, char, length, &bytes));
    TRY(read_all(fd, bytes, length));
    *ret_content = (Str){.data = bytes, .length = length};
    return ok();
}

Err fd_write(int fd, Str content)
{
    while (content.length > 0) {
        ssize_t put = write(fd, content.data, content.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return err_from_errno(errno);
        content = str_slice(content, (size_t)put, content.length);
    }
    return ok();
}

/* A new name in a folder is durable only when the folder itself is synced. */
Err folder_sync_of(const char *path)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');

    if (slash) {
        size_t length = slash == path ? 1 : (size_t)(slash - path);
        if (length >= sizeof folder)
            return fail(E_TOO_LARGE);
        memcpy(folder, path, length);
        folder[length] = 0;
    }
    AUTO(fd_closep) int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        return err_from_errno(errno);
    return ok();
}

static Err write_new(const char *path, Str content, unsigned mode)
{
    AUTO(fd_closep) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_from_errno(errno);
    TRY(fd_write(fd, content));
    if (fchmod(fd, (mode_t)mode) != 0 || fsync(fd) != 0)
        return err_from_errno(errno);
    return ok();
}

Err file_write(const char *path, Str content, unsigned mode)
{
    char beside[PATH_MAX];

    int length = snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid());
    if (length < 0 || (size_t)length >= sizeof beside)
        return fail(E_TOO_LARGE);
    /* What an earlier process of the same number left behind is not ours to keep. */
    if (unlink(beside) != 0 && errno != ENOENT)
        return err_from_errno(errno);

    Err written = write_new(beside, content, mode);
    if (is_ok(written) && rename(beside, path) != 0)
        written = err_from_errno(errno);
    if (!is_ok(written)) {
        unlink(beside);
        return written;
    }
    return folder_sync_of(path);
}

Err file_overwrite(const char *path, Str content)
{
    AUTO(fd_closep) int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_from_errno(errno);
    TRY(fd_write(fd, content));
    if (ftruncate(fd, (off_t)content.length) != 0 || fsync(fd) != 0)
        return err_from_errno(errno);
    return ok();
}

Err file_append(const char *path, Str content)
{
    AUTO(fd_closep) int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_from_errno(errno);
    TRY(fd_write(fd, content));
    return fsync(fd) == 0 ? ok() : err_from_errno(errno);
}

Err file_length(const char *path, uint64_t *ret_length)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return err_from_errno(errno);
    if (!S_ISREG(about.st_mode) || about.st_size < 0)
        return fail(E_FORBIDDEN);
    *ret_length = (uint64_t)about.st_size;
    return ok();
}

Err file_read_part(const char *path, FilePart part, Arena *keep, Str *ret_content)
{
    size_t length = 0;
    char *bytes = NULL;

    AUTO(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return err_from_errno(errno);
    TRY(ARENA_NEW(keep, char, part.most, &bytes));
    while (length < part.most) {
        ssize_t got = pread(fd, bytes + length, part.most - length, (off_t)(part.at + length));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_from_errno(errno);
        if (got == 0)
            break;
        length += (size_t)got;
    }
    *ret_content = (Str){.data = bytes, .length = length};
    return ok();
}

Err file_cut(const char *path, uint64_t length)
{
    AUTO(fd_closep) int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || ftruncate(fd, (off_t)length) != 0 || fsync(fd) != 0)
        return err_from_errno(errno);
    return ok();
}

Err file_remove(const char *path)
{
    if (unlink(path) != 0)
        return errno == ENOENT ? ok() : err_from_errno(errno);
    return folder_sync_of(path);
}

Err folder_create_private(const char *path)
{
    struct stat about;

    if (mkdir(path, 0700) == 0)
        return folder_sync_of(path);
    if (errno != EEXIST)
        return err_from_errno(errno);
    if (lstat(path, &about) != 0)
        return err_from_errno(errno);
    if (!S_ISDIR(about.st_mode) || about.st_uid != geteuid() || (about.st_mode & 0077))
        return fail(E_FORBIDDEN);
    return ok();
}

Err file_lock(const char *path, int *ret_fd)
{
    AUTO(fd_closep) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_from_errno(errno);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return err_from_errno(errno);
    *ret_fd = fd_take(&fd);
    return ok();
}

Err folder_in_memory(const char *path, bool *ret_is)
{
    char folder[PATH_MAX];
    struct statfs where;
    size_t length = strlen(path);

    if (length >= sizeof folder)
        return fail(E_TOO_LARGE);
    memcpy(folder, path, length + 1);
    char *at = folder;
    while (statfs(at, &where) != 0) {
        if (errno != ENOENT || strcmp(at, "/") == 0 || strcmp(at, ".") == 0)
            return err_from_errno(errno);
        at = dirname(at);
    }
    *ret_is = where.f_type == TMPFS_MAGIC || where.f_type == RAMFS_MAGIC;
    return ok();
}

uint64_t file_handles_max(void)
{
    struct rlimit limit;

    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 1024;
}

void file_handles_raise(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    /* What cannot be raised stays: fewer connections are kept then. */
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}
