/* What an administrator sees first: the units of the municipality, and who manages them.
 * Must not show a name before the lines of both lists are durable.
 * Called by web. */
#include "service/people/overview.h"

typedef struct Rows {
    UnitsFound units;
    StaffRows managers;
} Rows;

static Err read_rows(const Actor *actor, Arena *keep, Rows *rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(actor->store, &tx));
    TRY(unit_rows_read(tx, keep, &rows->units));
    return staff_rows_read(tx, actor, (Id){0}, keep, &rows->managers);
}

typedef struct Lines {
    AuditLine units, managers;
} Lines;

static Err store_lines(Tx *tx, void *context)
{
    const Lines *lines = context;

    TRY(store_audit(tx, &lines->units));
    return store_audit(tx, &lines->managers);
}

Err people_overview(Service *service, const Actor *actor, Arena *keep, Units *ret_units, StaffRoles *ret_managers)
{
    const Id all = {0};
    Lines lines = {.units = service_line(actor, ACT_REGISTER_READ, OBJECT_UNIT, all),
                   .managers = service_line(actor, ACT_STAFF_LIST_READ, OBJECT_UNIT, all)};
    StaffRoles managers;
    Units units;
    Rows rows;

    TRY(units_may_list(actor));
    TRY(staff_may_list(actor, all));
    TRY(read_rows(actor, keep, &rows));
    TRY(unit_rows_open(service, actor, &rows.units, keep, &units));
    TRY(staff_rows_open(service, actor, &rows.managers, keep, &managers));
    lines.units.amount = units.count;
    lines.managers.amount = managers.count;
    TRY(store_write(actor->store, store_lines, &lines));
    *ret_units = units;
    *ret_managers = managers;
    return ok();
}
