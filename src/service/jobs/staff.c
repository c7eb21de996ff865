/* The job `staff`: logs without a holder, units without a manager, and a list of staff that is to be confirmed anew.
 * Must not open a log: that nobody holds it stands in plain rows.
 * Called by jobs.c. */
#include "service/jobs/staff.h"

#include "domain/clocks.h"
#include "domain/notices.h"
#include "domain/period.h"
#include "service/people/confirmed.h"
#include "service/people/office.h"
#include "store/inbox.h"
#include "store/logs.h"
#include "store/moving/moving.h"

#define PAGE 100
#define ARENA_CAP ((size_t)4 << 20)

/* What is told of one thing; made: how many of these rows nobody had been told before. */
typedef struct Telling {
    JobRun *run;
    Arena *keep;
    RoleRows admins;
    InboxRows rows;
    uint32_t made;
} Telling;

static Err put_rows(Tx *tx, void *context)
{
    Telling *telling = context;
    AuditLine line = {.at = telling->run->now, .act = ACT_CLOCK_RUN, .outcome = AUDIT_ALLOWED};

    TRY(store_inbox_tell(tx, &telling->rows, &telling->made));
    if (telling->made == 0)
        return ok();
    TRY(world_id(telling->run->service->world, &line.request));
    line.amount = telling->made;
    return store_audit(tx, &line);
}

static Err begin_rows(Telling *telling, uint32_t count)
{
    telling->rows = (InboxRows){0};
    return ARENA_NEW(telling->keep, InboxRow, (size_t)count + 1, &telling->rows.items);
}

/* A row for each bearer of the role among these who has it now. */
static Err add_rows(Telling *telling, const RoleRows *bearers, Role role, InboxRow row)
{
    for (uint32_t i = 0; i < bearers->count; i++) {
        if (bearers->items[i].role != role || !period_in_force(PERIOD_OF(&bearers->items[i]), telling->run->now))
            continue;
        row.person = bearers->items[i].person;
        row.at = telling->run->now;
        row.mailed = notice_is_mailed(row.event);
        TRY(world_id(telling->run->service->world, &row.id));
        telling->rows.items[telling->rows.count++] = row;
    }
    return ok();
}

static Err tell(Telling *telling)
{
    telling->made = 0;
    if (telling->rows.count > 0 && !telling->run->order->dry)
        TRY(store_write(telling->run->store, put_rows, telling));
    telling->run->counts.looked++;
    telling->run->counts.changed += telling->made > 0;
    telling->run->counts.told += telling->made;
    return job_step(telling->run);
}

/* ---- logs without a holder ---- */

static Err read_unheld(Telling *telling, const LogRow *log, int64_t *ret_since, RoleRows *ret_roles)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    LogStanding standing = {0};

    TRY(store_read(telling->run->store, &tx));
    TRY(store_log_standing(tx, &(StandingWish){.log = log->id, .now = telling->run->now}, telling->keep, &standing));
    *ret_since = standing.forged ? 0 : standing.unheld_since;
    return store_roles_of_unit(tx, standing.log.unit, telling->keep, ret_roles);
}

/* The manager has it as a task from the first day; an administrator too, where there is no manager, and when the days are over. */
static Err tell_unheld(Telling *telling, const LogRow *log)
{
    RoleRows roles = {0};
    int64_t since = 0;

    TRY(read_unheld(telling, log, &since, &roles));
    if (since == 0)
        return ok();
    const int64_t latest = clock_due(CLOCK_HOLDER_APPOINTED, since, NULL);
    TRY(begin_rows(telling, roles.count + 2 * telling->admins.count));
    TRY(add_rows(telling, &roles, ROLE_ORG_MANAGER, (InboxRow){.event = NOTICE_HOLDER_MISSING, .object = log->id, .due = since}));
    if (telling->rows.count == 0)
        TRY(add_rows(telling, &telling->admins, ROLE_MUNICIPALITY_ADMIN,
                     (InboxRow){.event = NOTICE_HOLDER_MISSING, .object = log->id, .due = since}));
    if (latest <= telling->run->now)
        TRY(add_rows(telling, &telling->admins, ROLE_MUNICIPALITY_ADMIN,
                     (InboxRow){.event = NOTICE_HOLDER_OVERDUE, .object = log->id, .due = latest}));
    return tell(telling);
}

static Err next_unheld(const Telling *telling, int64_t after, LogRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(telling->run->store, &tx));
    return store_logs_unheld(tx, &(LogsAfter){.now = telling->run->now, .no = after, .max = PAGE}, telling->keep, ret_rows);
}

static Err tell_all_unheld(Telling *telling)
{
    LogRows rows = {0};
    int64_t after = 0;

    do {
        size_t mark = arena_mark(telling->keep);
        TRY(next_unheld(telling, after, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            after = rows.items[i].no;
            size_t inner = arena_mark(telling->keep);
            TRY(tell_unheld(telling, &rows.items[i]));
            arena_rewind(telling->keep, inner);
        }
        arena_rewind(telling->keep, mark);
    } while (rows.count == PAGE);
    return ok();
}

/* ---- units without a manager ---- */

/* When the last manager of a unit left; 0 while it has one, and where it never had one. */
static int64_t unmanaged_since(const RoleRows *roles, int64_t now)
{
    int64_t since = 0;

    if (roles_any(roles, ROLE_ORG_MANAGER, now))
        return 0;
    for (uint32_t i = 0; i < roles->count; i++) {
        const RoleRow *row = &roles->items[i];
        if (row->role != ROLE_ORG_MANAGER)
            continue;
        /* The one that ended last: it had not at the end of any other. */
        if (period_has_ended(PERIOD_OF(row), now) && !period_has_ended(PERIOD_OF(row), since))
            since = row->to_at;
    }
    return since;
}

static Err read_units(const Telling *telling, UnitRows *ret_units)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(telling->run->store, &tx));
    return store_units(tx, telling->keep, ret_units);
}

static Err read_roles(const Telling *telling, Id unit, RoleRows *ret_roles)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(telling->run->store, &tx));
    return store_roles_of_unit(tx, unit, telling->keep, ret_roles);
}

static Err tell_unmanaged(Telling *telling)
{
    UnitRows units = {0};
    RoleRows roles = {0};

    TRY(read_units(telling, &units));
    for (uint32_t i = 0; i < units.count; i++) {
        size_t mark = arena_mark(telling->keep);
        TRY(read_roles(telling, units.items[i].id, &roles));
        int64_t since = units.items[i].closed_at == 0 ? unmanaged_since(&roles, telling->run->now) : 0;
        if (since != 0) {
            TRY(begin_rows(telling, telling->admins.count));
            TRY(add_rows(telling, &telling->admins, ROLE_MUNICIPALITY_ADMIN,
                         (InboxRow){.event = NOTICE_UNIT_UNMANAGED, .object = units.items[i].id, .due = since}));
            TRY(tell(telling));
        }
        arena_rewind(telling->keep, mark);
    }
    return ok();
}

/* ---- the list of staff ---- */

static Err tell_list(Telling *telling, int64_t confirmed_at)
{
    const int64_t due = clock_due(CLOCK_STAFF_LIST, confirmed_at, NULL);

    if (confirmed_at == 0 || due > telling->run->now)
        return ok();
    TRY(begin_rows(telling, telling->admins.count));
    TRY(add_rows(telling, &telling->admins, ROLE_MUNICIPALITY_ADMIN,
                 (InboxRow){.event = NOTICE_STAFF_LIST, .object = telling->run->order->tenant, .due = due}));
    return tell(telling);
}

static Err begin(Telling *telling, int64_t *ret_confirmed_at)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(telling->run->store, &tx));
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, telling->run->now, telling->keep, &telling->admins));
    return staff_confirmed_at(tx, telling->run->now, telling->keep, ret_confirmed_at);
}

Err staff_run(JobRun *run)
{
    AUTO(arena_freep) Arena *keep = NULL;
    int64_t confirmed_at = 0;

    TRY(arena_new(ARENA_CAP, &keep));
    Telling telling = {.run = run, .keep = keep};
    TRY(begin(&telling, &confirmed_at));
    TRY(tell_all_unheld(&telling));
    TRY(tell_unmanaged(&telling));
    return tell_list(&telling, confirmed_at);
}
