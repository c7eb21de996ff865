/* Every table of a schema, read row by row in one snapshot; and a new schema, filled by COPY in its binary form.
 * Must not build a statement from a name that copy_name has not looked at, nor hold a table in memory.
 * Called through the driver's table. */
#include "store/postgres/copy.h"

#include <stdio.h>
#include <string.h>

#include "store/postgres/pipeline.h"

#define SQL_MAX 4096

static Err good(Link *link, PGresult *result, ExecStatusType wanted)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool unknown = state && strncmp(state, "42", 2) == 0 && strcmp(state, "42501") != 0;
    Err error = PQresultStatus(result) == wanted ? ok() : unknown ? fail(E_MALFORMED) : pipeline_error(link, result);

    PQclear(result);
    return error;
}

static Err run(Link *link, const char *sql)
{
    return good(link, PQexec(link->connection, sql), PGRES_COMMAND_OK);
}

/* ---- out ---- */

/* A reading connection's transactions are read only and repeatable. This one is begun by name: the syncs of a pipeline do not end it. */
Err postgres_hold(Link *link)
{
    TRY(pipeline_leave(link));
    TRY(run(link, "SET idle_in_transaction_session_timeout=0"));
    TRY(run(link, "BEGIN"));
    link->inside = true;
    return ok();
}

static Err describe(const PGresult *result, const char *name, CopyTable *ret_table)
{
    CopyTable table = {.count = 0};

    TRY(copy_name(str_from_c(name), table.name));
    for (int i = 0; i < PQnfields(result); i++)
        TRY(copy_table_add(&table, str_from_c(PQfname(result, i))));
    *ret_table = table;
    return ok();
}

/* The first answer, of a row or of the end, names the columns. */
typedef struct TableOut {
    const CopyOut *out;
    const char *name;
    CopyTable table;
    bool begun, wanted;
} TableOut;

static Err take(TableOut *table, const PGresult *result)
{
    Value values[COLUMNS_MAX];

    if (!table->begun) {
        table->begun = true;
        TRY(describe(result, table->name, &table->table));
        TRY(table->out->table(table->out->self, &table->table, &table->wanted));
    }
    for (int row = 0; row < PQntuples(result) && table->wanted; row++) {
        for (uint32_t i = 0; i < table->table.count; i++)
            pipeline_column(result, row, (int)i, &values[i]);
        TRY(table->out->row(table->out->self, values, table->table.count));
    }
    return ok();
}

/* Reads to the end also when nobody wants the rest: the connection is then closed by whoever sees the error. */
static Err rows_out(Link *link, TableOut *table)
{
    for (;;) {
        PGresult *result = PQgetResult(link->connection);
        if (!result)
            return ok();
        ExecStatusType status = PQresultStatus(result);
        bool has_rows = status == PGRES_SINGLE_TUPLE || status == PGRES_TUPLES_OK;
        Err taken = has_rows ? take(table, result) : pipeline_error(link, result);
        PQclear(result);
        if (is_ok(taken))
            continue;
        link->broken = true;
        return taken;
    }
}

static Err table_out(Link *link, const char *name, const CopyOut *out)
{
    TableOut table = {.out = out, .name = name};
    char sql[SQL_MAX], checked[DATABASE_NAME];

    TRY(copy_name(str_from_c(name), checked));
    snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", checked);
    if (PQsendQueryParams(link->connection, sql, 0, NULL, NULL, NULL, NULL, 1) != 1 || PQsetSingleRowMode(link->connection) != 1) {
        link->broken = true;
        return fail(E_STORE);
    }
    return rows_out(link, &table);
}

Err postgres_copy_out(Link *link, const CopyOut *out)
{
    TRY(pipeline_leave(link));
    PGresult *names = PQexec(link->connection,
                             "SELECT relname FROM pg_class WHERE relnamespace=current_schema()::regnamespace AND relkind='r' ORDER BY oid");
    Err copied = PQresultStatus(names) == PGRES_TUPLES_OK ? ok() : pipeline_error(link, names);
    for (int i = 0; is_ok(copied) && i < PQntuples(names); i++)
        copied = table_out(link, PQgetvalue(names, i, 0), out);
    PQclear(names);
    return copied;
}

/* ---- in ---- */

static Err put(Link *link, const void *bytes, size_t length)
{
    if (length > INT32_MAX)
        return fail(E_TOO_LARGE);
    if (PQputCopyData(link->connection, bytes, (int)length) == 1)
        return ok();
    link->broken = true;
    return fail(E_STORE);
}

static void be(uint64_t number, int width, char *ret_bytes)
{
    for (int i = 0; i < width; i++)
        ret_bytes[i] = (char)(number >> (8 * (width - 1 - i)) & 0xff);
}

Err postgres_fill_begin(Link *link)
{
    return pipeline_leave(link);
}

Err postgres_fill_table(Link *link, const CopyTable *table)
{
    static const char signature[19] = "PGCOPY\n\377\r\n"; /* then a zero, no flags, no extension */
    char sql[SQL_MAX];
    int at = snprintf(sql, sizeof sql, "COPY \"%s\"(", table->name);

    for (uint32_t i = 0; i < table->count; i++)
        at += snprintf(sql + at, sizeof sql - (size_t)at, "%s\"%s\"", i ? "," : "", table->columns[i]);
    snprintf(sql + at, sizeof sql - (size_t)at, ") FROM STDIN (FORMAT binary)");
    TRY(run(link, "BEGIN"));
    TRY(good(link, PQexec(link->connection, sql), PGRES_COPY_IN));
    link->filling = table->count;
    return put(link, signature, sizeof signature);
}

static Err put_value(Link *link, const Value *value)
{
    char head[12];
    bool number = value->type == VALUE_NUMBER;

    if (value->bytes.length > INT32_MAX)
        return fail(E_TOO_LARGE);
    be(value->type == VALUE_NULL ? UINT32_MAX : number ? 8 : value->bytes.length, 4, head);
    if (number)
        be((uint64_t)value->number, 8, head + 4);
    TRY(put(link, head, number ? 12 : 4));
    return value->bytes.length > 0 ? put(link, value->bytes.data, value->bytes.length) : ok();
}

Err postgres_fill_row(Link *link, const Value *values)
{
    char count[2];

    be(link->filling, 2, count);
    TRY(put(link, count, sizeof count));
    for (uint32_t i = 0; i < link->filling; i++)
        TRY(put_value(link, &values[i]));
    return ok();
}

static Err copy_ended(Link *link)
{
    Err first = ok();

    for (;;) {
        PGresult *result = PQgetResult(link->connection);
        if (!result)
            return first;
        Err ended = good(link, result, PGRES_COMMAND_OK);
        first = is_ok(first) ? ended : first;
    }
}

Err postgres_fill_end(Link *link)
{
    static const char trailer[2] = {'\377', '\377'};

    TRY(put(link, trailer, sizeof trailer));
    if (PQputCopyEnd(link->connection, NULL) != 1) {
        link->broken = true;
        return fail(E_STORE);
    }
    TRY(copy_ended(link));
    return run(link, "COMMIT");
}
