/* How much of what the two agreed rules would show a publication shows, breakdown by breakdown: zeros count on neither side.
 * Must not be used of real facts: it tells numbers of masked cells together.
 * Run by hand for docs/statistics.md.
 *
 * usage: share_cube ORGANISATIONS YEARS FACTS SEEDS    (attentions, seeds 1..SEEDS added up) */
#include <stdio.h>
#include <stdlib.h>

#include "cube/encode.h"
#include "cube/freeze.h"
#include "cube/town.h"

typedef struct Shares {
    uint32_t shown[CUBE_SIDES][2][2], all[CUBE_SIDES][2][2]; /* by side, with a category, of all years */
} Shares;

static void need(Err err)
{
    if (!is_ok(err))
        abort();
}

static void ask_rules(const uint32_t *numbers, bool *masked, uint32_t step, uint32_t count, uint32_t total)
{
    uint32_t counts[CUBE_VALUES_MAX], shown[CUBE_VALUES_MAX], all;

    for (uint32_t i = 0; i < count; i++)
        counts[i] = numbers[i * step];
    suppress((Distribution){counts, count, total}, shown, &all);
    for (uint32_t i = 0; i < count; i++)
        masked[i * step] = masked[i * step] || shown[i] == MASKED;
}

/* Along the categories of each filter, and along levels. */
static void mask_by_rules(const Star *star, const uint32_t *numbers, bool *masked)
{
    uint32_t width = star->categories + 1;

    for (uint32_t cell = 0; cell < star_cells(star); cell += width) {
        uint32_t total = numbers[cell + star->categories];
        ask_rules(numbers + cell, masked + cell, 1, star->categories, total);
        masked[cell + star->categories] = masked[cell + star->categories] || total < FEWEST_REGISTRATIONS;
    }
    for (uint32_t period = 0; period < star->periods; period++)
        for (uint32_t category = 0; category < width; category++) {
            uint32_t first = star_cell(star, (Place){CUBE_LEVEL, 0, period, category});
            uint32_t total = numbers[star_cell(star, (Place){CUBE_WHOLE, 0, period, category})];
            if (total >= FEWEST_REGISTRATIONS)
                ask_rules(numbers + first, masked + first, star->periods * width, star->values[CUBE_LEVEL], total);
        }
}

static void add_town(Town town, Shares *shares)
{
    AUTO(arena_freep) Arena *scratch = NULL, *keep = NULL;
    CubeFact *facts = town_facts(&town);
    CubeFreeze order = {.facts = {town.dims, facts, town.facts}, .options = CUBE_OPTIONS, .seed = {(uint8_t)town.seed}};
    CubePublication publication;
    CubeFigures figures;
    Numbers ledger;
    Star star;

    need(arena_new((size_t)1 << 30, &scratch));
    need(arena_new((size_t)1 << 30, &keep));
    need(cube_freeze(&order, scratch, keep, &publication, &figures));
    need(numbers_decode(publication.ledger, NUMBERS_LEDGER, &ledger));
    need(star_new(&town.dims, &star));
    int32_t *entries = calloc(star_entries(&star), sizeof *entries);
    uint32_t *numbers = calloc(star_cells(&star), sizeof *numbers);
    bool *masked = calloc(star_cells(&star), sizeof *masked);
    need(star_count(&star, &order.facts, entries));
    star_sum(&star, entries, numbers);
    mask_by_rules(&star, numbers, masked);
    for (uint32_t cell = 0; cell < star_cells(&star); cell++) {
        Place place = star_cell_place(&star, cell);
        bool category = place.category < star.categories, span = star_is_span(&star, place.period);
        if (!star_offers(&star, place) || numbers[cell] == 0 || masked[cell])
            continue;
        shares->all[place.side][category][span]++;
        shares->shown[place.side][category][span] += numbers_at(&ledger, cell) != MASKED;
    }
    free(masked);
    free(numbers);
    free(entries);
    free(facts);
}

int main(int argc, char **argv)
{
    static const char *const sides[] = {"municipality", "organisation", "quarter", "severity", "attention"};
    static Shares shares;

    if (argc != 5)
        return 2;
    for (int seed = 1; seed <= atoi(argv[4]); seed++)
        add_town(town_attentions((uint16_t)atoi(argv[1]), (uint16_t)atoi(argv[2]), (size_t)atol(argv[3]), (uint64_t)seed), &shares);
    for (int side = 0; side < CUBE_SIDES; side++)
        for (int category = 0; category < 2; category++)
            for (int span = 0; span < 2; span++)
                if (shares.all[side][category][span] > 0)
                    printf("%s%s, %s: %.1f %%\n", sides[side], category ? " x category" : "", span ? "all years" : "year",
                           100.0 * shares.shown[side][category][span] / shares.all[side][category][span]);
    return 0;
}
