/* What only PostgreSQL must show: lines that nobody changes, columns without statistics, a commit whose outcome is unknown.
 * Must be run by postgres.py: it changes the server's settings. */
#include "support/stores.h"

#include <pthread.h>

#include "store/migrate.h"
#include "store/volatile.h"

static Link *link_of(const Place *place, enum link_use use)
{
    char tenant[ID_TEXT + 1];
    Link *link = NULL;

    id_to_text(place->tenant, tenant);
    EXPECT_OK(postgres_driver()->connect(str_from_c(place->server), tenant, use, &link));
    return link;
}

static Err write_setting(Tx *tx, void *context)
{
    const AuditLine line = line_of(new_id());
    TRY(store_setting_put(tx, *(Str *)context, STR("value"), 0));
    return store_audit(tx, &line);
}

TEST(every_statement_is_understood_by_a_fresh_schema)
{
    PLACE(place);
    Link *link = link_of(&place, LINK_WRITES);
    const Driver *driver = postgres_driver();

    EXPECT_OK(driver->begin(link));
    for (uint32_t i = 0; i < SQL_COUNT; i++) {
        Value parameters[COLUMNS_MAX] = {{0}};
        for (size_t n = 0; statements[i].parameters[n] != '\0'; n++)
            parameters[n].type = statements[i].parameters[n] == 'i'   ? VALUE_NUMBER
                                 : statements[i].parameters[n] == 't' ? VALUE_TEXT
                                                                      : VALUE_BYTES;
        EXPECT_OK(driver->step_tx(link, TX_SAVEPOINT));
        Err error = driver->query(link, (enum sql)i, parameters);
        bool understood = is_ok(error) || error.id == E_INVALID || error.id == E_DUPLICATE;
        bool guarded = i == SQL_AUDIT_PROOF; /* no line is changed but in the step that takes the guard away */
        if (understood == guarded)
            print_error("%s: %s\n", statements[i].name, err_name(error.id));
        EXPECT(understood != guarded);
        EXPECT_OK(driver->step_tx(link, TX_ROLLBACK_TO));
    }
    EXPECT_OK(driver->step_tx(link, TX_ROLLBACK));
    driver->close(link);
}

static Err connect_to(const char *place)
{
    Link *link = NULL;
    Err error = postgres_driver()->connect(str_from_c(place), "host", LINK_READS, &link);
    if (is_ok(error))
        postgres_driver()->close(link);
    return error;
}

TEST(a_link_that_others_could_read_or_answer_is_refused_before_anything_is_sent)
{
    static const char *const open_links[] = {
        "host=127.0.0.1 port=1", "host=localhost port=1 sslmode=prefer", "host=db.invalid sslmode=require",
        "host=db.invalid sslmode=verify-ca", "hostaddr=127.0.0.1 port=1", "host=/tmp hostaddr=127.0.0.1",
        "host=/tmp,db.invalid", "postgresql://db.invalid/one", "postgresql://db.invalid/one?sslmode=require",
        "service=elsewhere", "not a connection string",
    };
    for (size_t i = 0; i < COUNT_OF(open_links); i++)
        EXPECT_ERR(connect_to(open_links[i]), E_OPEN_LINK);
}

TEST(a_socket_and_verified_tls_are_tried)
{
    EXPECT_ERR(connect_to("host=/no/such/folder"), E_STORE);
    EXPECT_ERR(connect_to("host=127.0.0.1 port=1 sslmode=verify-full"), E_STORE);
    EXPECT_ERR(connect_to("postgresql://127.0.0.1:1/one?sslmode=verify-full"), E_STORE);
}

TEST(a_line_is_changed_by_nobody_not_even_as_a_replica)
{
    PLACE(place);
    Str name = STR("colour");
    EXPECT_OK(store_write(place.store, write_setting, &name));
    Link *link = link_of(&place, LINK_WRITES);
    EXPECT_OK(postgres_driver()->script(link, "SET session_replication_role=replica"));
    EXPECT_ERR(postgres_driver()->script(link, "UPDATE audit SET at=0"), E_INTERNAL);
    EXPECT_ERR(postgres_driver()->script(link, "DELETE FROM audit"), E_INTERNAL);
    postgres_driver()->close(link);
}

TEST(a_line_is_changed_by_nobody)
{
    PLACE(place);
    Str name = STR("colour");
    EXPECT_OK(store_write(place.store, write_setting, &name));
    Link *link = link_of(&place, LINK_WRITES);
    EXPECT_ERR(postgres_driver()->script(link, "UPDATE audit SET at=0"), E_INTERNAL);
    EXPECT_ERR(postgres_driver()->script(link, "DELETE FROM audit"), E_INTERNAL);
    EXPECT_ERR(postgres_driver()->script(link, "TRUNCATE audit"), E_INTERNAL);
    postgres_driver()->close(link);
}

TEST(a_reading_connection_can_write_nothing)
{
    PLACE(place);
    Link *link = link_of(&place, LINK_READS);
    EXPECT(!is_ok(postgres_driver()->script(link, "DELETE FROM setting")));
    postgres_driver()->close(link);
}

TEST(no_sealed_column_reaches_the_statistics)
{
    PLACE(place);
    Link *link = link_of(&place, LINK_WRITES);
    EXPECT_OK(postgres_driver()->script(
        link, "DO $$BEGIN IF EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_class k ON k.oid=a.attrelid WHERE "
              "k.relnamespace=current_schema()::regnamespace AND k.relkind='r' AND a.attnum>0 AND NOT a.attisdropped AND "
              "a.atttypid='bytea'::regtype AND (a.attstattarget<>0 OR a.attstorage<>'e')) THEN RAISE EXCEPTION 'found'; "
              "END IF;END$$"));
    postgres_driver()->close(link);
}

TEST(a_database_of_the_previous_schema_is_brought_forward)
{
    static const Migration steps[] = {
        {.sql = "CREATE TABLE counter(name TEXT PRIMARY KEY,value BIGINT NOT NULL);INSERT INTO counter VALUES('log',41);"},
        {.sql = "CREATE TABLE later(n {ID} PRIMARY KEY,b {BLOB} NOT NULL);"},
    };
    PLACE(place);
    Driver driver = *postgres_driver();
    char tenant[ID_TEXT + 1];
    Link *link = NULL;
    Value columns[COLUMNS_MAX];
    bool row;

    driver.audit_guard = NULL;
    id_to_text(new_id(), tenant);
    EXPECT_OK(driver.create(str_from_c(place.server), tenant));
    EXPECT_OK(driver.connect(str_from_c(place.server), tenant, LINK_WRITES, &link));
    EXPECT_OK(migrate(&driver, link, &(Steps){.list = steps, .count = 1, .now = NOW, .prover = test_prover}));
    EXPECT_OK(migrate(&driver, link, &(Steps){.list = steps, .count = 2, .now = NOW, .prover = test_prover}));
    EXPECT_OK(driver.query(link, SQL_LOG_NUMBER, NULL));
    EXPECT_OK(driver.step(link, columns, &row));
    EXPECT(row && columns[0].number == 42);
    EXPECT_ERR(migrate(&driver, link, &(Steps){.list = steps, .count = 1, .now = NOW, .prover = test_prover}), E_SCHEMA);
    driver.close(link);
}

static Err write_lines(Tx *tx, void *context)
{
    AuditLine line = line_of(new_id());
    (void)context;

    for (int i = 0; i < 500; i++) {
        line.request = new_id();
        TRY(store_audit(tx, &line));
    }
    return ok();
}

TEST(the_newest_lines_of_an_object_are_read_from_its_index_and_not_sorted)
{
    PLACE(place);
    char sql[4096];

    for (int i = 0; i < 4; i++)
        EXPECT_OK(store_write(place.store, write_lines, NULL));
    Link *link = link_of(&place, LINK_WRITES);

    snprintf(sql, sizeof sql, "PREPARE seen(bytea,bigint,bigint) AS %s", statements[SQL_AUDIT_SEEN].sql);
    EXPECT_OK(postgres_driver()->script(link, sql));
    EXPECT_OK(postgres_driver()->script(
        link, "DO $$DECLARE l text;BEGIN FOR l IN EXECUTE 'EXPLAIN EXECUTE seen(''\\x00'',1,8)' LOOP "
              "IF l LIKE '%Sort%' OR l LIKE '%Bitmap%' THEN RAISE EXCEPTION '%',l;END IF;END LOOP;END$$"));
    postgres_driver()->close(link);
}

TEST(what_the_chain_says_beside_a_row_is_read_from_its_index)
{
    static const enum sql beside[] = {SQL_LOG_STANDING, SQL_LOG_CHANGED, SQL_ROLE_BY_ID, SQL_PERSON_BY_ID, SQL_AUDIT_ENROLMENTS,
                                      SQL_AUDIT_REQUEST};
    PLACE(place);
    char sql[4096];

    for (int i = 0; i < 4; i++)
        EXPECT_OK(store_write(place.store, write_lines, NULL));
    Link *link = link_of(&place, LINK_WRITES);
    for (size_t i = 0; i < COUNT_OF(beside); i++) {
        bool dated = strcmp(statements[beside[i]].parameters, "bi") == 0;
        snprintf(sql, sizeof sql, "PREPARE one(bytea%s) AS %s", dated ? ",bigint" : "", statements[beside[i]].sql);
        EXPECT_OK(postgres_driver()->script(link, sql));
        snprintf(sql, sizeof sql, "DO $$DECLARE l text;BEGIN FOR l IN EXECUTE 'EXPLAIN EXECUTE one(''\\x00''%s)' LOOP "
                 "IF l LIKE '%%Seq Scan on audit%%' THEN RAISE EXCEPTION '%%',l;END IF;END LOOP;END$$", dated ? ",1" : "");
        Err indexed = postgres_driver()->script(link, sql);
        if (!is_ok(indexed))
            print_error("%s\n", statements[beside[i]].name);
        EXPECT_OK(indexed);
        EXPECT_OK(postgres_driver()->script(link, "DEALLOCATE one"));
    }
    postgres_driver()->close(link);
}

/* A line with the number of one that stands: what a second process that writes here would make. */
static Err post_line_again(const Driver *driver, Link *link)
{
    static Value columns[COLUMNS_MAX], kept[COLUMNS_MAX];
    static uint8_t bytes[COLUMNS_MAX][64];
    const Value from[] = {{.type = VALUE_NUMBER, .number = 0}, {.type = VALUE_NUMBER, .number = 1}};
    bool row = false;

    TRY(driver->query(link, SQL_AUDIT_CHAIN, from));
    TRY(driver->step(link, columns, &row));
    EXPECT(row);
    for (size_t i = 0; statements[SQL_AUDIT_INSERT].parameters[i] != '\0'; i++) {
        kept[i] = columns[i];
        EXPECT(columns[i].bytes.length <= sizeof bytes[i]);
        if (columns[i].bytes.length > 0)
            memcpy(bytes[i], columns[i].bytes.data, columns[i].bytes.length);
        kept[i].bytes = str_from_bytes(bytes[i], columns[i].bytes.length);
    }
    return driver->post(link, SQL_AUDIT_INSERT, kept);
}

TEST(a_statement_that_nobody_waited_for_and_that_failed_fails_the_commit_and_nothing_after_it)
{
    PLACE(place);
    const Driver *driver = postgres_driver();
    const Value put[] = {{.type = VALUE_TEXT, .bytes = STR("second")}, {.type = VALUE_BYTES, .bytes = STR("x")},
                         {.type = VALUE_NUMBER, .number = 1},
                         {.type = VALUE_BYTES, .bytes = STR("no proof at all: 32 bytes of text")}};
    Value columns[COLUMNS_MAX];
    Str name = STR("colour");
    bool row = false;

    EXPECT_OK(store_write(place.store, write_setting, &name));
    Link *link = link_of(&place, LINK_WRITES);
    EXPECT_OK(driver->begin(link));
    EXPECT_OK(driver->query(link, SQL_SETTING_INSERT, put));
    EXPECT_OK(post_line_again(driver, link));
    EXPECT_OK(driver->step_tx(link, TX_SAVEPOINT));
    EXPECT_ERR(driver->commit(link), E_STORE);
    driver->close(link);
    link = link_of(&place, LINK_WRITES);
    EXPECT_OK(driver->begin(link));
    EXPECT_OK(driver->query(link, SQL_TRACK_SETTING, put));
    EXPECT_OK(driver->step(link, columns, &row));
    EXPECT(!row);
    driver->close(link);
}

TEST(a_statement_that_failed_is_undone_with_its_savepoint_and_the_transaction_goes_on)
{
    PLACE(place);
    const Driver *driver = postgres_driver();
    const Value id = {.type = VALUE_BYTES, .bytes = STR("too short")};
    Value row_of[COLUMNS_MAX];
    const Value put[] = {{.type = VALUE_TEXT, .bytes = STR("colour")}, {.type = VALUE_BYTES, .bytes = STR("x")},
                         {.type = VALUE_NUMBER, .number = 1},
                         {.type = VALUE_BYTES, .bytes = STR("no proof at all: 32 bytes of text")}};
    Value columns[COLUMNS_MAX];
    bool row = false;

    for (size_t i = 0; i < COUNT_OF(row_of); i++)
        row_of[i] = id;
    Link *link = link_of(&place, LINK_WRITES);
    EXPECT_OK(driver->begin(link));
    EXPECT_OK(driver->query(link, SQL_SETTING_INSERT, put));
    EXPECT_OK(driver->step_tx(link, TX_SAVEPOINT));
    EXPECT_OK(driver->queue(link, SQL_ENROLMENT_INSERT, row_of));
    EXPECT_OK(driver->queue(link, SQL_AUDIT_COUNT, NULL));
    EXPECT_ERR(driver->next(link), E_INVALID);
    EXPECT_ERR(driver->query(link, SQL_AUDIT_COUNT, NULL), E_STORE);
    EXPECT_OK(driver->step_tx(link, TX_ROLLBACK_TO));
    EXPECT_OK(driver->step_tx(link, TX_RELEASE));
    EXPECT_OK(driver->query(link, SQL_AUDIT_COUNT, NULL));
    EXPECT_OK(driver->commit(link));
    EXPECT_OK(driver->query(link, SQL_TRACK_SETTING, put));
    EXPECT_OK(driver->step(link, columns, &row));
    EXPECT(row);
    driver->close(link);
}

typedef struct Waiting {
    Place *place;
    Err result;
    volatile bool done;
} Waiting;

static void *write_and_wait(void *argument)
{
    Waiting *waiting = argument;
    Str name = STR("unconfirmed");
    waiting->result = store_write(waiting->place->store, write_setting, &name);
    waiting->done = true;
    return NULL;
}

TEST(a_commit_whose_wait_for_the_standby_is_cancelled_has_an_unknown_outcome)
{
    PLACE(place);
    Waiting waiting = {.place = &place};
    Link *other = link_of(&place, LINK_WRITES);
    pthread_t thread;

    EXPECT_OK(postgres_driver()->script(other, "SET synchronous_commit=off"));
    EXPECT_OK(postgres_driver()->script(other, "ALTER SYSTEM SET synchronous_standby_names='nobody'"));
    EXPECT_OK(postgres_driver()->script(other, "SELECT pg_reload_conf()"));
    usleep(500000);
    EXPECT(pthread_create(&thread, NULL, write_and_wait, &waiting) == 0);
    for (int i = 0; i < 200 && !waiting.done; i++) {
        usleep(50000);
        EXPECT_OK(postgres_driver()->script(
            other, "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event='SyncRep'"));
    }
    EXPECT_OK(postgres_driver()->script(other, "ALTER SYSTEM RESET synchronous_standby_names"));
    EXPECT_OK(postgres_driver()->script(other, "SELECT pg_reload_conf()"));
    pthread_join(thread, NULL);
    postgres_driver()->close(other);
    EXPECT(waiting.result.id == E_UNKNOWN_OUTCOME);
    Str name = STR("afterwards");
    EXPECT_OK(store_write(place.store, write_setting, &name));
}

/* ---- two servers ---- */

#define RACES 100

typedef struct Racer {
    Store *store;
    pthread_barrier_t *start;
    JobTake take;
    JobRow row;
    Err result;
} Racer;

static Err take_job(Tx *tx, void *context)
{
    Racer *racer = context;
    return store_job_take(tx, &racer->take, &racer->row);
}

static void *race(void *argument)
{
    Racer *racer = argument;

    pthread_barrier_wait(racer->start);
    racer->result = store_write(racer->store, take_job, racer);
    return NULL;
}

TEST(of_two_servers_on_one_database_one_has_the_job_however_they_race)
{
    PLACE(place);
    StoresOptions options = place_options(&place);
    Stores *other = NULL;
    Racer racers[2] = {{.store = place.store}, {0}};
    pthread_barrier_t start;

    options.writer = 1;
    EXPECT_OK(stores_open(&options, &other));
    EXPECT_OK(store_of(other, place.tenant, &racers[1].store));
    for (int64_t round = 1; round <= RACES; round++) {
        pthread_t threads[2];
        pthread_barrier_init(&start, NULL, 2);
        for (int i = 0; i < 2; i++) {
            racers[i].start = &start;
            racers[i].take = (JobTake){.name = STR("life"), .runner = new_id(), .now = NOW + round * 10, .until_at = NOW + round * 10 + 5};
            EXPECT(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
        }
        for (int i = 0; i < 2; i++)
            pthread_join(threads[i], NULL);
        pthread_barrier_destroy(&start);
        int won = is_ok(racers[0].result) ? 0 : 1;
        EXPECT_OK(racers[won].result);
        EXPECT_ERR(racers[1 - won].result, E_BUSY);
    }
    stores_close(other);
}

static void *write_many(void *argument)
{
    Racer *racer = argument;
    char text[40];

    pthread_barrier_wait(racer->start);
    for (int i = 0; i < RACES && is_ok(racer->result); i++) {
        snprintf(text, sizeof text, "%.*s%d", STR_ARGS(racer->take.name), i);
        Str name = str_from_c(text);
        racer->result = store_write(racer->store, write_setting, &name);
    }
    return NULL;
}

TEST(two_servers_that_write_at_once_write_one_chain_and_neither_is_refused)
{
    PLACE(place);
    const StoresOptions options = place_options(&place);
    Stores *other = NULL;
    Racer racers[2] = {{.store = place.store, .take.name = STR("colour")}, {.take.name = STR("shape")}};
    pthread_barrier_t start;
    pthread_t threads[2];
    TEST_ARENA(keep);
    StoreHead head = {0};
    Tx *tx = NULL;

    EXPECT_OK(stores_open(&options, &other));
    EXPECT_OK(store_of(other, place.tenant, &racers[1].store));
    pthread_barrier_init(&start, NULL, 2);
    for (int i = 0; i < 2; i++) {
        racers[i].start = &start;
        EXPECT(pthread_create(&threads[i], NULL, write_many, &racers[i]) == 0);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    for (int i = 0; i < 2; i++)
        EXPECT_OK(racers[i].result);
    stores_close(other);
    EXPECT_OK(store_read(place.store, &tx));
    EXPECT_OK(store_head(tx, keep, &head));
    store_read_end(tx);
    EXPECT(head.size == 2 * RACES);
}

RUN_TESTS("postgres")
