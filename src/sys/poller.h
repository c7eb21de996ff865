/* Waiting for many descriptors at once (epoll, one-shot), for a wake-up by another thread, and for signals.
 * Must not own the descriptors it watches.
 * Used by gateway and keyd. */
#ifndef SYS_POLLER_H
#define SYS_POLLER_H

#include "base/err.h"
#include "sys/file.h"

/* Errors of all: E_BUSY when descriptors ran out, E_NO_MEMORY, E_IO. */
MUST_USE Err poller_open(int *ret_poller);

/* Watches fd for input. A one-shot watch tells once, to exactly one waiting thread, and is silent until poller_rearm. */
MUST_USE Err poller_watch(int poller, int fd, void *tag);
MUST_USE Err poller_watch_once(int poller, int fd, void *tag);
MUST_USE Err poller_rearm(int poller, int fd, void *tag);
/* Ends a watch; closing the descriptor does so too. */
void poller_forget(int poller, int fd);

/* Tags of at most max descriptors with input (or hang-up); 0 after timeout_ms (negative: none). max is 1..64. */
MUST_USE Err poller_wait(int poller, void **ret_tags, size_t max, int timeout_ms, size_t *ret_count);

/* A descriptor that has input from the first wake_ring on. */
MUST_USE Err wake_open(int *ret_fd);
void wake_ring(int fd);
/* Silent again. */
void wake_clear(int fd);

/* A descriptor that has input when SIGTERM or SIGINT came; both are blocked in this thread and in those it starts
 * afterwards. */
MUST_USE Err stop_signals_open(int *ret_fd);

#endif
