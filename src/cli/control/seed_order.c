/* A plan of the room seed as one text, for the way from the command to whoever carries it out.
 * Must not hold anything but whole numbers.
 * Used by the command and by the act. */
#include "cli/control/seed_order.h"

#define NUMBERS 8

Err seed_order_write(const SeedPlan *plan, Arena *keep, Str *ret_text)
{
    return str_format(keep, ret_text, "%lld %u %u %u %u %u %u %d", (long long)plan->seed, plan->logs, plan->units, plan->years,
                      plan->entries_min, plan->entries_max, plan->longest, plan->until);
}

Err seed_order_read(Str text, SeedPlan *plan)
{
    int64_t numbers[NUMBERS];

    for (size_t i = 0; i < NUMBERS; i++) {
        Str number;
        text = str_cut(text, ' ', &number);
        TRY(num_parse(number, 0, i == 0 ? INT64_MAX : INT32_MAX, &numbers[i]));
    }
    if (text.length > 0)
        return fail(E_MALFORMED);
    plan->seed = (uint64_t)numbers[0];
    plan->logs = (uint32_t)numbers[1];
    plan->units = (uint32_t)numbers[2];
    plan->years = (uint32_t)numbers[3];
    plan->entries_min = (uint32_t)numbers[4];
    plan->entries_max = (uint32_t)numbers[5];
    plan->longest = (uint32_t)numbers[6];
    plan->until = (Day)numbers[7];
    return ok();
}
