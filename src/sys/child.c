/* Children by posix_spawn, with one pipe each.
 * Must not let a child inherit what is open here.
 * Called by cli/backup. */
#include "sys/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/file.h"
#include "sys/file_stream.h"

#define SIGNALLED 128

extern char **environ;

/* A child that ends early is told by its status, and does not end us. */
static void outlive_it(posix_spawnattr_t *attributes)
{
    sigset_t usual;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_setsigdefault(attributes, &usual);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF);
}

static void connect_ends(posix_spawn_file_actions_t *actions, enum ChildPipe pipe, int theirs)
{
    if (pipe == CHILD_IS_FED) {
        posix_spawn_file_actions_adddup2(actions, theirs, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(actions, STDERR_FILENO, STDOUT_FILENO);
    } else {
        posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(actions, theirs, STDOUT_FILENO);
    }
}

/* posix_spawn takes what it does not change as if it did. */
static Err spawn(const char *const *arguments, enum ChildPipe pipe, int theirs, int *ret_process)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    union {
        const char *const *given;
        char *const *taken;
    } list = {.given = arguments};
    pid_t process = 0;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return fail(E_NO_MEMORY);
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return fail(E_NO_MEMORY);
    }
    connect_ends(&actions, pipe, theirs);
    outlive_it(&attributes);
    int error = posix_spawn(&process, arguments[0], &actions, &attributes, list.taken, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return err_from_errno(error);
    *ret_process = process;
    return ok();
}

Err child_start(const char *const *arguments, enum ChildPipe pipe, Child *ret_child)
{
    Child child = CHILD_NONE;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_from_errno(errno);
    const int theirs = pipe == CHILD_IS_FED ? ends[0] : ends[1];
    child.fd = pipe == CHILD_IS_FED ? ends[1] : ends[0];
    Err started = spawn(arguments, pipe, theirs, &child.process);
    close(theirs);
    if (!is_ok(started)) {
        fd_closep(&child.fd);
        return started;
    }
    *ret_child = child;
    return ok();
}

Err child_feed(const Child *child, Str bytes)
{
    while (bytes.length > 0) {
        ssize_t put = write(child->fd, bytes.data, bytes.length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return fail(E_IO);
        bytes = str_slice(bytes, (size_t)put, bytes.length);
    }
    return ok();
}

Err child_read(const Child *child, void *ret_bytes, size_t room, size_t *ret_length)
{
    return file_in_some(child->fd, ret_bytes, room, ret_length);
}

Err child_end(Child *child, int *ret_status)
{
    int status = 0;
    pid_t ended;

    fd_closep(&child->fd);
    do
        ended = waitpid(child->process, &status, 0);
    while (ended < 0 && errno == EINTR);
    child->process = 0;
    if (ended < 0)
        return err_from_errno(errno);
    *ret_status = WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
    return ok();
}
