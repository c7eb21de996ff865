/* Acts that ask for a code anew: each at an address of its own, whose form holds no file that the page which asks would lose.
 * Must not carry anything out itself.
 * Called through the table of routes. */
#include "web/act/proved.h"

#include "web/act/act.h"

/* The row names the act. */
static void name_act(Call *call)
{
    call->word = str_from_c(act_code(call->route->act));
}

Err act_proved_page(Call *call)
{
    name_act(call);
    return act_page(call);
}

Err act_proved_send(Call *call)
{
    name_act(call);
    return act_send(call);
}
