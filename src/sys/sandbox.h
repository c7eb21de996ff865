/* Giving up rights: what a process no longer needs, it can no longer do, whoever takes it over.
 * Must not pretend: every function tells what is in force, so that selfcheck and the security document can say it.
 * Used by keyd, serve (cli), courier. */
#ifndef SYS_SANDBOX_H
#define SYS_SANDBOX_H

#include <stddef.h>

#include "base/err.h"

typedef enum SandboxState {
    SANDBOX_ABSENT = 0,  /* the kernel does not have it */
    SANDBOX_SKIPPED = 1, /* a sanitizer build cannot live under it */
    SANDBOX_IN_FORCE = 2,
} SandboxState;

/* "absent", "skipped", "in-force". */
const char *sandbox_state_name(SandboxState state);

/* True in a build that a sanitizer watches: some walls are left out then, and say so. */
bool sandbox_sanitized(void);

/* no_new_privs, not dumpable (no core, no ptrace by the same user), RLIMIT_CORE 0. Errors: E_IO. */
MUST_USE Err sandbox_private_memory(void);

/* Locks all memory, present and future, against swap. SANDBOX_ABSENT when the limit (RLIMIT_MEMLOCK) forbids it.
 * Sanitizers reserve terabytes: SANDBOX_SKIPPED there. Errors: E_IO. */
MUST_USE Err sandbox_lock_memory(SandboxState *ret_state);

typedef enum PathRight {
    PATH_READ = 1,  /* read files, list folders */
    PATH_WRITE = 2, /* read, write, make and remove plain files, folders and sockets */
} PathRight;

typedef struct PathRule {
    const char *path; /* a folder and all below it, or one file; one that does not exist is passed over */
    PathRight right;
} PathRule;

typedef struct PathReport {
    SandboxState state;
    int abi;      /* Landlock ABI of the kernel, 0 when absent */
    bool no_tcp;  /* TCP bind and connect are refused as well (ABI 4) */
    size_t rules; /* paths that exist and got their right */
} PathReport;

/* Landlock: from here on this process opens nothing but what the rules name. Descriptors already open stay usable, Unix
 * sockets can still be connected to. no_tcp refuses TCP where the kernel can. Must come before the process has threads.
 * Errors: E_IO. */
MUST_USE Err sandbox_paths(const PathRule *rules, size_t count, bool no_tcp, PathReport *ret_report);

/* seccomp: from here on only the named system calls ("read", "futex", ...); any other ends the process at once (SIGSYS).
 * Names unknown to this machine's architecture are passed over. exit, exit_group and rt_sigreturn are always allowed.
 * Errors: E_IO, E_NO_MEMORY. */
MUST_USE Err sandbox_calls(const char *const *names, size_t count, SandboxState *ret_state);

#endif
