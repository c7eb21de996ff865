/* The one loop by which anything is changed in a log: entered, decided, prepared, carried out, tried again when overtaken.
 * Must not change anything by itself.
 * Called by the room acts. Rule: reading-and-writing 1. */
#include "service/log/task.h"

#include "service/log/enter.h"
#include "service/log/tell.h"

#define TASK_CAP ((size_t)64 << 20)

static Err enter(const LogReader *reader, const LogTask *task, LogEntered *entered, Why *ret_why)
{
    LogWish wish = task->wish;

    wish.by_reading = task->learn != NULL;
    TRY(log_enter(reader, &wish, ret_why, entered));
    if (!task->learn)
        return ok();
    TRY(task->learn(task->self, entered, reader->keep, &wish));
    return log_enter_as(reader, &wish, entered, ret_why);
}

static Err try_task(Service *service, const Actor *actor, const LogTask *task, Why *ret_why, bool *ret_moved)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(log_entered_wipe) LogEntered entered = {0};

    TRY(arena_new(TASK_CAP, &scratch));
    TRY(enter(&(LogReader){service, actor, scratch}, task, &entered, ret_why));
    LogChange change = log_change_none(&entered, actor);
    change.put = task->put;
    change.self = task->self;
    if (task->prepare)
        TRY(task->prepare(task->self, &entered, scratch, &change));
    const LogTold told = {.notice = change.tells};
    if (told.notice != NOTICE_NONE)
        TRY(log_tell_rows(&(LogReader){service, actor, scratch}, &entered, &change.log, (LogTellList){.items = &told, .count = 1},
                          &change.told));
    Err done = log_change(actor, &entered, &change, scratch, ret_why);
    *ret_moved = done.id == E_STALE;
    return done;
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
