/* The page of a deletion that is ordered.
 * Must not open an entry but the order itself and the wishes that it be stopped.
 * Called by open.c. */
#include "service/reading/decision.h"

#include "service/log/ending.h"
#include "service/log/enter.h"
#include "service/log/lived.h"
#include "service/log/rows.h"
#include "service/people/account.h"
#include "service/statistics/kept.h"
#include "store/ending/deletion.h"

/* The order, and those who might approve it; of one that is not what was written nothing is shown, and it can be stopped. */
typedef struct Approvers {
    DeletionRow row;
    RoleRows admins, office;
    uint32_t facts; /* that stay of the log */
} Approvers;

static Err read_approvers(const LogReader *reader, const LogEntered *entered, Approvers *ret_approvers)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    const LogRow *log = &entered->content.log;

    TRY(store_read(reader->actor->store, &tx));
    Err found = store_deletion_of_log(tx, log->no, &ret_approvers->row);
    if (found.id != E_NOT_FOUND && found.id != E_FORGED)
        TRY(found);
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, reader->actor->now, reader->keep, &ret_approvers->admins));
    TRY(statistics_facts_staying(tx, entered, reader->keep, &ret_approvers->facts));
    return store_roles_over_log(tx, log->unit, reader->actor->now, reader->keep, &ret_approvers->office);
}

/* Neither another administrator nor the manager of its unit, who stands in for one. */
static bool has_nobody(const Approvers *approvers)
{
    if (order_has_admin(&approvers->row, &approvers->admins))
        return false;
    for (uint32_t i = 0; i < approvers->office.count; i++)
        if (approvers->office.items[i].role == ROLE_ORG_MANAGER && !order_is_by(&approvers->row, approvers->office.items[i].person))
            return false;
    return true;
}

void log_order_times(const DeletionRow *row, LogOrder *order)
{
    order->ordered_at = row->ordered_at;
    order->approved_at = row->approved_at;
    order->purge_at = row->purge_at;
    order->purge_latest = row->approved_at ? clock_due(CLOCK_PURGE_LATEST, row->approved_at, NULL) : 0;
}

static Err open_wishes(const LogEntered *entered, const EntryRow *order, Arena *keep, LogOrder *ret_order)
{
    const LogNewest *newest = &entered->newest;
    StopWish *wishes = NULL;
    uint32_t count = 0;
    LogEntry entry;

    TRY(ARENA_NEW(keep, StopWish, (size_t)newest->count + 1, &wishes));
    for (uint32_t i = newest->count; i-- > 0 && newest->items[i].first != order;) {
        const EntryRow *row = newest->items[i].first;
        if (row->kind != KIND_STOP_WISH)
            continue;
        TRY(log_open_entry(&entered->keys, row, keep, &entry));
        wishes[count++] = (StopWish){.role = (Role)row->author_role, .at = row->at, .reason = values_at(&entry.values, STOP_WISH_REASON)};
    }
    ret_order->wishes = wishes;
    ret_order->wish_count = count;
    return ok();
}

static Err open_order(const LogReader *reader, const LogEntered *entered, LogOrder *ret_order)
{
    const EntryRow *row = log_lived_last(entered, KIND_DELETION_ORDER);
    Approvers approvers = {0};
    LogOrder order = {0};
    LogEntry entry;

    TRY(read_approvers(reader, entered, &approvers));
    order.row = approvers.row;
    order.facts = approvers.facts;
    log_order_times(&approvers.row, &order);
    order.by_reader = id_equal(approvers.row.ordered_by, reader->actor->person);
    order.asked_by_reader = id_equal(approvers.row.requested_by, reader->actor->person);
    order.unapproved = approvers.row.approved_at == 0 && has_nobody(&approvers);
    for (uint32_t i = 0; i < entered->newest.count; i++)
        if (!entered->newest.items[i].newest->removed)
            order.counts[entered->newest.items[i].first->kind]++;
    if (row) {
        TRY(log_open_entry(&entered->keys, row, reader->keep, &entry));
        order.reason = values_at(&entry.values, DELETION_ORDER_REASON);
    }
    TRY(open_wishes(entered, row, reader->keep, &order));
    *ret_order = order;
    return ok();
}

static Err name_all(const LogReader *reader, LogView *view)
{
    const Id persons[] = {view->order.row.ordered_by, view->order.row.approved_by};
    Str names[COUNT_OF(persons)];

    TRY(people_names(reader->service, reader->actor, (IdList){persons, COUNT_OF(persons)}, reader->keep, names));
    view->order.ordered_by = names[0];
    view->order.approved_by = names[1];
    return people_unit_names(reader->service, reader->actor, (IdList){&view->summary.unit, 1}, reader->keep, &view->summary.unit_name);
}

Err log_open_decision(const LogReader *reader, Id log, LogView *ret_view)
{
    const LogWish wish = {.log = log, .act = ACT_DECISION_READ, .purpose = PURPOSE_READ};
    AUTO(log_entered_wipe) LogEntered entered = {0};
    Why why = WHY_UNDECIDED;
    LogView view = {0};

    TRY(log_enter(reader, &wish, &why, &entered));
    TRY(log_keys_for_many(&entered.keys));
    TRY(log_summary(&entered.content.log, NULL, reader->actor->role, &view.summary));
    view.summary.stub = true;
    view.permit = entered.permit;
    view.flags = entered.content.log.flags;
    view.ask = entered.ask;
    view.is[WHEN_ANY] = true;
    TRY(open_order(reader, &entered, &view.order));
    TRY(log_read_line(reader->actor, &entered, reader->keep, 0));
    TRY(name_all(reader, &view));
    *ret_view = view;
    return ok();
}
