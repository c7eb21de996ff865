/* How many scope keys a key agent unwraps a second, asked by one thread and by many.
 * Must not be pointed at an agent that anybody uses: it makes a municipality there.
 * Run by bench/bench.py on an agent of its own. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys/scopes.h"
#include "sys/clock.h"
#include "sys/world.h"

#define ROLE_CODE 1 /* any: the agent notes it and no more */
#define THREADS_MAX 16
#define MEASURE_MS 3000

typedef struct Asking {
    Keys *keys;
    KeyUse use;
    WrappedKey wrapped;
    int64_t end; /* monotonic */
} Asking;

typedef struct Asker {
    pthread_t thread;
    const Asking *asking;
    uint64_t done;
} Asker;

static void need(Err err, const char *what)
{
    if (is_ok(err))
        return;
    fprintf(stderr, "unwrap: %s: %s (%s:%u)\n", what, err_name(err.id), err.file, err.line);
    exit(1);
}

static void *ask(void *argument)
{
    Asker *asker = argument;
    const Asking *asking = asker->asking;
    Key key;

    while (clock_monotonic_ms() < asking->end) {
        need(keys_unwrap(asking->keys, asking->use, str_from_bytes(asking->wrapped.bytes, sizeof asking->wrapped.bytes), &key),
             "unwrap");
        asker->done++;
    }
    key_wipe(&key);
    return NULL;
}

static double measure(Asking *asking, unsigned threads)
{
    Asker askers[THREADS_MAX] = {0};
    uint64_t done = 0;

    asking->end = clock_monotonic_ms() + MEASURE_MS;
    for (unsigned i = 0; i < threads; i++) {
        askers[i].asking = asking;
        need(pthread_create(&askers[i].thread, NULL, ask, &askers[i]) == 0 ? ok() : fail(E_BUSY), "thread");
    }
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(askers[i].thread, NULL);
        done += askers[i].done;
    }
    return (double)done * 1000 / MEASURE_MS;
}

/* The agent gives no grant before the heads of the host and of the municipality were shown to it. */
static void show_head(Keys *keys, Id tenant, Id database, int64_t now)
{
    const AuditHead head = {.tenant = tenant, .database = database, .size = 1, .at = now};
    uint8_t signature[SIGNATURE_BYTES];

    need(keys_sign_head(keys, &head, signature), "head");
}

static void prepare(Asking *asking, const World *world)
{
    KeysStatus status;
    Id person = {0}, database = {0};
    Key key;

    asking->use = (KeyUse){.kind = SCOPE_LOG, .purpose = PURPOSE_READ};
    need(world_id(world, &asking->use.tenant), "id");
    need(world_id(world, &asking->use.scope), "id");
    need(world_id(world, &person), "id");
    need(world_id(world, &database), "id");
    need(keys_status(asking->keys, &status), "status");
    need(keys_municipality_new(asking->keys, asking->use.tenant), "municipality");
    show_head(asking->keys, (Id){0}, database, status.now);
    show_head(asking->keys, asking->use.tenant, database, status.now);
    const GrantWish wish = {
        .tenant = asking->use.tenant, .person = person, .role = ROLE_CODE, .ends_at = status.now + 3600000};
    need(keys_grant_new(asking->keys, wish, &asking->use.grant), "grant");
    need(keys_scope_new(asking->keys, asking->use, (IndexedBy){0}, &asking->wrapped, &key), "scope");
    key_wipe(&key);
}

int main(int argc, char **argv)
{
    Clock clock;
    AUTO(crypto_freep) Crypto *crypto = NULL;
    Asking asking = {0};

    if (argc != 2) {
        fprintf(stderr, "usage: unwrap SOCKET\n");
        return 1;
    }
    clock_init(&clock, false);
    const World world = world_real(&clock);
    need(crypto_new(&world, &crypto), "crypto");
    need(keys_open(&(KeysOptions){.socket = argv[1], .crypto = crypto, .connections = THREADS_MAX}, &asking.keys), "keys");
    prepare(&asking, &world);
    printf("{\"alone\":%.0f,", measure(&asking, 1));
    printf("\"sixteen\":%.0f}\n", measure(&asking, THREADS_MAX));
    keys_close(asking.keys);
    return 0;
}
