/* The two agreed rules, as steps that each mask more of what is left (rules: statistics 5, 6).
 * Must not show again what an earlier step has masked.
 * Called by cube. */
#include "domain/suppression.h"

/* shown holds a number or MASKED for each alternative. */
typedef void Step(const Distribution *distribution, uint32_t *shown);

static bool is_few(uint32_t count)
{
    return count > 0 && count < FEWEST_ANSWERS;
}

static bool is_masked_whole(const Distribution *distribution)
{
    return distribution->registrations < FEWEST_REGISTRATIONS;
}

static size_t masked(const Distribution *distribution, const uint32_t *shown)
{
    size_t sum = 0;

    for (size_t i = 0; i < distribution->alternatives; i++)
        sum += shown[i] == MASKED;
    return sum;
}

/* Of the shown alternatives with at least so many answers the one with fewest, of equal ones the first; or none: alternatives. */
static size_t lowest(const Distribution *distribution, const uint32_t *shown, uint32_t at_least)
{
    size_t found = distribution->alternatives;

    for (size_t i = distribution->alternatives; i-- > 0;)
        if (shown[i] != MASKED && shown[i] >= at_least && (found == distribution->alternatives || shown[i] <= shown[found]))
            found = i;
    return found;
}

static void mask_all(const Distribution *distribution, uint32_t *shown)
{
    for (size_t i = 0; i < distribution->alternatives; i++)
        shown[i] = MASKED;
}

static void mask_a_filter_of_few(const Distribution *distribution, uint32_t *shown)
{
    if (is_masked_whole(distribution))
        mask_all(distribution, shown);
}

static void mask_alternatives_of_few(const Distribution *distribution, uint32_t *shown)
{
    for (size_t i = 0; i < distribution->alternatives; i++)
        if (is_few(distribution->counts[i]))
            shown[i] = MASKED;
}

/* One that stands alone is found by subtraction. */
static void mask_one_beside_a_single(const Distribution *distribution, uint32_t *shown)
{
    size_t partner = lowest(distribution, shown, FEWEST_ANSWERS);

    if (masked(distribution, shown) != 1)
        return;
    if (partner < distribution->alternatives)
        shown[partner] = MASKED;
    else
        mask_all(distribution, shown);
}

/* Where zeros are shown, each masked alternative is known to be one at least. */
static void mask_zeros_beside_others(const Distribution *distribution, uint32_t *shown)
{
    if (masked(distribution, shown) == 0)
        return;
    for (size_t i = 0; i < distribution->alternatives; i++)
        if (distribution->counts[i] == 0)
            shown[i] = MASKED;
}

/* All that is masked together is a filter too: its total follows from what is shown. */
static void mask_until_enough(const Distribution *distribution, uint32_t *shown)
{
    uint64_t hidden = 0;

    for (size_t i = 0; i < distribution->alternatives; i++)
        hidden += shown[i] == MASKED ? distribution->counts[i] : 0;
    while (hidden > 0 && hidden < FEWEST_REGISTRATIONS) {
        size_t next = lowest(distribution, shown, 1);
        if (next == distribution->alternatives)
            return;
        hidden += shown[next];
        shown[next] = MASKED;
    }
}

static Step *const AGREED[] = {mask_a_filter_of_few, mask_alternatives_of_few, mask_one_beside_a_single};
static Step *const HARDENED[] = {mask_a_filter_of_few, mask_alternatives_of_few, mask_one_beside_a_single,
                                 mask_zeros_beside_others, mask_until_enough};

static void follow(Step *const *steps, size_t count, const Distribution *distribution, uint32_t *ret_shown)
{
    for (size_t i = 0; i < distribution->alternatives; i++)
        ret_shown[i] = distribution->counts[i];
    for (size_t i = 0; i < count; i++)
        steps[i](distribution, ret_shown);
}

void suppress(Distribution distribution, uint32_t *ret_shown, uint32_t *ret_total)
{
    follow(AGREED, sizeof AGREED / sizeof *AGREED, &distribution, ret_shown);
    *ret_total = is_masked_whole(&distribution) ? MASKED : distribution.registrations;
}

void suppress_hardened(Distribution distribution, uint32_t *ret_shown, uint32_t *ret_total)
{
    follow(HARDENED, sizeof HARDENED / sizeof *HARDENED, &distribution, ret_shown);
    *ret_total = is_masked_whole(&distribution) ? MASKED : distribution.registrations;
}
