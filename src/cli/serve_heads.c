/* serve's thread: takes in the agent's journal, shows all heads, purges what waits: at the start, every minute, and at the end.
 * Must not stop serving: sign-in asks by itself, a failure is told to the operator.
 * Called by serve.c. */
#include "cli/serve_heads.h"

#include "service/heads.h"
#include "service/municipality/journal.h"
#include "store/store.h"
#include "sys/log.h"
#include "sys/thread.h"

#define EVERY_MS 60000

struct HeadsThread {
    Service *service;
    Thread thread;
    bool running, stop;
    Mutex lock;
    Condition woken;
};

static void tell(void *self, Id tenant, Err error)
{
    (void)self;
    if (error.id == E_FORGED)
        LOG(LOG_LEVEL_ALERT, "database-old", log_id("database", tenant), log_error("result", error));
    else
        LOG(LOG_LEVEL_WARNING, "head-not-signed", log_id("database", tenant), log_error("result", error));
}

/* A sealed or missing agent is told once, not once a municipality. */
static void show(HeadsThread *heads)
{
    KeysStatus status;
    Err asked = keys_status(heads->service->keys, &status);

    if (!is_ok(asked) || status.sealed)
        return;
    uint32_t taken = 0;
    Err in = journal_take_in(heads->service, &taken);
    if (!is_ok(in))
        LOG(LOG_LEVEL_WARNING, "journal-not-taken", log_error("result", in));
    Err shown = heads_show_all(heads->service, tell, heads);
    (void)shown; /* told one by one */
}

static void purge(HeadsThread *heads)
{
    uint32_t waiting = stores_purge_waiting(heads->service->stores);

    if (waiting > 0)
        LOG(LOG_LEVEL_WARNING, "remains-not-purged", log_number("databases", waiting));
}

static void *run(void *argument)
{
    HeadsThread *heads = argument;

    mutex_lock(&heads->lock);
    while (!heads->stop) {
        mutex_unlock(&heads->lock);
        show(heads);
        purge(heads);
        mutex_lock(&heads->lock);
        if (!heads->stop)
            condition_wait_for(&heads->woken, &heads->lock, EVERY_MS);
    }
    mutex_unlock(&heads->lock);
    return NULL;
}

Err heads_thread_start(Service *service, Arena *keep, HeadsThread **ret_thread)
{
    HeadsThread *heads = NULL;

    TRY(ARENA_NEW(keep, HeadsThread, 1, &heads));
    heads->service = service;
    mutex_init(&heads->lock);
    condition_init(&heads->woken);
    TRY(thread_start(&heads->thread, run, heads));
    heads->running = true;
    *ret_thread = heads;
    return ok();
}

void heads_thread_stop(HeadsThread *heads)
{
    if (!heads || !heads->running)
        return;
    mutex_lock(&heads->lock);
    heads->stop = true;
    condition_wake_all(&heads->woken);
    mutex_unlock(&heads->lock);
    thread_join(heads->thread);
    heads->running = false;
    show(heads);
    purge(heads);
    condition_done(&heads->woken);
    mutex_done(&heads->lock);
}

void heads_thread_stopp(HeadsThread **heads)
{
    heads_thread_stop(*heads);
}
