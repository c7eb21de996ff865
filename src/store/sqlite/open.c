/* Files of SQLite and connections to them: how each is set up, and what it is allowed.
 * Must not let a reader write, nor anybody change the schema or a line of the audit once the schema is done, nor run what
 * another process planted in the schema.
 * Called by sqlite.c and through the driver's table. */
#include "store/sqlite/open.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sys/file.h"

#define PATH_MAX_BYTES 512

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

Err sqlite_error(Link *link, int code)
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

/* For what a statement reads, origin may be a common table expression of ours; what it changes comes from no trigger. */
static int may(void *self, int action, const char *first, const char *second, const char *database, const char *origin)
{
    const Link *link = self;
    (void)second, (void)database;

    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return SQLITE_OK;
    case SQLITE_INSERT:
        return link->use == LINK_WRITES && !origin ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return link->use == LINK_WRITES && !origin && (!link->sealed || !is_audit(first)) ? SQLITE_OK : SQLITE_DENY;
    default:
        return link->use == LINK_WRITES && !link->sealed ? SQLITE_OK : SQLITE_DENY;
    }
}

Err sqlite_script(Link *link, const char *sql)
{
    return sqlite_error(link, sqlite3_exec(link->database, sql, NULL, NULL, NULL));
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
    "PRAGMA temp_store=MEMORY;PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-3000;";

static Err switch_to(Link *link, int option, int on)
{
    return sqlite_error(link, sqlite3_db_config(link->database, option, on, NULL));
}

static Err configure(Link *link)
{
    sqlite3_extended_result_codes(link->database, 1);
    sqlite3_busy_timeout(link->database, BUSY_MS);
    TRY(switch_to(link, SQLITE_DBCONFIG_DEFENSIVE, 1));
    TRY(switch_to(link, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1));
    /* A trigger that another process planted would change rows within our own transactions, and the chain and the log's
     * head would be made over what it wrote: as if we had written it. Our schema has neither triggers nor views. */
    TRY(switch_to(link, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0));
    TRY(switch_to(link, SQLITE_DBCONFIG_ENABLE_VIEW, 0));
    TRY(sqlite_script(link, link->use == LINK_WRITES ? writing_pragmas : reading_pragmas));
    if (link->use == LINK_WRITES)
        sqlite3_wal_hook(link->database, note_log, link);
    link->sealed = link->use == LINK_READS;
    return sqlite_error(link, sqlite3_set_authorizer(link->database, may, link));
}

/* ---- values ---- */

int sqlite_bind(sqlite3_stmt *statement, int place, const Value *value)
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

/* Looked up once: each of sqlite3_column_type, _int64 and so on looks for the column anew. Such a value may be looked at by the
 * one thread that has the connection, and a connection has one (SQLITE_OPEN_NOMUTEX). */
void sqlite_column(sqlite3_stmt *statement, int place, Value *ret_value)
{
    sqlite3_value *found = sqlite3_column_value(statement, place);
    int type = sqlite3_value_type(found);

    *ret_value = (Value){.type = VALUE_NULL};
    if (type == SQLITE_INTEGER) {
        *ret_value = (Value){.type = VALUE_NUMBER, .number = sqlite3_value_int64(found)};
    } else if (type == SQLITE_BLOB || type == SQLITE_TEXT) {
        const void *bytes = type == SQLITE_BLOB ? sqlite3_value_blob(found) : (const void *)sqlite3_value_text(found);
        *ret_value = (Value){.type = type == SQLITE_BLOB ? VALUE_BYTES : VALUE_TEXT,
                             .bytes = str_from_bytes(bytes, (size_t)sqlite3_value_bytes(found))};
    }
}

/* ---- the schema ---- */

Err sqlite_check_schema(Link *link)
{
    sqlite3_stmt *statement = NULL;
    const char *planted = "SELECT 1 FROM sqlite_schema WHERE type IN ('trigger','view') LIMIT 1";

    TRY(sqlite_error(link, sqlite3_prepare_v2(link->database, planted, -1, &statement, NULL)));
    int code = sqlite3_step(statement);
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? fail(E_SCHEMA) : sqlite_error(link, code);
}

/* ---- opening ---- */

void sqlite_forget_statements(Link *link)
{
    for (uint32_t i = 0; i < SQL_COUNT; i++) {
        if (link->prepared[i])
            sqlite3_finalize(link->prepared[i]->statement);
        free(link->prepared[i]);
        link->prepared[i] = NULL;
    }
    link->prepared_count = 0;
}

void sqlite_close_link(Link *link)
{
    sqlite_forget_statements(link);
    sqlite3_finalize(link->filling);
    for (uint32_t i = 0; i < STEP_COUNT; i++)
        sqlite3_finalize(link->steps[i]);
    sqlite3_close_v2(link->database);
    free(link);
}

Err sqlite_find(Str place, const char *database)
{
    char path[PATH_MAX_BYTES];

    TRY(database_path(place, database, path));
    return access(path, F_OK) == 0 ? ok() : fail(E_NOT_FOUND);
}

Err sqlite_connect(Str place, const char *database, enum link_use use, Link **ret_link)
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
    Err error = sqlite_error(link, sqlite3_open_v2(path, &link->database, flags | SQLITE_OPEN_NOMUTEX, NULL));
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
Err sqlite_create(Str place, const char *database)
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

/* Its companions first: without the file itself nobody takes them for anything. */
Err sqlite_forget(Str place, const char *database)
{
    static const char *const ends[] = {"-wal", "-shm", "-journal", ""};
    char path[PATH_MAX_BYTES + 16];

    TRY(database_path(place, database, path));
    const size_t length = strlen(path);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        memcpy(path + length, ends[i], strlen(ends[i]) + 1);
        TRY(file_remove(path));
    }
    return ok();
}
