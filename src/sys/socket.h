/* Unix sockets between our processes: streams towards the front, packets towards the key agent.
 * Must not block for ever (every wait has a time-out), and must not leak into a child process (all are CLOEXEC).
 * Used by gateway, keys, keyd, cli. */
#ifndef SYS_SOCKET_H
#define SYS_SOCKET_H

#include "base/str.h"
#include "sys/file.h"

typedef enum SocketKind { SOCKET_STREAM = 1, SOCKET_PACKET = 2 } SocketKind;

typedef struct Listen {
    const char *path; /* at most 107 bytes */
    SocketKind kind;
    unsigned mode;    /* of the socket file, exact: 0600, or 0660 with a group */
    int64_t group;    /* numeric group of the socket file; 0 leaves it as it is */
} Listen;

/* Who stands at the other end, as the kernel says it (SO_PEERCRED). */
typedef struct Peer {
    int64_t process;
    int64_t user;
    int64_t group;
} Peer;

/* Time-outs are in milliseconds, for the whole call; a negative one waits without end. */

/* A listening socket, non-blocking. A socket file that nobody answers on is replaced.
 * Errors: E_BUSY when another process answers there, E_TOO_LARGE (path), E_NOT_FOUND, E_FORBIDDEN, E_IO. */
MUST_USE Err socket_listen(Listen listen, int *ret_fd);

/* The listening socket that the service manager handed over (LISTEN_PID, LISTEN_FDS = 1; descriptor 3), made CLOEXEC and
 * non-blocking. Errors: E_NOT_FOUND when there is none, E_INVALID when it is not exactly one listening Unix socket. */
MUST_USE Err socket_inherited(int *ret_fd);

/* The next caller. Errors: E_BUSY when nobody waits or descriptors ran out, E_IO. */
MUST_USE Err socket_accept(int listening, int *ret_fd);

/* Errors: E_NOT_FOUND when there is no such socket or nobody listens, E_BUSY after the time-out, E_FORBIDDEN, E_IO. */
MUST_USE Err socket_connect(const char *path, SocketKind kind, int timeout_ms, int *ret_fd);

/* Two ends of one connection. Errors: E_BUSY, E_IO. */
MUST_USE Err socket_pair(SocketKind kind, int ret_fds[static 2]);

MUST_USE Err socket_peer(int fd, Peer *ret_peer);

/* From here on reading and sending sleep in the call itself, at most timeout_ms (1 or more), instead of asking first whether they
 * would have to: half the system calls for whoever waits for each answer. Errors: E_IO. */
MUST_USE Err socket_sleep_in_calls(int fd, int timeout_ms);

/* All of bytes. Errors: E_BUSY after the time-out, E_TRUNCATED when the other end is gone, E_IO. */
MUST_USE Err socket_send(int fd, Str bytes, int timeout_ms);

/* What is there, at least one byte, at most room; 0 when the other end has closed. Errors: E_BUSY, E_IO. */
MUST_USE Err socket_receive(int fd, void *ret_bytes, size_t room, int timeout_ms, size_t *ret_length);

/* Exactly length bytes. Errors: E_TRUNCATED when the other end closed before, E_BUSY, E_IO. */
MUST_USE Err socket_receive_exactly(int fd, void *ret_bytes, size_t length, int timeout_ms);

/* One packet whole (1..128 KiB). Errors as socket_send, E_TOO_LARGE. */
MUST_USE Err socket_send_packet(int fd, Str packet, int timeout_ms);

/* One packet whole; 0 when the other end has closed. Errors: E_TOO_LARGE when it was longer than room (it is lost),
 * E_BUSY, E_IO. */
MUST_USE Err socket_receive_packet(int fd, void *ret_bytes, size_t room, int timeout_ms, size_t *ret_length);

/* Says that no more will be sent; the other end reads the rest and then 0. */
void socket_finish(int fd);

#endif
