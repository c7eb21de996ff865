/* The server: one poller feeds threads that block; a connection belongs to one thread at a time.
 * Must not close a connection on which a request may be on its way: the front closes idle ones.
 * Called by cli/serve. */
#include "gateway/gateway_priv.h"

#include <stdlib.h>

#include "gateway/exchange.h"
#include "sys/poller.h"

#define WORKERS_MIN 16
#define WORKERS_MAX 64
#define DEFAULT_ARENA ((size_t)64 << 20) /* a cap: taken as it is used, given back when the request ends */

static const GatewayOptions defaults = {
    .connections = 1024, .arena_cap = DEFAULT_ARENA, .read_ms = 10000, .write_ms = 10000, .drain_ms = 5000};

/* ---- connections: slots of a fixed table, under the lock ---- */

static Connection *take_slot(Gateway *gateway, int fd)
{
    Connection *connection = gateway->free_slots;

    gateway->free_slots = connection->next;
    gateway->open_count++;
    connection->fd = fd;
    return connection;
}

/* Listens again unless the table is full or we are stopping. */
static void rearm_listener(Gateway *gateway)
{
    gateway->paused = !gateway->free_slots;
    if (gateway->listening < 0 || gateway->paused)
        return;
    if (!is_ok(poller_rearm(gateway->poller, gateway->listening, &gateway->listening)))
        wake_ring(gateway->stop_wake); /* a server that cannot listen ends, so that it is started anew */
}

static void close_connection(Gateway *gateway, Connection *connection)
{
    mutex_lock(&gateway->lock);
    fd_close(connection->fd);
    connection->fd = -1;
    connection->next = gateway->free_slots;
    gateway->free_slots = connection;
    gateway->open_count--;
    if (gateway->paused)
        rearm_listener(gateway);
    if (gateway->open_count == 0)
        condition_wake_all(&gateway->emptied);
    mutex_unlock(&gateway->lock);
}

static bool accept_one(Gateway *gateway)
{
    Connection *connection = NULL;
    int fd = -1;

    mutex_lock(&gateway->lock);
    if (gateway->listening >= 0 && gateway->free_slots && is_ok(socket_accept(gateway->listening, &fd)))
        connection = take_slot(gateway, fd);
    mutex_unlock(&gateway->lock);
    if (connection && !is_ok(poller_watch_once(gateway->poller, connection->fd, connection)))
        close_connection(gateway, connection);
    return connection != NULL;
}

/* All that wait: the socket comes again only when every open connection has had its turn, and who was left behind each time
 * would be answered when the others have ended. */
static void accept_connections(Gateway *gateway)
{
    while (accept_one(gateway))
        ;
    mutex_lock(&gateway->lock);
    rearm_listener(gateway);
    mutex_unlock(&gateway->lock);
}

/* ---- threads ---- */

static void *work(void *argument)
{
    const Worker *worker = argument;
    Gateway *gateway = worker->gateway;

    while (!atomic_load(&gateway->ended)) {
        void *tag = NULL;
        size_t count = 0;
        if (!is_ok(poller_wait(gateway->poller, &tag, 1, -1, &count)))
            break;
        if (count == 0 || tag == &gateway->end_wake)
            continue;
        if (tag == &gateway->listening) {
            accept_connections(gateway);
            continue;
        }
        Connection *connection = tag;
        if (!exchange(worker, connection->fd) ||
            !is_ok(poller_rearm(gateway->poller, connection->fd, connection)))
            close_connection(gateway, connection);
    }
    return NULL;
}

/* ---- stopping ---- */

static Err wait_for_stop(Gateway *gateway)
{
    AUTO(fd_closep) int poller = -1;
    void *tag = NULL;
    size_t count = 0;

    TRY(poller_open(&poller));
    TRY(poller_watch(poller, gateway->stop_wake, gateway));
    if (gateway->options.stop_fd)
        TRY(poller_watch(poller, *gateway->options.stop_fd, gateway));
    while (count == 0)
        TRY(poller_wait(poller, &tag, 1, -1, &count));
    return ok();
}

/* No new connections here (an inherited socket keeps them for the next process); the open ones are used up. */
static void drain(Gateway *gateway)
{
    int64_t end = clock_monotonic_ms() + gateway->options.drain_ms;

    atomic_store(&gateway->draining, true);
    mutex_lock(&gateway->lock);
    poller_forget(gateway->poller, gateway->listening);
    fd_close(fd_take(&gateway->listening));
    while (gateway->open_count > 0 && clock_monotonic_ms() < end)
        condition_wait_for(&gateway->emptied, &gateway->lock, (int)(end - clock_monotonic_ms()) + 1);
    mutex_unlock(&gateway->lock);
}

static void end_threads(Gateway *gateway, uint32_t count)
{
    atomic_store(&gateway->ended, true);
    wake_ring(gateway->end_wake);
    for (uint32_t i = 0; i < count; i++)
        thread_join(gateway->workers[i].thread);
}

Err gateway_run(Gateway *gateway)
{
    Err result = ok();
    uint32_t started = 0;

    TRY(poller_watch(gateway->poller, gateway->end_wake, &gateway->end_wake));
    TRY(poller_watch_once(gateway->poller, gateway->listening, &gateway->listening));
    while (is_ok(result) && started < gateway->options.workers) {
        result = thread_start(&gateway->workers[started].thread, work, &gateway->workers[started]);
        started += is_ok(result);
    }
    if (is_ok(result))
        result = wait_for_stop(gateway);
    drain(gateway);
    end_threads(gateway, started);
    return result;
}

void gateway_stop(Gateway *gateway)
{
    wake_ring(gateway->stop_wake);
}

/* ---- opening and closing ---- */

/* Enough that the processors have work while others wait for the disk and the key agent; more of them only take the
 * processors from each other, so that everybody's answer comes late (bench/README.md). */
static uint32_t default_workers(void)
{
    uint32_t wanted = 8 * thread_processors();

    return wanted < WORKERS_MIN ? WORKERS_MIN : wanted > WORKERS_MAX ? WORKERS_MAX : wanted;
}

static Err settle_options(GatewayOptions *options)
{
    if (options->workers == 0)
        options->workers = default_workers();
    if (options->connections == 0)
        options->connections = defaults.connections;
    if (options->arena_cap == 0)
        options->arena_cap = defaults.arena_cap;
    if (options->read_ms == 0)
        options->read_ms = defaults.read_ms;
    if (options->write_ms == 0)
        options->write_ms = defaults.write_ms;
    if (options->drain_ms == 0)
        options->drain_ms = defaults.drain_ms;
    if (options->workers > 512 || options->connections > 4096 || options->arena_cap < ((size_t)64 << 10) ||
        options->arena_cap > ((size_t)256 << 20) || options->read_ms < 0 || options->write_ms < 0 || options->drain_ms < 0)
        return fail(E_RANGE);
    return ok();
}

static Err take_socket(const GatewayOptions *options, int *ret_fd)
{
    Err inherited = socket_inherited(ret_fd);

    if (inherited.id != E_NOT_FOUND)
        return inherited;
    if (!options->socket_path)
        return fail(E_RANGE);
    return socket_listen((Listen){.path = options->socket_path,
                                  .kind = SOCKET_STREAM,
                                  .mode = options->group ? 0660 : 0600,
                                  .group = options->group},
                         ret_fd);
}

static Err make_workers(Gateway *gateway)
{
    gateway->workers = calloc(gateway->options.workers, sizeof *gateway->workers);
    if (!gateway->workers)
        return fail(E_NO_MEMORY);
    for (uint32_t i = 0; i < gateway->options.workers; i++) {
        Worker *worker = &gateway->workers[i];
        worker->gateway = gateway;
        TRY(compressor_new(&worker->compressor));
        TRY(arena_new(gateway->options.arena_cap, &worker->request));
        TRY(arena_new(gateway->options.arena_cap, &worker->head));
    }
    return ok();
}

static Err open_parts(Gateway *gateway)
{
    TRY(settle_options(&gateway->options));
    TRY(make_workers(gateway));
    gateway->slots = calloc(gateway->options.connections, sizeof *gateway->slots);
    if (!gateway->slots)
        return fail(E_NO_MEMORY);
    for (uint32_t i = 0; i < gateway->options.connections; i++) {
        gateway->slots[i] = (Connection){.fd = -1, .next = gateway->free_slots};
        gateway->free_slots = &gateway->slots[i];
    }
    TRY(poller_open(&gateway->poller));
    TRY(wake_open(&gateway->stop_wake));
    TRY(wake_open(&gateway->end_wake));
    return take_socket(&gateway->options, &gateway->listening);
}

Err gateway_open(const GatewayOptions *options, GatewayHandler handler, Gateway **ret_gateway)
{
    AUTO(gateway_closep) Gateway *gateway = calloc(1, sizeof *gateway);

    if (!gateway)
        return fail(E_NO_MEMORY);
    gateway->options = *options;
    gateway->handler = handler;
    gateway->poller = gateway->listening = gateway->stop_wake = gateway->end_wake = -1;
    mutex_init(&gateway->lock);
    condition_init(&gateway->emptied);
    TRY(open_parts(gateway));
    *ret_gateway = TAKE(gateway);
    return ok();
}

void gateway_close(Gateway *gateway)
{
    if (!gateway)
        return;
    for (uint32_t i = 0; gateway->slots && i < gateway->options.connections; i++)
        fd_close(gateway->slots[i].fd);
    fd_close(gateway->listening);
    fd_close(gateway->poller);
    fd_close(gateway->stop_wake);
    fd_close(gateway->end_wake);
    condition_done(&gateway->emptied);
    mutex_done(&gateway->lock);
    for (uint32_t i = 0; gateway->workers && i < gateway->options.workers; i++) {
        compressor_free(gateway->workers[i].compressor);
        arena_free(gateway->workers[i].request);
        arena_free(gateway->workers[i].head);
    }
    free(gateway->workers);
    free(gateway->slots);
    free(gateway);
}

void gateway_closep(Gateway **gateway)
{
    gateway_close(*gateway);
    *gateway = NULL;
}
