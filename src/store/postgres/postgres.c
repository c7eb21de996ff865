/* PostgreSQL: binary parameters, one schema per municipality, synchronous commit, group commit by the writer's batches.
 * Must not cancel a commit: a cancelled wait for the standby is reported as success, and is here an unknown outcome.
 * Called by store through the table at the end. */
#include "store/postgres/postgres.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/buf.h"

#define PARAMETERS_MAX 24
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT4 23
#define OID_INT2 21
#define OID_TEXT 25

struct Link {
    PGconn *connection;
    enum link_use use;
    bool broken;
    bool standby_missed;            /* a warning said that a commit was not confirmed by the standby */
    PGresult *running;
    int row;
    bool prepared[SQL_COUNT];
};

/* ---- errors ---- */

static Err error_of(Link *link, const PGresult *result)
{
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

    if (PQstatus(link->connection) != CONNECTION_OK || !state) {
        link->broken = true;
        return fail(E_STORE);
    }
    if (strcmp(state, "23505") == 0)
        return fail(E_DUPLICATE);
    if (strncmp(state, "23", 2) == 0 || strncmp(state, "22", 2) == 0)
        return fail(E_INVALID);
    if (strcmp(state, "53100") == 0)
        return fail(E_DISK_FULL);
    /* 42501 insufficient privilege, P0001 our own trigger: somebody wanted what nobody may. */
    if (strcmp(state, "42501") == 0 || strcmp(state, "P0001") == 0 || strcmp(state, "25006") == 0)
        return fail(E_INTERNAL);
    return fail(E_STORE);
}

static Err done(Link *link, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    Err error = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? ok() : error_of(link, result);
    PQclear(result);
    return error;
}

static Err run_script(Link *link, const char *sql)
{
    return done(link, PQexec(link->connection, sql));
}

/* The server's notices may quote rows: none of them is printed. Only this one means something to us. */
static void notice(void *self, const PGresult *result)
{
    Link *link = self;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (state && severity && strcmp(severity, "WARNING") == 0 && strcmp(state, "01000") == 0)
        link->standby_missed = true;
}

/* ---- opening ---- */

/* Only these two forms reach SQL: "host", or 32 hexadecimal digits. */
static Err schema_name(const char *database, char ret_name[static DATABASE_NAME])
{
    size_t length = strlen(database);
    bool host = strcmp(database, "host") == 0;

    if (length + 2 >= DATABASE_NAME || strspn(database, "0123456789abcdefhost") != length)
        return fail(E_INTERNAL);
    snprintf(ret_name, DATABASE_NAME, "%s%s", host ? "" : "m_", database);
    return ok();
}

static void finish(Link *link)
{
    PQclear(link->running);
    link->running = NULL;
}

static void close_link(Link *link)
{
    finish(link);
    PQfinish(link->connection);
    free(link);
}

/* The value that libpq will use: the text's own, else the environment's or the built-in one. */
static const char *effective(const PQconninfoOption *given, const PQconninfoOption *usual, const char *name)
{
    for (; given && given->keyword; given++)
        if (strcmp(given->keyword, name) == 0 && given->val && given->val[0])
            return given->val;
    for (; usual && usual->keyword; usual++)
        if (strcmp(usual->keyword, name) == 0 && usual->val)
            return usual->val;
    return "";
}

/* Every host of the list is a folder of sockets; none at all is the usual folder. */
static bool is_local(const char *hosts)
{
    for (const char *host = hosts; host && *host; host = strchr(host, ',') ? strchr(host, ',') + 1 : NULL)
        if (*host != '/' && *host != '@')
            return false;
    return true;
}

/* Asked before a password could leave this machine. A service file could say anything else. */
static Err check_link(const char *text)
{
    PQconninfoOption *given = PQconninfoParse(text, NULL);
    PQconninfoOption *usual = PQconndefaults();
    bool local = is_local(effective(given, usual, "host")) && effective(given, usual, "hostaddr")[0] == '\0';
    bool verified = strcmp(effective(given, usual, "sslmode"), "verify-full") == 0;
    bool known = given && usual && effective(given, usual, "service")[0] == '\0';

    PQconninfoFree(given);
    PQconninfoFree(usual);
    return known && (local || verified) ? ok() : fail(E_OPEN_LINK);
}

/* verify-full has no say where another encryption was agreed on, so the link itself is asked too. */
static bool is_private(PGconn *connection)
{
    const char *host = PQhost(connection);
    return (host && is_local(host)) || PQsslInUse(connection);
}

static Err connect_server(Str place, enum link_use use, Link **ret_link)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    char *text = NULL;

    TRY(arena_new((size_t)64 << 10, &scratch));
    TRY(str_to_c(scratch, place, &text));
    TRY(check_link(text));
    Link *link = calloc(1, sizeof *link);
    if (!link)
        return fail(E_NO_MEMORY);
    link->use = use;
    link->connection = PQconnectdb(text);
    if (PQstatus(link->connection) != CONNECTION_OK) {
        close_link(link);
        return fail(E_STORE);
    }
    if (!is_private(link->connection)) {
        close_link(link);
        return fail(E_OPEN_LINK);
    }
    PQsetNoticeReceiver(link->connection, notice, link);
    *ret_link = link;
    return ok();
}

/* SQL with one schema's name in it. */
static Err run_named(Link *link, const char *before, const char *database, const char *after)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    char name[DATABASE_NAME];
    Str sql;

    TRY(schema_name(database, name));
    TRY(arena_new(4096, &scratch));
    TRY(str_format(scratch, &sql, "%s%s%s", before, name, after));
    return run_script(link, sql.data);
}

static Err schema_exists(Link *link, const char *database, bool *ret_exists)
{
    char name[DATABASE_NAME];

    TRY(schema_name(database, name));
    const char *const values[] = {name};
    PGresult *result = PQexecParams(link->connection, "SELECT 1 FROM pg_namespace WHERE nspname=$1", 1, NULL, values, NULL,
                                    NULL, 0);
    bool exists = PQntuples(result) > 0;
    TRY(done(link, result));
    *ret_exists = exists;
    return ok();
}

static Err configure(Link *link, const char *database)
{
    bool exists = false;

    TRY(schema_exists(link, database, &exists));
    if (!exists)
        return fail(E_NOT_FOUND);
    TRY(run_named(link, "SET search_path TO ", database, ",pg_temp"));
    TRY(run_script(link, "SET client_min_messages=warning;SET standard_conforming_strings=on;SET timezone='UTC';"
                         "SET default_transaction_isolation='read committed';SET idle_in_transaction_session_timeout='60s'"));
    if (link->use == LINK_READS)
        return run_script(link, "SET default_transaction_read_only=on");
    return run_script(link, "SET synchronous_commit=on");
}

static Err postgres_connect(Str place, const char *database, enum link_use use, Link **ret_link)
{
    Link *link = NULL;

    TRY(connect_server(place, use, &link));
    Err error = configure(link, database);
    if (!is_ok(error)) {
        close_link(link);
        return error;
    }
    *ret_link = link;
    return ok();
}

static Err postgres_create(Str place, const char *database)
{
    Link *link = NULL;
    bool exists = false;

    TRY(connect_server(place, LINK_WRITES, &link));
    Err error = schema_exists(link, database, &exists);
    if (is_ok(error))
        error = exists ? fail(E_DUPLICATE) : run_named(link, "CREATE SCHEMA ", database, "");
    close_link(link);
    return error;
}

/* Lines can be added, never changed: not even by the owner, who would have to drop the trigger first, which verify's signed
 * heads then show. Sealed columns stay out of the statistics, where deleted values would live on. */
static const char audit_guard[] =
    "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'audit is append-only'; END$$;"
    "DO $$DECLARE c record;BEGIN "
    "IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname='audit_guard' AND tgrelid='audit'::regclass) THEN "
    "CREATE TRIGGER audit_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_is_append_only();"
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_guard;"
    "END IF;"
    "FOR c IN SELECT a.attrelid::regclass AS t,a.attname AS n FROM pg_attribute a JOIN pg_class k ON k.oid=a.attrelid "
    "WHERE k.relnamespace=current_schema()::regnamespace AND k.relkind='r' AND a.attnum>0 AND NOT a.attisdropped "
    "AND a.atttypid='bytea'::regtype AND a.attstattarget<>0 LOOP "
    "EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0,ALTER COLUMN %I SET STORAGE EXTERNAL',c.t,c.n,c.n);"
    "END LOOP;END$$;";

static Err seal_schema(Link *link)
{
    (void)link;
    return ok();
}

/* ---- transactions ---- */

static const char *const step_texts[TX_STEP_COUNT] = {
    [TX_SAVEPOINT] = "SAVEPOINT work",
    [TX_RELEASE] = "RELEASE SAVEPOINT work",
    [TX_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT work",
    [TX_ROLLBACK] = "ROLLBACK",
};

static Err begin(Link *link)
{
    return run_script(link, link->use == LINK_WRITES ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

static Err step_tx(Link *link, enum tx_step step)
{
    finish(link);
    if (step == TX_ROLLBACK && PQtransactionStatus(link->connection) == PQTRANS_IDLE)
        return ok();
    return run_script(link, step_texts[step]);
}

static Err commit(Link *link)
{
    finish(link);
    link->standby_missed = false;
    PGresult *result = PQexec(link->connection, "COMMIT");
    bool committed = PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0;
    bool known = PQstatus(link->connection) == CONNECTION_OK && !link->standby_missed;

    if (committed && known) {
        PQclear(result);
        return ok();
    }
    Err error = known ? error_of(link, result) : fail(E_UNKNOWN_OUTCOME);
    link->broken = true;
    PQclear(result);
    return is_ok(error) ? fail(E_STORE) : error;
}

/* ---- statements ---- */

static Oid oid_of(char letter)
{
    if (letter == 'i')
        return OID_INT8;
    return letter == 't' ? OID_TEXT : OID_BYTEA;
}

/* Every name is a constant of the list, so one connection holds each statement once. */
static Err prepare(Link *link, enum sql id)
{
    const char *letters = statements[id].parameters;
    Oid types[PARAMETERS_MAX];
    int count = 0;

    for (; letters[count] != '\0'; count++) {
        if (count >= PARAMETERS_MAX)
            return fail(E_INTERNAL);
        types[count] = oid_of(letters[count]);
    }
    TRY(done(link, PQprepare(link->connection, statements[id].name, statements[id].sql, count, types)));
    link->prepared[id] = true;
    return ok();
}

static void number_to_wire(int64_t number, char ret_bytes[static 8])
{
    for (int i = 0; i < 8; i++)
        ret_bytes[i] = (char)((uint64_t)number >> (56 - 8 * i) & 0xff);
}

static Err query(Link *link, enum sql id, const Value *parameters)
{
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX], count = 0;
    char numbers[PARAMETERS_MAX][8];

    finish(link);
    if (!link->prepared[id])
        TRY(prepare(link, id));
    for (; statements[id].parameters[count] != '\0'; count++) {
        const Value *value = &parameters[count];
        bool number = value->type == VALUE_NUMBER;
        if (value->bytes.length > INT32_MAX)
            return fail(E_TOO_LARGE);
        if (number)
            number_to_wire(value->number, numbers[count]);
        values[count] = number ? numbers[count] : value->bytes.data ? value->bytes.data : "";
        if (value->type == VALUE_NULL)
            values[count] = NULL;
        lengths[count] = number ? 8 : (int)value->bytes.length;
        formats[count] = 1;
    }
    PGresult *result = PQexecPrepared(link->connection, statements[id].name, count, values, lengths, formats, 1);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        Err error = error_of(link, result);
        PQclear(result);
        return error;
    }
    link->running = result;
    link->row = 0;
    return ok();
}

static int64_t number_from_wire(const char *bytes, int length)
{
    uint64_t number = length > 0 && (bytes[0] & 0x80) ? UINT64_MAX : 0;

    for (int i = 0; i < length && i < 8; i++)
        number = number << 8 | (uint8_t)bytes[i];
    return (int64_t)number;
}

static void column(const PGresult *result, int row, int place, Value *ret_value)
{
    Oid type = PQftype(result, place);
    const char *bytes = PQgetvalue(result, row, place);
    int length = PQgetlength(result, row, place);

    *ret_value = (Value){.type = VALUE_NULL};
    if (PQgetisnull(result, row, place))
        return;
    if (type == OID_INT8 || type == OID_INT4 || type == OID_INT2)
        *ret_value = (Value){.type = VALUE_NUMBER, .number = number_from_wire(bytes, length)};
    else
        *ret_value = (Value){.type = type == OID_BYTEA ? VALUE_BYTES : VALUE_TEXT,
                             .bytes = str_from_bytes(bytes, (size_t)length)};
}

static Err step(Link *link, Value *columns, bool *ret_row)
{
    if (!link->running || link->row >= PQntuples(link->running)) {
        finish(link);
        *ret_row = false;
        return ok();
    }
    int count = PQnfields(link->running);
    for (int i = 0; i < count && i < COLUMNS_MAX; i++)
        column(link->running, link->row, i, &columns[i]);
    link->row++;
    *ret_row = true;
    return ok();
}

/* ---- upkeep ---- */

static void tidy(Link *link, bool idle)
{
    (void)link, (void)idle;
}

/* Dead rows of what is erased leave the pages; the guarantee is the key that is gone (docs/crypto.md). */
static Err purge(Link *link)
{
    static const char *const tables[] = {"entry", "log", "participant", "consent", "document", "draft", "scope_key", "person"};
    AUTO(arena_freep) Arena *scratch = NULL;

    finish(link);
    TRY(arena_new(4096, &scratch));
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        Str sql;
        TRY(str_format(scratch, &sql, "VACUUM %s", tables[i]));
        TRY(run_script(link, sql.data));
    }
    return ok();
}

static bool broken(const Link *link)
{
    return link->broken;
}

static const Driver driver = {
    .name = "postgres",
    .writing_max = 16,
    .blob_type = "BYTEA",
    .id_type = "BIGINT",
    .audit_guard = audit_guard,
    .create = postgres_create,
    .connect = postgres_connect,
    .close = close_link,
    .script = run_script,
    .seal_schema = seal_schema,
    .begin = begin,
    .step_tx = step_tx,
    .commit = commit,
    .query = query,
    .step = step,
    .finish = finish,
    .tidy = tidy,
    .purge = purge,
    .broken = broken,
};

const Driver *postgres_driver(void)
{
    return &driver;
}
