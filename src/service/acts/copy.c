/* The family's own copy of a log.
 * Must not show the child's number, nor what the page of the same reader would not show.
 * Called by web and api. */
#include "service/acts/copy.h"

#include "service/acts/copy_answer.h"
#include "service/log/copy.h"
#include "service/log/enter.h"
#include "service/log/stub.h"
#include "service/log/task.h"
#include "service/reading/open.h"

Err log_copy_ask(const LogReader *reader, Id log, CopyAsked *ret_asked)
{
    const LogWish wish = {.log = log, .act = ACT_EXPORT_OWN};
    LogStub stub;

    TRY(log_by_header(reader, &wish, &stub));
    Ask ask = stub.entered.ask;
    if (ask.act != ACT_EXPORT_OWN)
        return log_refuse(reader->actor, &wish, WHY_STUB, &ask);
    ask.act = ACT_COPY_WAIVE;
    *ret_asked = (CopyAsked){.display = stub.entered.standing.log.display, .waives = policy_decide(ask) == WHY_ALLOWED};
    if (ret_asked->waives)
        ret_asked->end = copy_end(&stub.copy);
    return ok();
}

typedef struct Taking {
    const LogReader *reader;
} Taking;

static Err pick_all(LogPick *pick, void *self)
{
    (void)self;
    return log_pick_all(pick);
}

/* Whoever reads the log takes what they read: a line. Whoever is offered a copy answers by taking it. It may be sent twice: the second
 * time nothing is left to answer. */
static Err take(void *self, const LogEntered *entered)
{
    const Taking *taking = self;
    const LogReader *reader = taking->reader;
    Actor actor = *reader->actor;
    Why why = WHY_UNDECIDED;

    if (!(entered->ask.flags & FLAG_COPY_OPEN) || log_copy_answered(entered, actor.person))
        return log_read_line(reader->actor, entered, reader->keep, 0);
    actor.has_form = false;
    const Deed deed = {.service = reader->service, .actor = &actor, .scratch = reader->keep};
    LogChange change = log_change_none(entered, &actor);
    TRY(copy_answer(&deed, entered, COPY_TAKEN, &change));
    return log_change(&actor, entered, &change, reader->keep, &why);
}

Err log_copy_take(const LogReader *reader, Id log, LogView *ret_copy)
{
    Taking taking = {reader};
    LogLook look = {.reader = *reader, .wish = log_look_wish(log, OPENING_NONE), .pick = pick_all, .self = &taking, .take = take};
    Err taken = fail(E_STALE);
    Why why = WHY_UNDECIDED;

    look.wish.act = ACT_EXPORT_OWN;
    TRY(service_proved(reader->actor, ACT_EXPORT_OWN));
    for (unsigned i = 0; i < LOG_TRIES && taken.id == E_STALE; i++)
        taken = log_look(&look, &why, ret_copy);
    return taken.id == E_STALE ? fail(E_BUSY) : taken;
}
