/* SQLite: write-ahead log, full sync, one writing connection per file that also makes every checkpoint.
 * Must not checkpoint from a reader (Debian's 3.40.1 can corrupt a file when two connections write at once).
 * Called by store through the table at the end. */
#include "store/sqlite/sqlite.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "store/sqlite/copy.h"
#include "store/sqlite/open.h"

#define CHECKPOINT_PAGES 4000
#define RESTING_PAGES 200 /* where others are written in turn: a sync of a file that grows costs twice that of one written over */
#define WRITER_STATEMENTS 4 /* those of a page: a line in the chain, and the session touched */
#define PAGES_KEPT (256 << 10)
#define PURGE_MS 50 /* all who write wait for it */

/* ---- the statement that runs ---- */

static void end_statement(Link *link)
{
    if (link->running)
        sqlite3_reset(link->running);
    link->running = NULL;
}

static void finish(Link *link)
{
    end_statement(link);
    link->queued_first = link->queued_count = 0;
}

static Err seal_schema(Link *link)
{
    link->sealed = true;
    return ok();
}

/* ---- transactions ---- */

static const char *const step_texts[STEP_COUNT] = {
    [TX_SAVEPOINT] = "SAVEPOINT work",
    [TX_RELEASE] = "RELEASE work",
    [TX_ROLLBACK_TO] = "ROLLBACK TO work",
    [TX_ROLLBACK] = "ROLLBACK",
    [STEP_BEGIN] = "BEGIN",
    [STEP_COMMIT] = "COMMIT",
};

static const char *step_text(const Link *link, unsigned step)
{
    return step == STEP_BEGIN && link->use == LINK_WRITES ? "BEGIN IMMEDIATE" : step_texts[step];
}

/* Each step is prepared once a connection. Returns SQLite's code. */
static int run_step(Link *link, unsigned step)
{
    if (!link->steps[step]) {
        int code = sqlite3_prepare_v3(link->database, step_text(link, step), -1, SQLITE_PREPARE_PERSISTENT, &link->steps[step],
                                      NULL);
        if (code != SQLITE_OK)
            return code;
    }
    int code = sqlite3_step(link->steps[step]);
    sqlite3_reset(link->steps[step]);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static Err begin(Link *link)
{
    return sqlite_error(link, run_step(link, STEP_BEGIN));
}

static Err step_tx(Link *link, enum tx_step step)
{
    finish(link);
    if (step == TX_ROLLBACK && sqlite3_get_autocommit(link->database))
        return ok();
    return sqlite_error(link, run_step(link, step));
}

/* A commit that failed in the middle of a sync may or may not be found after a crash. */
static Err commit(Link *link)
{
    finish(link);
    int code = run_step(link, STEP_COMMIT);
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) {
        link->broken = true;
        return fail(E_UNKNOWN_OUTCOME);
    }
    return sqlite_error(link, code);
}

/* ---- statements ---- */

/* SQLite numbers a parameter where its text first stands. */
static Err find_places(Prepared *prepared, const char *parameters)
{
    char name[4] = "$";

    for (uint32_t i = 0; parameters[i] != '\0'; i++) {
        if (i >= PARAMETERS_MAX)
            return fail(E_INTERNAL);
        uint32_t number = i + 1;
        name[1] = (char)(number < 10 ? '0' + number : '0' + number / 10);
        name[2] = (char)(number < 10 ? '\0' : '0' + number % 10);
        name[3] = '\0';
        prepared->place[i] = (uint8_t)sqlite3_bind_parameter_index(prepared->statement, name);
    }
    return ok();
}

static Err prepare(Link *link, enum sql id)
{
    Prepared *prepared = calloc(1, sizeof *prepared);

    if (!prepared)
        return fail(E_NO_MEMORY);
    Err error = sqlite_error(link, sqlite3_prepare_v3(link->database, statements[id].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                                      &prepared->statement, NULL));
    if (is_ok(error))
        error = find_places(prepared, statements[id].parameters);
    if (!is_ok(error)) {
        sqlite3_finalize(prepared->statement);
        free(prepared);
        return error;
    }
    link->prepared[id] = prepared;
    link->prepared_count++;
    return ok();
}

static Err run(Link *link, enum sql id, const Value *parameters)
{
    end_statement(link);
    if (!link->prepared[id])
        TRY(prepare(link, id));
    const Prepared *prepared = link->prepared[id];
    for (uint32_t i = 0; statements[id].parameters[i] != '\0'; i++)
        if (prepared->place[i] > 0)
            TRY(sqlite_error(link, sqlite_bind(prepared->statement, prepared->place[i], &parameters[i])));
    link->running = prepared->statement;
    link->current = &statements[id];
    return ok();
}

static Err query(Link *link, enum sql id, const Value *parameters)
{
    finish(link);
    return run(link, id, parameters);
}

static Err queue(Link *link, enum sql id, const Value *parameters)
{
    if (link->queued_count == QUEUE_MAX)
        return fail(E_INTERNAL);
    link->queued[link->queued_count++] = (Queued){.id = id, .parameters = parameters};
    return ok();
}

static Err next(Link *link)
{
    if (link->queued_first == link->queued_count)
        return fail(E_INTERNAL);
    const Queued *queued = &link->queued[link->queued_first++];
    Err error = run(link, queued->id, queued->parameters);
    if (link->queued_first == link->queued_count)
        link->queued_first = link->queued_count = 0;
    return error;
}

static Err step(Link *link, Value *columns, bool *ret_row)
{
    if (!link->running) {
        *ret_row = false;
        return ok();
    }
    int code = sqlite3_step(link->running);
    if (code != SQLITE_ROW) {
        end_statement(link);
        *ret_row = false;
        return sqlite_error(link, code);
    }
    int count = sqlite3_column_count(link->running);
    for (int i = 0; i < count && i < COLUMNS_MAX; i++)
        sqlite_column(link->running, i, &columns[i]);
    *ret_row = true;
    return ok();
}

static Err post(Link *link, enum sql id, const Value *parameters)
{
    TRY(query(link, id, parameters));
    int code = sqlite3_step(link->running);
    finish(link);
    return sqlite_error(link, code);
}

/* ---- keeping the write-ahead log small ---- */

/* Passive: it waits for nobody; what a reader holds back is done the next time. */
static void checkpoint(Link *link)
{
    int log = 0, done = 0;
    int code = sqlite3_wal_checkpoint_v2(link->database, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &done);

    if (code == SQLITE_OK && log == done)
        link->log_pages = 0;
}

static void tidy(Link *link, bool idle)
{
    if (link->log_pages > 0 && (idle || link->log_pages >= CHECKPOINT_PAGES))
        checkpoint(link);
}

/* ---- many connections in little memory ---- */

static void cool(Link *link)
{
    finish(link);
    sqlite_forget_statements(link);
    sqlite3_db_release_memory(link->database);
}

/* So much memory of pages stays with a connection that rests: a log of a hundred entries, and the host's list. */
static bool has_few_pages(Link *link)
{
    int used = 0, most = 0;

    return sqlite3_db_status(link->database, SQLITE_DBSTATUS_CACHE_USED, &used, &most, 0) == SQLITE_OK && used <= PAGES_KEPT;
}

/* A reader keeps a few pages for as long as its statements: another reading of the same request, and of a database that nobody has
 * written since, finds them. A writer that only adds lines to the chain keeps its few statements, and leaves a write-ahead log
 * that is written over. */
static void rest(Link *link)
{
    finish(link);
    if (link->use == LINK_READS && has_few_pages(link))
        return;
    if (link->use == LINK_WRITES && link->log_pages >= RESTING_PAGES)
        checkpoint(link);
    if (link->use == LINK_WRITES && link->prepared_count > WRITER_STATEMENTS)
        cool(link);
    else
        sqlite3_db_release_memory(link->database);
}

static Err purge(Link *link)
{
    int log = 0, done = 0;

    finish(link);
    sqlite3_busy_timeout(link->database, PURGE_MS);
    int code = sqlite3_wal_checkpoint_v2(link->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, &log, &done);
    sqlite3_busy_timeout(link->database, BUSY_MS);
    if ((code & 0xff) == SQLITE_BUSY)
        return fail(E_BUSY);
    TRY(sqlite_error(link, code));
    link->log_pages = 0;
    return ok();
}

static bool broken(const Link *link)
{
    return link->broken;
}

static const Driver driver = {
    .name = "sqlite",
    .keeps_remains = true,
    .writing_max = 512,
    .reading_max = 368,
    .warm_max = 40,
    .blob_type = "BLOB",
    .by_key = " WITHOUT ROWID",
    .id_type = "INTEGER",
    .create = sqlite_create,
    .find = sqlite_find,
    .forget = sqlite_forget,
    .connect = sqlite_connect,
    .close = sqlite_close_link,
    .script = sqlite_script,
    .seal_schema = seal_schema,
    .check_schema = sqlite_check_schema,
    .begin = begin,
    .step_tx = step_tx,
    .commit = commit,
    .query = query,
    .queue = queue,
    .next = next,
    .post = post,
    .step = step,
    .finish = finish,
    .hold = begin,
    .copy_out = sqlite_copy_out,
    .fill_begin = sqlite_fill_begin,
    .fill_table = sqlite_fill_table,
    .fill_row = sqlite_fill_row,
    .fill_end = sqlite_fill_end,
    .rest = rest,
    .cool = cool,
    .tidy = tidy,
    .purge = purge,
    .broken = broken,
};

/* SQLite would count every byte under one lock, for figures that nobody asks for: all readers waited for each other there. */
static void configure_library(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

const Driver *sqlite_driver(void)
{
    static atomic_flag configured = ATOMIC_FLAG_INIT;

    if (!atomic_flag_test_and_set(&configured))
        configure_library();
    return &driver;
}
