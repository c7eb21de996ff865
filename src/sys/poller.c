/* epoll, eventfd and signalfd.
 * Must not own the descriptors it watches.
 * Called by gateway and keyd. */
#include "sys/poller.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define WAIT_MAX 64

static Err give(int fd, int *ret_fd)
{
    if (fd < 0)
        return err_from_errno(errno);
    *ret_fd = fd;
    return ok();
}

Err poller_open(int *ret_poller)
{
    return give(epoll_create1(EPOLL_CLOEXEC), ret_poller);
}

static Err control(int poller, int act, int fd, uint32_t events, void *tag)
{
    struct epoll_event event = {.events = events, .data = {.ptr = tag}};
    return epoll_ctl(poller, act, fd, &event) == 0 ? ok() : err_from_errno(errno);
}

Err poller_watch(int poller, int fd, void *tag)
{
    return control(poller, EPOLL_CTL_ADD, fd, EPOLLIN, tag);
}

Err poller_watch_once(int poller, int fd, void *tag)
{
    return control(poller, EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLRDHUP | EPOLLONESHOT, tag);
}

Err poller_rearm(int poller, int fd, void *tag)
{
    return control(poller, EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLRDHUP | EPOLLONESHOT, tag);
}

void poller_forget(int poller, int fd)
{
    epoll_ctl(poller, EPOLL_CTL_DEL, fd, NULL);
}

Err poller_wait(int poller, void **ret_tags, size_t max, int timeout_ms, size_t *ret_count)
{
    struct epoll_event events[WAIT_MAX];

    assert(max >= 1 && max <= WAIT_MAX);
    int count = epoll_wait(poller, events, (int)max, timeout_ms);
    if (count < 0 && errno != EINTR)
        return err_from_errno(errno);
    for (int i = 0; i < count; i++)
        ret_tags[i] = events[i].data.ptr;
    *ret_count = count > 0 ? (size_t)count : 0;
    return ok();
}

Err wake_open(int *ret_fd)
{
    return give(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), ret_fd);
}

void wake_ring(int fd)
{
    eventfd_write(fd, 1);
}

void wake_clear(int fd)
{
    eventfd_t count;
    eventfd_read(fd, &count);
}

Err stop_signals_open(int *ret_fd)
{
    sigset_t stops;

    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    if (pthread_sigmask(SIG_BLOCK, &stops, NULL) != 0)
        return fail(E_IO);
    return give(signalfd(-1, &stops, SFD_CLOEXEC | SFD_NONBLOCK), ret_fd);
}
