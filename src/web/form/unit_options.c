/* Units to choose from.
 * Must not offer one that is closed.
 * Called by the pages that ask for a unit. */
#include "web/form/unit_options.h"

Err unit_option(const Call *call, const Unit *unit, OptionView *ret_option)
{
    Buf id = buf_new(call->arena, ID_TEXT);

    buf_add_id(&id, unit->id);
    ret_option->label = unit->name;
    return buf_done(&id, &ret_option->value);
}

Err unit_options(const Call *call, const Units *units, Id but_not, Options *ret_options)
{
    OptionView *items = NULL;
    size_t count = 0;

    TRY(ARENA_NEW(call->arena, OptionView, (size_t)units->count + 1, &items));
    for (uint32_t i = 0; i < units->count; i++)
        if (!units->items[i].closed && !id_equal(units->items[i].id, but_not))
            TRY(unit_option(call, &units->items[i], &items[count++]));
    *ret_options = (Options){.items = items, .count = count};
    return ok();
}
