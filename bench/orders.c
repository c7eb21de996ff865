/* Puts so many approved orders to delete logs into a municipality, due in five minutes, as the pages would: what a purge of many logs begins with.
 * Must not be pointed at an installation that anybody uses, nor at one whose service runs.
 * Run by bench/bench.py. usage: bench_orders SOCKET DATA|CONNECTION LEDGER TENANT COUNT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/acts.h"
#include "domain/codes.h"
#include "domain/states.h"
#include "service/prover.h"
#include "store/ending/deletion.h"
#include "store/postgres/postgres.h"
#include "store/sqlite/sqlite.h"
#include "sys/clock.h"
#include "sys/world.h"

#define AT_ONCE 100
#define DUE_IN_MS INT64_C(300000) /* so that no job comes before who measures */

typedef struct Orders {
    const World *world;
    LogRows logs;
    int64_t now;
} Orders;

static void need(Err err, const char *what)
{
    if (is_ok(err))
        return;
    fprintf(stderr, "orders: %s: %s (%s:%u)\n", what, err_name(err.id), err.file, err.line);
    exit(1);
}

static Err put_order(Tx *tx, const Orders *orders, const LogRow *before)
{
    LogRow log = *before;
    DeletionRow row = {.log = log.id, .log_no = log.no, .display = log.display, .unit = log.unit, .scenario = CAUSE_KEPT,
                       .archive = ARCHIVE_NONE, .ground = ARCHIVE_GROUND_PLAN, .ordered_by = log.holder, .ordered_at = orders->now,
                       .approved_by = log.unit, .approved_at = orders->now, .purge_at = orders->now + DUE_IN_MS, .version = 1};

    TRY(world_id(orders->world, &row.id));
    log.state = STATE_DELETION_ORDERED;
    log.wake_on = 0; /* its head is not a good one: no job may look at it but the purge, which opens nothing */
    TRY(store_log_update(tx, &log));
    TRY(store_log_head_put(tx, log.no, &before->head));
    return store_deletion_insert(tx, &row);
}

static Err put_orders(Tx *tx, void *context)
{
    const Orders *orders = context;

    for (uint32_t i = 0; i < orders->logs.count; i++) {
        AuditLine line = {.at = orders->now, .act = ACT_DELETION_APPROVE, .object_kind = 1, .object = orders->logs.items[i].id,
                          .outcome = AUDIT_ALLOWED, .head = orders->logs.items[i].head};
        TRY(world_id(orders->world, &line.request));
        TRY(put_order(tx, orders, &orders->logs.items[i]));
        TRY(store_audit(tx, &line));
    }
    return ok();
}

/* The next of them, in the order in which they wake. Their heads are not read: nothing of them is opened any more. */
static void read_logs(Store *store, uint32_t most, Arena *keep, Orders *orders)
{
    const LogRow *last = orders->logs.count > 0 ? &orders->logs.items[orders->logs.count - 1] : &(LogRow){0};
    const WakingPage page = {.day = INT64_MAX - 1, .after_wake = last->wake_on, .after_no = last->no, .max = most < AT_ONCE ? most : AT_ONCE};
    Tx *tx = NULL;

    need(store_read(store, &tx), "snapshot");
    need(store_logs_waking(tx, &page, keep, &orders->logs), "logs");
    store_read_end(tx);
}

int main(int argc, char **argv)
{
    AUTO(arena_freep) Arena *keep = NULL;
    AUTO(crypto_freep) Crypto *crypto = NULL;
    Keys *keys = NULL;
    Stores *stores = NULL;
    Store *store = NULL;
    Clock clock;
    uint32_t put = 0;
    Id tenant;

    if (argc != 6)
        return 64;
    need(arena_new((size_t)64 << 20, &keep), "memory");
    clock_init(&clock, false);
    const World world = world_real(&clock);
    need(crypto_new(&world, &crypto), "crypto");
    need(keys_open(&(KeysOptions){.socket = argv[1], .crypto = crypto, .connections = 4}, &keys), "key agent");
    need(id_from_text(str_from_c(argv[4]), &tenant), "tenant");
    const bool postgres = strncmp(argv[2], "host=", 5) == 0;
    const StoresOptions options = {.driver = postgres ? postgres_driver() : sqlite_driver(), .place = str_from_c(argv[2]), .world = &world,
                                   .ledger = {argv[3], NULL}, .prover = service_prover(keys)};
    need(stores_open(&options, &stores), "databases");
    need(store_of(stores, tenant, &store), "municipality");
    Orders orders = {.world = &world};
    need(world_now(&world, &orders.now), "clock");
    const uint32_t wanted = (uint32_t)atol(argv[5]);
    do {
        read_logs(store, wanted - put, keep, &orders);
        if (orders.logs.count > 0)
            need(store_write(store, put_orders, &orders), "orders");
        put += orders.logs.count;
    } while (orders.logs.count > 0 && put < wanted);
    printf("%u\n", put);
    stores_close(stores);
    keys_close(keys);
    return 0;
}
