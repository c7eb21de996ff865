/* Databases that former programs wrote: brought forward whole, once, or not at all.
 * Must not know whether it runs on SQLite or on PostgreSQL; schema_N.sql is what a program of schema N wrote, never edited.
 * Run by tests/conform/meson.build on both. */
#include "conform/conform.h"

#include <sys/wait.h>

#include "conform/killing.h"
#include "store/audit.h"
#include "store/migrate.h"
#include "sys/file.h"

#define SQL_MAX_BYTES ((size_t)1 << 20)

/* Of schema_N.sql: the chain of lines begins with the name of its database. */
static const Id tenant_id = {{0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0x77}};
static const Id log_id = {{0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55, 0x55}};
static const Id holder_id = {{0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22, 0x22}};

/* ---- rows of a former program ---- */

/* One line of schema_N.sql, `INSERT INTO table(columns) VALUES(values);`, where {..} are bytes in hexadecimal. */
typedef struct FormerRow {
    Str table, columns, values;
} FormerRow;

static Str former_rows(uint32_t version, Arena *keep)
{
    char path[64];
    Str text = STR_NONE;

    snprintf(path, sizeof path, "tests/conform/schema_%u.sql", version);
    EXPECT_OK(file_read(path, SQL_MAX_BYTES, keep, &text));
    return text;
}

static bool next_row(Str *text, FormerRow *ret_row)
{
    Str line, rest;

    *text = str_cut(*text, '\n', &line);
    if (line.length == 0)
        return false;
    rest = str_cut(str_slice(line, strlen("INSERT INTO "), line.length), '(', &ret_row->table);
    rest = str_cut(rest, ')', &ret_row->columns);
    ret_row->values = str_slice(rest, strlen(" VALUES("), rest.length - strlen(");"));
    return true;
}

/* values as this database writes bytes. */
static void add_values(Buf *sql, const Place *place, Str values)
{
    while (values.length > 0) {
        Str part;
        bool bytes = str_find(values, '{', 0) < values.length;
        values = str_cut(values, '{', &part);
        buf_add(sql, part);
        if (!bytes)
            return;
        values = str_cut(values, '}', &part);
        buf_format(sql, place->server ? "'\\x%.*s'::bytea" : "x'%.*s'", STR_ARGS(part));
    }
}

static Link *link_to(const Place *place, Id tenant)
{
    char database[ID_TEXT + 1] = "host";
    Link *link = NULL;

    if (!id_is_none(tenant))
        id_to_text(tenant, database);
    EXPECT_OK(place->driver->connect(str_from_c(place->server ? place->server : place->folder), database, LINK_WRITES, &link));
    return link;
}

static void run(const Place *place, Id tenant, Buf *sql, Arena *keep)
{
    Link *link = link_to(place, tenant);
    char *text = NULL;
    Str done;

    EXPECT_OK(buf_done(sql, &done));
    EXPECT_OK(str_to_c(keep, done, &text));
    EXPECT_OK(place->driver->script(link, text));
    place->driver->close(link);
}

static void run_text(const Place *place, Id tenant, Str text)
{
    TEST_ARENA(keep);
    Buf sql = buf_new(keep, SQL_MAX_BYTES);

    buf_add(&sql, text);
    run(place, tenant, &sql, keep);
}

/* All tests of this file share one server of PostgreSQL: what the one before left there goes. */
static void create_database(const Place *place)
{
    const Str at = str_from_c(place->server ? place->server : place->folder);
    char tenant[ID_TEXT + 1];

    id_to_text(place->tenant, tenant);
    Err made = place->driver->create(at, tenant);
    if (made.id == E_DUPLICATE) {
        run_text(place, place->tenant, STR("DROP SCHEMA m_77777777777777777777777777777777 CASCADE;"));
        made = place->driver->create(at, tenant);
    }
    EXPECT_OK(made);
}

/* A municipality's database as the program of this schema left it. */
static Place former_place(uint32_t version)
{
    TEST_ARENA(keep);
    Place place = place_empty(NULL);
    Str text = former_rows(version, keep);
    Buf sql = buf_new(keep, SQL_MAX_BYTES);
    FormerRow row;

    place.tenant = tenant_id;
    create_database(&place);
    Link *link = link_to(&place, place.tenant);
    EXPECT_OK(migrate(place.driver, link, &(Steps){.list = store_migrations, .count = version, .now = NOW, .prover = test_prover}));
    place.driver->close(link);
    while (next_row(&text, &row)) {
        buf_format(&sql, "INSERT INTO %.*s(%.*s) VALUES(", STR_ARGS(row.table), STR_ARGS(row.columns));
        add_values(&sql, &place, row.values);
        buf_add(&sql, STR(");\n"));
    }
    run(&place, place.tenant, &sql, keep);
    return place;
}

/* Every row stands as it was written, and no table of them has another. A table of the connection's own says when not:
 * its CHECK ends the script. */
static void expect_rows(const Place *place, uint32_t version)
{
    TEST_ARENA(keep);
    Str text = former_rows(version, keep), former = STR_NONE;
    Buf sql = buf_new(keep, SQL_MAX_BYTES);
    FormerRow row;
    uint32_t count = 0;

    buf_add(&sql, STR("CREATE TEMP TABLE wrong(n BIGINT NOT NULL CHECK(n=0));\n"));
    for (bool more = true; more;) {
        more = next_row(&text, &row);
        if (count > 0 && (!more || !str_equal(row.table, former))) {
            buf_format(&sql, "INSERT INTO wrong SELECT count(*)-%u FROM %.*s;\n", count, STR_ARGS(former));
            count = 0;
        }
        if (!more)
            break;
        former = row.table;
        count++;
        buf_add(&sql, STR("INSERT INTO wrong SELECT count(*) FROM (SELECT "));
        add_values(&sql, place, row.values);
        buf_format(&sql, " EXCEPT SELECT %.*s FROM %.*s) AS missing;\n", STR_ARGS(row.columns), STR_ARGS(row.table));
    }
    run(place, place->tenant, &sql, keep);
}

static bool has_steps(const Place *place, uint32_t count)
{
    Link *link = link_to(place, place->tenant);
    Err same = migrate_check(place->driver, link, store_migrations, count);

    place->driver->close(link);
    return is_ok(same);
}

/* At least so many, none of them half. */
static bool has_whole_steps(const Place *place, uint32_t least)
{
    for (uint32_t count = least; count <= store_migration_count; count++)
        if (has_steps(place, count))
            return true;
    return false;
}

/* All steps were run, and none at another time than NOW. */
static void expect_steps_of_now(const Place *place)
{
    TEST_ARENA(keep);
    Buf sql = buf_new(keep, SQL_MAX_BYTES);

    buf_format(&sql,
               "CREATE TEMP TABLE wrong(n BIGINT NOT NULL CHECK(n=0));INSERT INTO wrong SELECT count(*)-%u FROM schema_version "
               "WHERE at=%lld;",
               store_migration_count, (long long)NOW);
    run(place, place->tenant, &sql, keep);
}

/* ---- what the program of today makes of them ---- */

static void tell_finding(void *self, const Finding *finding)
{
    (void)self;
    print_error("%s %s line %lld\n", finding_name(finding->kind), finding->table ? finding->table : "", (long long)finding->seq);
}

static void expect_verifies(const Place *place, uint64_t lines)
{
    const VerifyWatch watch = {.found = tell_finding};
    VerifyResult result = {0};

    EXPECT_OK(store_verify(place->store, &watch, &result));
    EXPECT(result.findings == 0 && result.lines == lines);
}

static void expect_log_opens(const Place *place)
{
    TEST_ARENA(keep);
    const Permit permit = permit_of(holder_id, log_id);
    Hash token;
    EntryRows entries;
    SessionRow session;
    PersonRow person;
    LogContent content;
    Tx *tx = NULL;

    memset(token.bytes, 0xa1, sizeof token.bytes);
    EXPECT_OK(store_read(place->store, &tx));
    EXPECT_OK(store_entries(tx, &permit, keep, &entries));
    EXPECT(entries.count == 3);
    EXPECT_STR(entries.items[1].sealed, "sealed second");
    EXPECT_OK(store_log_content(tx, &permit, keep, &content));
    EXPECT_OK(store_person_by_login(tx, STR("0123456789abcdef"), keep, &person));
    EXPECT_STR(person.sealed, "sealed person");
    EXPECT_OK(store_session_by_token(tx, &token, keep, &session));
    EXPECT(id_equal(session.person, holder_id));
    store_read_end(tx);
}

WORK(add_note)
{
    CONTEXT;
    const AuditLine line = line_of(log_id);
    TRY(store_entry_append(tx, &w->entry, &w->no));
    return store_audit(tx, &line);
}

TEST(rows_of_every_former_schema_are_the_same_afterwards_and_the_chain_goes_on)
{
    for (uint32_t version = 1; version < store_migration_count; version++) {
        AUTO(place_remove) Place place = former_place(version);
        Work w = {.entry = entry_row(1, STR("written today"))};

        place_open(&place);
        expect_verifies(&place, 5);
        expect_log_opens(&place);
        stores_close(place.stores);
        place.stores = NULL;
        EXPECT(has_steps(&place, store_migration_count));
        expect_rows(&place, version);
        place_open(&place);
        EXPECT_OK(store_write(place.store, add_note, &w));
        expect_verifies(&place, 6);
    }
}

/* ---- many rows and lines ---- */

SHAPE(audit, AUDIT_LINE, AuditRow);

#define MANY_ROWS 60000
#define MANY_LINES 4500
#define LINES_AT_ONCE 500
#define LAST_WITHOUT_PROOFS 4 /* schema */

static void add_value(Buf *sql, const Place *place, const Value *value)
{
    if (value->type == VALUE_NUMBER) {
        buf_format(sql, "%lld,", (long long)value->number);
        return;
    }
    buf_add(sql, place->server ? STR("'\\x") : STR("x'"));
    buf_add_hex(sql, value->bytes);
    buf_add(sql, place->server ? STR("'::bytea,") : STR("',"));
}

/* Lines as a program wrote them that gave them no proof. */
static void add_lines(const Place *place, ChainHead *at, uint32_t count)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    TEST_ARENA(keep);
    Buf sql = buf_new(keep, SQL_MAX_BYTES);
    Value values[COLUMNS_MAX];

    EXPECT_OK(sha256_new(&sha));
    for (uint32_t i = 0; i < count; i++) {
        AuditRow row = {.seq = at->seq + 1, .line = line_of(log_id), .previous = at->hash};
        EXPECT_OK(audit_line_hash(sha, &row, STR_NONE, &row.hash));
        row_to_values(&shape_audit, &row, values);
        buf_add(&sql, STR("INSERT INTO audit(" NAMES(AUDIT_LINE) ",changes) VALUES("));
        for (uint32_t n = 0; n < shape_audit.count; n++)
            add_value(&sql, place, &values[n]);
        buf_add(&sql, place->server ? STR("'');") : STR("x'');"));
        *at = (ChainHead){.seq = row.seq, .hash = row.hash};
    }
    run(place, place->tenant, &sql, keep);
}

static ChainHead last_line(const Place *place)
{
    const Value range[] = {{.type = VALUE_NUMBER, .number = 0}, {.type = VALUE_NUMBER, .number = INT64_MAX}};
    Link *link = link_to(place, place->tenant);
    Value columns[COLUMNS_MAX];
    ChainHead last = {0};
    bool row = false;

    EXPECT_OK(place->driver->query(link, SQL_AUDIT_LAST, range));
    EXPECT_OK(place->driver->step(link, columns, &row));
    EXPECT(row && columns[1].bytes.length == HASH_BYTES);
    last.seq = columns[0].number;
    memcpy(last.hash.bytes, columns[1].bytes.data, HASH_BYTES);
    place->driver->finish(link);
    place->driver->close(link);
    return last;
}

TEST(however_many_rows_and_lines_there_are_each_gets_its_proof_when_a_database_is_brought_forward)
{
    AUTO(place_remove) Place place = former_place(LAST_WITHOUT_PROOFS);
    TEST_ARENA(keep);
    Buf sql = buf_new(keep, SQL_MAX_BYTES);
    ChainHead at = last_line(&place);

    for (uint32_t i = 0; i < MANY_LINES; i += LINES_AT_ONCE)
        add_lines(&place, &at, LINES_AT_ONCE);
    buf_format(&sql, "INSERT INTO backoff WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n<%d) "
                     "SELECT %s,1,1 FROM c;", MANY_ROWS, place.server ? "decode(md5(n::text),'hex')" : "randomblob(16)");
    run(&place, place.tenant, &sql, keep);
    place_open(&place);
    expect_verifies(&place, 5 + MANY_LINES);
}

static Err a_day_later(void *self, int64_t *ret_now)
{
    (void)self;
    *ret_now = NOW + INT64_C(86400000);
    return ok();
}

TEST(a_second_start_changes_nothing)
{
    static const World tomorrow = {.now = a_day_later, .random = world_test_random};

    for (uint32_t version = 1; version < store_migration_count; version++) {
        AUTO(place_remove) Place place = former_place(version);
        StoresOptions options = place_options(&place);

        place_open(&place);
        stores_close(place.stores);
        options.world = &tomorrow;
        EXPECT_OK(stores_open(&options, &place.stores));
        EXPECT_OK(store_of(place.stores, place.tenant, &place.store));
        expect_verifies(&place, 5);
        EXPECT(store_commits(place.store) == 0);
        stores_close(place.stores);
        place.stores = NULL;
        expect_rows(&place, version);
        expect_steps_of_now(&place);
    }
}

/* ---- newer than this program ---- */

#define STEP_OF_TOMORROW STR("INSERT INTO schema_version SELECT n+1,sha256,at+1 FROM schema_version ORDER BY n DESC LIMIT 1;")
#define NO_STEP_OF_TOMORROW STR("DELETE FROM schema_version WHERE n=(SELECT max(n) FROM schema_version);")

TEST(a_database_of_a_newer_program_is_refused_and_left_as_it_is)
{
    AUTO(place_remove) Place place = former_place(1);
    const StoresOptions options = place_options(&place);

    place_open(&place);
    stores_close(place.stores);
    place.stores = NULL;
    run_text(&place, place.tenant, STEP_OF_TOMORROW);
    EXPECT_OK(stores_open(&options, &place.stores));
    EXPECT_ERR(store_of(place.stores, place.tenant, &place.store), E_SCHEMA);
    stores_close(place.stores);
    place.stores = NULL;
    expect_rows(&place, 1);
    EXPECT(!has_steps(&place, store_migration_count));
}

TEST(a_host_of_a_newer_program_is_refused_and_taken_again_when_it_is_not)
{
    PLACE(place);
    const StoresOptions options = place_options(&place);

    stores_close(place.stores);
    place.stores = NULL;
    run_text(&place, (Id){{0}}, STEP_OF_TOMORROW);
    EXPECT_ERR(stores_open(&options, &place.stores), E_SCHEMA);
    EXPECT_ERR(stores_open_reading(&options, &place.stores), E_SCHEMA);
    run_text(&place, (Id){{0}}, NO_STEP_OF_TOMORROW);
    place_open(&place);
}

/* ---- killed on the way ---- */

typedef struct Child {
    const Migration *steps;
    uint32_t step_count;
    bool guarded;   /* with what keeps audit append-only afterwards */
    uint32_t calls; /* before it is killed */
    int tell;
} Child;

static pid_t migrate_in_child(const Place *place, const Child *child)
{
    pid_t process = fork();

    if (process != 0)
        return process;
    killing.real = place->driver;
    killing.calls_left = child->calls;
    killing.tell = child->tell;
    Driver driver = killing_driver(place->driver);
    if (!child->guarded)
        driver.audit_guard = NULL;
    Link *link = link_to(place, place->tenant);
    const Steps steps = {.list = child->steps, .count = child->step_count, .now = NOW, .prover = test_prover};
    _exit(is_ok(migrate(&driver, link, &steps)) ? 0 : 1);
}

static bool was_killed(pid_t process)
{
    int status = 0;

    EXPECT(waitpid(process, &status, 0) == process);
    EXPECT(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

/* How many calls the whole way takes. */
static uint32_t calls_of(uint32_t version)
{
    AUTO(place_remove) Place place = former_place(version);

    killing.real = place.driver;
    killing.calls_left = UINT32_MAX;
    killing.tell = -1;
    const Driver driver = killing_driver(place.driver);
    Link *link = link_to(&place, place.tenant);
    EXPECT_OK(migrate(&driver, link, &(Steps){.list = store_migrations, .count = store_migration_count, .now = NOW,
                                              .prover = test_prover}));
    place.driver->close(link);
    return UINT32_MAX - killing.calls_left;
}

#define EVERY_CALL 12 /* at the beginning and at the end; between them a row is like the next, in one transaction */
#define EVERY_NTH 10

TEST(killed_anywhere_it_is_the_former_schema_or_the_new_one_with_all_rows)
{
    for (uint32_t version = 1; version < store_migration_count; version++) {
        uint32_t former = 0, newer = 0, calls = 0;
        const uint32_t all = calls_of(version);
        for (bool killed = true; killed; calls += calls < EVERY_CALL || calls + EVERY_CALL > all ? 1 : EVERY_NTH) {
            AUTO(place_remove) Place place = former_place(version);
            const Child child = {.steps = store_migrations, .step_count = store_migration_count, .guarded = true,
                                 .calls = calls, .tell = -1};
    
            killed = was_killed(migrate_in_child(&place, &child));
            bool stayed = has_steps(&place, version);
            EXPECT(stayed || has_whole_steps(&place, version + 1));
            *(stayed ? &former : &newer) += 1;
            expect_rows(&place, version);
            place_open(&place);
            expect_verifies(&place, 5);
        }
        EXPECT(former > 5 && newer > 1);
    }
}

/* A step that cannot be run twice, and takes its time. */
static const Migration slow_steps[] = {
    {.sql = "CREATE TABLE counter(name TEXT PRIMARY KEY,value BIGINT NOT NULL);INSERT INTO counter VALUES('log',41);"},
    {.sql = "ALTER TABLE counter RENAME TO former;CREATE TABLE counter(name TEXT PRIMARY KEY,value BIGINT NOT NULL);"
            "INSERT INTO counter SELECT name,value+1000 FROM former;DROP TABLE former;CREATE TABLE later(n BIGINT);"
            "INSERT INTO later WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c WHERE n<300000) SELECT n FROM c;"},
};

/* At step 1: a child that is on its way to step 2. */
static Place slow_place(Child child, pid_t *ret_process)
{
    Place place = place_empty(NULL);
    Driver driver = *place.driver;

    driver.audit_guard = NULL;
    place.tenant = tenant_id;
    create_database(&place);
    Link *link = link_to(&place, place.tenant);
    EXPECT_OK(migrate(&driver, link, &(Steps){.list = slow_steps, .count = 1, .now = NOW, .prover = test_prover}));
    driver.close(link);
    child.steps = slow_steps;
    child.step_count = 2;
    *ret_process = migrate_in_child(&place, &child);
    return place;
}

/* What the step changes and the step's number go together; then the step can be run, and is not run twice. */
static bool expect_whole_step(const Place *place)
{
    Driver driver = *place->driver;
    Value columns[COLUMNS_MAX];
    bool row = false;

    driver.audit_guard = NULL;
    Link *link = link_to(place, place->tenant);
    bool stepped = is_ok(migrate_check(&driver, link, slow_steps, 2));
    EXPECT(stepped || is_ok(migrate_check(&driver, link, slow_steps, 1)));
    EXPECT_OK(migrate(&driver, link, &(Steps){.list = slow_steps, .count = 2, .now = NOW, .prover = test_prover}));
    EXPECT_OK(driver.query(link, SQL_LOG_NUMBER, NULL));
    EXPECT_OK(driver.step(link, columns, &row));
    EXPECT(row && columns[0].number == 1042);
    driver.close(link);
    return stepped;
}

TEST(a_step_is_there_with_its_number_or_not_at_all_wherever_it_is_killed)
{
    uint32_t calls = 0, stepped = 0;

    for (bool killed = true; killed; calls++) {
        pid_t process = 0;
        AUTO(place_remove) Place place = slow_place((Child){.calls = calls, .tell = -1}, &process);
        killed = was_killed(process);
        stepped += expect_whole_step(&place);
    }
    EXPECT(calls > 6 && stepped > 1 && stepped < calls);
}

TEST(a_step_that_is_killed_half_way_never_happened)
{
    int ends[2];
    char begun;
    pid_t process = 0;

    EXPECT(pipe(ends) == 0);
    AUTO(place_remove) Place place = slow_place((Child){.calls = UINT32_MAX, .tell = ends[1]}, &process);
    close(ends[1]);
    EXPECT(read(ends[0], &begun, 1) == 1);
    usleep(20000);
    EXPECT(kill(process, SIGKILL) == 0 && was_killed(process));
    EXPECT(!expect_whole_step(&place));
    close(ends[0]);
}

RUN_TESTS("schema")
