/* A process that kills itself at its n-th call that changes a file: before it, or after half of what it was to write.
 * Must be included by one file of a program: the calls of every library in it come here.
 * Used by crash_ledger.c. */
#ifndef TESTS_KILLED_AT_H
#define TESTS_KILLED_AT_H

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* Set before what is to be killed begins; 0: it is only counted. */
static _Atomic long killed_at, killed_calls;
static _Atomic int killed_counts;

static int killed_now(void)
{
    return killed_counts && ++killed_calls == killed_at;
}

static void killed_end(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        syscall(SYS_pause);
}

/* The names as libraries call them, whatever the headers make of them here. */
ssize_t killed_write(int fd, const void *bytes, size_t length) __asm__("write");
ssize_t killed_pwrite(int fd, const void *bytes, size_t length, int64_t at) __asm__("pwrite");
ssize_t killed_pwrite64(int fd, const void *bytes, size_t length, int64_t at) __asm__("pwrite64");
int killed_fsync(int fd) __asm__("fsync");
int killed_fdatasync(int fd) __asm__("fdatasync");
int killed_ftruncate(int fd, int64_t length) __asm__("ftruncate");
int killed_ftruncate64(int fd, int64_t length) __asm__("ftruncate64");

ssize_t killed_write(int fd, const void *bytes, size_t length)
{
    if (fd > 2 && killed_now()) {
        syscall(SYS_write, fd, bytes, length / 2);
        killed_end();
    }
    return syscall(SYS_write, fd, bytes, length);
}

ssize_t killed_pwrite64(int fd, const void *bytes, size_t length, int64_t at)
{
    if (killed_now()) {
        syscall(SYS_pwrite64, fd, bytes, length / 2, at);
        killed_end();
    }
    return syscall(SYS_pwrite64, fd, bytes, length, at);
}

ssize_t killed_pwrite(int fd, const void *bytes, size_t length, int64_t at)
{
    return killed_pwrite64(fd, bytes, length, at);
}

int killed_fsync(int fd)
{
    if (killed_now())
        killed_end();
    return (int)syscall(SYS_fsync, fd);
}

int killed_fdatasync(int fd)
{
    if (killed_now())
        killed_end();
    return (int)syscall(SYS_fdatasync, fd);
}

int killed_ftruncate64(int fd, int64_t length)
{
    if (killed_now())
        killed_end();
    return (int)syscall(SYS_ftruncate, fd, length);
}

int killed_ftruncate(int fd, int64_t length)
{
    return killed_ftruncate64(fd, length);
}

#endif
