/* The offers of a baton that wait for one person, found by their own participations and permitted as an answer is.
 * Must not open a log or its header.
 * Called by web. */
#include "service/reading/offers.h"

#include <stdlib.h>

#include "domain/period.h"
#include "service/log/enter.h"
#include "service/log/hold.h"
#include "service/log/task.h"
#include "service/people/account.h"
#include "service/people/unit_names.h"

/* A row alone is no offer: the policy says whether this person may answer it, from what stands beside it. */
static Err may_answer(Tx *tx, const LogReader *reader, BatonOffer *offer, bool *ret_may, Id *ret_forged)
{
    const LogWish accept = {.log = offer->log, .act = ACT_BATON_ACCEPT}, decline = {.log = offer->log, .act = ACT_BATON_DECLINE};
    LogDecision decision = {0};

    *ret_may = true;
    Err decided = log_decide(tx, reader->actor, &accept, reader->keep, &decision);
    if (decided.id == E_FORGED && decision.standing.forged)
        *ret_forged = offer->log;
    TRY(decided);
    if (decision.why == WHY_ALLOWED)
        return ok();
    offer->only_declined = true;
    TRY(log_decide_from(reader->actor, &decline, reader->keep, &decision));
    *ret_may = decision.why == WHY_ALLOWED;
    return ok();
}

static Err read_offers(const LogReader *reader, Id *ret_forged, BatonOffer **ret_offers, uint32_t *ret_count)
{
    const Actor *actor = reader->actor;
    AUTO(store_read_endp) Tx *tx = NULL;
    BatonOffer *offers = NULL;
    ParticipantRows own = {0};
    uint32_t count = 0;

    TRY(store_read(actor->store, &tx));
    TRY(store_participations(tx, actor->person, reader->keep, &own));
    TRY(ARENA_NEW(reader->keep, BatonOffer, own.count + 1, &offers));
    for (uint32_t i = 0; i < own.count; i++) {
        const ParticipantRow *row = &own.items[i];
        bool may = false;
        LogRow log;
        if (row->role != actor->role || !id_equal(row->unit, actor->unit) || !period_is_offered(PERIOD_OF(row), actor->now))
            continue;
        TRY(store_log_by_no(tx, row->log_no, &log));
        offers[count] = (BatonOffer){.log = log.id, .holder = log.holder, .unit = log.unit, .until = row->to_at};
        TRY(may_answer(tx, reader, &offers[count], &may, ret_forged));
        count += may;
    }
    *ret_offers = offers;
    *ret_count = count;
    return ok();
}

static Err name_all(const LogReader *reader, BatonOffer *offers, uint32_t count)
{
    Id *ids = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(reader->keep, Id, count, &ids));
    TRY(ARENA_NEW(reader->keep, Str, count, &names));
    for (uint32_t i = 0; i < count; i++)
        ids[i] = offers[i].holder;
    TRY(people_names(reader->service, reader->actor, (IdList){ids, count}, reader->keep, names));
    for (uint32_t i = 0; i < count; i++) {
        offers[i].holder_name = names[i];
        ids[i] = offers[i].unit;
    }
    TRY(people_unit_names(reader->service, reader->actor, (IdList){ids, count}, reader->keep, names));
    for (uint32_t i = 0; i < count; i++)
        offers[i].unit_name = names[i];
    return ok();
}

static int by_end(const void *a, const void *b)
{
    const BatonOffer *left = a, *right = b;
    return (left->until > right->until) - (left->until < right->until);
}

static Err line_work(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

static Err offers_once(const LogReader *reader, Id *ret_forged, const BatonOffer **ret_offers, uint32_t *ret_count)
{
    AuditLine line = service_line(reader->actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0});
    BatonOffer *offers = NULL;
    uint32_t count = 0;

    TRY(read_offers(reader, ret_forged, &offers, &count));
    if (count > 0) {
        TRY(name_all(reader, offers, count));
        line.amount = count;
        TRY(store_write(reader->actor->store, line_work, &line));
        qsort(offers, count, sizeof *offers, by_end);
    }
    *ret_offers = offers;
    *ret_count = count;
    return ok();
}

/* A log whose standing is not what was written is held, and offered to nobody. */
Err baton_offers(const LogReader *reader, const BatonOffer **ret_offers, uint32_t *ret_count)
{
    for (int i = 0; i < LOG_TRIES; i++) {
        Id forged = {0};
        Err read = offers_once(reader, &forged, ret_offers, ret_count);
        if (read.id != E_FORGED || id_is_none(forged))
            return read;
        TRY(log_hold(reader->actor, forged));
    }
    return fail(E_FORGED);
}
