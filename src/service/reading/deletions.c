/* The orders to delete logs.
 * Must not open a log: plain rows, and the names of units and of those who ordered.
 * Called by web and api. */
#include "service/reading/deletions.h"

#include "service/log/ask.h"
#include "service/log/enter.h"
#include "service/log/reader.h"
#include "service/people/account.h"
#include "service/people/unit_names.h"
#include "store/ending/deletion.h"

/* A page of orders on its way. */
typedef struct Listing {
    const LogReader *reader;
    DeletionBehind behind;
    Settings settings;
    DeletionItem *items;
    uint32_t count;
    bool more;
} Listing;

static Why may_list(const Actor *actor)
{
    bool office = actor->role == ROLE_MUNICIPALITY_ADMIN || actor->role == ROLE_ORG_MANAGER;

    return office ? policy_decide((Ask){.act = ACT_LOG_LIST, .role = actor->role, .relation = log_list_relation(actor)}) : WHY_ROLE;
}

/* What whoever asks may decide about, as it stands. */
static Err add(Tx *tx, Listing *listing, const DeletionRow *row)
{
    const LogReader *reader = listing->reader;
    const LogWish wish = {.log = row->log, .act = ACT_DECISION_READ, .silent = true};
    LogDecision decision = {.settings = listing->settings};

    TRY(log_decide_under(tx, reader->actor, &wish, reader->keep, &decision));
    if (decision.why != WHY_ALLOWED)
        return ok();
    Ask ask = decision.ask;
    ask.act = ACT_DELETION_APPROVE;
    listing->items[listing->count++] = (DeletionItem){.row = *row, .may_approve = policy_decide(ask) == WHY_ALLOWED,
                                                      .stop_asked = (decision.ask.flags & (Flags)FLAG_STOP_ASKED) != 0};
    return ok();
}

static Err read_all(Listing *listing)
{
    const LogReader *reader = listing->reader;
    const bool admin = reader->actor->role == ROLE_MUNICIPALITY_ADMIN;
    const DeletionPage page = {.unit = admin ? (Id){{0}} : reader->actor->unit, .at = listing->behind.at, .id = listing->behind.id,
                               .max = DELETIONS_PAGE + 1};
    AUTO(store_read_endp) Tx *tx = NULL;
    DeletionRows rows = {0};

    TRY(store_read(reader->actor->store, &tx));
    TRY(settings_now(tx, reader->keep, &listing->settings));
    TRY(store_deletions_waiting(tx, &page, reader->keep, &rows));
    TRY(ARENA_NEW(reader->keep, DeletionItem, (size_t)rows.count + 1, &listing->items));
    listing->more = rows.count > DELETIONS_PAGE;
    for (uint32_t i = 0; i < rows.count - listing->more; i++)
        TRY(add(tx, listing, &rows.items[i]));
    return ok();
}

static Err name_all(Listing *listing)
{
    const LogReader *reader = listing->reader;
    Id *units = NULL, *persons = NULL;
    Str *names = NULL;

    TRY(ARENA_NEW(reader->keep, Id, (size_t)listing->count + 1, &units));
    TRY(ARENA_NEW(reader->keep, Id, (size_t)listing->count + 1, &persons));
    TRY(ARENA_NEW(reader->keep, Str, (size_t)listing->count + 1, &names));
    for (uint32_t i = 0; i < listing->count; i++) {
        units[i] = listing->items[i].row.unit;
        persons[i] = listing->items[i].row.ordered_by;
    }
    TRY(people_unit_names(reader->service, reader->actor, (IdList){units, listing->count}, reader->keep, names));
    for (uint32_t i = 0; i < listing->count; i++)
        listing->items[i].unit_name = names[i];
    TRY(people_names(reader->service, reader->actor, (IdList){persons, listing->count}, reader->keep, names));
    for (uint32_t i = 0; i < listing->count; i++)
        listing->items[i].ordered_by = names[i];
    return ok();
}

static Err write_line(Tx *tx, void *context)
{
    return store_audit(tx, context);
}

Err deletions_waiting(Service *service, const Actor *actor, DeletionBehind behind, Arena *keep, DeletionItems *ret_items)
{
    const LogReader reader = {service, actor, keep};
    Listing listing = {.reader = &reader, .behind = behind};
    AuditLine line = service_line(actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0});
    Why why = may_list(actor);

    if (why != WHY_ALLOWED)
        return service_refuse(actor, ACT_LOG_LIST, OBJECT_NONE, (Id){0}, why);
    TRY(read_all(&listing));
    line.amount = listing.count;
    TRY(store_write(actor->store, write_line, &line));
    TRY(name_all(&listing));
    *ret_items = (DeletionItems){.items = listing.items, .count = listing.count, .more = listing.more};
    return ok();
}
