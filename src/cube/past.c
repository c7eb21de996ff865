/* Ledger and certificates of the publication before.
 * Must not show what was masked then.
 * Used by freeze. */
#include <string.h>

#include "crypto/hash.h"
#include "cube/encode.h"
#include "cube/past.h"

/* Lists grow at their ends only. */
static bool is_grown(const CubeDims *old, const CubeDims *new)
{
    return old->family == new->family && old->organisations <= new->organisations && old->categories <= new->categories &&
           old->levels <= new->levels && old->attentions <= new->attentions && old->first == new->first && old->last < new->last;
}

/* The same place in the present cube: periods and totals stand elsewhere when there are more years and categories. */
static Place moved(const Star *old, const Star *new, Place place)
{
    if (star_is_span(old, place.period))
        place.period = star_span(new, star_last_year(old, place.period));
    if (place.category == old->categories)
        place.category = new->categories;
    return place;
}

static Err bind(const Numbers *ledger, const Star *old, Work *work)
{
    for (uint32_t i = 0; i < star_cells(old); i++) {
        uint32_t number = numbers_at(ledger, i);
        if (number == MASKED)
            continue;
        uint32_t cell = star_cell(&work->star, moved(old, &work->star, star_cell_place(old, i)));
        if (work->numbers[cell] != number)
            return fail(E_FORGED);
        work->flags[cell] |= CELL_SHOWN | CELL_BOUND;
    }
    return ok();
}

static Err renumber(const Star *old, const Star *new, Certificate *certificate, Arena *arena)
{
    Change *changes;

    TRY(ARENA_NEW(arena, Change, certificate->count, &changes));
    for (uint32_t i = 0; i < certificate->count; i++)
        changes[i] = (Change){star_entry(new, star_entry_place(old, certificate->changes[i].entry)), certificate->changes[i].more};
    certificate->changes = changes;
    return ok();
}

Err past_read(Str ledger, Str certificates, Work *work, Past *ret_past)
{
    Past past = {0};
    Numbers numbers;
    Secrets secrets;
    Star old;

    if (ledger.length > 0) {
        TRY(numbers_decode(ledger, NUMBERS_LEDGER, &numbers));
        TRY(star_new(&numbers.dims, &old));
        TRY(secrets_decode(certificates, &old, work->arena, &secrets));
        TRY(sha256(ledger, past.hash));
        if (memcmp(past.hash, secrets.ledger, HASH_BYTES) != 0)
            return fail(E_FORGED);
        if (!is_grown(&numbers.dims, &work->star.dims))
            return fail(E_RANGE);
        TRY(bind(&numbers, &old, work));
        for (uint32_t i = 0; i < star_cells(&old); i++)
            work->logs[star_cell(&work->star, moved(&old, &work->star, star_cell_place(&old, i)))] = (uint8_t)secrets.logs.data[i];
        for (uint32_t i = 0; i < secrets.certificates.count; i++)
            TRY(renumber(&old, &work->star, &secrets.certificates.items[i], work->arena));
        past.certificates = secrets.certificates;
        past.last = numbers.dims.last;
    }
    *ret_past = past;
    return ok();
}

/* It takes a cell further than any certificate, where that is wanted. */
static bool is_useful(const Trial *trial)
{
    const Work *work = trial->work;

    for (uint32_t i = 0; i < trial->cell_count; i++) {
        uint32_t cell = trial->touched_cells[i];
        uint32_t number = work->numbers[cell] + (uint32_t)trial->more[cell];
        if (!(work->flags[cell] & CELL_SENSITIVE))
            continue;
        if ((number <= work_low_goal(work, cell) && work->lowest[cell] > work_low_goal(work, cell)) ||
            (number >= work_high_goal(work, cell) && work->highest[cell] < work_high_goal(work, cell)))
            return true;
    }
    return false;
}

static bool is_possible(const Trial *trial)
{
    for (uint32_t i = 0; i < trial->entry_count; i++)
        if (trial->entries[trial->touched_entries[i]] < 0)
            return false;
    return true;
}

static void apply(Trial *trial, const Certificate *certificate)
{
    for (uint32_t i = 0; i < certificate->count; i++)
        trial_change(trial, certificate->changes[i].entry, certificate->changes[i].more);
}

Err past_reuse(const Past *past, Trial *trial, float at_most)
{
    for (uint32_t i = 0; i < past->certificates.count; i++) {
        apply(trial, &past->certificates.items[i]);
        float cost = trial_cost(trial);
        if (is_possible(trial) && is_useful(trial) && cost <= at_most && cost < TRIAL_BOUND)
            TRY(trial_keep(trial));
        else
            trial_drop(trial);
    }
    return ok();
}

Err past_reuse_deep(const Past *past, Trial *trial, const Deep *deep, bool *ret_certified)
{
    *ret_certified = false;
    for (uint32_t i = 0; i < past->certificates.count && !*ret_certified; i++) {
        apply(trial, &past->certificates.items[i]);
        *ret_certified = is_possible(trial) && trial_cost(trial) < TRIAL_BOUND &&
                         deep_least(&trial->work->star, trial->entries, deep) == 0;
        if (*ret_certified)
            TRY(trial_keep(trial));
        else
            trial_drop(trial);
    }
    return ok();
}
