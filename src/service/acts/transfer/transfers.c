/* What waits for a unit, and what a unit has given away and reads still.
 * Must not open a log or its header.
 * Called by web and api. */
#include "service/acts/transfer/transfers.h"

#include <stdlib.h>

#include "base/order.h"
#include "domain/period.h"
#include "service/log/ask.h"
#include "service/log/enter.h"
#include "service/people/account.h"
#include "service/people/unit_names.h"
#include "store/request/crossing.h"
#include "store/request/transfer.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
#define ASKED_MS (32 * DAY_MS)  /* longer than one waits */
#define READ_MS (400 * DAY_MS)  /* longer than a former unit reads */

typedef struct Listing {
    const LogReader reader;
    Tx *tx;
    TransferItem *asked, *left;
    uint32_t asked_count, left_count;
} Listing;

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

bool transfers_may_list(const Actor *actor)
{
    return actor->role == ROLE_RELAY_HOLDER || actor->role == ROLE_ACTOR || actor->role == ROLE_ORG_MANAGER;
}

/* ---- which ---- */

/* As whoever answers, or reads, is decided about: the row alone is no right. *ret_display: of the log, where they may. */
static Err is_theirs(Listing *listing, Id log, Act act, bool *ret_theirs, uint32_t *ret_display)
{
    const LogWish wish = {.log = log, .act = act};
    LogDecision decision = {0};

    Err decided = log_decide(listing->tx, listing->reader.actor, &wish, listing->reader.keep, &decision);
    *ret_theirs = false;
    if (decided.id == E_FORGED)
        return ok();
    TRY(decided);
    *ret_theirs = decision.why == WHY_ALLOWED;
    *ret_display = decision.standing.log.display;
    return ok();
}

static Err add_asked(Listing *listing)
{
    const Actor *actor = listing->reader.actor;
    TransferRows rows = {0};

    if (actor->role != ROLE_ORG_MANAGER)
        return ok();
    TRY(store_transfers_to_unit(listing->tx, actor->unit, actor->now - ASKED_MS, listing->reader.keep, &rows));
    TRY(ARENA_NEW(listing->reader.keep, TransferItem, (size_t)rows.count + 1, &listing->asked));
    for (uint32_t i = 0; i < rows.count; i++) {
        const TransferRow *row = &rows.items[i];
        bool theirs = false;
        uint32_t display = 0;
        if (row->step != TRANSFER_DECIDED || !transfer_waits(row->step, row->proposed_at, actor->now))
            continue;
        TRY(is_theirs(listing, row->log, ACT_TRANSFER_ACCEPT, &theirs, &display));
        if (theirs)
            listing->asked[listing->asked_count++] = (TransferItem){
                .log = row->log, .unit = row->from, .at = row->proposed_at, .on = oslo_day(row->on_at),
                .until = clock_day(CLOCK_TRANSFER_END, oslo_day(row->proposed_at), NULL) - 1};
    }
    return ok();
}

/* Behind those of the own municipality, for which there is room. */
static Err add_elsewhere(Listing *listing)
{
    const Actor *actor = listing->reader.actor;
    const CrossingsWish wish = {actor->unit, CROSSING_COMES, actor->now - ASKED_MS};
    TransferItem *asked = NULL;
    CrossingRows rows = {0};

    if (actor->role != ROLE_ORG_MANAGER)
        return ok();
    TRY(store_crossings_to_unit(listing->tx, wish, listing->reader.keep, &rows));
    TRY(ARENA_NEW(listing->reader.keep, TransferItem, (size_t)rows.count + listing->asked_count + 1, &asked));
    for (uint32_t i = 0; i < listing->asked_count; i++)
        asked[i] = listing->asked[i];
    listing->asked = asked;
    for (uint32_t i = 0; i < rows.count; i++) {
        const CrossingRow *row = &rows.items[i];
        if (crossing_waits(row->step, row->proposed_at, actor->now))
            asked[listing->asked_count++] = (TransferItem){
                .log = row->id, .unit_name = row->place, .elsewhere = true, .at = row->proposed_at, .on = oslo_day(row->on_at),
                .until = clock_day(CLOCK_TRANSFER_END, oslo_day(row->proposed_at), NULL) - 1};
    }
    return ok();
}

/* How the unit of another municipality is called to which a log went. */
static Err place_of(Listing *listing, const TransferRow *row, Str *ret_place)
{
    CrossingRow crossing = {0};

    if (!transfer_is_sent(row->step))
        return ok();
    TRY(store_crossing(listing->tx, row->id, listing->reader.keep, &crossing));
    *ret_place = crossing.place;
    return ok();
}

static Err add_left(Listing *listing, const Settings *settings)
{
    const Actor *actor = listing->reader.actor;
    TransferRows rows = {0};

    TRY(store_transfers_from_unit(listing->tx, actor->unit, actor->now - READ_MS, listing->reader.keep, &rows));
    TRY(ARENA_NEW(listing->reader.keep, TransferItem, (size_t)rows.count + 1, &listing->left));
    for (uint32_t i = 0; i < rows.count; i++) {
        const TransferRow *row = &rows.items[i];
        bool theirs = false;
        uint32_t display = 0;
        if (!transfer_is_done(row->step) || !transfer_is_read(row->ended_at, settings, actor->now))
            continue;
        TRY(is_theirs(listing, row->log, ACT_LOG_READ, &theirs, &display));
        Str place = STR_NONE;
        if (theirs)
            TRY(place_of(listing, row, &place));
        if (theirs)
            listing->left[listing->left_count++] = (TransferItem){
                .log = row->log, .unit_name = place, .display = display, .unit = row->to, .at = row->ended_at, .on = oslo_day(row->on_at),
                .until = clock_day(CLOCK_FORMER_UNIT_END, oslo_day(row->ended_at), settings) - 1};
    }
    return ok();
}

static Err name_units(Listing *listing, UnitNames *ret_names)
{
    Id *ids = NULL;
    uint32_t count = 0;

    TRY(ARENA_NEW(listing->reader.keep, Id, (size_t)listing->asked_count + listing->left_count + 1, &ids));
    for (uint32_t i = 0; i < listing->asked_count; i++)
        ids[count++] = listing->asked[i].unit;
    for (uint32_t i = 0; i < listing->left_count; i++)
        ids[count++] = listing->left[i].unit;
    return unit_names_read(listing->tx, ids, count, listing->reader.keep, ret_names);
}

static Err read_lists(Listing *listing, UnitNames *ret_names)
{
    const Actor *actor = listing->reader.actor;
    AUTO(store_read_endp) Tx *tx = NULL;
    SettingRows rows = {0};
    Settings settings;

    TRY(store_read(actor->store, &tx));
    listing->tx = tx;
    TRY(store_settings(tx, listing->reader.keep, &rows));
    TRY(settings_from(&rows, &settings));
    TRY(add_asked(listing));
    TRY(add_elsewhere(listing));
    TRY(add_left(listing, &settings));
    return name_units(listing, ret_names);
}

Err transfers_list(Service *service, const Actor *actor, Arena *keep, TransferLists *ret_lists)
{
    AuditLine line = service_line(actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0});
    AUTO(unit_names_wipe) UnitNames names = {0};
    Listing listing = {.reader = {service, actor, keep}};
    const Why why = policy_decide((Ask){.act = ACT_LOG_LIST, .role = actor->role, .relation = log_list_relation(actor)});

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0}, why);
    if (transfers_may_list(actor))
        TRY(read_lists(&listing, &names));
    TRY(unit_names_open(service, actor, &names, keep));
    for (uint32_t i = 0; i < listing.asked_count; i++)
        if (!listing.asked[i].elsewhere)
            listing.asked[i].unit_name = unit_names_get(&names, listing.asked[i].unit);
    for (uint32_t i = 0; i < listing.left_count; i++)
        if (listing.left[i].unit_name.length == 0)
            listing.left[i].unit_name = unit_names_get(&names, listing.left[i].unit);
    line.amount = listing.asked_count + listing.left_count;
    TRY(store_write(actor->store, write_line, &line));
    *ret_lists = (TransferLists){{listing.asked, listing.asked_count}, {listing.left, listing.left_count}};
    return ok();
}

/* ---- who could hold it ---- */

static int by_name(const void *a, const void *b)
{
    const LogPerson *left = a, *right = b;
    return text_order(left->name, right->name);
}

static Err holders_of(const Actor *actor, Arena *keep, LogPerson **ret_people, uint32_t *ret_count)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogPerson *people = NULL;
    RoleRows rows = {0};
    uint32_t count = 0;

    TRY(store_read(actor->store, &tx));
    TRY(store_roles_of_unit(tx, actor->unit, keep, &rows));
    TRY(ARENA_NEW(keep, LogPerson, (size_t)rows.count + 1, &people));
    for (uint32_t i = 0; i < rows.count; i++)
        if (rows.items[i].role == ROLE_RELAY_HOLDER && period_in_force(PERIOD_OF(&rows.items[i]), actor->now))
            people[count++] = (LogPerson){.participant = rows.items[i].id, .person = rows.items[i].person, .role = ROLE_RELAY_HOLDER,
                                          .unit = rows.items[i].unit};
    *ret_people = people;
    *ret_count = count;
    return ok();
}

Err transfer_holders(Service *service, const Actor *actor, Arena *keep, LogPeople *ret_people)
{
    AuditLine line = service_line(actor, ACT_STAFF_LIST_READ, OBJECT_NONE, (Id){0});
    LogPerson *people = NULL;
    Str *names = NULL;
    Id *ids = NULL;
    uint32_t count = 0;

    TRY(holders_of(actor, keep, &people, &count));
    TRY(ARENA_NEW(keep, Id, (size_t)count + 1, &ids));
    TRY(ARENA_NEW(keep, Str, (size_t)count + 1, &names));
    for (uint32_t i = 0; i < count; i++)
        ids[i] = people[i].person;
    TRY(people_names(service, actor, (IdList){ids, count}, keep, names));
    for (uint32_t i = 0; i < count; i++)
        people[i].name = names[i];
    line.amount = count;
    TRY(store_write(actor->store, write_line, &line));
    qsort(people, count, sizeof *people, by_name);
    *ret_people = (LogPeople){people, count};
    return ok();
}
