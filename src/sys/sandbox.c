/* no_new_privs, locked memory, Landlock and seccomp.
 * Must not fail open in silence: what is not in force is reported as such.
 * Called by entry points, before the first byte from outside is read. */
#include "sys/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/file.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Debian 12's headers know ABI 2; the kernel may be newer. Values of the kernel's interface, never changed. */
#define FS_TRUNCATE (UINT64_C(1) << 14)
#define FS_ABI1 ((UINT64_C(1) << 13) - 1)
#define NET_TCP (UINT64_C(3))

typedef struct Ruleset {
    uint64_t fs;
    uint64_t net; /* ABI 4 */
} Ruleset;

#define READ_FILE ((uint64_t)LANDLOCK_ACCESS_FS_READ_FILE)
#define READ_RIGHTS (READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE_FILE ((uint64_t)LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)
#define WRITE_RIGHTS                                                                                      \
    (READ_RIGHTS | WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |           \
     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |           \
     LANDLOCK_ACCESS_FS_REFER)

bool sandbox_sanitized(void)
{
    return SANITIZED;
}

const char *sandbox_state_name(SandboxState state)
{
    switch (state) {
    case SANDBOX_ABSENT:
        return "absent";
    case SANDBOX_SKIPPED:
        return "skipped";
    case SANDBOX_IN_FORCE:
        return "in-force";
    }
    return "absent";
}

Err sandbox_private_memory(void)
{
    struct rlimit none = {0};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
        return fail(E_IO);
    /* Last, because some calls make a process dumpable again. */
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return fail(E_IO);
    return ok();
}

Err sandbox_lock_memory(SandboxState *ret_state)
{
    if (SANITIZED) {
        *ret_state = SANDBOX_SKIPPED;
        return ok();
    }
    if (mlockall(MCL_CURRENT | MCL_FUTURE) == 0) {
        *ret_state = SANDBOX_IN_FORCE;
        return ok();
    }
    if (errno != ENOMEM && errno != EPERM && errno != EAGAIN)
        return fail(E_IO);
    *ret_state = SANDBOX_ABSENT;
    return ok();
}

static int landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi > 0 ? (int)abi : 0;
}

static uint64_t rights_known(int abi)
{
    uint64_t known = FS_ABI1;
    if (abi >= 2)
        known |= LANDLOCK_ACCESS_FS_REFER;
    if (abi >= 3)
        known |= FS_TRUNCATE;
    return known;
}

static Err add_rule(int ruleset, PathRule rule, uint64_t known, size_t *added)
{
    struct stat about;
    AUTO(fd_closep) int fd = open(rule.path, O_PATH | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? ok() : err_from_errno(errno);
    if (fstat(fd, &about) != 0)
        return err_from_errno(errno);
    uint64_t rights = rule.right == PATH_WRITE ? WRITE_RIGHTS : READ_RIGHTS;
    if (!S_ISDIR(about.st_mode))
        rights &= READ_FILE | WRITE_FILE;
    struct landlock_path_beneath_attr beneath = {.allowed_access = rights & known, .parent_fd = fd};
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
        return fail(E_IO);
    ++*added;
    return ok();
}

Err sandbox_paths(const PathRule *rules, size_t count, bool no_tcp, PathReport *ret_report)
{
    PathReport report = {.abi = landlock_abi()};

    if (report.abi == 0) {
        *ret_report = report;
        return ok();
    }
    report.no_tcp = no_tcp && report.abi >= 4;
    Ruleset wanted = {.fs = rights_known(report.abi), .net = report.no_tcp ? NET_TCP : 0};
    size_t size = report.abi >= 4 ? sizeof wanted : sizeof wanted.fs;
    AUTO(fd_closep) int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
    if (ruleset < 0)
        return fail(E_IO);
    for (size_t i = 0; i < count; i++)
        TRY(add_rule(ruleset, rules[i], wanted.fs, &report.rules));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        return fail(E_IO);
    report.state = SANDBOX_IN_FORCE;
    *ret_report = report;
    return ok();
}

static void filter_release(scmp_filter_ctx *filter)
{
    if (*filter)
        seccomp_release(*filter);
}

static Err allow(scmp_filter_ctx filter, const char *name)
{
    int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR)
        return ok();
    int result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
    /* A call of another architecture has no number here, and cannot be made. */
    return result == 0 || result == -EDOM || result == -EEXIST ? ok() : fail(E_IO);
}

Err sandbox_calls(const char *const *names, size_t count, SandboxState *ret_state)
{
    static const char *const always[] = {"exit", "exit_group", "rt_sigreturn"};

    if (SANITIZED) {
        *ret_state = SANDBOX_SKIPPED;
        return ok();
    }
    AUTO(filter_release) scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return fail(E_NO_MEMORY);
    for (size_t i = 0; i < COUNT_OF(always); i++)
        TRY(allow(filter, always[i]));
    for (size_t i = 0; i < count; i++)
        TRY(allow(filter, names[i]));
    int result = seccomp_load(filter);
    if (result == -ENOSYS || result == -EINVAL || result == -ECANCELED) {
        *ret_state = SANDBOX_ABSENT;
        return ok();
    }
    if (result != 0)
        return fail(E_IO);
    *ret_state = SANDBOX_IN_FORCE;
    return ok();
}
