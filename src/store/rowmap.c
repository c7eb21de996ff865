/* An open hash table over all bytes of the keys: those of a seeded municipality begin alike.
 * Must not be filled by anybody but the chain.
 * Called by verify.c. */
#include "store/rowmap.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_FIRST ((size_t)1024)

static size_t place_of(size_t room, uint8_t table, const Id *key)
{
    uint64_t halves[2];

    memcpy(halves, key->bytes, sizeof halves);
    uint64_t mixed = (halves[0] ^ halves[1] * UINT64_C(0xC2B2AE3D27D4EB4F)) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)((mixed ^ mixed >> 32) + table) & (room - 1);
}

static RowMapEntry *slot(RowMapEntry *entries, size_t room, uint8_t table, const Id *key)
{
    size_t at = place_of(room, table, key);

    while (entries[at].used && !(entries[at].table == table && id_equal(entries[at].key, *key)))
        at = (at + 1) & (room - 1);
    return &entries[at];
}

static Err grow(RowMap *map)
{
    size_t room = map->room ? map->room * 2 : ROOM_FIRST;
    RowMapEntry *entries = calloc(room, sizeof *entries);

    if (!entries)
        return fail(E_NO_MEMORY);
    for (size_t i = 0; i < map->room; i++)
        if (map->entries[i].used)
            *slot(entries, room, map->entries[i].table, &map->entries[i].key) = map->entries[i];
    free(map->entries);
    map->entries = entries;
    map->room = room;
    return ok();
}

Err rowmap_put(RowMap *map, uint8_t table, const Id *key, const uint8_t digest[static DIGEST_BYTES], int64_t seq)
{
    if (map->count * 2 >= map->room)
        TRY(grow(map));
    RowMapEntry *entry = slot(map->entries, map->room, table, key);
    map->count += !entry->used;
    entry->used = true;
    entry->table = table;
    entry->key = *key;
    entry->seq = seq;
    memcpy(entry->digest, digest, DIGEST_BYTES);
    return ok();
}

RowMapEntry *rowmap_find(const RowMap *map, uint8_t table, const Id *key)
{
    if (map->room == 0)
        return NULL;
    RowMapEntry *entry = slot(map->entries, map->room, table, key);
    return entry->used ? entry : NULL;
}

void rowmap_look_back(RowMap *map, uint8_t table, const Id *key, const uint8_t digest[static DIGEST_BYTES])
{
    RowMapEntry *entry = rowmap_find(map, table, key);

    if (entry && entry->differs && memcmp(entry->actual, digest, DIGEST_BYTES) == 0)
        entry->rolled_back = true;
}

bool rowmap_is_gone(const RowMapEntry *entry)
{
    static const uint8_t zeros[DIGEST_BYTES];
    return memcmp(entry->digest, zeros, DIGEST_BYTES) == 0;
}

void rowmap_free(RowMap *map)
{
    free(map->entries);
    *map = (RowMap){0};
}
