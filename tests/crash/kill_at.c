/* Ends a program as kill -9 does, before its n-th call that changes a file: preloaded, it stands before the C library.
 * Must change nothing else; without KILL_AT it counts, into the file that KILL_COUNT names.
 * Used by tests/scenario/killed_backup.py, killed_epoch.py, killed_purge.py: LD_PRELOAD=libkill_at.so KILL_AT=n. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

static void *next(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found)
        abort();
    return found;
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("KILL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;

    if (file) {
        fprintf(file, "%ld\n", atomic_load(&calls));
        fclose(file);
    }
}

/* Commands that gave their rights away end at once: nothing else runs then. */
__attribute__((noreturn)) void _exit(int code)
{
    void (*real)(int) = NULL;

    tell();
    *(void **)&real = next("_exit");
    real(code);
    abort();
}

/* Of files alone: what is said to a terminal or to a pipe changes nothing. */
static void count(int fd)
{
    static long at = -1;
    struct stat about;
    const char *text = getenv("KILL_AT");

    if (fd >= 0 && (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)))
        return;
    if (at < 0)
        at = text ? atol(text) : 0;
    if (atomic_fetch_add(&calls, 1) + 1 == at)
        kill(getpid(), SIGKILL);
}

#define BEFORE(fd, type, name, parameters, ...)      \
    __attribute__((visibility("default"))) type name parameters;  \
    type name parameters                             \
    {                                                \
        static type(*real) parameters;               \
        if (!real)                                   \
            *(void **)&real = next(#name);           \
        count(fd);                                   \
        return real(__VA_ARGS__);                    \
    }

BEFORE(fd, ssize_t, write, (int fd, const void *bytes, size_t length), fd, bytes, length)
BEFORE(fd, ssize_t, pwrite, (int fd, const void *bytes, size_t length, off_t at), fd, bytes, length, at)
BEFORE(fd, ssize_t, pwrite64, (int fd, const void *bytes, size_t length, off64_t at), fd, bytes, length, at)
BEFORE(fd, int, fsync, (int fd), fd)
BEFORE(fd, int, fdatasync, (int fd), fd)
BEFORE(fd, int, ftruncate, (int fd, off_t length), fd, length)
BEFORE(fd, int, ftruncate64, (int fd, off64_t length), fd, length)
BEFORE(-1, int, rename, (const char *from, const char *to), from, to)
BEFORE(-1, int, unlink, (const char *path), path)
BEFORE(-1, int, mkdir, (const char *path, mode_t mode), path, mode)
