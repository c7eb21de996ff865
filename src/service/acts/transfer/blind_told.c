/* The manager of a log that was asked for is told of it, by a job.
 * Must not run in the asker's request.
 * Called by service/jobs. */
#include "service/acts/transfer/blind_told.h"

#include "domain/notices.h"
#include "domain/period.h"
#include "store/inbox.h"
#include "store/request/blind.h"

#define TELL_ARENA ((size_t)1 << 20)
#define PAGE 100

typedef struct Telling {
    Service *service;
    BlindRequestRow row;
    int64_t now;
    Id request;
    Arena *keep;
    uint32_t told;
} Telling;

static Err put_rows(Tx *tx, Telling *telling, const RoleRows *roles, Role role)
{
    for (uint32_t i = 0; i < roles->count; i++) {
        InboxRow row = {.person = roles->items[i].person, .event = NOTICE_BLIND_ASKED, .object = telling->row.log, .at = telling->now,
                        .due = telling->row.at, .mailed = notice_is_mailed(NOTICE_BLIND_ASKED)};
        if (roles->items[i].role != role || !period_in_force(PERIOD_OF(&roles->items[i]), telling->now))
            continue;
        TRY(world_id(telling->service->world, &row.id));
        Err put = store_inbox_insert(tx, &row);
        if (put.id == E_DUPLICATE)
            continue;
        TRY(put);
        telling->told++;
    }
    return ok();
}

static Err tell_work(Tx *tx, void *context)
{
    Telling *telling = context;
    RoleRows managers = {0}, admins = {0};
    LogRow log = {0};

    telling->told = 0;
    TRY(store_blind_told(tx, &telling->row, telling->now));
    Err found = store_log_by_id(tx, telling->row.log, &log);
    if (found.id == E_NOT_FOUND)
        return ok();
    TRY(found);
    TRY(store_roles_of_unit(tx, log.unit, telling->keep, &managers));
    TRY(put_rows(tx, telling, &managers, ROLE_ORG_MANAGER));
    if (telling->told == 0) {
        TRY(store_roles_held(tx, ROLE_MUNICIPALITY_ADMIN, telling->now, telling->keep, &admins));
        TRY(put_rows(tx, telling, &admins, ROLE_MUNICIPALITY_ADMIN));
    }
    const AuditLine line = {.at = telling->now, .request = telling->request, .act = ACT_CLOCK_RUN, .object_kind = OBJECT_LOG,
                            .object = log.id, .outcome = AUDIT_ALLOWED, .amount = telling->told};
    return telling->told > 0 ? store_audit(tx, &line) : ok();
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
            Telling telling = {.service = service, .row = rows.items[i], .now = now, .keep = keep};
            TRY(world_id(service->world, &telling.request));
            TRY(store_write(store, tell_work, &telling));
            told += telling.told > 0;
        }
    } while (rows.count == PAGE);
    *ret_told = told;
    return ok();
}
