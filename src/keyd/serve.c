/* One thread, one poll loop, one packet at a time.
 * Must not keep a connection that said anything unexpected.
 * Called by cli (stafettlogg keyd) and the test fixture. */
#include "keyd/serve.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "keyd/agent.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "sys/poller.h"
#include "sys/sandbox.h"
#include "sys/socket.h"
#include "sys/world.h"

#define CONNECTIONS_MAX 128
#define READY_MAX 16
#define TICK_MS 10000
#define SEND_MS 500
#define SCRATCH ((size_t)512 << 10)

#define X(name, number, request, reply) [number] = #name,
static const char *const message_names[] = {MESSAGES(X)};
#undef X

static const char *const memory_names[] = {[SECRET_PLAIN] = "plain", [SECRET_LOCKED] = "locked", [SECRET_HIDDEN] = "secret"};

/* Everything that a running agent needs, and no more: no socket is made, nothing is executed. */
static const char *const calls[] = {
    "accept4",  "brk",       "clock_gettime", "close",   "epoll_ctl", "epoll_pwait",    "epoll_wait", "fchmod",
    "fcntl",    "fstat",     "fsync",         "ftruncate", "futex",   "getpid",         "getrandom",  "getsockopt",
    "gettid",   "lseek",     "madvise",       "mmap",    "mprotect",  "mremap",         "munmap",     "newfstatat",
    "openat",   "poll",      "read",          "recvfrom", "rename",   "restart_syscall", "rt_sigprocmask", "sendto",
    "tgkill",   "unlink",    "write",
};

typedef struct Daemon {
    const KeydOptions *options;
    Clock clock;
    char clock_path[PATH_MAX];
    World world;
    Crypto *crypto;
    Agent *agent;
    Arena *arena;
    int poller, listening, stop, lock;
    int64_t own_user; /* asked once: the sandbox leaves no call for it */
    int connections[CONNECTIONS_MAX]; /* -1: free */
    uint8_t packet[WIRE_PACKET_MAX];
} Daemon;

static void daemon_freep(Daemon **daemon_)
{
    Daemon *daemon = *daemon_;
    if (!daemon)
        return;
    agent_free(daemon->agent);
    crypto_free(daemon->crypto);
    arena_free(daemon->arena);
    for (size_t i = 0; i < CONNECTIONS_MAX; i++)
        fd_close(daemon->connections[i]);
    fd_close(daemon->listening);
    fd_close(daemon->stop);
    fd_close(daemon->poller);
    fd_close(daemon->lock);
    crypto_wipe(daemon->packet, sizeof daemon->packet);
    free(daemon);
    *daemon_ = NULL;
}

/* The place in Daemon is the tag of a descriptor. */
static void end_connection(Daemon *daemon, int *connection)
{
    poller_forget(daemon->poller, *connection);
    fd_close(fd_take(connection));
}

static bool may_connect(const Daemon *daemon, int fd)
{
    const KeydOptions *options = daemon->options;
    Peer peer;
    if (!is_ok(socket_peer(fd, &peer)))
        return false;
    if (peer.user == daemon->own_user)
        return true;
    for (size_t i = 0; i < options->user_count; i++)
        if (options->users[i] == peer.user)
            return true;
    LOG(LOG_LEVEL_WARNING, "keyd-stranger", log_number("user", peer.user));
    return false;
}

static void accept_one(Daemon *daemon)
{
    AUTO(fd_closep) int fd = -1;
    size_t at = 0;

    if (!is_ok(socket_accept(daemon->listening, &fd)) || !may_connect(daemon, fd))
        return;
    while (at < CONNECTIONS_MAX && daemon->connections[at] >= 0)
        at++;
    if (at == CONNECTIONS_MAX) {
        LOG(LOG_LEVEL_WARNING, "keyd-full", log_number("connections", CONNECTIONS_MAX));
        return;
    }
    if (is_ok(poller_watch(daemon->poller, fd, &daemon->connections[at])))
        daemon->connections[at] = fd_take(&fd);
}

/* A ceiling that is reached, and a database or value that is not what it was, are alarms. That a grant waits until the
 * database was shown is the usual course after unsealing. */
static LogLevel level_of(uint8_t type, Err error)
{
    if (is_ok(error))
        return LOG_LEVEL_NOTICE;
    bool waits = type == MESSAGE_GRANT_NEW && error.id == E_FORGED;
    return error.id == E_BUDGET || (error.id == E_FORGED && !waits) ? LOG_LEVEL_ALERT : LOG_LEVEL_WARNING;
}

/* Key acts and refusals are told; the many reads stand in the audit of those who asked. */
static void tell(const Daemon *daemon, uint8_t type, Err error)
{
    if (agent_journal_failed(daemon->agent))
        LOG(LOG_LEVEL_ALERT, "keyd-journal", log_word("message", message_names[type]), log_word("result", "not-written"));
    bool act = type == MESSAGE_UNSEAL_SHARE || type == MESSAGE_SEAL || type == MESSAGE_MUNICIPALITY_NEW ||
               type == MESSAGE_CLOCK_ADVANCE || type == MESSAGE_EPOCH_TURN || type == MESSAGE_EPOCH_DONE ||
               type == MESSAGE_BACKUP_NEW;
    if (!act && is_ok(error))
        return;
    uint32_t untold = 0;
    if (error.id == E_BUDGET && !log_alarm_due(E_BUDGET, clock_monotonic_ms(), &untold))
        return;
    LOG(level_of(type, error), "keyd-act", log_word("message", message_names[type]), log_error("result", error),
        log_word("state", agent_is_sealed(daemon->agent) ? "sealed" : "unsealed"), log_number("untold", untold));
}

static Err answer_one(Daemon *daemon, int fd)
{
    size_t length = 0;
    AgentAnswer answer;

    Err received = socket_receive_packet(fd, daemon->packet, sizeof daemon->packet, 0, &length);
    if (received.id == E_BUSY)
        return ok(); /* nothing there after all */
    TRY(received);
    if (length == 0)
        return fail(E_TRUNCATED);
    Str packet = str_from_bytes(daemon->packet, length);
    Err answered = agent_answer(daemon->agent, packet, daemon->arena, &answer);
    crypto_wipe(daemon->packet, length);
    if (!is_ok(answered))
        LOG(LOG_LEVEL_WARNING, "keyd-unexpected", log_error("result", answered));
    TRY(answered);
    tell(daemon, answer.type, answer.error);
    return socket_send_packet(fd, answer.packet, SEND_MS);
}

static void on_connection(Daemon *daemon, int *connection)
{
    size_t mark = arena_mark(daemon->arena);
    Err answered = answer_one(daemon, *connection);
    arena_rewind(daemon->arena, mark);
    if (!is_ok(answered))
        end_connection(daemon, connection);
}

static Err loop(Daemon *daemon)
{
    for (;;) {
        void *tags[READY_MAX];
        size_t count = 0;

        TRY(poller_wait(daemon->poller, tags, READY_MAX, TICK_MS, &count));
        agent_tick(daemon->agent);
        for (size_t i = 0; i < count; i++) {
            int *tag = tags[i];
            if (tag == &daemon->stop)
                return ok();
            if (tag == &daemon->listening)
                accept_one(daemon);
            else if (*tag >= 0)
                on_connection(daemon, tag);
        }
    }
}

static Err folder_of(const char *path, char ret_folder[static PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length >= PATH_MAX)
        return fail(E_TOO_LARGE);
    memcpy(ret_folder, slash ? path : ".", slash ? length : 1);
    ret_folder[slash ? length : 1] = 0;
    if (slash && length == 0)
        memcpy(ret_folder, "/", 2);
    return ok();
}

static Err take_rights_away(Daemon *daemon)
{
    char folders[KEY_FILE_PLACES_MAX][PATH_MAX];
    PathRule rules[KEY_FILE_PLACES_MAX];
    SandboxState memory, calls_state;
    PathReport paths;
    const KeyFilePlaces *places = &daemon->options->places;

    for (size_t i = 0; i < places->count; i++) {
        TRY(folder_of(places->paths[i], folders[i]));
        rules[i] = (PathRule){.path = folders[i], .right = PATH_WRITE};
    }
    TRY(sandbox_lock_memory(&memory));
    TRY(sandbox_paths(rules, places->count, true, &paths));
    TRY(sandbox_calls(calls, COUNT_OF(calls), &calls_state));
    const SecretKind kind = agent_memory(daemon->agent) == SECRET_PLAIN && memory == SANDBOX_IN_FORCE ? SECRET_LOCKED
                                                                                                      : agent_memory(daemon->agent);
    agent_set_shield(daemon->agent, (AgentShield){.memory = (uint8_t)kind,
                                                  .calls = (uint8_t)calls_state,
                                                  .paths = (uint8_t)paths.state});
    LOG(LOG_LEVEL_NOTICE, "keyd-start", log_word("mode", mode_name(agent_mode(daemon->agent))),
        log_word("memory", memory_names[kind]), log_word("all-memory", sandbox_state_name(memory)),
        log_word("calls", sandbox_state_name(calls_state)), log_word("paths", sandbox_state_name(paths.state)),
        log_number("spoilt-copies", (int64_t)agent_spoilt_copies(daemon->agent)), log_word("state", "sealed"));
    return ok();
}

/* Beside the key file, as its lock is. */
static Err place_beside(const Daemon *daemon, const char *ending, char ret_path[static PATH_MAX])
{
    int length = snprintf(ret_path, PATH_MAX, "%s.%s", daemon->options->places.paths[0], ending);

    return length < 0 || length >= PATH_MAX ? fail(E_TOO_LARGE) : ok();
}

/* The time first: the journal's first act has one. */
static Err open_beside(Daemon *daemon)
{
    char journal[PATH_MAX];

    TRY(place_beside(daemon, "clock", daemon->clock_path));
    TRY(agent_open_clock(daemon->agent, daemon->clock_path));
    TRY(place_beside(daemon, "journal", journal));
    return agent_open_journal(daemon->agent, journal);
}

static Err open_daemon(Daemon *daemon)
{
    const KeydOptions *options = daemon->options;
    AgentOptions agent = {.world = &daemon->world, .clock = &daemon->clock, .places = options->places, .mode = options->mode};

    TRY(sandbox_private_memory());
    TRY(arena_new(SCRATCH, &daemon->arena));
    clock_init(&daemon->clock, true); /* the agent moves it in test mode only */
    daemon->world = world_real(&daemon->clock);
    TRY(crypto_new(&daemon->world, &daemon->crypto));
    agent.crypto = daemon->crypto;
    TRY(key_file_lock(&options->places, &daemon->lock));
    TRY(agent_new(&agent, &daemon->agent));
    for (size_t i = 0; i < options->ceiling_count; i++)
        TRY(agent_set_ceiling(daemon->agent, options->ceilings[i].name, options->ceilings[i].ceiling));
    TRY(open_beside(daemon));
    TRY(poller_open(&daemon->poller));
    TRY(stop_signals_open(&daemon->stop));
    TRY(socket_listen((Listen){.path = options->socket, .kind = SOCKET_PACKET, .mode = 0660, .group = options->group},
                      &daemon->listening));
    TRY(poller_watch(daemon->poller, daemon->stop, &daemon->stop));
    return poller_watch(daemon->poller, daemon->listening, &daemon->listening);
}

Err keyd_serve(const KeydOptions *options)
{
    AUTO(daemon_freep) Daemon *daemon = calloc(1, sizeof *daemon);
    if (!daemon)
        return fail(E_NO_MEMORY);
    daemon->options = options;
    daemon->own_user = (int64_t)geteuid();
    daemon->poller = daemon->listening = daemon->stop = daemon->lock = -1;
    for (size_t i = 0; i < CONNECTIONS_MAX; i++)
        daemon->connections[i] = -1;
    TRY(open_daemon(daemon));
    TRY(take_rights_away(daemon));
    return loop(daemon);
}
