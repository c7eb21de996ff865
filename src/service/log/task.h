/* A change that follows from what stands in the log: entered, prepared, carried out, and tried again when it was overtaken.
 * Must not change anything by itself.
 * Called by the room acts. Rule: settled 15. */
#ifndef SERVICE_LOG_TASK_H
#define SERVICE_LOG_TASK_H

#include "service/log/entered.h"

/* A change that follows from what stands in the log: prepared from the entered log, tried anew when somebody else wrote
 * in between. prepare refuses with an Err, and may bring wake_on forward; scratch lives until the change is carried out. */
typedef struct LogTask {
    LogWish wish;
    Err (*prepare)(void *self, const LogEntered *entered, Arena *scratch, int64_t *wake_on);
    Err (*change)(Tx *tx, void *self);
    void *self;
    const Act *also;   /* as prepare has left it; NULL: nothing follows */
} LogTask;

/* *ret_why as log_enter gives it. Errors: those of log_enter and prepare; E_BUSY when it was overtaken again and again. */
MUST_USE Err log_carry_out(Service *service, const Actor *actor, const LogTask *task, Why *ret_why);
/* How often a writer that was overtaken tries again. */
#define LOG_TRIES 8

#endif
