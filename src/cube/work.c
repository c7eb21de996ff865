/* The state of a freeze.
 * Must not decide what is masked.
 * Used inside cube. */
#include <string.h>

#include "cube/work.h"

Err work_new(const CubeFacts *facts, const CubeOptions *options, Arena *arena, Work *ret_work)
{
    Work work = {.options = *options, .facts = facts, .arena = arena};

    TRY(star_new(&facts->dims, &work.star));
    uint32_t cells = star_cells(&work.star);
    TRY(ARENA_NEW(arena, int32_t, star_entries(&work.star), &work.entries));
    TRY(ARENA_NEW(arena, uint32_t, cells, &work.numbers));
    TRY(ARENA_NEW(arena, uint8_t, cells, &work.logs));
    TRY(ARENA_NEW(arena, uint8_t, cells, &work.flags));
    TRY(ARENA_NEW(arena, float, cells, &work.price));
    TRY(ARENA_NEW(arena, uint32_t, cells, &work.lowest));
    TRY(ARENA_NEW(arena, uint32_t, cells, &work.highest));
    TRY(star_count(&work.star, facts, work.entries));
    star_sum(&work.star, work.entries, work.numbers);
    memcpy(work.lowest, work.numbers, cells * sizeof *work.lowest);
    memcpy(work.highest, work.numbers, cells * sizeof *work.highest);
    *ret_work = work;
    return ok();
}

void work_mask(Work *work, uint32_t cell)
{
    work->flags[cell] &= (uint8_t)~CELL_SHOWN;
    work->price[cell] = 0;
}

void work_mask_loosely(Work *work, uint32_t cell)
{
    work_mask(work, cell);
    work->flags[cell] |= CELL_LOOSE;
}

/* A decoy need not be able to be nothing: it is harmless. */
uint32_t work_low_goal(const Work *work, uint32_t cell)
{
    uint32_t number = work->numbers[cell];

    return work->flags[cell] & CELL_DECOY ? (number > 2 ? number - 2 : 0) : 0;
}

uint32_t work_high_goal(const Work *work, uint32_t cell)
{
    return star_enough(&work->star, star_cell_place(&work->star, cell));
}

void work_find_told(const Work *work, bool *told)
{
    for (uint32_t cell = 0; cell < star_cells(&work->star); cell++)
        if (work_shows(work, cell))
            told[star_cell_place(&work->star, cell).period] = true;
}

bool work_is_certified(const Work *work, uint32_t cell)
{
    return work->lowest[cell] <= work_low_goal(work, cell) && work->highest[cell] >= work_high_goal(work, cell);
}

Err certificates_add(Certificates *certificates, Certificate certificate, Arena *arena)
{
    if (certificates->count == certificates->room) {
        uint32_t room = certificates->room ? 2 * certificates->room : 64;
        Certificate *items;
        TRY(ARENA_NEW(arena, Certificate, room, &items));
        if (certificates->count)
            memcpy(items, certificates->items, certificates->count * sizeof *items);
        certificates->items = items;
        certificates->room = room;
    }
    certificates->items[certificates->count++] = certificate;
    return ok();
}
