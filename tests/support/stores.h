/* Databases for tests: a throw-away folder (or a PostgreSQL server named by STAFETTLOGG_TEST_POSTGRES), made-up ids, works.
 * Must be included by tests of store only. */
#ifndef TESTS_STORES_H
#define TESTS_STORES_H

#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#include "support/test.h"

#include "domain/policy/policy.h"
#ifdef TEST_POSTGRES
#include "store/postgres/postgres.h"
#endif
#include "store/sqlite/sqlite.h"
#include "store/verify/verify.h"

#define NOW INT64_C(1795478400000)

__attribute__((unused)) static Err world_test_now(void *self, int64_t *ret_now)
{
    (void)self;
    *ret_now = NOW;
    return ok();
}

__attribute__((unused)) static Err world_test_random(void *self, void *ret_bytes, size_t length)
{
    (void)self;
    return getrandom(ret_bytes, length, 0) == (ssize_t)length ? ok() : fail(E_IO);
}

static const World test_world = {.now = world_test_now, .random = world_test_random};

__attribute__((unused)) static Id new_id(void)
{
    Id id;
    if (!is_ok(world_id(&test_world, &id)))
        abort();
    return id;
}

__attribute__((unused)) static Hash new_hash(void)
{
    Hash hash;
    if (!is_ok(world_random(&test_world, hash.bytes, sizeof hash.bytes)))
        abort();
    return hash;
}

/* Rows of tests are proven without a key. */
__attribute__((unused)) static Err test_prove(void *self, Id tenant, const Hash *digest, Hash *ret_proof)
{
    (void)self, (void)tenant;
    memcpy(ret_proof->bytes, digest->bytes, HASH_BYTES);
    ret_proof->bytes[0] ^= 0xFF;
    return ok();
}
static const Prover test_prover __attribute__((unused)) = {.prove = test_prove};

/* A place of its own for one test: folder is the SQLite data folder, or empty. */
typedef struct Place {
    char folder[64];
    const Driver *driver;
    const char *server;   /* a connection string, or NULL */
    char ledger[2][96];   /* its two places; empty: none */
    Stores *stores;
    Id tenant;
    Store *store;
} Place;

__attribute__((unused)) static void place_folder(Place *place)
{
    static const char template[] = "/tmp/stafettlogg-test-XXXXXX";
    memcpy(place->folder, template, sizeof template);
    if (!mkdtemp(place->folder))
        abort();
}

__attribute__((unused)) static StoresOptions place_options(const Place *place)
{
    return (StoresOptions){.driver = place->driver, .world = &test_world, .prover = test_prover,
                           .ledger = {place->ledger[0][0] ? place->ledger[0] : NULL, place->ledger[1][0] ? place->ledger[1] : NULL},
                           .place = str_from_c(place->server ? place->server : place->folder)};
}

__attribute__((unused)) static void place_open(Place *place)
{
    const StoresOptions options = place_options(place);
    EXPECT_OK(stores_open(&options, &place->stores));
    EXPECT_OK(store_of(place->stores, place->tenant, &place->store));
}

__attribute__((unused)) static void place_reopen(Place *place)
{
    stores_close(place->stores);
    place->stores = NULL;
    place_open(place);
}

/* A place where nothing stands yet. driver NULL: the database that the environment names. */
__attribute__((unused)) static Place place_empty(const Driver *driver)
{
    Place place = {.driver = driver ? driver : sqlite_driver(), .tenant = new_id()};

#ifdef TEST_POSTGRES
    place.server = driver ? NULL : getenv("STAFETTLOGG_TEST_POSTGRES");
    if (place.server)
        place.driver = postgres_driver();
#endif
    if (!place.server)
        place_folder(&place);
    return place;
}

/* A host and one municipality, open. */
__attribute__((unused)) static Place place_new(const Driver *driver)
{
    Place place = place_empty(driver);
    const StoresOptions options = place_options(&place);

    EXPECT_OK(stores_open(&options, &place.stores));
    EXPECT_OK(stores_create(place.stores, place.tenant));
    EXPECT_OK(store_of(place.stores, place.tenant, &place.store));
    return place;
}

__attribute__((unused)) static void place_remove(Place *place)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[160], tenant[ID_TEXT + 1];

    stores_close(place->stores);
    place->stores = NULL;
    for (size_t i = 0; i < COUNT_OF(place->ledger); i++)
        unlink(place->ledger[i]);
    if (!place->folder[0])
        return;
    id_to_text(place->tenant, tenant);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        snprintf(path, sizeof path, "%s/host.db%s", place->folder, ends[i]);
        unlink(path);
        snprintf(path, sizeof path, "%s/municipality/%s.db%s", place->folder, tenant, ends[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/municipality", place->folder);
    rmdir(path);
    rmdir(place->folder);
}
#define PLACE(name) AUTO(place_remove) Place name = place_new(NULL)

__attribute__((unused)) static AuditLine line_of(Id object)
{
    return (AuditLine){.at = NOW, .request = new_id(), .person = new_id(), .role = 3, .act = 7, .object_kind = 1,
                       .object = object, .outcome = AUDIT_ALLOWED};
}

__attribute__((unused)) static LogRow log_row(void)
{
    static uint32_t display = 10000000;
    return (LogRow){.id = new_id(), .display = ++display, .state = 1, .unit = new_id(), .holder = new_id(),
                    .access_version = 1, .created_at = NOW, .last_activity_at = NOW, .header = STR("sealed header"),
                    .header_version = 1};
}

__attribute__((unused)) static EntryRow entry_row(int64_t log_no, Str sealed)
{
    Id id = new_id();
    return (EntryRow){.id = id, .log_no = log_no, .kind = 4, .entry = id, .version = 1, .author = new_id(),
                      .author_role = 3, .author_unit = new_id(), .at = NOW, .sealed = sealed};
}

#endif
