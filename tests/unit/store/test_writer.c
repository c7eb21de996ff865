/* The writer: works of many threads share commits, a failing one harms no other, a failing disk leaves no half write.
 * Must break SQLite by wrapping its driver, not by a fake database. */
#include "support/stores.h"

#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "store/migrate.h"
#include "sys/file.h"

/* ---- a driver whose n-th call fails ---- */

static struct {
    Driver driver;
    int calls;          /* made so far on the writing connection */
    int fail_at;        /* 0: never */
    bool forever;
    enum err_id error;
    pthread_t writing;
} broken;

static Err maybe(void)
{
    broken.calls++;
    bool now = broken.fail_at > 0 && (broken.forever ? broken.calls >= broken.fail_at : broken.calls == broken.fail_at);
    return now ? fail(broken.error) : ok();
}

static Err broken_begin(Link *link)
{
    TRY(maybe());
    return sqlite_driver()->begin(link);
}

static Err broken_step_tx(Link *link, enum tx_step step)
{
    TRY(maybe());
    return sqlite_driver()->step_tx(link, step);
}

static Err broken_commit(Link *link)
{
    TRY(maybe());
    return sqlite_driver()->commit(link);
}

static Err broken_query(Link *link, enum sql id, const Value *parameters)
{
    TRY(maybe());
    return sqlite_driver()->query(link, id, parameters);
}

static Err broken_next(Link *link)
{
    TRY(maybe());
    return sqlite_driver()->next(link);
}

static Err broken_post(Link *link, enum sql id, const Value *parameters)
{
    TRY(maybe());
    return sqlite_driver()->post(link, id, parameters);
}

static Err broken_step(Link *link, Value *columns, bool *ret_row)
{
    TRY(maybe());
    return sqlite_driver()->step(link, columns, ret_row);
}

static const Driver *broken_driver(void)
{
    broken.driver = *sqlite_driver();
    broken.driver.begin = broken_begin;
    broken.driver.step_tx = broken_step_tx;
    broken.driver.commit = broken_commit;
    broken.driver.query = broken_query;
    broken.driver.next = broken_next;
    broken.driver.post = broken_post;
    broken.driver.step = broken_step;
    broken.fail_at = 0;
    return &broken.driver;
}

/* ---- works ---- */

typedef struct Pair {
    Str name;
    uint32_t number;
    bool fails;
} Pair;

/* Two settings and a line: all or nothing. */
static Err write_pair(Tx *tx, void *context)
{
    const Pair *pair = context;
    const AuditLine line = line_of(new_id());
    char first[32], second[32];

    snprintf(first, sizeof first, "a%u", pair->number);
    snprintf(second, sizeof second, "b%u", pair->number);
    TRY(store_setting_put(tx, str_from_c(first), STR("1"), 0));
    TRY(store_setting_put(tx, str_from_c(second), STR("2"), 0));
    TRY(store_audit(tx, &line));
    return pair->fails ? fail(E_RANGE) : ok();
}

static void count_rows(Store *store, uint32_t *ret_settings, uint32_t *ret_lines)
{
    TEST_ARENA(keep);
    SettingRows settings;
    AuditRows lines;
    Tx *tx = NULL;

    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_settings(tx, keep, &settings));
    EXPECT_OK(store_audit_all(tx, 0, 500, keep, &lines));
    *ret_settings = settings.count;
    *ret_lines = lines.count;
    store_read_end(tx);
}

static void ignore_finding(void *self, const Finding *finding)
{
    (void)self;
    print_error("found %s in %s at %ld\n", finding_name(finding->kind), finding->table ? finding->table : "-", (long)finding->seq);
}

static void expect_whole(Store *store)
{
    const VerifyWatch watch = {.found = ignore_finding};
    VerifyResult result;
    EXPECT_OK(store_verify(store, &watch, &result));
    EXPECT(result.findings == 0);
}

/* ---- tests ---- */

TEST(whichever_call_of_the_database_fails_no_half_write_stays_and_the_next_work_succeeds)
{
    int n = 1;
    for (bool reached = true; reached; n++) {
        AUTO(place_remove) Place place = place_new(broken_driver());
        Pair pair = {.number = 1};
        uint32_t settings, lines;

        broken.calls = 0;
        broken.error = E_STORE;
        broken.forever = false;
        broken.fail_at = n;
        Err error = store_write(place.store, write_pair, &pair);
        reached = broken.calls >= n;
        broken.fail_at = 0;
        EXPECT(is_ok(error) ? !reached : error.id == E_STORE);
        count_rows(place.store, &settings, &lines);
        EXPECT(settings == (is_ok(error) ? 2 : 0) && lines == (is_ok(error) ? 1 : 0));
        if (!is_ok(error))
            EXPECT_OK(store_write(place.store, write_pair, &pair));
        expect_whole(place.store);
    }
    EXPECT(n > 15);
}

TEST(a_full_disk_refuses_every_work_and_comes_back_alone)
{
    AUTO(place_remove) Place place = place_new(broken_driver());
    Pair pair = {.number = 1};
    uint32_t settings, lines;

    broken.calls = 0;
    broken.error = E_DISK_FULL;
    broken.forever = true;
    broken.fail_at = 3;
    EXPECT_ERR(store_write(place.store, write_pair, &pair), E_DISK_FULL);
    EXPECT_ERR(store_write(place.store, write_pair, &pair), E_DISK_FULL);
    broken.fail_at = 0;
    EXPECT_OK(store_write(place.store, write_pair, &pair));
    count_rows(place.store, &settings, &lines);
    EXPECT(settings == 2 && lines == 1);
    expect_whole(place.store);
}

#define THREADS 64
#define EACH 10

typedef struct Hand {
    pthread_t thread;
    Store *store;
    uint32_t number;
    uint32_t good, refused, other;
} Hand;

static void *hand_run(void *argument)
{
    Hand *hand = argument;
    for (uint32_t i = 0; i < EACH; i++) {
        /* Every third work fails after it has written everything. */
        Pair pair = {.number = hand->number * EACH + i, .fails = i % 3 == 2};
        Err error = store_write(hand->store, write_pair, &pair);
        hand->good += is_ok(error);
        hand->refused += error.id == E_RANGE;
        hand->other += !is_ok(error) && error.id != E_RANGE;
    }
    return NULL;
}

TEST(works_of_64_threads_share_commits_and_failing_ones_harm_no_neighbour)
{
    PLACE(place);
    Hand hands[THREADS] = {0};
    StoreFigures before, after;
    uint32_t settings, lines, good = 0;

    stores_figures(place.stores, &before);
    for (uint32_t i = 0; i < THREADS; i++) {
        hands[i].store = place.store;
        hands[i].number = i;
        EXPECT(pthread_create(&hands[i].thread, NULL, hand_run, &hands[i]) == 0);
    }
    for (uint32_t i = 0; i < THREADS; i++) {
        pthread_join(hands[i].thread, NULL);
        EXPECT(hands[i].other == 0 && hands[i].refused == 3 && hands[i].good == 7);
        good += hands[i].good;
    }
    stores_figures(place.stores, &after);
    EXPECT(after.works - before.works == THREADS * EACH);
    EXPECT(after.commits - before.commits < THREADS * EACH / 2);
    count_rows(place.store, &settings, &lines);
    EXPECT(settings == 2 * good && lines == good);
    expect_whole(place.store);
}

/* ---- exactly one connection writes ---- */

TEST(a_reading_connection_can_write_nothing_whoever_asks_it)
{
    PLACE(place);
    char tenant[ID_TEXT + 1];
    Link *link = NULL;
    const Value parameters[] = {{.type = VALUE_TEXT, .bytes = STR("colour")}, {.type = VALUE_BYTES, .bytes = STR("x")},
                                {.type = VALUE_NUMBER, .number = 1}};

    id_to_text(place.tenant, tenant);
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_READS, &link));
    EXPECT(!is_ok(sqlite_driver()->query(link, SQL_SETTING_INSERT, parameters)));
    EXPECT(!is_ok(sqlite_driver()->script(link, "DELETE FROM setting")));
    EXPECT(!is_ok(sqlite_driver()->script(link, "PRAGMA wal_checkpoint")));
    sqlite_driver()->close(link);
}

TEST(the_writing_connection_cannot_change_a_line_or_the_schema)
{
    PLACE(place);
    char tenant[ID_TEXT + 1];
    Link *link = NULL;

    id_to_text(place.tenant, tenant);
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_WRITES, &link));
    EXPECT_OK(migrate(sqlite_driver(), link, &(Steps){.list = store_migrations, .count = store_migration_count, .now = NOW, .prover = test_prover}));
    EXPECT(!is_ok(sqlite_driver()->script(link, "UPDATE audit SET at=0")));
    EXPECT(!is_ok(sqlite_driver()->script(link, "DELETE FROM audit")));
    EXPECT(!is_ok(sqlite_driver()->script(link, "DROP TABLE audit")));
    EXPECT(!is_ok(sqlite_driver()->script(link, "ATTACH '/tmp/x' AS x")));
    EXPECT(!is_ok(sqlite_driver()->script(link, "PRAGMA synchronous=OFF")));
    sqlite_driver()->close(link);
}

TEST(every_statement_is_prepared_against_a_fresh_schema)
{
    PLACE(place);
    char tenant[ID_TEXT + 1];
    Value parameters[COLUMNS_MAX] = {{0}};
    Link *link = NULL;

    id_to_text(place.tenant, tenant);
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_WRITES, &link));
    for (uint32_t i = 0; i < SQL_COUNT; i++) {
        Err error = sqlite_driver()->query(link, (enum sql)i, parameters);
        if (!is_ok(error))
            print_error("%s\n", statements[i].name);
        EXPECT_OK(error);
        sqlite_driver()->finish(link);
    }
    sqlite_driver()->close(link);
}

/* ---- migrations ---- */

TEST(a_database_of_the_previous_schema_is_brought_forward_with_its_rows)
{
    static const Migration steps[] = {
        {.sql = "CREATE TABLE counter(name TEXT PRIMARY KEY,value BIGINT NOT NULL);INSERT INTO counter VALUES('log',41);"},
        {.sql = "CREATE TABLE later(n {ID} PRIMARY KEY,b {BLOB} NOT NULL);"},
    };
    static const Migration edited[] = {
        {.sql = "CREATE TABLE counter(name TEXT PRIMARY KEY,value BIGINT NOT NULL);"},
    };
    AUTO(place_remove) Place place = {.driver = sqlite_driver(), .tenant = new_id()};
    char tenant[ID_TEXT + 1];
    Link *link = NULL;
    Value columns[COLUMNS_MAX];
    bool row;

    place_folder(&place);
    id_to_text(place.tenant, tenant);
    EXPECT_OK(sqlite_driver()->create(str_from_c(place.folder), tenant));
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_WRITES, &link));
    EXPECT_OK(migrate(sqlite_driver(), link, &(Steps){.list = steps, .count = 1, .now = NOW, .prover = test_prover}));
    sqlite_driver()->close(link);
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_WRITES, &link));
    EXPECT_OK(migrate(sqlite_driver(), link, &(Steps){.list = steps, .count = 2, .now = NOW, .prover = test_prover}));
    EXPECT_OK(sqlite_driver()->query(link, SQL_LOG_NUMBER, NULL));
    EXPECT_OK(sqlite_driver()->step(link, columns, &row));
    EXPECT(row && columns[0].number == 42);
    sqlite_driver()->close(link);
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_WRITES, &link));
    EXPECT_ERR(migrate(sqlite_driver(), link, &(Steps){.list = steps, .count = 1, .now = NOW, .prover = test_prover}), E_SCHEMA);
    sqlite_driver()->close(link);
    EXPECT_OK(sqlite_driver()->connect(str_from_c(place.folder), tenant, LINK_WRITES, &link));
    EXPECT_ERR(migrate(sqlite_driver(), link, &(Steps){.list = edited, .count = 1, .now = NOW, .prover = test_prover}), E_SCHEMA);
    sqlite_driver()->close(link);
}

/* ---- many municipalities ---- */

static uint32_t open_descriptors(void)
{
    struct stat status;
    uint32_t open = 0;
    for (int fd = 0; fd < 4096; fd++)
        open += fstat(fd, &status) == 0;
    return open;
}

TEST(the_pool_of_readers_is_bounded_and_a_reader_too_many_waits_for_one_that_ends)
{
    AUTO(place_remove) Place place = place_new(sqlite_driver());
    StoreFigures figures;
    Tx *open[4] = {0};

    for (int i = 0; i < 4; i++)
        EXPECT_OK(store_read(place.store, &open[i]));
    for (int i = 0; i < 4; i++)
        store_read_end(open[i]);
    EXPECT_OK(store_read(store_host(place.stores), &open[0]));
    store_read_end(open[0]);
    stores_figures(place.stores, &figures);
    EXPECT(figures.reading_connections == 5);
}

/* Ended by hand and once more by its scope, as AUTO does: the second end must not take the connection of whoever has it now. */
TEST(a_snapshot_that_is_ended_twice_leaves_the_next_reader_alone)
{
    AUTO(place_remove) Place place = place_new(sqlite_driver());
    Tx *first = NULL, *next = NULL, *third = NULL;

    EXPECT_OK(store_read(place.store, &first));
    store_read_endp(&first);
    EXPECT_OK(store_read(place.store, &next));
    store_read_endp(&first);
    EXPECT_OK(store_read(place.store, &third));
    EXPECT(third != next);
    store_read_end(third);
    store_read_end(next);
}

#define MUNICIPALITIES 357

static void visit(const Place *place, Id tenant)
{
    TEST_ARENA(keep);
    SettingRows settings = {0};
    Store *store = NULL;
    Tx *tx = NULL;

    EXPECT_OK(store_of(place->stores, tenant, &store));
    EXPECT_OK(store_read(store, &tx));
    EXPECT_OK(store_settings(tx, keep, &settings));
    EXPECT(settings.count == 2);
    store_read_end(tx);
}

static void database_path(const Place *place, Id tenant, const char *end, char path[static 160])
{
    char name[ID_TEXT + 1];

    id_to_text(tenant, name);
    snprintf(path, 160, "%s/municipality/%s.db%s", place->folder, name, end);
}

static void remove_files(const Place *place, Id tenant)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[160];

    for (size_t end = 0; end < COUNT_OF(ends); end++) {
        database_path(place, tenant, ends[end], path);
        unlink(path);
    }
}

/* Databases beside the one of the place, each a copy of it: to make them step by step takes ten times as long. */
static void make_many(Place *place, Id *tenants, uint32_t count)
{
    AUTO(arena_freep) Arena *keep = NULL;
    char path[160];
    Str bytes = STR_NONE;

    EXPECT_OK(arena_new((size_t)4 << 20, &keep));
    place_reopen(place);
    database_path(place, place->tenant, "", path);
    EXPECT_OK(file_read(path, (size_t)2 << 20, keep, &bytes));
    for (uint32_t i = 0; i < count; i++) {
        tenants[i] = new_id();
        database_path(place, tenants[i], "", path);
        EXPECT_OK(file_write(path, bytes, 0600));
    }
}

/* Each is written to and read; and once more read, so that what was given back for the others is missed. */
static StoreFigures visit_many(Place *place, uint32_t count)
{
    static Id tenants[MUNICIPALITIES];
    StoreFigures figures;

    make_many(place, tenants, count);
    for (uint32_t i = 0; i < count; i++) {
        Pair pair = {.number = i};
        Store *store = NULL;
        EXPECT_OK(store_of(place->stores, tenants[i], &store));
        EXPECT_OK(store_write(store, write_pair, &pair));
        visit(place, tenants[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        visit(place, tenants[i]);
    stores_figures(place->stores, &figures);
    EXPECT(figures.databases_open == count + 2);
    for (uint32_t i = 0; i < count; i++)
        remove_files(place, tenants[i]);
    return figures;
}

TEST(the_connections_of_357_municipalities_stay_open_and_few_of_them_keep_statements)
{
    AUTO(place_remove) Place place = place_new(sqlite_driver());
    StoreFigures figures = visit_many(&place, MUNICIPALITIES);

    EXPECT(figures.writing_connections == MUNICIPALITIES + 2 && figures.reading_connections == MUNICIPALITIES);
    EXPECT(figures.warm_connections > 32 && figures.warm_connections < 64);
    EXPECT(open_descriptors() < 5 * (MUNICIPALITIES + 4));
}

static uint32_t connected_to_read;

static Err counting_connect(Str place, const char *database, enum link_use use, Link **ret_link)
{
    connected_to_read += use == LINK_READS;
    return sqlite_driver()->connect(place, database, use, ret_link);
}

#define FEW 8

/* FEW connections, and FEW databases that are read in turn; before that one of them was read by FEW at once. */
TEST(a_database_that_was_read_by_many_at_once_gives_its_connections_up_for_others)
{
    Driver driver = *sqlite_driver();
    driver.connect = counting_connect;
    driver.reading_max = FEW;
    AUTO(place_remove) Place place = place_new(&driver);
    Tx *open[FEW] = {0};
    Id tenants[FEW];

    for (uint32_t i = 0; i < FEW; i++) {
        Pair pair = {.number = i};
        Store *store = NULL;
        tenants[i] = new_id();
        EXPECT_OK(stores_create(place.stores, tenants[i]));
        EXPECT_OK(store_of(place.stores, tenants[i], &store));
        EXPECT_OK(store_write(store, write_pair, &pair));
        for (uint32_t n = 0; i == FEW - 1 && n < FEW; n++)
            EXPECT_OK(store_read(store, &open[n]));
    }
    for (uint32_t n = 0; n < FEW; n++)
        store_read_end(open[n]);
    connected_to_read = 0;
    for (uint32_t turn = 0; turn < 5; turn++)
        for (uint32_t i = 0; i < FEW; i++)
            visit(&place, tenants[i]);
    EXPECT(connected_to_read == FEW - 1);
    for (uint32_t i = 0; i < FEW; i++)
        remove_files(&place, tenants[i]);
}

/* FEW connections and one database more: each that is not there costs another its own, but not always the next one's. */
TEST(where_one_connection_is_missing_most_databases_that_are_read_in_turn_keep_theirs)
{
    Driver driver = *sqlite_driver();
    driver.connect = counting_connect;
    driver.reading_max = FEW;
    AUTO(place_remove) Place place = place_new(&driver);
    Id tenants[FEW + 1];

    for (uint32_t i = 0; i < FEW + 1; i++) {
        Pair pair = {.number = i};
        Store *store = NULL;
        tenants[i] = new_id();
        EXPECT_OK(stores_create(place.stores, tenants[i]));
        EXPECT_OK(store_of(place.stores, tenants[i], &store));
        EXPECT_OK(store_write(store, write_pair, &pair));
    }
    connected_to_read = 0;
    for (uint32_t turn = 0; turn < 100; turn++)
        for (uint32_t i = 0; i < FEW + 1; i++)
            visit(&place, tenants[i]);
    EXPECT(connected_to_read < 100 * (FEW + 1) / 2);
    for (uint32_t i = 0; i < FEW + 1; i++)
        remove_files(&place, tenants[i]);
}

TEST(where_a_process_may_open_few_handles_connections_are_fewer)
{
    struct rlimit before, few;

    EXPECT(getrlimit(RLIMIT_NOFILE, &before) == 0);
    few = (struct rlimit){.rlim_cur = 512, .rlim_max = before.rlim_max};
    EXPECT(setrlimit(RLIMIT_NOFILE, &few) == 0);
    AUTO(place_remove) Place place = place_new(sqlite_driver());
    StoreFigures figures = visit_many(&place, 80);
    EXPECT(figures.writing_connections == 64 && figures.reading_connections == 64);
    EXPECT(open_descriptors() < 500);
    EXPECT(setrlimit(RLIMIT_NOFILE, &before) == 0);
}

/* ---- what is erased ---- */

static long log_bytes(const Place *place)
{
    char path[160], tenant[ID_TEXT + 1];
    struct stat status;

    id_to_text(place->tenant, tenant);
    snprintf(path, sizeof path, "%s/municipality/%s.db-wal", place->folder, tenant);
    return stat(path, &status) == 0 ? (long)status.st_size : -1;
}

TEST(a_write_ahead_log_that_an_earlier_process_left_is_emptied_once_and_again_only_when_that_failed)
{
    PLACE(place);
    Pair pair = {.number = 1}, other = {.number = 2};
    SettingRows settings;
    TEST_ARENA(keep);
    Tx *tx = NULL;

    EXPECT_OK(store_write(place.store, write_pair, &pair));
    place_reopen(&place);
    EXPECT(log_bytes(&place) > 0);
    EXPECT(stores_purge_waiting(place.stores) == 0 && log_bytes(&place) == 0);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_settings(tx, keep, &settings));
    EXPECT_OK(store_write(place.store, write_pair, &other));
    EXPECT(stores_purge_waiting(place.stores) == 0 && log_bytes(&place) > 0);
    EXPECT_ERR(store_purge_remains(place.store), E_BUSY);
    EXPECT(stores_purge_waiting(place.stores) == 1);
    store_read_end(tx);
    EXPECT(stores_purge_waiting(place.stores) == 0 && log_bytes(&place) == 0);
}

RUN_TESTS("store_writer")
