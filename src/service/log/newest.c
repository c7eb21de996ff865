/* The newest version of each entry of a log, found in one walk over its rows.
 * Must not open anything.
 * Made by enter; used by the rooms log, reading and acts. */
#include "service/log/newest.h"

#include <string.h>

/* All bytes count: most ids are random, but those of a municipality that was seeded grow, and would stand in one heap. */
static uint32_t place_of(const LogNewest *newest, Id entry)
{
    uint64_t parts[2];

    memcpy(parts, entry.bytes, sizeof parts);
    uint64_t mixed = (parts[0] ^ parts[1] << 1 ^ parts[1] >> 63) * UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(mixed >> 32) & newest->mask;
}

/* Where the entry stands, or the free place where it would. */
static uint32_t *find_place(const LogNewest *newest, Id entry)
{
    uint32_t at = place_of(newest, entry);

    while (newest->places[at] != 0 && !id_equal(newest->items[newest->places[at] - 1].first->entry, entry))
        at = (at + 1) & newest->mask;
    return &newest->places[at];
}

void log_newest_begin(LogNewest *newest, const EntryRow *row)
{
    newest->items[newest->count++] = (LogVersions){.first = row, .newest = row};
    if (row->kind < KIND_LIMIT)
        newest->last[row->kind] = row;
}

static Err add(LogNewest *newest, const EntryRow *row)
{
    uint32_t *place = find_place(newest, row->entry);

    if (*place == 0 && row->version != 1)
        return fail(E_FORGED);
    if (*place == 0) {
        log_newest_begin(newest, row);
        *place = newest->count;
    } else if (newest->items[*place - 1].newest->version < row->version) {
        newest->items[*place - 1].newest = row;
    }
    return ok();
}

Err log_newest_make(const EntryRows *rows, Arena *keep, LogNewest *ret_newest)
{
    LogNewest newest = {0};
    uint32_t places = 2;

    while (places < 2 * rows->count && places < UINT32_MAX / 4)
        places *= 2;
    newest.mask = places - 1;
    TRY(ARENA_NEW(keep, LogVersions, (size_t)rows->count + 1, &newest.items));
    TRY(ARENA_NEW(keep, uint32_t, places, &newest.places));
    for (uint32_t i = 0; i < rows->count; i++)
        TRY(add(&newest, &rows->items[i]));
    *ret_newest = newest;
    return ok();
}

const LogVersions *log_newest_find(const LogNewest *newest, Id entry)
{
    uint32_t place = newest->count > 0 ? *find_place(newest, entry) : 0;

    return place > 0 ? &newest->items[place - 1] : NULL;
}

bool log_is_author(const LogVersions *entry, const Actor *actor)
{
    return id_equal(entry->first->author, actor->person) && entry->first->author_role == actor->role;
}
