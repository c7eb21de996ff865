/* What an order to delete a log waits for, and who may approve it.
 * Must not decide: policy does.
 * Called by enter.c, change.c and the acts that end a log. */
#include "service/log/ending.h"

#include "service/log/lived.h"
#include "store/ending/deletion.h"

/* ---- who may approve ---- */

bool order_is_by(const DeletionRow *order, Id person)
{
    return id_equal(order->ordered_by, person) || id_equal(order->requested_by, person);
}

bool order_has_admin(const DeletionRow *order, const RoleRows *admins)
{
    for (uint32_t i = 0; i < admins->count; i++)
        if (!order_is_by(order, admins->items[i].person))
            return true;
    return false;
}

Err log_order_flags(Tx *tx, const Actor *actor, const LogStanding *standing, Arena *scratch, Flags *ret_flags)
{
    bool office = actor->role == ROLE_MUNICIPALITY_ADMIN || actor->role == ROLE_ORG_MANAGER;
    DeletionRow order = {0};
    RoleRows admins = {0};

    *ret_flags = 0;
    if (!office || standing->log.state != STATE_DELETION_ORDERED)
        return ok();
    Err found = store_deletion_of_log(tx, standing->log.no, &order);
    if (found.id == E_NOT_FOUND || found.id == E_FORGED) {
        *ret_flags = FLAG_SELF | FLAG_OTHER_ADMIN;
        return ok();
    }
    TRY(found);
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, actor->now, scratch, &admins));
    bool self = order_is_by(&order, actor->person), other = order_has_admin(&order, &admins);
    *ret_flags = (self ? FLAG_SELF : 0u) | (other ? FLAG_OTHER_ADMIN : 0u) | (!self && !other ? FLAG_APPROVER : 0u);
    return ok();
}

/* ---- what it waits for ---- */

void log_ending_unread(Flags *flags)
{
    *flags = (*flags | FLAG_REPORT_READY | FLAG_SUPPORTED) & ~(Flags)FLAG_COPY_AWAITED;
}

DeletionFacts log_deletion_facts(const LogEntered *entered, bool granted)
{
    const LogRow *log = &entered->content.log;

    return (DeletionFacts){.flags = log->flags | (entered->copy.adult ? FLAG_OF_AGE : 0u), .closed = log->closed_reason,
                           .died = log_lived_last(entered, KIND_DEATH) != NULL, .granted = granted,
                           .wished = log_is_wished_away(entered)};
}

Flags log_ending_flags(const LogEntered *entered)
{
    const DeletionFacts facts = log_deletion_facts(entered, false);

    return (log_archive_decision(entered) ? FLAG_REPORT_READY : 0u) | (deletion_supported(&facts) ? FLAG_SUPPORTED : 0u);
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int64_t log_content_at(const LogEntered *entered)
{
    const LogContent *content = &entered->content;
    int64_t at = 0;

    for (uint32_t i = 0; i < content->entries.count; i++)
        if (kind_is_archived((KindId)content->entries.items[i].kind))
            at = later(at, content->entries.items[i].at);
    for (uint32_t i = 0; i < content->consents.count; i++)
        at = later(at, later(content->consents.items[i].given_at, content->consents.items[i].withdrawn_at));
    return at;
}

/* What a manager decided on the way to another unit is of that transfer, and what was decided before a log came here of nobody here. */
const EntryRow *log_archive_decision(const LogEntered *entered)
{
    const EntryRow *decision = log_lived_last(entered, KIND_ARCHIVE_DECISION);
    const EntryRow *came = log_lived_last(entered, KIND_TRANSFER_DONE);

    if (!decision || decision->author_role != ROLE_MUNICIPALITY_ADMIN || (came && came->no > decision->no))
        return NULL;
    return decision->at >= log_content_at(entered) ? decision : NULL;
}
