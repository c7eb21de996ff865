/* Counts by how many certificates each goal is reached, then takes away, the newest first, those whose goals are all reached by others.
 * Must not weigh how well a certificate does: a goal is reached or not.
 * Used by freeze. */
#include "cube/deep.h"
#include "cube/thin.h"

typedef struct Goals {
    Trial *trial;
    Deeps deeps;
    uint32_t *low, *high, *deep; /* how many certificates reach each */
    bool spare;                  /* all that the certificate reaches others reach too */
} Goals;

/* What is done with each goal that a certificate reaches. */
typedef void Met(Goals *goals, uint32_t *reached);

static void count(Goals *goals, uint32_t *reached)
{
    (void)goals;
    (*reached)++;
}

static void look(Goals *goals, uint32_t *reached)
{
    goals->spare = goals->spare && *reached > 1;
}

static void take_away(Goals *goals, uint32_t *reached)
{
    (void)goals;
    (*reached)--;
}

static void meet_cells(Goals *goals, Met *met)
{
    const Trial *trial = goals->trial;
    const Work *work = trial->work;

    for (uint32_t i = 0; i < trial->cell_count; i++) {
        uint32_t cell = trial->touched_cells[i];
        uint32_t number = work->numbers[cell] + (uint32_t)trial->more[cell];
        if (!(work->flags[cell] & CELL_SENSITIVE))
            continue;
        if (number <= work_low_goal(work, cell) && work->numbers[cell] > work_low_goal(work, cell))
            met(goals, &goals->low[cell]);
        if (number >= work_high_goal(work, cell) && work->numbers[cell] < work_high_goal(work, cell))
            met(goals, &goals->high[cell]);
    }
}

static void meet(Goals *goals, const Certificate *certificate, Met *met)
{
    Trial *trial = goals->trial;

    for (uint32_t i = 0; i < goals->deeps.count; i++)
        if (deep_is_nothing(&trial->work->star, trial->work->entries, &goals->deeps.items[i], certificate))
            met(goals, &goals->deep[i]);
    for (uint32_t i = 0; i < certificate->count; i++)
        trial_change(trial, certificate->changes[i].entry, certificate->changes[i].more);
    meet_cells(goals, met);
    trial_drop(trial);
}

/* What the certificate changes stays masked. */
static void need_masks(Trial *trial, const Certificate *certificate)
{
    for (uint32_t i = 0; i < certificate->count; i++)
        trial_change(trial, certificate->changes[i].entry, certificate->changes[i].more);
    for (uint32_t i = 0; i < trial->cell_count; i++)
        if (trial->more[trial->touched_cells[i]] != 0)
            trial->work->flags[trial->touched_cells[i]] &= (uint8_t)~CELL_LOOSE;
    trial_drop(trial);
}

Err certificates_thin(Trial *trial)
{
    Work *work = trial->work;
    Certificates *all = &work->certificates;
    Goals goals = {.trial = trial};
    uint32_t kept = 0;

    TRY(deep_find(work, work->arena, &goals.deeps));
    TRY(ARENA_NEW(work->arena, uint32_t, star_cells(&work->star), &goals.low));
    TRY(ARENA_NEW(work->arena, uint32_t, star_cells(&work->star), &goals.high));
    TRY(ARENA_NEW(work->arena, uint32_t, goals.deeps.count + 1, &goals.deep));
    for (uint32_t i = 0; i < all->count; i++)
        meet(&goals, &all->items[i], count);
    for (uint32_t i = all->count; i-- > 0;) {
        goals.spare = true;
        meet(&goals, &all->items[i], look);
        if (!goals.spare)
            continue;
        meet(&goals, &all->items[i], take_away);
        all->items[i].count = 0;
    }
    for (uint32_t i = 0; i < all->count; i++)
        if (all->items[i].count > 0) {
            all->items[kept++] = all->items[i];
            need_masks(trial, &all->items[i]);
        }
    all->count = kept;
    return ok();
}
