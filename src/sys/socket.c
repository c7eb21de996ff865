/* Unix sockets between our processes.
 * Must not block past a caller's time-out.
 * Called by gateway, keys, keyd, cli. */
#include "sys/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "sys/clock.h"

#define BACKLOG 1024
#define PACKET_MAX ((size_t)128 << 10)
#define INHERITED_FD 3

static Err address_of(const char *path, struct sockaddr_un *ret_address)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);

    if (length == 0 || length >= sizeof address.sun_path)
        return fail(E_TOO_LARGE);
    memcpy(address.sun_path, path, length);
    *ret_address = address;
    return ok();
}

static int type_of(SocketKind kind)
{
    return kind == SOCKET_PACKET ? SOCK_SEQPACKET : SOCK_STREAM;
}

static Err open_socket(SocketKind kind, int *ret_fd)
{
    int fd = socket(AF_UNIX, type_of(kind) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return err_from_errno(errno);
    *ret_fd = fd;
    return ok();
}

/* A socket file that stands there already is removed only when nobody answers on it. */
static Err clear_stale(const char *path, SocketKind kind)
{
    struct stat about;
    AUTO(fd_closep) int fd = -1;

    if (lstat(path, &about) != 0)
        return errno == ENOENT ? ok() : err_from_errno(errno);
    if (!S_ISSOCK(about.st_mode))
        return fail(E_FORBIDDEN);
    Err answer = socket_connect(path, kind, 1000, &fd);
    if (answer.id != E_NOT_FOUND)
        return fail(E_BUSY);
    if (unlink(path) != 0 && errno != ENOENT)
        return err_from_errno(errno);
    return ok();
}

Err socket_listen(Listen listening, int *ret_fd)
{
    struct sockaddr_un address = {0};
    AUTO(fd_closep) int fd = -1;

    TRY(address_of(listening.path, &address));
    TRY(clear_stale(listening.path, listening.kind));
    TRY(open_socket(listening.kind, &fd));
    /* Linux gives the file the mode that the socket has at bind: it is never wider open, not even for a moment. */
    if (fchmod(fd, (mode_t)listening.mode & 0600) != 0)
        return err_from_errno(errno);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0)
        return errno == EADDRINUSE ? fail(E_BUSY) : err_from_errno(errno);
    if (listening.group && chown(listening.path, (uid_t)-1, (gid_t)listening.group) != 0)
        return err_from_errno(errno);
    if (chmod(listening.path, (mode_t)listening.mode) != 0 || listen(fd, BACKLOG) != 0)
        return err_from_errno(errno);
    *ret_fd = fd_take(&fd);
    return ok();
}

static bool env_is(const char *name, long wanted)
{
    int64_t number;
    const char *value = getenv(name);
    return value && is_ok(num_parse(str_from_c(value), 0, INT_MAX, &number)) && number == wanted;
}

Err socket_inherited(int *ret_fd)
{
    int listening = 0;
    struct sockaddr_un address = {0};
    socklen_t size = sizeof listening;
    socklen_t address_size = sizeof address;

    if (!env_is("LISTEN_PID", (long)getpid()))
        return fail(E_NOT_FOUND);
    if (!env_is("LISTEN_FDS", 1))
        return fail(E_INVALID);
    if (getsockopt(INHERITED_FD, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || !listening)
        return fail(E_INVALID);
    if (getsockname(INHERITED_FD, (struct sockaddr *)&address, &address_size) != 0 || address.sun_family != AF_UNIX)
        return fail(E_INVALID);
    int flags = fcntl(INHERITED_FD, F_GETFL);
    if (fcntl(INHERITED_FD, F_SETFD, FD_CLOEXEC) != 0 || fcntl(INHERITED_FD, F_SETFL, flags | O_NONBLOCK) != 0)
        return err_from_errno(errno);
    *ret_fd = INHERITED_FD;
    return ok();
}

Err socket_accept(int listening, int *ret_fd)
{
    int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return errno == ECONNABORTED || errno == EINTR ? fail(E_BUSY) : err_from_errno(errno);
    *ret_fd = fd;
    return ok();
}

/* Waits for events on fd until deadline (monotonic; negative: no end). */
static Err wait_until(int fd, short events, int64_t deadline)
{
    for (;;) {
        int64_t left = deadline < 0 ? -1 : deadline - clock_monotonic_ms();
        if (deadline >= 0 && left <= 0)
            return fail(E_BUSY);
        struct pollfd waiting = {.fd = fd, .events = events};
        int ready = poll(&waiting, 1, left > INT_MAX ? INT_MAX : (int)left);
        if (ready > 0)
            return ok();
        if (ready < 0 && errno != EINTR)
            return err_from_errno(errno);
    }
}

static int64_t deadline_of(int timeout_ms)
{
    return timeout_ms < 0 ? -1 : clock_monotonic_ms() + timeout_ms;
}

Err socket_connect(const char *path, SocketKind kind, int timeout_ms, int *ret_fd)
{
    struct sockaddr_un address = {0};
    AUTO(fd_closep) int fd = -1;
    int64_t deadline = deadline_of(timeout_ms);

    TRY(address_of(path, &address));
    TRY(open_socket(kind, &fd));
    while (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        if (errno == ECONNREFUSED || errno == ENOENT)
            return fail(E_NOT_FOUND);
        if (errno != EAGAIN && errno != EINTR)
            return err_from_errno(errno);
        /* The backlog is full; a Unix socket gives no event for that. */
        if (deadline >= 0 && clock_monotonic_ms() >= deadline)
            return fail(E_BUSY);
        poll(NULL, 0, 5);
    }
    *ret_fd = fd_take(&fd);
    return ok();
}

Err socket_pair(SocketKind kind, int ret_fds[static 2])
{
    if (socketpair(AF_UNIX, type_of(kind) | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ret_fds) != 0)
        return err_from_errno(errno);
    return ok();
}

Err socket_peer(int fd, Peer *ret_peer)
{
    struct ucred credentials;
    socklen_t size = sizeof credentials;

    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return err_from_errno(errno);
    *ret_peer = (Peer){.process = credentials.pid, .user = credentials.uid, .group = credentials.gid};
    return ok();
}

Err socket_sleep_in_calls(int fd, int timeout_ms)
{
    const struct timeval most = {.tv_sec = timeout_ms / 1000, .tv_usec = (suseconds_t)(timeout_ms % 1000) * 1000};
    int flags = fcntl(fd, F_GETFL);

    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most) != 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0)
        return err_from_errno(errno);
    return ok();
}

static Err send_some(int fd, Str bytes, int64_t deadline, size_t *ret_sent)
{
    for (;;) {
        ssize_t sent = send(fd, bytes.data, bytes.length, MSG_NOSIGNAL);
        if (sent >= 0) {
            *ret_sent = (size_t)sent;
            return ok();
        }
        if (errno == EPIPE || errno == ECONNRESET)
            return fail(E_TRUNCATED);
        if (errno == EMSGSIZE)
            return fail(E_TOO_LARGE);
        if (errno != EAGAIN && errno != EINTR)
            return err_from_errno(errno);
        TRY(wait_until(fd, POLLOUT, deadline));
    }
}

Err socket_send(int fd, Str bytes, int timeout_ms)
{
    int64_t deadline = deadline_of(timeout_ms);
    while (bytes.length > 0) {
        size_t sent;
        TRY(send_some(fd, bytes, deadline, &sent));
        bytes = str_slice(bytes, sent, bytes.length);
    }
    return ok();
}

/* Where bytes are to go, and how they are asked for (MSG_TRUNC: the true length of a packet, however long). */
typedef struct Room {
    void *bytes;
    size_t size;
    int flags;
} Room;

static Err receive_some(int fd, Room room, int64_t deadline, size_t *ret_length)
{
    for (;;) {
        ssize_t got = recv(fd, room.bytes, room.size, room.flags);
        if (got >= 0) {
            *ret_length = (size_t)got;
            return ok();
        }
        if (errno == ECONNRESET) {
            *ret_length = 0;
            return ok();
        }
        if (errno != EAGAIN && errno != EINTR)
            return err_from_errno(errno);
        TRY(wait_until(fd, POLLIN, deadline));
    }
}

Err socket_receive(int fd, void *ret_bytes, size_t room, int timeout_ms, size_t *ret_length)
{
    return receive_some(fd, (Room){.bytes = ret_bytes, .size = room}, deadline_of(timeout_ms), ret_length);
}

Err socket_receive_exactly(int fd, void *ret_bytes, size_t length, int timeout_ms)
{
    char *at = ret_bytes;
    int64_t deadline = deadline_of(timeout_ms);
    while (length > 0) {
        size_t got;
        TRY(receive_some(fd, (Room){.bytes = at, .size = length}, deadline, &got));
        if (got == 0)
            return fail(E_TRUNCATED);
        at += got;
        length -= got;
    }
    return ok();
}

Err socket_send_packet(int fd, Str packet, int timeout_ms)
{
    size_t sent = 0;
    if (packet.length == 0 || packet.length > PACKET_MAX)
        return fail(E_TOO_LARGE);
    TRY(send_some(fd, packet, deadline_of(timeout_ms), &sent));
    return sent == packet.length ? ok() : fail(E_IO);
}

Err socket_receive_packet(int fd, void *ret_bytes, size_t room, int timeout_ms, size_t *ret_length)
{
    size_t length = 0;
    /* With MSG_TRUNC the kernel tells the packet's true length, so a cut one is never taken for a whole one. */
    TRY(receive_some(fd, (Room){.bytes = ret_bytes, .size = room, .flags = MSG_TRUNC}, deadline_of(timeout_ms), &length));
    if (length > room)
        return fail(E_TOO_LARGE);
    *ret_length = length;
    return ok();
}

void socket_finish(int fd)
{
    shutdown(fd, SHUT_WR);
}
