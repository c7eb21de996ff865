/* What a log's page does not show, a section and a page at a time.
 * Must not show what the page shows already.
 * Called by web. */
#include "service/reading/older.h"

#include "service/reading/open.h"

typedef struct Older {
    const LogOlderWish *wish;
    Id shown[LOG_OLDER_PAGE]; /* newest first */
    uint32_t count;
    uint32_t next;
} Older;

static Err pick_older(LogPick *pick, void *self)
{
    const LogNewest *newest = &pick->entered->newest;
    Older *older = self;

    TRY(log_pick_current(pick));
    TRY(log_pick_older(pick, older->wish->section, older->wish->before, LOG_OLDER_PAGE, &older->next));
    for (uint32_t i = newest->count; i-- > 0;) {
        if (pick->shown[i])
            older->shown[older->count++] = newest->items[i].first->entry;
        else
            pick->opened[i] = NULL; /* to find out what is current; nobody asked for it */
    }
    return log_pick_references(pick);
}

static const LogEntry *find(const LogView *log, Id entry)
{
    for (uint32_t i = 0; i < log->entry_count; i++)
        if (id_equal(log->entries[i].entry, entry))
            return &log->entries[i];
    return NULL;
}

/* No stub stands here, so nobody else writes the line of this refusal. */
static Err refuse_stub(const LogReader *reader, Id log)
{
    return service_refuse(reader->actor, ACT_LOG_READ, OBJECT_LOG, log, WHY_STUB);
}

Err log_older(const LogReader *reader, const LogOlderWish *wish, LogOlder *ret_older)
{
    Older older = {.wish = wish};
    const LogLook look = {.reader = *reader, .wish = log_look_wish(wish->log, wish->reason),
                          .pick = pick_older, .self = &older, .beside = true};
    LogOlder made = {0};
    Why why = WHY_UNDECIDED;

    Err looked = log_look(&look, &why, &made.log);
    if (looked.id == E_FORBIDDEN && why == WHY_STUB)
        return refuse_stub(reader, wish->log);
    TRY(looked);
    TRY(ARENA_NEW(reader->keep, const LogEntry *, (size_t)older.count + 1, &made.items));
    for (uint32_t i = 0; i < older.count; i++)
        made.items[made.count++] = find(&made.log, older.shown[i]);
    made.next = older.next;
    *ret_older = made;
    return ok();
}
