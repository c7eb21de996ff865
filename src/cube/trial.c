/* A data set beside the true one, undone as fast as it was made.
 * Must not be kept when it costs what is bound.
 * Used inside cube. */
#include "cube/trial.h"

Err trial_new(Work *work, Trial *ret_trial)
{
    uint32_t entries = star_entries(&work->star), cells = star_cells(&work->star);
    Trial trial = {.work = work};

    TRY(ARENA_NEW(work->arena, int32_t, entries, &trial.entries));
    TRY(ARENA_NEW(work->arena, uint32_t, entries, &trial.touched_entries));
    TRY(ARENA_NEW(work->arena, uint8_t, entries, &trial.entry_marks));
    TRY(ARENA_NEW(work->arena, int32_t, cells, &trial.more));
    TRY(ARENA_NEW(work->arena, uint32_t, cells, &trial.touched_cells));
    TRY(ARENA_NEW(work->arena, uint8_t, cells, &trial.cell_marks));
    for (uint32_t entry = 0; entry < entries; entry++)
        trial.entries[entry] = work->entries[entry];
    *ret_trial = trial;
    return ok();
}

static void touch(uint32_t index, uint8_t *marks, uint32_t *list, uint32_t *count)
{
    if (marks[index])
        return;
    marks[index] = 1;
    list[(*count)++] = index;
}

void trial_change(Trial *trial, uint32_t entry, int32_t more)
{
    uint32_t cells[STAR_PARTS];
    uint32_t parts = star_parts(&trial->work->star, entry, cells);

    trial->entries[entry] += more;
    touch(entry, trial->entry_marks, trial->touched_entries, &trial->entry_count);
    for (uint32_t i = 0; i < parts; i++) {
        trial->more[cells[i]] += more;
        touch(cells[i], trial->cell_marks, trial->touched_cells, &trial->cell_count);
    }
}

float trial_price(const Trial *trial, uint32_t cell)
{
    if (!work_shows(trial->work, cell) || trial->more[cell] != 0)
        return 0;
    return trial->work->flags[cell] & CELL_BOUND ? TRIAL_BOUND : trial->work->price[cell];
}

float trial_cost(const Trial *trial)
{
    const Work *work = trial->work;
    float cost = 0;

    for (uint32_t i = 0; i < trial->cell_count; i++) {
        uint32_t cell = trial->touched_cells[i];
        if (trial->more[cell] != 0 && work_shows(work, cell))
            cost += work->flags[cell] & CELL_BOUND ? TRIAL_BOUND : work->price[cell];
    }
    return cost;
}

void trial_drop(Trial *trial)
{
    for (uint32_t i = 0; i < trial->entry_count; i++) {
        uint32_t entry = trial->touched_entries[i];
        trial->entries[entry] = trial->work->entries[entry];
        trial->entry_marks[entry] = 0;
    }
    for (uint32_t i = 0; i < trial->cell_count; i++) {
        trial->more[trial->touched_cells[i]] = 0;
        trial->cell_marks[trial->touched_cells[i]] = 0;
    }
    trial->entry_count = trial->cell_count = 0;
}

static void learn(Work *work, uint32_t cell, int32_t more)
{
    uint32_t number = work->numbers[cell] + (uint32_t)more;

    if (number < work->lowest[cell])
        work->lowest[cell] = number;
    if (number > work->highest[cell])
        work->highest[cell] = number;
    if (work_shows(work, cell))
        work_mask_loosely(work, cell);
}

Err trial_keep(Trial *trial)
{
    Work *work = trial->work;
    Change *changes;
    uint32_t count = 0;

    TRY(ARENA_NEW(work->arena, Change, trial->entry_count, &changes));
    for (uint32_t i = 0; i < trial->entry_count; i++) {
        uint32_t entry = trial->touched_entries[i];
        if (trial->entries[entry] != work->entries[entry])
            changes[count++] = (Change){entry, trial->entries[entry] - work->entries[entry]};
    }
    TRY(certificates_add(&work->certificates, (Certificate){changes, count}, work->arena));
    for (uint32_t i = 0; i < trial->cell_count; i++)
        if (trial->more[trial->touched_cells[i]] != 0)
            learn(work, trial->touched_cells[i], trial->more[trial->touched_cells[i]]);
    trial_drop(trial);
    return ok();
}
