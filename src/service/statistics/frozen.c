/* Published facts in memory.
 * Must not keep a tag longer than the freeze.
 * Called by freeze.c and verify.c. */
#include "service/statistics/frozen.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 1000
#define SORT_ARENA ((size_t)1 << 30)
#define JOINED_MAX ((size_t)512 << 20)
#define UNITS_MAX ((size_t)CUBE_ORGANISATIONS_MAX * ID_BYTES)

static Err new_room(uint32_t count, Arena *keep, FrozenFacts *facts)
{
    TRY(ARENA_NEW(keep, FrozenFactRow, (size_t)count + 1, &facts->items));
    TRY(ARENA_NEW(keep, FrozenTag, (size_t)count + 1, &facts->tags));
    memset(facts->tags, 0, ((size_t)count + 1) * sizeof *facts->tags);
    facts->room = count;
    return ok();
}

Err frozen_more(FrozenFacts *facts, uint32_t more, Arena *keep)
{
    FrozenFacts larger = {0};

    if (facts->items && facts->count + more <= facts->room)
        return ok();
    TRY(new_room((facts->count + more) * 2, keep, &larger));
    if (facts->count > 0) {
        memcpy(larger.items, facts->items, facts->count * sizeof *facts->items);
        memcpy(larger.tags, facts->tags, facts->count * sizeof *facts->tags);
    }
    larger.count = facts->count;
    *facts = larger;
    return ok();
}

Err frozen_read(Tx *tx, Arena *keep, FrozenFacts *facts)
{
    FrozenFactRows rows = {0};
    Id after = {{0}};

    do {
        TRY(store_frozen(tx, after, PAGE, keep, &rows));
        TRY(frozen_more(facts, rows.count, keep));
        for (uint32_t i = 0; i < rows.count; i++) {
            facts->items[facts->count++] = rows.items[i];
            after = rows.items[i].id;
        }
    } while (rows.count == PAGE);
    return ok();
}

/* ---- order and hash ---- */

/* A fact and its tag on their way through a sort. */
typedef struct Pair {
    FrozenFactRow row;
    FrozenTag tag;
} Pair;

static int by_id(const void *a, const void *b)
{
    return memcmp(((const Pair *)a)->row.id.bytes, ((const Pair *)b)->row.id.bytes, ID_BYTES);
}

Err frozen_sort(FrozenFacts *facts)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    Pair *pairs = NULL;

    TRY(arena_new(SORT_ARENA, &scratch));
    TRY(ARENA_NEW(scratch, Pair, (size_t)facts->count + 1, &pairs));
    for (uint32_t i = 0; i < facts->count; i++)
        pairs[i] = (Pair){.row = facts->items[i], .tag = facts->tags[i]};
    qsort(pairs, facts->count, sizeof *pairs, by_id);
    for (uint32_t i = 0; i < facts->count; i++) {
        facts->items[i] = pairs[i].row;
        facts->tags[i] = pairs[i].tag;
    }
    return ok();
}

static void add_row(Buf *buf, const FrozenFactRow *row)
{
    buf_add_bytes(buf, row->id.bytes, ID_BYTES);
    buf_add_u32(buf, row->publication);
    buf_add_u8(buf, row->family);
    buf_add_u16(buf, row->period);
    buf_add_bytes(buf, row->unit.bytes, ID_BYTES);
    buf_add_u16(buf, row->category);
    buf_add_u16(buf, row->grade);
    buf_add_u16(buf, row->attention);
    buf_add_u64(buf, (uint64_t)row->from);
    buf_add_u64(buf, (uint64_t)row->to);
    buf_add_u64(buf, (uint64_t)row->on);
    buf_add_u32(buf, (uint32_t)row->actors.length);
    buf_add(buf, row->actors);
}

static Err hash_rows(const FrozenFacts *facts, uint32_t number, Sha256 *sha, Arena *scratch, Hash *ret_hash)
{
    for (uint32_t i = 0; i < facts->count; i++) {
        size_t mark = arena_mark(scratch);
        Buf buf = buf_new(scratch, 1024);
        Str bytes;
        if (facts->items[i].publication > number)
            continue;
        add_row(&buf, &facts->items[i]);
        TRY(buf_done(&buf, &bytes));
        TRY(sha256_add(sha, bytes));
        arena_rewind(scratch, mark);
    }
    return sha256_done(sha, ret_hash->bytes);
}

Err frozen_hash(const FrozenFacts *facts, uint32_t number, Hash *ret_hash)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    AUTO(sha256_freep) Sha256 *sha = NULL;

    TRY(arena_new((size_t)64 << 10, &scratch));
    TRY(sha256_new(&sha));
    return hash_rows(facts, number, sha, scratch, ret_hash);
}

/* ---- positions ---- */

static bool has_unit(Str units, Id unit, uint16_t *ret_at)
{
    for (size_t at = 0; at + ID_BYTES <= units.length; at += ID_BYTES)
        if (memcmp(units.data + at, unit.bytes, ID_BYTES) == 0) {
            *ret_at = (uint16_t)(at / ID_BYTES);
            return true;
        }
    return false;
}

static void add_unit(Buf *buf, Id unit)
{
    uint16_t at;

    if (!has_unit((Str){(const char *)buf->data, buf->length}, unit, &at))
        buf_add_bytes(buf, unit.bytes, ID_BYTES);
}

Err frozen_units(Str former, const UnitRows *units, const FrozenFacts *facts, Arena *keep, Str *ret_units)
{
    Buf buf = buf_new(keep, UNITS_MAX);

    buf_add(&buf, former);
    for (uint32_t i = 0; i < units->count; i++)
        if (units->items[i].closed_at == 0)
            add_unit(&buf, units->items[i].id);
    for (uint32_t i = 0; i < facts->count; i++)
        add_unit(&buf, facts->items[i].unit);
    return buf_done(&buf, ret_units);
}

static_assert(COUNTED_MAX == CUBE_VALUES_MAX, "what has a place has one in the cube");

/* In which lists a family's sides are counted. */
typedef struct FamilyLists {
    CountedList category, level, attention;
} FamilyLists;

static const FamilyLists lists_of[] = {
    [CUBE_ATTENTIONS] = {.category = COUNTED_ATTENTIONS, .level = COUNTED_SEVERITIES},
    [CUBE_MEASURES] = {.category = COUNTED_MEASURES, .level = COUNTED_OUTCOMES, .attention = COUNTED_MEASURES_FOR},
};

static CubeDims dims_of(const FrozenWish *wish)
{
    const FamilyLists lists = lists_of[wish->family];

    return (CubeDims){.family = wish->family,
                      .organisations = (uint16_t)(wish->units.length / ID_BYTES),
                      .categories = (uint8_t)wish->counted->lists[lists.category].count,
                      .levels = (uint8_t)wish->counted->lists[lists.level].count,
                      .attentions = (uint8_t)wish->counted->lists[lists.attention].count,
                      .first = wish->first,
                      .last = wish->last};
}

static Err place_fact(const FrozenFactRow *row, const FrozenWish *wish, CubeFact *ret_fact)
{
    const FamilyLists lists = lists_of[wish->family];
    CubeFact fact = {.quarter = row->period};

    if (!is_ok(counted_place(wish->counted, lists.category, row->category, &fact.category)) ||
        !is_ok(counted_place(wish->counted, lists.level, row->grade, &fact.level)) ||
        (lists.attention != COUNTED_NOTHING && !is_ok(counted_place(wish->counted, lists.attention, row->attention, &fact.attention))) ||
        !has_unit(wish->units, row->unit, &fact.organisation))
        return fail(E_FORGED);
    *ret_fact = fact;
    return ok();
}

Err frozen_cube(const FrozenFacts *facts, const FrozenWish *wish, Arena *keep, CubeFacts *ret_facts)
{
    CubeFacts cube = {.dims = dims_of(wish)};
    CubeFact *placed = NULL;

    TRY(ARENA_NEW(keep, CubeFact, (size_t)facts->count + 1, &placed));
    for (uint32_t i = 0; i < facts->count; i++) {
        if (facts->items[i].family != (uint8_t)wish->family || facts->items[i].publication > wish->number)
            continue;
        TRY(place_fact(&facts->items[i], wish, &placed[cube.count]));
        memcpy(placed[cube.count].tag, facts->tags[i].bytes, CUBE_TAG_BYTES);
        cube.count++;
    }
    cube.facts = placed;
    *ret_facts = cube;
    return ok();
}

uint16_t frozen_first(const FrozenFacts *facts, uint16_t last)
{
    uint16_t first = last;

    for (uint32_t i = 0; i < facts->count; i++)
        first = facts->items[i].period < first ? facts->items[i].period : first;
    return first;
}

/* ---- both families in one ---- */

Err parts_join(Str first, Str second, Arena *keep, Str *ret_joined)
{
    Buf buf = buf_new(keep, JOINED_MAX);

    buf_add_u32(&buf, (uint32_t)first.length);
    buf_add(&buf, first);
    buf_add(&buf, second);
    return buf_done(&buf, ret_joined);
}

Err parts_split(Str joined, Str ret_parts[static FAMILIES])
{
    Cursor cursor = cursor_new(joined);
    const uint32_t length = cursor_u32(&cursor);

    if (cursor.failed || length > joined.length - 4)
        return fail(E_MALFORMED);
    ret_parts[0] = str_slice(joined, 4, (size_t)length + 4);
    ret_parts[1] = str_slice(joined, (size_t)length + 4, joined.length);
    return ok();
}
