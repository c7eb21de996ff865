/* Publishes the statistics of a municipality, in serve or in the command itself.
 * Must not show a number.
 * Called through the table of control acts. */
#include "cli/control/statistics.h"

#include <stdio.h>

#include "service/municipality.h"
#include "service/statistics/freeze.h"

#define WORDS_MAX 64
#define TELL_EVERY 50 /* thousandths */

typedef struct Telling {
    const ControlHearer *hearer;
    uint64_t told;
} Telling;

static Err tell(void *self, uint64_t done, uint64_t of)
{
    Telling *telling = self;
    char words[WORDS_MAX];

    if (done < telling->told + TELL_EVERY && done < of)
        return telling->hearer->tell(telling->hearer->self, STR_NONE);
    telling->told = done;
    snprintf(words, sizeof words, "%llu %%\n", (unsigned long long)(done * 100 / of));
    return telling->hearer->tell(telling->hearer->self, str_from_c(words));
}

static Err last_of(const Doing *doing, uint16_t *ret_last)
{
    int64_t last = 0;

    if (doing->texts[1].length == 0)
        return ok();
    if (doing->installation->service.mode == MODE_PRODUCTION)
        return fail(E_MODE);
    TRY(num_parse(doing->texts[1], 1, UINT16_MAX, &last));
    *ret_last = (uint16_t)last;
    return ok();
}

static void say(const Doing *doing, enum FreezeEnd end, const FreezeCounts *counts)
{
    buf_format(doing->out, "%.*s: ", STR_ARGS(doing->texts[0]));
    if (end == FREEZE_NOT_DUE)
        buf_add(doing->out, STR("nothing is due\n"));
    else
        buf_format(doing->out, "publication %u, %u of %u numbers shown, %u breakdowns left out\n", counts->number, counts->shown,
                   counts->offered, counts->dropped);
}

Err control_statistics(const Doing *doing)
{
    Service *service = &doing->installation->service;
    Telling telling = {.hearer = doing->hearer};
    FreezeOrder order = {.service = service, .by = doing->by, .self = &telling, .tell = tell};
    Municipality municipality = {0};
    enum FreezeEnd end = FREEZE_NOT_DUE;
    FreezeCounts counts = {0};

    TRY(municipality_by_number(service, doing->texts[0], doing->arena, &municipality));
    order.tenant = municipality.tenant;
    TRY(store_of(service->stores, order.tenant, &order.store));
    TRY(world_now(service->world, &order.now));
    TRY(world_id(service->world, &order.request));
    TRY(last_of(doing, &order.last));
    TRY(statistics_freeze(&order, &end, &counts));
    say(doing, end, &counts);
    return ok();
}
