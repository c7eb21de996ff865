/* memfd_secret, with locked memory as the fallback.
 * Must not pretend: what was had is told.
 * Called by keyd when it starts. */
#include "sys/secret.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/file.h"
#include "sys/sandbox.h"

/* Debian 12's libc has no wrapper; the same number on every architecture. */
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

/* NULL where the kernel does not have it, or has it switched off, or the limit of locked memory is too low. */
static void *hidden(size_t size)
{
    AUTO(fd_closep) int fd = (int)syscall(SYS_memfd_secret, O_CLOEXEC);
    if (fd < 0 || ftruncate(fd, (off_t)size) != 0)
        return NULL;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static bool lock(void *memory, size_t size)
{
    return mlock(memory, size) == 0 && madvise(memory, size, MADV_DONTDUMP) == 0 && madvise(memory, size, MADV_DONTFORK) == 0;
}

Err secret_new(size_t size, void **ret_memory, SecretKind *ret_kind)
{
    void *memory = sandbox_sanitized() ? NULL : hidden(size);
    SecretKind kind = SECRET_HIDDEN;

    if (!memory) {
        memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            return fail(E_NO_MEMORY);
        kind = !sandbox_sanitized() && lock(memory, size) ? SECRET_LOCKED : SECRET_PLAIN;
    }
    *ret_memory = memory;
    *ret_kind = kind;
    return ok();
}

void secret_free(void *memory, size_t size)
{
    if (!memory)
        return;
    explicit_bzero(memory, size);
    munmap(memory, size);
}
