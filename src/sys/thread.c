/* Threads, locks and conditions over pthreads.
 * Must not return from a failed lock.
 * Called by gateway, store, keyd. */
#include "sys/thread.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "sys/clock.h"

#define STACK_BYTES ((size_t)512 << 10)

static void must(int result)
{
    if (result != 0)
        abort();
}

Err thread_start(Thread *ret_thread, void *(*run)(void *argument), void *argument)
{
    pthread_attr_t attributes;
    sigset_t all;
    sigset_t before;
    Thread thread;

    must(pthread_attr_init(&attributes));
    must(pthread_attr_setstacksize(&attributes, STACK_BYTES));
    /* Signals belong to the main thread, which reads them as events. */
    sigfillset(&all);
    must(pthread_sigmask(SIG_BLOCK, &all, &before));
    int result = pthread_create(&thread, &attributes, run, argument);
    must(pthread_sigmask(SIG_SETMASK, &before, NULL));
    pthread_attr_destroy(&attributes);
    if (result != 0)
        return fail(E_BUSY);
    *ret_thread = thread;
    return ok();
}

void thread_join(Thread thread)
{
    must(pthread_join(thread, NULL));
}

unsigned thread_processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);

    return online > 0 ? (unsigned)online : 1;
}

void mutex_init(Mutex *ret_mutex)
{
    must(pthread_mutex_init(ret_mutex, NULL));
}

void mutex_done(Mutex *mutex)
{
    must(pthread_mutex_destroy(mutex));
}

void mutex_lock(Mutex *mutex)
{
    must(pthread_mutex_lock(mutex));
}

void mutex_unlock(Mutex *mutex)
{
    must(pthread_mutex_unlock(mutex));
}

void condition_init(Condition *ret_condition)
{
    pthread_condattr_t attributes;
    must(pthread_condattr_init(&attributes));
    /* A change of the wall clock must not lengthen a wait. */
    must(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
    must(pthread_cond_init(ret_condition, &attributes));
    pthread_condattr_destroy(&attributes);
}

void condition_done(Condition *condition)
{
    must(pthread_cond_destroy(condition));
}

void condition_wait(Condition *condition, Mutex *mutex)
{
    must(pthread_cond_wait(condition, mutex));
}

bool condition_wait_for(Condition *condition, Mutex *mutex, int timeout_ms)
{
    int64_t until = clock_monotonic_ms() + timeout_ms;
    struct timespec at = {.tv_sec = until / 1000, .tv_nsec = (until % 1000) * 1000000};

    int result = pthread_cond_timedwait(condition, mutex, &at);
    if (result != ETIMEDOUT)
        must(result);
    return result == 0;
}

void condition_wake_one(Condition *condition)
{
    must(pthread_cond_signal(condition));
}

void condition_wake_all(Condition *condition)
{
    must(pthread_cond_broadcast(condition));
}

static void must_posix(int result)
{
    must(result == 0 ? 0 : errno);
}

void latch_init(Latch *ret_latch)
{
    must_posix(sem_init(ret_latch, 0, 0));
}

void latch_done(Latch *latch)
{
    must_posix(sem_destroy(latch));
}

void latch_wait(Latch *latch)
{
    int result;

    do
        result = sem_wait(latch);
    while (result != 0 && errno == EINTR);
    must_posix(result);
}

void latch_open(Latch *latch)
{
    must_posix(sem_post(latch));
}
