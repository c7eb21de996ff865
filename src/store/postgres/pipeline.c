/* libpq's pipeline: a round trip is paid where an answer is waited for, not for each statement.
 * Must not run anything after a failed statement but what undoes it.
 * Called by postgres.c. */
#include "store/postgres/pipeline.h"

#include <string.h>

#define PARAMETERS_MAX 40
#define OID_BYTEA 17
#define OID_INT8 20
#define OID_INT4 23
#define OID_INT2 21
#define OID_TEXT 25

static const char *const own_texts[OWN_END - SQL_COUNT] = {
    [OWN_BEGIN - SQL_COUNT] = "BEGIN",
    [OWN_ALONE - SQL_COUNT] = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(),0))",
    [OWN_HEADS_ALONE - SQL_COUNT] = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(),1))",
    [OWN_COMMIT - SQL_COUNT] = "COMMIT",
    [OWN_STEPS - SQL_COUNT + TX_SAVEPOINT] = "SAVEPOINT work",
    [OWN_STEPS - SQL_COUNT + TX_RELEASE] = "RELEASE SAVEPOINT work",
    [OWN_STEPS - SQL_COUNT + TX_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT work",
    [OWN_STEPS - SQL_COUNT + TX_ROLLBACK] = "ROLLBACK",
};

/* ---- errors ---- */

Err pipeline_error(Link *link, const PGresult *result)
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

static Err lost(Link *link)
{
    link->broken = true;
    return fail(E_STORE);
}

/* ---- what is owed ---- */

/* The server is told to send what it has; with the last question the snapshot ends on the same way. */
static Err ask(Link *link)
{
    if (!link->unasked)
        return ok();
    if (link->last)
        return pipeline_sync(link);
    if (PQsendFlushRequest(link->connection) != 1)
        return lost(link);
    link->unasked = false;
    return ok();
}

/* The oldest answer. *ret_result is the caller's. */
static Err take(Link *link, Owed *ret_owed, PGresult **ret_result)
{
    Owed owed = link->owed[link->first];

    if (link->broken)
        return fail(E_STORE);
    TRY(ask(link));
    PGresult *result = PQgetResult(link->connection);
    if (!result || PQstatus(link->connection) != CONNECTION_OK) {
        PQclear(result);
        return lost(link);
    }
    link->first = (link->first + 1) % OWED_MAX;
    link->count--;
    if (owed.kind != OWED_SYNC)
        PQclear(PQgetResult(link->connection)); /* the NULL after each statement */
    *ret_owed = owed;
    *ret_result = result;
    return ok();
}

static bool is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC;
}

/* Reads to the end. A statement whose preparing was skipped is prepared again the next time. */
static Err drain(Link *link)
{
    while (link->count > 0) {
        PGresult *result = NULL;
        Owed owed;
        TRY(take(link, &owed, &result));
        if (owed.kind == OWED_PREPARED && !is_good(result))
            link->prepared[owed.statement] = false;
        PQclear(result);
    }
    return ok();
}

/* After an error the server skips everything up to the next sync: nothing that was handed over behind it was run. */
static Err refused(Link *link, Owed owed, PGresult *result)
{
    Err error = pipeline_error(link, result);
    bool own = owed.kind == OWED_ROWS;

    PQclear(result);
    link->failed = true;
    if (owed.kind == OWED_PREPARED)
        link->prepared[owed.statement] = false;
    if (link->broken)
        return error;
    TRY(pipeline_sync(link));
    TRY(drain(link));
    /* What was handed over before belongs to somebody else, who does not hear of it any more: the transaction is lost. */
    return own || error.id == E_DISK_FULL ? error : fail(E_STORE);
}

static Err take_one(Link *link, Owed *ret_owed, PGresult **ret_result)
{
    PGresult *result = NULL;
    Owed owed;

    TRY(take(link, &owed, &result));
    if (!is_good(result))
        return refused(link, owed, result);
    *ret_owed = owed;
    *ret_result = result;
    return ok();
}

static void owe(Link *link, enum owed_kind kind, unsigned statement)
{
    link->owed[(link->first + link->count) % OWED_MAX] = (Owed){.kind = kind, .statement = statement};
    link->count++;
    link->unasked = kind != OWED_SYNC;
}

/* Room for a statement and its preparing. */
static Err make_room(Link *link)
{
    while (link->count + 2 > OWED_MAX - 2) {
        PGresult *result = NULL;
        Owed owed;
        if (link->owed[link->first].kind == OWED_ROWS)
            return fail(E_INTERNAL);
        TRY(take_one(link, &owed, &result));
        PQclear(result);
    }
    return ok();
}

/* ---- handing over ---- */

static Oid oid_of(char letter)
{
    if (letter == 'i')
        return OID_INT8;
    return letter == 't' ? OID_TEXT : OID_BYTEA;
}

static const char *name_of(unsigned statement)
{
    return statement < SQL_COUNT ? statements[statement].name : own_texts[statement - SQL_COUNT];
}

static const char *letters_of(unsigned statement)
{
    return statement < SQL_COUNT ? statements[statement].parameters : "";
}

/* Every name is a constant, so one connection holds each statement once. */
static Err prepare(Link *link, unsigned statement)
{
    const char *letters = letters_of(statement);
    const char *sql = statement < SQL_COUNT ? statements[statement].sql : own_texts[statement - SQL_COUNT];
    Oid types[PARAMETERS_MAX];
    int count = 0;

    for (; letters[count] != '\0'; count++) {
        if (count >= PARAMETERS_MAX)
            return fail(E_INTERNAL);
        types[count] = oid_of(letters[count]);
    }
    if (PQsendPrepare(link->connection, name_of(statement), sql, count, types) != 1)
        return lost(link);
    link->prepared[statement] = true;
    owe(link, OWED_PREPARED, statement);
    return ok();
}

static void number_to_wire(int64_t number, char ret_bytes[static 8])
{
    for (int i = 0; i < 8; i++)
        ret_bytes[i] = (char)((uint64_t)number >> (56 - 8 * i) & 0xff);
}

static Err send_values(Link *link, unsigned statement, const Value *parameters)
{
    const char *letters = letters_of(statement), *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX], formats[PARAMETERS_MAX], count = 0;
    char numbers[PARAMETERS_MAX][8];

    for (; parameters && letters[count] != '\0'; count++) {
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
    if (PQsendQueryPrepared(link->connection, name_of(statement), count, values, lengths, formats, 1) != 1)
        return lost(link);
    return ok();
}

Err pipeline_send(Link *link, unsigned statement, const Value *parameters, enum owed_kind kind)
{
    if (link->broken || link->failed)
        return fail(E_STORE);
    TRY(make_room(link));
    if (PQpipelineStatus(link->connection) == PQ_PIPELINE_OFF && PQenterPipelineMode(link->connection) != 1)
        return lost(link);
    if (!link->prepared[statement])
        TRY(prepare(link, statement));
    TRY(send_values(link, statement, parameters));
    owe(link, kind, statement);
    return ok();
}

Err pipeline_sync(Link *link)
{
    if (PQpipelineStatus(link->connection) == PQ_PIPELINE_OFF)
        return ok();
    if (link->broken || PQpipelineSync(link->connection) != 1)
        return lost(link);
    owe(link, OWED_SYNC, 0);
    return ok();
}

Err pipeline_run(Link *link, unsigned statement)
{
    TRY(pipeline_send(link, statement, NULL, OWED_ROWS));
    TRY(pipeline_next(link));
    pipeline_finish(link);
    return ok();
}

/* ---- in and out ---- */

Err pipeline_enter(Link *link)
{
    if (link->broken)
        return fail(E_STORE);
    TRY(drain(link));
    link->failed = link->last = false;
    /* A server that ended the connection while it lay idle has said so by now. */
    return PQconsumeInput(link->connection) == 1 && PQstatus(link->connection) == CONNECTION_OK ? ok() : lost(link);
}

Err pipeline_leave(Link *link)
{
    pipeline_finish(link);
    TRY(pipeline_sync(link));
    TRY(drain(link));
    return PQexitPipelineMode(link->connection) == 1 ? ok() : lost(link);
}

/* ---- answers ---- */

void pipeline_finish(Link *link)
{
    PQclear(link->running);
    link->running = NULL;
    for (uint32_t i = 0; i < link->count; i++) {
        Owed *owed = &link->owed[(link->first + i) % OWED_MAX];
        if (owed->kind == OWED_ROWS)
            owed->kind = OWED_NOTHING;
    }
}

Err pipeline_next(Link *link)
{
    PQclear(link->running);
    link->running = NULL;
    if (link->failed)
        return fail(E_STORE);
    while (link->count > 0) {
        PGresult *result = NULL;
        Owed owed = {0};
        TRY(take_one(link, &owed, &result));
        if (owed.kind == OWED_ROWS) {
            link->running = result;
            link->row = 0;
            return ok();
        }
        PQclear(result);
    }
    return fail(E_INTERNAL);
}

static int64_t number_from_wire(const char *bytes, int length)
{
    uint64_t number = length > 0 && (bytes[0] & 0x80) ? UINT64_MAX : 0;

    for (int i = 0; i < length && i < 8; i++)
        number = number << 8 | (uint8_t)bytes[i];
    return (int64_t)number;
}

void pipeline_column(const PGresult *result, int row, int place, Value *ret_value)
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

Err pipeline_step(Link *link, Value *columns, bool *ret_row)
{
    if (!link->running || link->row >= PQntuples(link->running)) {
        PQclear(link->running);
        link->running = NULL;
        *ret_row = false;
        return ok();
    }
    int count = PQnfields(link->running);
    for (int i = 0; i < count && i < COLUMNS_MAX; i++)
        pipeline_column(link->running, link->row, i, &columns[i]);
    link->row++;
    *ret_row = true;
    return ok();
}
