/* Threads, locks and conditions: the few that we use, with failures turned into stops.
 * Must not be used below floor 2.
 * Used by gateway, store, keyd. */
#ifndef SYS_THREAD_H
#define SYS_THREAD_H

#include <pthread.h>
#include <semaphore.h>

#include "base/err.h"

typedef pthread_t Thread;
typedef pthread_mutex_t Mutex;
typedef pthread_cond_t Condition;
typedef sem_t Latch;

/* Starts run(argument) with a stack of 512 KiB and all signals blocked. Errors: E_BUSY. */
MUST_USE Err thread_start(Thread *ret_thread, void *(*run)(void *argument), void *argument);
void thread_join(Thread thread);
/* Processors that this process may use, at least 1. */
unsigned thread_processors(void);

/* A failure of these is a mistake of our own: they abort. */
void mutex_init(Mutex *ret_mutex);
void mutex_done(Mutex *mutex);
void mutex_lock(Mutex *mutex);
void mutex_unlock(Mutex *mutex);
void condition_init(Condition *ret_condition);
void condition_done(Condition *condition);
/* Waits until woken, with mutex held before and after. May wake without reason: look again in a loop. */
void condition_wait(Condition *condition, Mutex *mutex);
/* The same for at most timeout_ms; false when it has passed. */
bool condition_wait_for(Condition *condition, Mutex *mutex, int timeout_ms);
void condition_wake_one(Condition *condition);
void condition_wake_all(Condition *condition);

/* A latch that one thread opens once and another waits for, without a lock: whoever waits on a condition is woken only to wait
 * for its mutex. The one who waits may end it as soon as it is through. */
void latch_init(Latch *ret_latch);
void latch_done(Latch *latch);
void latch_wait(Latch *latch);
void latch_open(Latch *latch);

#endif
