/* Two servers of one PostgreSQL, each with its own memory of what it has shown: they write, and have heads signed, at the same time.
 * Must be run by postgres.py.
 * Called by meson test. Rule: reading-and-writing 4. */
#include "support/stores.h"

#include <pthread.h>

#include "service/heads.h"
#include "support/agent.h"

#define ROUNDS 200

/* One of the servers. */
typedef struct Server {
    Stores *stores;
    Heads *heads;
    Service service;
    Id tenant;
    Store *store;
    Err first; /* the first error of its thread */
} Server;

static void server_start(Server *server, const Place *place, TestAgent *agent)
{
    const StoresOptions options = place_options(place);

    EXPECT_OK(stores_open(&options, &server->stores));
    EXPECT_OK(heads_new(&server->heads));
    server->tenant = place->tenant;
    server->service = (Service){.stores = server->stores, .keys = agent->keys, .world = &agent->world, .mode = MODE_TEST,
                                .heads = server->heads};
    EXPECT_OK(store_of(server->stores, place->tenant, &server->store));
}

static void server_end(Server *server)
{
    heads_free(server->heads);
    stores_close(server->stores);
}

static Err write_line(Tx *tx, void *context)
{
    const AuditLine line = line_of(new_id());

    (void)context;
    return store_audit(tx, &line);
}

static Err write_and_show(Server *server)
{
    for (uint32_t i = 0; i < ROUNDS; i++) {
        TRY(store_write(server->store, write_line, NULL));
        TRY(heads_show(&server->service, server->tenant));
    }
    return ok();
}

static void *run(void *argument)
{
    Server *server = argument;

    server->first = write_and_show(server);
    return NULL;
}

TEST(of_two_servers_that_have_heads_signed_at_once_neither_is_taken_for_an_older_database)
{
    PLACE(place);
    AUTO(test_agent_stop) TestAgent agent = {0};
    AUTO(server_end) Server one = {0};
    AUTO(server_end) Server other = {0};
    pthread_t threads[2];
    AuditHead known = {0};

    test_agent_start(&agent);
    EXPECT_OK(keys_municipality_new(agent.keys, place.tenant));
    server_start(&one, &place, &agent);
    server_start(&other, &place, &agent);
    EXPECT(pthread_create(&threads[0], NULL, run, &one) == 0 && pthread_create(&threads[1], NULL, run, &other) == 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    EXPECT_OK(one.first);
    EXPECT_OK(other.first);
    EXPECT_OK(heads_show(&one.service, place.tenant));
    EXPECT_OK(keys_head_newest(agent.keys, place.tenant, &known));
    EXPECT(known.size == 2 * ROUNDS);
}

RUN_TESTS("heads of two servers")
