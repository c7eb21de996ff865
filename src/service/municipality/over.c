/* One verb of the store for each kind of row that ends by itself.
 * Must not hold a time: keeping.h has them.
 * Called by serve's jobs. */
#include "service/municipality/over.h"

#include <assert.h>

#include "service/municipality.h"
#include "store/over.h"
#include "store/report/orders.h"
#include "store/report/reports.h"
#include "store/volatile.h"

#define LIST_ARENA ((size_t)1 << 20)

typedef Err Remove(Tx *tx, int64_t at, uint32_t *ret_count);

static Remove *const removes[] = {
    [KEEPING_SESSION] = store_sessions_delete_over, [KEEPING_FORM_KEY] = store_forms_delete_over,
    [KEEPING_CODE_USED] = store_codes_delete_used,  [KEEPING_CODE] = store_codes_delete_over,
    [KEEPING_WAIT] = store_waits_delete_over,       [KEEPING_DRAFT] = store_drafts_delete_over,
    [KEEPING_BLIND] = store_blind_delete_over,
    [KEEPING_INVITATION] = store_invitations_delete_over,
    [KEEPING_MAIL] = store_outbox_delete_over,
    [KEEPING_REPORT] = store_reports_delete_over,
    [KEEPING_REPORT_PART] = store_report_parts_delete_lost,
    [KEEPING_REPORT_ORDER] = store_report_orders_delete_over,
};
static_assert(COUNT_OF(removes) == KEEPING_COUNT, "every kind has a verb");

typedef struct Run {
    int64_t now;
    Id request;
    Id by;
    OverCounts counts;
} Run;

static Err remove_each(Tx *tx, void *context)
{
    Run *run = context;
    OverCounts *counts = &run->counts;

    for (size_t i = 0; i < COUNT_OF(removes); i++)
        TRY(removes[i](tx, keeping_over((Keeping)i, run->now), &counts->of[i]));
    const AuditLine line = {.at = run->now, .request = run->request, .person = run->by, .act = ACT_CODES_REMOVE, .outcome = AUDIT_ALLOWED,
                            .amount = counts->of[KEEPING_CODE] + counts->of[KEEPING_CODE_USED] + counts->of[KEEPING_INVITATION]};
    AuditLine reports = line;

    /* What an archive was to be given is gone for good: a line of its own. */
    reports.act = ACT_ARCHIVE_REPORT_REMOVE;
    reports.amount = counts->of[KEEPING_REPORT];
    if (reports.amount > 0)
        TRY(store_audit(tx, &reports));
    return line.amount > 0 ? store_audit(tx, &line) : ok();
}

Err over_remove(Service *service, Id tenant, Id by, OverCounts *ret_counts)
{
    Store *store = NULL;
    Run run = {.by = by};

    if (id_is_none(tenant))
        store = store_host(service->stores);
    else
        TRY(store_of(service->stores, tenant, &store));
    TRY(world_now(service->world, &run.now));
    TRY(world_id(service->world, &run.request));
    TRY(store_write(store, remove_each, &run));
    if (run.counts.of[KEEPING_DRAFT] + run.counts.of[KEEPING_INVITATION] + run.counts.of[KEEPING_REPORT] +
            run.counts.of[KEEPING_REPORT_PART] > 0) {
        Err purged = store_purge_remains(store);
        (void)purged; /* stays marked, and serve tells what waits */
    }
    *ret_counts = run.counts;
    return ok();
}

static uint32_t sum_of(const OverCounts *counts)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < KEEPING_COUNT; i++)
        sum += counts->of[i];
    return sum;
}

Err over_remove_all(Service *service, uint32_t *ret_rows, uint32_t *ret_failed)
{
    AUTO(arena_freep) Arena *arena = NULL;
    Municipalities all = {0};
    uint32_t rows = 0, failed = 0;

    TRY(arena_new(LIST_ARENA, &arena));
    TRY(municipality_list(service, arena, &all));
    for (uint32_t i = 0; i <= all.count; i++) {
        OverCounts counts = {0};
        failed += !is_ok(over_remove(service, i < all.count ? all.items[i].tenant : (Id){0}, (Id){0}, &counts));
        rows += sum_of(&counts);
    }
    *ret_rows = rows;
    *ret_failed = failed;
    return ok();
}
