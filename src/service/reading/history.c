/* All versions of one entry.
 * Must not hand them out before their line is durable.
 * Called by web and api. Rules: settled 15, 16. */
#include "service/reading/history.h"

#include "service/log/enter.h"
#include "service/log/rows.h"

Err log_entry_history(Service *service, const Actor *actor, Id log, Id entry, Arena *keep, const LogEntry **ret_versions,
                      uint32_t *ret_count)
{
    const LogWish wish = {.log = log, .act = ACT_HISTORY_READ, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    LogEntry *versions = NULL;
    LogPerson *people = NULL;
    uint32_t count = 0, people_count = 0;
    Why why;

    TRY(log_enter(service, actor, &wish, keep, &why, &entered));
    TRY(log_open_people(&entered, actor->now, keep, &people, &people_count));
    TRY(ARENA_NEW(keep, LogEntry, entered.content.entries.count + 1, &versions));
    for (uint32_t i = entered.content.entries.count; i-- > 0;) {
        if (!id_equal(entered.content.entries.items[i].entry, entry))
            continue;
        TRY(log_open_entry(&entered.keys, &entered.content.entries.items[i], keep, &versions[count]));
        if (versions[count].values.kind->id == KIND_CHILD && !log_shows_address(&entered))
            log_hide_address(&versions[count].values);
        log_name_author(&versions[count++], people, people_count);
    }
    TRY(log_read_line(actor, &entered, keep, 0));
    if (count == 0)
        return fail(E_NOT_FOUND);
    *ret_versions = versions;
    *ret_count = count;
    return ok();
}
