/* Another program beside this one: started, fed or read through a pipe, and waited for.
 * Must not be used by a process that serves: serve runs no program.
 * Used by cli/backup. */
#ifndef SYS_CHILD_H
#define SYS_CHILD_H

#include "base/str.h"

enum ChildPipe { CHILD_IS_FED, CHILD_IS_READ };

typedef struct Child {
    int process; /* 0: none */
    int fd;      /* our end of the pipe */
} Child;
#define CHILD_NONE {.fd = -1}

/* arguments[0] is the program's path; they end with NULL. What it says on stderr, and one that is fed on stdout too, goes to our stderr. It
 * inherits no other file of ours. Errors: E_NOT_FOUND (no program there), E_FORBIDDEN (that may be run), E_IO. */
MUST_USE Err child_start(const char *const *arguments, enum ChildPipe pipe, Child *ret_child);
/* Errors: E_IO when it takes no more. */
MUST_USE Err child_feed(const Child *child, Str bytes);
/* At most room bytes; none at the end. */
MUST_USE Err child_read(const Child *child, void *ret_bytes, size_t room, size_t *ret_length);
/* Closes the pipe and waits. *ret_status: its exit status; 128 and the number of the signal that ended it. Errors: E_IO. */
MUST_USE Err child_end(Child *child, int *ret_status);
#endif
