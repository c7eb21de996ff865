/* SQLite: write-ahead log, full sync, one writing connection per file that also makes every checkpoint.
 * Must not checkpoint from a reader (Debian's 3.40.1 can corrupt a file when two connections write at once).
 * Called by store through the table at the end. */
#include "store/sqlite/sqlite.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "sys/file.h"

#define PATH_MAX_BYTES 512
#define PARAMETERS_MAX 24
#define CHECKPOINT_PAGES 4000
#define BUSY_MS 5000
#define WRITER_STATEMENTS 16
#define PURGE_MS 50 /* all who write wait for it */

/* The steps of a transaction: those of the driver's table, and its two ends. */
enum { STEP_BEGIN = TX_STEP_COUNT, STEP_COMMIT, STEP_COUNT };

typedef struct Prepared {
    sqlite3_stmt *statement;
    uint8_t place[PARAMETERS_MAX];   /* SQLite's index of $1, $2 ... */
} Prepared;

typedef struct Queued {
    enum sql id;
    const Value *parameters;
} Queued;

struct Link {
    sqlite3 *database;
    enum link_use use;
    bool sealed;                     /* the schema is done: the authorizer is strict now */
    bool broken;
    int log_pages;                   /* of the write-ahead log after the last commit */
    uint32_t prepared_count;
    const Statement *current;
    sqlite3_stmt *running;
    sqlite3_stmt *steps[STEP_COUNT];
    Prepared prepared[SQL_COUNT];
    Queued queued[QUEUE_MAX];        /* run when next comes to them */
    uint32_t queued_first, queued_count;
};

static Err database_path(Str place, const char *database, char ret_path[static PATH_MAX_BYTES])
{
    const char *folder = strcmp(database, "host") == 0 ? "/" : "/municipality/";
    const Str parts[] = {place, str_from_c(folder), str_from_c(database), STR(".db")};
    char path[PATH_MAX_BYTES];
    size_t at = 0;

    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].length >= sizeof path - at)
            return fail(E_TOO_LARGE);
        memcpy(path + at, parts[i].data, parts[i].length);
        at += parts[i].length;
    }
    path[at] = '\0';
    memcpy(ret_path, path, at + 1);
    return ok();
}

static Err error_of(Link *link, int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return ok();
    case SQLITE_FULL:
        return fail(E_DISK_FULL);
    case SQLITE_CONSTRAINT:
        return fail(code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ? E_DUPLICATE : E_INVALID);
    case SQLITE_NOMEM:
        return fail(E_NO_MEMORY);
    case SQLITE_TOOBIG:
        return fail(E_TOO_LARGE);
    case SQLITE_AUTH:
        return fail(E_INTERNAL);
    default:
        link->broken = true;
        return fail(E_STORE);
    }
}

/* ---- what a connection may do ---- */

static bool is_audit(const char *table)
{
    return table && (strcmp(table, "audit") == 0 || strcmp(table, "schema_version") == 0);
}

static int may(void *self, int action, const char *first, const char *second, const char *database, const char *trigger)
{
    const Link *link = self;
    (void)second, (void)database, (void)trigger;

    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return SQLITE_OK;
    case SQLITE_INSERT:
        return link->use == LINK_WRITES ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return link->use == LINK_WRITES && (!link->sealed || !is_audit(first)) ? SQLITE_OK : SQLITE_DENY;
    default:
        return link->use == LINK_WRITES && !link->sealed ? SQLITE_OK : SQLITE_DENY;
    }
}

static Err run_script(Link *link, const char *sql)
{
    return error_of(link, sqlite3_exec(link->database, sql, NULL, NULL, NULL));
}

static int note_log(void *self, sqlite3 *database, const char *name, int pages)
{
    Link *link = self;
    (void)database, (void)name;
    link->log_pages = pages;
    return SQLITE_OK;
}

static const char writing_pragmas[] =
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON;"
    "PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;PRAGMA mmap_size=0;PRAGMA temp_store=MEMORY;"
    "PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-2000;";
static const char reading_pragmas[] =
    "PRAGMA query_only=ON;PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;PRAGMA mmap_size=0;"
    "PRAGMA temp_store=MEMORY;PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-512;";

static Err configure(Link *link)
{
    sqlite3_extended_result_codes(link->database, 1);
    sqlite3_busy_timeout(link->database, BUSY_MS);
    TRY(error_of(link, sqlite3_db_config(link->database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL)));
    TRY(error_of(link, sqlite3_db_config(link->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL)));
    TRY(run_script(link, link->use == LINK_WRITES ? writing_pragmas : reading_pragmas));
    if (link->use == LINK_WRITES)
        sqlite3_wal_hook(link->database, note_log, link);
    link->sealed = link->use == LINK_READS;
    return error_of(link, sqlite3_set_authorizer(link->database, may, link));
}

/* ---- opening ---- */

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

static void sqlite_close_link(Link *link)
{
    for (uint32_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(link->prepared[i].statement);
    for (uint32_t i = 0; i < STEP_COUNT; i++)
        sqlite3_finalize(link->steps[i]);
    sqlite3_close_v2(link->database);
    free(link);
}

static Err sqlite_connect(Str place, const char *database, enum link_use use, Link **ret_link)
{
    char path[PATH_MAX_BYTES];
    const int flags = use == LINK_WRITES ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;

    TRY(database_path(place, database, path));
    if (access(path, F_OK) != 0)
        return fail(E_NOT_FOUND);
    Link *link = calloc(1, sizeof *link);
    if (!link)
        return fail(E_NO_MEMORY);
    link->use = use;
    Err error = error_of(link, sqlite3_open_v2(path, &link->database, flags | SQLITE_OPEN_NOMUTEX, NULL));
    if (is_ok(error))
        error = configure(link);
    if (!is_ok(error)) {
        sqlite_close_link(link);
        return error;
    }
    *ret_link = link;
    return ok();
}

static Err municipality_folder(Str place)
{
    char path[PATH_MAX_BYTES];
    const Str tail = STR("/municipality");

    if (place.length + tail.length >= sizeof path)
        return fail(E_TOO_LARGE);
    memcpy(path, place.data, place.length);
    memcpy(path + place.length, tail.data, tail.length);
    path[place.length + tail.length] = '\0';
    return folder_create_private(path);
}

/* The file is made here with its mode; SQLite gives the same mode to its companions. */
static Err sqlite_create(Str place, const char *database)
{
    char path[PATH_MAX_BYTES];

    TRY(database_path(place, database, path));
    if (access(path, F_OK) == 0)
        return fail(E_DUPLICATE);
    TRY(municipality_folder(place));
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(E_IO);
    fd_close(fd);
    return ok();
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
    return error_of(link, run_step(link, STEP_BEGIN));
}

static Err step_tx(Link *link, enum tx_step step)
{
    finish(link);
    if (step == TX_ROLLBACK && sqlite3_get_autocommit(link->database))
        return ok();
    return error_of(link, run_step(link, step));
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
    return error_of(link, code);
}

/* ---- statements ---- */

static Err prepare(Link *link, enum sql id, Prepared *prepared)
{
    const char *parameter = statements[id].parameters;
    char name[4] = "$";

    TRY(error_of(link, sqlite3_prepare_v3(link->database, statements[id].sql, -1, SQLITE_PREPARE_PERSISTENT,
                                          &prepared->statement, NULL)));
    for (uint32_t i = 0; parameter[i] != '\0'; i++) {
        if (i >= PARAMETERS_MAX)
            return fail(E_INTERNAL);
        uint32_t number = i + 1;
        name[1] = (char)(number < 10 ? '0' + number : '0' + number / 10);
        name[2] = (char)(number < 10 ? '\0' : '0' + number % 10);
        name[3] = '\0';
        prepared->place[i] = (uint8_t)sqlite3_bind_parameter_index(prepared->statement, name);
    }
    link->prepared_count++;
    return ok();
}

static int bind(sqlite3_stmt *statement, int place, const Value *value)
{
    switch (value->type) {
    case VALUE_NULL:
        return sqlite3_bind_null(statement, place);
    case VALUE_NUMBER:
        return sqlite3_bind_int64(statement, place, value->number);
    case VALUE_BYTES:
        if (value->bytes.length == 0)
            return sqlite3_bind_zeroblob(statement, place, 0);
        return sqlite3_bind_blob64(statement, place, value->bytes.data, value->bytes.length, SQLITE_STATIC);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, place, value->bytes.data ? value->bytes.data : "", value->bytes.length,
                                   SQLITE_STATIC, SQLITE_UTF8);
    }
    return SQLITE_MISUSE;
}

static Err run(Link *link, enum sql id, const Value *parameters)
{
    Prepared *prepared = &link->prepared[id];

    end_statement(link);
    if (!prepared->statement)
        TRY(prepare(link, id, prepared));
    for (uint32_t i = 0; statements[id].parameters[i] != '\0'; i++)
        if (prepared->place[i] > 0)
            TRY(error_of(link, bind(prepared->statement, prepared->place[i], &parameters[i])));
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

static void column(sqlite3_stmt *statement, int place, Value *ret_value)
{
    int type = sqlite3_column_type(statement, place);

    *ret_value = (Value){.type = VALUE_NULL};
    if (type == SQLITE_INTEGER) {
        *ret_value = (Value){.type = VALUE_NUMBER, .number = sqlite3_column_int64(statement, place)};
    } else if (type == SQLITE_BLOB || type == SQLITE_TEXT) {
        const void *bytes = type == SQLITE_BLOB ? sqlite3_column_blob(statement, place)
                                                : (const void *)sqlite3_column_text(statement, place);
        *ret_value = (Value){.type = type == SQLITE_BLOB ? VALUE_BYTES : VALUE_TEXT,
                             .bytes = str_from_bytes(bytes, (size_t)sqlite3_column_bytes(statement, place))};
    }
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
        return error_of(link, code);
    }
    int count = sqlite3_column_count(link->running);
    for (int i = 0; i < count && i < COLUMNS_MAX; i++)
        column(link->running, i, &columns[i]);
    *ret_row = true;
    return ok();
}

static Err post(Link *link, enum sql id, const Value *parameters)
{
    TRY(query(link, id, parameters));
    int code = sqlite3_step(link->running);
    finish(link);
    return error_of(link, code);
}

/* ---- many connections in little memory ---- */

static void cool(Link *link)
{
    finish(link);
    for (uint32_t i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(link->prepared[i].statement);
        link->prepared[i].statement = NULL;
    }
    link->prepared_count = 0;
}

/* Pages help a reader within one snapshot only: the next commit, and each page of a log makes one, ends what it has of them.
 * A writer that only adds lines to the chain keeps its few statements. */
static void rest(Link *link)
{
    finish(link);
    sqlite3_db_release_memory(link->database);
    if (link->use == LINK_WRITES && link->prepared_count > WRITER_STATEMENTS)
        cool(link);
}

/* ---- keeping the write-ahead log small ---- */

static void tidy(Link *link, bool idle)
{
    if (link->log_pages == 0 || (!idle && link->log_pages < CHECKPOINT_PAGES))
        return;
    /* Passive: it waits for nobody; what a reader holds back is done the next time. */
    int log = 0, done = 0;
    int code = sqlite3_wal_checkpoint_v2(link->database, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &done);
    if (code == SQLITE_OK && log == done)
        link->log_pages = 0;
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
    TRY(error_of(link, code));
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
    .reading_max = 512,
    .warm_max = 96,
    .blob_type = "BLOB",
    .id_type = "INTEGER",
    .create = sqlite_create,
    .connect = sqlite_connect,
    .close = sqlite_close_link,
    .script = run_script,
    .seal_schema = seal_schema,
    .begin = begin,
    .step_tx = step_tx,
    .commit = commit,
    .query = query,
    .queue = queue,
    .next = next,
    .post = post,
    .step = step,
    .finish = finish,
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
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, configure_library);
    return &driver;
}
