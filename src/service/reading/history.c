/* All versions of one entry.
 * Must not hand them out before their line is durable.
 * Called by web and api. Rules: reading-and-writing 1, 2. */
#include "service/reading/history.h"

#include "service/log/rows.h"
#include "service/reading/open.h"

typedef struct Versions {
    Id entry;
    const EntryRow *first;
    LogEntry *items;
    uint32_t count;
} Versions;

static Err open_version(LogPick *pick, const EntryRow *row, LogEntry *version)
{
    TRY(log_open_entry(&pick->entered->keys, row, pick->keep, version));
    if (version->values.kind->id == KIND_CHILD && !log_shows_address(pick->entered))
        log_hide_address(&version->values);
    if (!policy_names_units(pick->entered->ask.role, pick->entered->ask.flags))
        log_hide_units(&version->values);
    return ok();
}

static Err pick_versions(LogPick *pick, void *self)
{
    const EntryRows *rows = &pick->entered->content.entries;
    Versions *versions = self;
    const LogVersions *entry = log_newest_find(&pick->entered->newest, versions->entry);

    if (!entry)
        return ok();
    versions->first = entry->first;
    TRY(ARENA_NEW(pick->keep, LogEntry, entry->newest->version, &versions->items));
    for (uint32_t i = rows->count; i-- > 0;)
        if (id_equal(rows->items[i].entry, versions->entry)) {
            if (versions->count == entry->newest->version)
                return fail(E_FORGED); /* versions are numbered without gaps */
            TRY(open_version(pick, &rows->items[i], &versions->items[versions->count]));
            TRY(log_pick_referred(pick, &versions->items[versions->count++].values));
        }
    return log_pick_show(pick, (uint32_t)(entry - pick->entered->newest.items));
}

Err log_entry_history(const LogReader *reader, Id log, Id entry, LogHistory *ret_history)
{
    Versions versions = {.entry = entry};
    LogHistory history = {0};
    LogLook look = {.reader = *reader, .wish = log_look_wish(log, OPENING_NONE),
                    .pick = pick_versions, .self = &versions, .beside = true};
    Why why;

    look.wish.act = ACT_HISTORY_READ;
    TRY(log_look(&look, &why, &history.log));
    if (versions.count == 0)
        return fail(E_NOT_FOUND);
    for (uint32_t i = 0; i < versions.count; i++)
        TRY(log_name_author(&versions.items[i], versions.first, (LogPeople){history.log.people, history.log.people_count}));
    history.versions = versions.items;
    history.count = versions.count;
    *ret_history = history;
    return ok();
}
