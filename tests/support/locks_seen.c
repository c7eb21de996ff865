/* C11's locks, by way of POSIX's: the thread sanitizer sees those and not these, and would take every guarded access for a race.
 * Must not be part of a program that anybody runs: `make race` alone links it.
 * The C library keeps both kinds in the same room. */
#include <assert.h>
#include <pthread.h>
#include <threads.h>

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t), "one kind of lock is read as the other");

int mtx_init(mtx_t *lock, int type)
{
    (void)type; /* ours are plain */
    return pthread_mutex_init((pthread_mutex_t *)lock, NULL) == 0 ? thrd_success : thrd_error;
}

int mtx_lock(mtx_t *lock)
{
    return pthread_mutex_lock((pthread_mutex_t *)lock) == 0 ? thrd_success : thrd_error;
}

int mtx_unlock(mtx_t *lock)
{
    return pthread_mutex_unlock((pthread_mutex_t *)lock) == 0 ? thrd_success : thrd_error;
}

void mtx_destroy(mtx_t *lock)
{
    (void)pthread_mutex_destroy((pthread_mutex_t *)lock);
}
