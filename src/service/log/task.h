/* The one loop by which anything is changed in a log: entered, decided, prepared, carried out, tried again when overtaken.
 * Must not change anything by itself.
 * Called by the room acts. Rule: reading-and-writing 1. */
#ifndef SERVICE_LOG_TASK_H
#define SERVICE_LOG_TASK_H

#include "service/log/change.h"

/* An act on a log. Each function gets self; the first two may be called several times, each time from a log entered anew, so
 * they start from nothing; scratch lives until the change is carried out. Refusals are Errs, and end it.
 *   learn    NULL, or what the rows of the log tell the policy: sets act and flags of the wish (whose entry it is, that the
 *            child is meant). Such a log is entered as for reading, and the act decided about afterwards.
 *   prepare  NULL, or everything that needs keys or the key agent: seals the act's rows, and says in *change what becomes of
 *            state, header and wake_on, and what act follows.
 *   put      NULL, or the act's own rows, in the work: store verbs only. E_STALE there means that something outside the log
 *            moved on (the log itself cannot have): tried again. */
typedef struct LogTask {
    LogWish wish;
    Err (*learn)(void *self, const LogEntered *entered, Arena *scratch, LogWish *wish);
    Err (*prepare)(void *self, const LogEntered *entered, Arena *scratch, LogChange *change);
    Err (*put)(Tx *tx, void *self);
    void *self;
} LogTask;

/* *ret_why as log_enter gives it. Errors: those of log_enter, learn and prepare; put's, but for E_STALE; E_BUSY when it was
 * overtaken again and again; E_REPLAYED (service_write). */
MUST_USE Err log_carry_out(Service *service, const Actor *actor, const LogTask *task, Why *ret_why);
/* How often a writer that was overtaken tries again. */
#define LOG_TRIES 8

#endif
