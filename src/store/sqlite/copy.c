/* Every table of a file, read in one snapshot; and a new file, filled table by table.
 * Must not build a statement from a name that copy_name has not looked at.
 * Called through the driver's table. */
#include "store/sqlite/copy.h"

#include <stdio.h>
#include <string.h>

#include "store/sqlite/open.h"

#define SQL_MAX 4096
#define TABLES_MAX 128

/* ---- out ---- */

typedef struct Names {
    char names[TABLES_MAX][DATABASE_NAME];
    uint32_t count;
} Names;

static Str text_of(sqlite3_stmt *statement, int place)
{
    const char *text = (const char *)sqlite3_column_text(statement, place);

    return str_from_bytes(text ? text : "", (size_t)sqlite3_column_bytes(statement, place));
}

static Err read_names(Link *link, sqlite3_stmt *statement, Names *names)
{
    for (;;) {
        int code = sqlite3_step(statement);
        if (code == SQLITE_DONE)
            return ok();
        if (code != SQLITE_ROW)
            return sqlite_error(link, code);
        if (names->count == TABLES_MAX)
            return fail(E_SCHEMA);
        TRY(copy_name(text_of(statement, 0), names->names[names->count]));
        names->count++;
    }
}

static Err find_names(Link *link, Names *names)
{
    static const char sql[] = "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    sqlite3_stmt *statement = NULL;

    TRY(sqlite_error(link, sqlite3_prepare_v2(link->database, sql, -1, &statement, NULL)));
    Err found = read_names(link, statement, names);
    sqlite3_finalize(statement);
    return found;
}

static Err describe(sqlite3_stmt *statement, const char *name, CopyTable *ret_table)
{
    CopyTable table = {.count = 0};

    TRY(copy_name(str_from_c(name), table.name));
    for (int i = 0; i < sqlite3_column_count(statement); i++)
        TRY(copy_table_add(&table, str_from_c(sqlite3_column_name(statement, i))));
    *ret_table = table;
    return ok();
}

static Err rows_out(Link *link, sqlite3_stmt *statement, uint32_t count, const CopyOut *out)
{
    Value values[COLUMNS_MAX];

    for (;;) {
        int code = sqlite3_step(statement);
        if (code == SQLITE_DONE)
            return ok();
        if (code != SQLITE_ROW)
            return sqlite_error(link, code);
        for (uint32_t i = 0; i < count; i++)
            sqlite_column(statement, (int)i, &values[i]);
        TRY(out->row(out->self, values, count));
    }
}

static Err table_out(Link *link, sqlite3_stmt *statement, const char *name, const CopyOut *out)
{
    CopyTable table;
    bool wanted = false;

    TRY(describe(statement, name, &table));
    TRY(out->table(out->self, &table, &wanted));
    return wanted ? rows_out(link, statement, table.count, out) : ok();
}

Err sqlite_copy_out(Link *link, const CopyOut *out)
{
    Names names = {.count = 0};
    char sql[SQL_MAX];

    TRY(find_names(link, &names));
    for (uint32_t i = 0; i < names.count; i++) {
        sqlite3_stmt *statement = NULL;
        snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", names.names[i]);
        TRY(sqlite_error(link, sqlite3_prepare_v2(link->database, sql, -1, &statement, NULL)));
        Err copied = table_out(link, statement, names.names[i], out);
        sqlite3_finalize(statement);
        TRY(copied);
    }
    return ok();
}

/* ---- in ---- */

Err sqlite_fill_begin(Link *link)
{
    sqlite_forget_statements(link);
    return ok();
}

/* The columns' names, then as many places. */
static Err insert_text(const CopyTable *table, char ret_sql[static SQL_MAX])
{
    int at = snprintf(ret_sql, SQL_MAX, "INSERT INTO \"%s\"(", table->name);

    for (uint32_t i = 0; i < table->count; i++)
        at += snprintf(ret_sql + at, SQL_MAX - (size_t)at, "%s\"%s\"", i ? "," : "", table->columns[i]);
    at += snprintf(ret_sql + at, SQL_MAX - (size_t)at, ") VALUES (");
    for (uint32_t i = 0; i < table->count; i++)
        at += snprintf(ret_sql + at, SQL_MAX - (size_t)at, "%s?", i ? "," : "");
    at += snprintf(ret_sql + at, SQL_MAX - (size_t)at, ")");
    return at < SQL_MAX ? ok() : fail(E_TOO_LARGE);
}

Err sqlite_fill_table(Link *link, const CopyTable *table)
{
    char sql[SQL_MAX];

    TRY(insert_text(table, sql));
    int code = sqlite3_prepare_v2(link->database, sql, -1, &link->filling, NULL);
    if (code == SQLITE_ERROR)
        return fail(E_MALFORMED);
    TRY(sqlite_error(link, code));
    link->filling_columns = table->count;
    return sqlite_script(link, "BEGIN IMMEDIATE");
}

Err sqlite_fill_row(Link *link, const Value *values)
{
    for (uint32_t i = 0; i < link->filling_columns; i++)
        TRY(sqlite_error(link, sqlite_bind(link->filling, (int)i + 1, &values[i])));
    int code = sqlite3_step(link->filling);
    sqlite3_reset(link->filling);
    return sqlite_error(link, code);
}

/* What was committed leaves the write-ahead log at once: it does not grow to the size of the database. */
Err sqlite_fill_end(Link *link)
{
    sqlite3_finalize(link->filling);
    link->filling = NULL;
    TRY(sqlite_script(link, "COMMIT"));
    return sqlite_error(link, sqlite3_wal_checkpoint_v2(link->database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
}
