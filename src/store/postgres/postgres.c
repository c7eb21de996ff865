/* PostgreSQL: binary parameters, one schema per municipality, synchronous commit, group commit by the writer's batches.
 * Must not cancel a commit: a cancelled wait for the standby is reported as success, and is here an unknown outcome.
 * Called by store through the table at the end. */
#include "store/postgres/postgres.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "store/postgres/copy.h"
#include "store/postgres/pipeline.h"

/* ---- scripts ---- */

static Err done(Link *link, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    Err error = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? ok() : pipeline_error(link, result);
    PQclear(result);
    return error;
}

static Err run_script(Link *link, const char *sql)
{
    TRY(pipeline_leave(link));
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

static void close_link(Link *link)
{
    pipeline_finish(link);
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

/* A plan is made once, perhaps before there are any rows. Without bitmaps the newest lines of an object are read from their
 * index and no further; with them all its lines were read and sorted for each page. */
static Err configure(Link *link, const char *database)
{
    bool exists = false;

    TRY(schema_exists(link, database, &exists));
    if (!exists)
        return fail(E_NOT_FOUND);
    TRY(run_named(link, "SET search_path TO ", database, ",pg_temp"));
    TRY(run_script(link, "SET client_min_messages=warning;SET standard_conforming_strings=on;SET timezone='UTC';"
                         "SET plan_cache_mode=force_generic_plan;SET jit=off;SET enable_bitmapscan=off;"
                         "SET default_transaction_isolation='read committed';SET idle_in_transaction_session_timeout='60s'"));
    if (link->use == LINK_READS)
        return run_script(link, "SET default_transaction_read_only=on;SET default_transaction_isolation='repeatable read';"
                                "SET lock_timeout='10s'");
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

static Err postgres_find(Str place, const char *database)
{
    Link *link = NULL;
    bool exists = false;

    TRY(connect_server(place, LINK_READS, &link));
    Err error = schema_exists(link, database, &exists);
    close_link(link);
    TRY(error);
    return exists ? ok() : fail(E_NOT_FOUND);
}

static Err postgres_forget(Str place, const char *database)
{
    Link *link = NULL;

    TRY(connect_server(place, LINK_WRITES, &link));
    Err error = run_named(link, "DROP SCHEMA IF EXISTS ", database, " CASCADE");
    close_link(link);
    return error;
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
 * heads then show. Sealed columns stay out of the statistics, where deleted values would live on. Servers that start together come
 * one after the other. */
static const char audit_guard[] =
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(),0));"
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

static const char audit_open[] = "DROP TRIGGER IF EXISTS audit_guard ON audit;";

static Err seal_schema(Link *link)
{
    (void)link;
    return ok();
}

/* ---- transactions ---- */

/* A snapshot is what lies between two syncs, begun by its first statement: it costs no statement of its own. Of several servers
 * one writes at a time, and sees all that was written before: their lines are one chain. */
static Err begin(Link *link)
{
    TRY(pipeline_enter(link));
    link->inside = true;
    if (link->use != LINK_WRITES)
        return ok();
    TRY(pipeline_send(link, OWN_BEGIN, NULL, OWED_NOTHING));
    return pipeline_send(link, OWN_ALONE, NULL, OWED_NOTHING);
}

/* The server ends it while we go on; the next begin reads what it says. */
static Err end_snapshot(Link *link)
{
    link->inside = false;
    return link->last && !link->unasked && !link->broken ? ok() : pipeline_sync(link);
}

/* Another lock than a writer's: whoever has it writes, too. */
static Err alone(Link *link)
{
    return pipeline_run(link, OWN_HEADS_ALONE);
}

static void last(Link *link)
{
    link->last = true;
}

static Err roll_back(Link *link)
{
    link->inside = false;
    TRY(pipeline_leave(link));
    TRY(pipeline_enter(link));
    return pipeline_run(link, OWN_STEPS + TX_ROLLBACK);
}

static Err step_tx(Link *link, enum tx_step step)
{
    pipeline_finish(link);
    switch (step) {
    case TX_SAVEPOINT:
    case TX_RELEASE:
        return pipeline_send(link, OWN_STEPS + step, NULL, OWED_NOTHING);
    case TX_ROLLBACK_TO:
        link->failed = false;
        return pipeline_run(link, OWN_STEPS + step);
    case TX_ROLLBACK:
        if (!link->inside)
            return ok();
        return link->use == LINK_READS ? end_snapshot(link) : roll_back(link);
    case TX_STEP_COUNT:
        break;
    }
    return fail(E_INTERNAL);
}

/* With a sync behind it: that is when the server takes note of what was changed (autovacuum lives on it). */
static Err hand_over_commit(Link *link)
{
    TRY(pipeline_send(link, OWN_COMMIT, NULL, OWED_ROWS));
    TRY(pipeline_sync(link));
    TRY(pipeline_next(link));
    bool committed = strcmp(PQcmdStatus(link->running), "COMMIT") == 0;
    pipeline_finish(link);
    return committed ? ok() : fail(E_STORE);
}

/* Once the commit is handed over, a lost connection leaves its outcome unknown; so does a failure that the server did not
 * tell of itself, with whatever status the connection has. */
static Err commit(Link *link)
{
    pipeline_finish(link);
    link->standby_missed = false;
    Err error = hand_over_commit(link);
    link->inside = false;
    if (is_ok(error) && !link->standby_missed)
        return ok();
    bool known = PQstatus(link->connection) == CONNECTION_OK && !link->broken && !link->standby_missed;
    link->broken = true;
    return known ? error : fail(E_UNKNOWN_OUTCOME);
}

/* ---- statements ---- */

static Err queue(Link *link, enum sql id, const Value *parameters)
{
    if (link->inside)
        return pipeline_send(link, id, parameters, OWED_ROWS);
    TRY(pipeline_enter(link));
    TRY(pipeline_send(link, id, parameters, OWED_ROWS));
    return pipeline_sync(link);
}

static Err query(Link *link, enum sql id, const Value *parameters)
{
    pipeline_finish(link);
    TRY(queue(link, id, parameters));
    return pipeline_next(link);
}

static Err post(Link *link, enum sql id, const Value *parameters)
{
    pipeline_finish(link);
    return pipeline_send(link, id, parameters, OWED_NOTHING);
}

/* ---- upkeep ---- */

static void tidy(Link *link, bool idle)
{
    (void)link, (void)idle;
}

/* Dead rows of what is erased leave the pages; the guarantee is the key that is gone (docs/crypto.md). */
static Err purge(Link *link)
{
    static const char *const tables[] = {"entry", "log", "participant", "consent", "document", "draft", "scope_key", "person", "invitation", "invited",
                                         "enrolment", "session", "report", "report_part", "fact"};
    AUTO(arena_freep) Arena *scratch = NULL;

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
    .reading_max = 64,
    .warm_max = 64,
    .blob_type = "BYTEA",
    .by_key = "",
    .id_type = "BIGINT",
    .audit_guard = audit_guard,
    .audit_open = audit_open,
    .create = postgres_create,
    .find = postgres_find,
    .forget = postgres_forget,
    .connect = postgres_connect,
    .close = close_link,
    .script = run_script,
    .seal_schema = seal_schema,
    .begin = begin,
    .step_tx = step_tx,
    .alone = alone,
    .last = last,
    .commit = commit,
    .query = query,
    .queue = queue,
    .next = pipeline_next,
    .post = post,
    .step = pipeline_step,
    .finish = pipeline_finish,
    .hold = postgres_hold,
    .copy_out = postgres_copy_out,
    .fill_begin = postgres_fill_begin,
    .fill_table = postgres_fill_table,
    .fill_row = postgres_fill_row,
    .fill_end = postgres_fill_end,
    .tidy = tidy,
    .purge = purge,
    .broken = broken,
};

const Driver *postgres_driver(void)
{
    return &driver;
}
