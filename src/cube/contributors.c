/* Counts distinct logs without sorting facts: of each cell the first five tags are remembered, more are as good as five.
 * Must not write a tag anywhere but into memory that is wiped.
 * Used inside cube. */
#include <string.h>

#include "cube/contributors.h"

/* The beginning of a tag: random, so that two logs do not share one. 0: none, the fact was published before. */
static uint64_t tag_of(const CubeFact *fact)
{
    uint64_t tag;

    memcpy(&tag, fact->tag, sizeof tag);
    return tag;
}

static void meet(uint64_t *tags, uint8_t *count, uint64_t tag)
{
    if (*count == LOGS_ENOUGH)
        return;
    for (uint8_t i = 0; i < *count; i++)
        if (tags[i] == tag)
            return;
    tags[(*count)++] = tag;
}

static void meet_fact(const Work *work, const CubeFact *fact, uint64_t *tags, uint8_t *counts)
{
    uint32_t year = fact->quarter / 4u - work->star.dims.first / 4u;

    for (CubeSide side = CUBE_WHOLE; side < CUBE_SIDES; side++) {
        if (!work->star.values[side])
            continue;
        Place place = {side, star_value(fact, side), year, fact->category};
        uint32_t cell = star_cell(&work->star, place);
        meet(tags + (size_t)cell * LOGS_ENOUGH, counts + cell, tag_of(fact));
        cell += work->star.categories - place.category;
        meet(tags + (size_t)cell * LOGS_ENOUGH, counts + cell, tag_of(fact));
    }
}

/* Never a sum: the same child may stand behind both years. */
static void take_largest_year(Work *work, uint32_t cell)
{
    Place place = star_cell_place(&work->star, cell), of_year = place;

    if (!star_is_span(&work->star, place.period))
        return;
    for (of_year.period = 0; of_year.period <= star_last_year(&work->star, place.period); of_year.period++) {
        uint8_t logs = work->logs[star_cell(&work->star, of_year)];
        if (logs > work->logs[cell])
            work->logs[cell] = logs;
    }
}

Err contributors_count(Work *work)
{
    uint32_t cells = star_cells(&work->star);
    size_t mark = arena_mark(work->arena);
    uint64_t *tags;
    uint8_t *counts;

    TRY(ARENA_NEW(work->arena, uint64_t, (size_t)cells * LOGS_ENOUGH, &tags));
    TRY(ARENA_NEW(work->arena, uint8_t, cells, &counts));
    for (size_t i = 0; i < work->facts->count; i++)
        if (tag_of(&work->facts->facts[i]) != 0)
            meet_fact(work, &work->facts->facts[i], tags, counts);
    for (uint32_t cell = 0; cell < cells; cell++)
        if (counts[cell] > work->logs[cell])
            work->logs[cell] = counts[cell];
    for (uint32_t cell = 0; cell < cells; cell++)
        take_largest_year(work, cell);
    arena_rewind(work->arena, mark);
    return ok();
}

bool contributors_are_few(const Work *work, uint32_t cell)
{
    return work->numbers[cell] > 0 && work->logs[cell] < star_enough(&work->star, star_cell_place(&work->star, cell));
}
