/* A change that follows from what stands in the log: entered, prepared, carried out, and tried again when it was overtaken.
 * Must not change anything by itself.
 * Called by the room acts. Rule: settled 15. */
#include "service/log/task.h"

#include "service/log/change.h"
#include "service/log/enter.h"

#define TASK_CAP ((size_t)64 << 20)

static Err try_task(Service *service, const Actor *actor, const LogTask *task, Why *ret_why, bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};

    TRY(arena_new(TASK_CAP, &scratch));
    TRY(log_enter(service, actor, &task->wish, scratch, ret_why, &entered));
    int64_t wake_on = log_wake_of(&entered, actor);
    TRY(task->prepare(task->self, &entered, scratch, &wake_on));
    const LogChange change = {.entered = &entered, .change = task->change, .context = task->self, .wake_on = wake_on,
                              .also = task->also ? *task->also : ACT_NONE};
    return log_change(actor, &change, scratch, ret_moved);
}

Err log_carry_out(Service *service, const Actor *actor, const LogTask *task, Why *ret_why)
{
    for (int i = 0; i < LOG_TRIES; i++) {
        bool moved = false;
        Err done = try_task(service, actor, task, ret_why, &moved);
        if (!moved)
            return done;
    }
    return fail(E_BUSY);
}
