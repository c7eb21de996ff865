/* The manager of a log that was asked for is told of it, by a job.
 * Must not run in the asker's request.
 * Called by service/jobs. */
#include "service/acts/transfer/blind_told.h"

#include "domain/notices.h"
#include "domain/period.h"
#include "service/people/office.h"
#include "store/inbox.h"
#include "store/request/blind.h"

#define TELL_ARENA ((size_t)1 << 20)
#define EACH_ARENA ((size_t)16 << 20)
#define PAGE 100

typedef struct Telling {
    Service *service;
    BlindRequestRow row;
    int64_t now;
    Id request;
    Arena *keep;
    uint32_t told;
} Telling;

/* A row for each bearer of the role among these who has it now. */
static Err add_rows(Telling *telling, const RoleRows *bearers, Role role, InboxRows *rows)
{
    InboxRow row = {.event = NOTICE_BLIND_ASKED, .object = telling->row.log, .at = telling->now, .due = telling->row.at,
                    .mailed = notice_is_mailed(NOTICE_BLIND_ASKED)};

    TRY(ARENA_NEW(telling->keep, InboxRow, (size_t)bearers->count + 1, &rows->items));
    for (uint32_t i = 0; i < bearers->count; i++) {
        if (bearers->items[i].role != role || !period_in_force(PERIOD_OF(&bearers->items[i]), telling->now))
            continue;
        row.person = bearers->items[i].person;
        TRY(world_id(telling->service->world, &row.id));
        rows->items[rows->count++] = row;
    }
    return ok();
}

/* The managers of the log's unit; an administrator where there is none. */
static Err rows_of(Tx *tx, Telling *telling, const LogRow *log, InboxRows *ret_rows)
{
    RoleRows managers = {0}, admins = {0};

    *ret_rows = (InboxRows){0};
    TRY(store_roles_of_unit(tx, log->unit, telling->keep, &managers));
    if (roles_any(&managers, ROLE_ORG_MANAGER, telling->now))
        return add_rows(telling, &managers, ROLE_ORG_MANAGER, ret_rows);
    TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, telling->now, telling->keep, &admins));
    return add_rows(telling, &admins, ROLE_MUNICIPALITY_ADMIN, ret_rows);
}

static Err tell_of(Tx *tx, Telling *telling, const LogRow *log)
{
    InboxRows rows = {0};
    uint32_t told = 0;

    telling->row.log = log->id;
    TRY(rows_of(tx, telling, log, &rows));
    TRY(store_inbox_tell(tx, &rows, &told));
    telling->told += told;
    /* A line that is about a log and changes something has the head of it: this one changes nothing in the log. */
    const AuditLine line = {.at = telling->now, .request = telling->request, .act = ACT_CLOCK_RUN, .object_kind = OBJECT_NONE,
                            .outcome = AUDIT_ALLOWED, .amount = told};
    return told > 0 ? store_audit(tx, &line) : ok();
}

/* Whoever has a log of the child is told, and not of the newest alone: another that was made later hides none. */
static Err tell_work(Tx *tx, void *context)
{
    Telling *telling = context;
    const LogRow **logs = NULL;
    BlindSame same = {0};

    telling->told = 0;
    TRY(store_blind_told(tx, &telling->row, telling->now));
    TRY(store_blind_same(tx, telling->row.at - 1, telling->keep, &same));
    TRY(ARENA_NEW(telling->keep, const LogRow *, (size_t)same.logs.count + 1, &logs));
    const uint32_t count = blind_same_of(&same, &telling->row, logs);
    for (uint32_t i = 0; i < count; i++)
        TRY(tell_of(tx, telling, logs[i]));
    return ok();
}

static Err next_page(Store *store, Arena *keep, BlindRequestRows *ret_rows)
{
    AUTO(store_read_endp) Tx *tx = NULL;

    TRY(store_read(store, &tx));
    return store_blind_untold(tx, PAGE, keep, ret_rows);
}

Err blind_tell(Service *service, Store *store, int64_t now, uint32_t *ret_told)
{
    BlindRequestRows rows = {0};
    uint32_t told = 0;

    do {
        AUTO(arena_freep) Arena *keep = NULL;
        TRY(arena_new(TELL_ARENA, &keep));
        TRY(next_page(store, keep, &rows));
        for (uint32_t i = 0; i < rows.count; i++) {
            AUTO(arena_freep) Arena *each = NULL;
            TRY(arena_new(EACH_ARENA, &each));
            Telling telling = {.service = service, .row = rows.items[i], .now = now, .keep = each};
            TRY(world_id(service->world, &telling.request));
            TRY(store_write(store, tell_work, &telling));
            told += telling.told > 0;
        }
    } while (rows.count == PAGE);
    *ret_told = told;
    return ok();
}
