/* Brings a database to this program's schema: each step in one transaction, and those from the first that proves on in one together.
 * Must not go backwards, nor on when a step's text is not the one that was run.
 * Called by writer.c on the writer's thread. */
#include "store/migrate.h"

#include <string.h>

#include "base/buf.h"
#include "crypto/crypto.h"
#include "store/proofs.h"

#define SQL_MAX ((size_t)1 << 20)

static const char version_table[] =
    "CREATE TABLE IF NOT EXISTS schema_version(n BIGINT PRIMARY KEY,sha256 {BLOB} NOT NULL,at BIGINT NOT NULL);";

static const char *token_of(const Driver *driver, Str name)
{
    if (str_equal(name, STR("BY KEY")))
        return driver->by_key;
    return str_equal(name, STR("ID")) ? driver->id_type : driver->blob_type;
}

/* sql with the database's own type of bytes, terminated. */
static Err in_dialect(const Driver *driver, const char *sql, Arena *keep, char **ret_sql)
{
    Buf text = buf_new(keep, SQL_MAX);
    Str rest = str_from_c(sql), done;

    while (rest.length > 0) {
        Str before;
        bool token = str_find(rest, '{', 0) < rest.length;
        rest = str_cut(rest, '{', &before);
        buf_add(&text, before);
        if (!token)
            break;
        rest = str_cut(rest, '}', &before);
        buf_add(&text, str_from_c(token_of(driver, before)));
    }
    TRY(buf_done(&text, &done));
    return str_to_c(keep, done, ret_sql);
}

static Err run_script(const Driver *driver, Link *link, const char *sql, Arena *scratch)
{
    char *text = NULL;

    TRY(in_dialect(driver, sql, scratch, &text));
    return driver->script(link, text);
}

/* Compares the steps that were run with ours; *ret_done is how many there are. A schema with what is not ours is refused. */
static Err known_steps(const Driver *driver, Link *link, const Migration *list, uint32_t count, uint32_t *ret_done)
{
    Value columns[COLUMNS_MAX];
    uint32_t done = 0;
    bool row = true, foreign = false;

    if (driver->check_schema)
        TRY(driver->check_schema(link));
    TRY(driver->query(link, SQL_SCHEMA_STEPS, NULL));
    for (;;) {
        TRY(driver->step(link, columns, &row));
        if (!row)
            break;
        uint8_t hash[HASH_BYTES];
        if (done >= count || columns[0].number != (int64_t)done + 1) {
            foreign = true;
            continue;
        }
        TRY(sha256(str_from_c(list[done].sql), hash));
        foreign = foreign || !str_equal(columns[1].bytes, str_from_bytes(hash, sizeof hash));
        done++;
    }
    if (foreign)
        return fail(E_SCHEMA);
    *ret_done = done;
    return ok();
}

Err migrate_check(const Driver *driver, Link *link, const Migration *list, uint32_t count)
{
    uint32_t done = 0;

    TRY(known_steps(driver, link, list, count, &done));
    return done == count ? ok() : fail(E_SCHEMA);
}

/* Its number is its place in the list, from 1. */
static Err run_step(const Driver *driver, Link *link, const Steps *steps, uint32_t at, Arena *scratch)
{
    const Migration *step = &steps->list[at];
    uint8_t hash[HASH_BYTES];
    Value columns[COLUMNS_MAX];
    bool row;

    TRY(sha256(str_from_c(step->sql), hash));
    const Value parameters[] = {
        {.type = VALUE_NUMBER, .number = (int64_t)at + 1},
        {.type = VALUE_BYTES, .bytes = str_from_bytes(hash, sizeof hash)},
        {.type = VALUE_NUMBER, .number = steps->now},
    };
    TRY(run_script(driver, link, step->sql, scratch));
    TRY(driver->query(link, SQL_SCHEMA_STEP, parameters));
    return driver->step(link, columns, &row);
}

/* The step at *at, and with one that proves all that follow it: rows are read as they are today, so the proofs are made when the
 * last step has been run. Moves *at behind them. */
static Err run_together(const Driver *driver, Link *link, const Steps *steps, uint32_t *at, Arena *scratch)
{
    bool proves = false;

    do {
        proves = proves || steps->list[*at].proves;
        TRY(run_step(driver, link, steps, (*at)++, scratch));
    } while (proves && *at < steps->count);
    return proves ? proofs_make(driver, link, &(RowsOf){.prover = steps->prover, .tenant = steps->tenant}, scratch) : ok();
}

Err migrate(const Driver *driver, Link *link, const Steps *steps)
{
    AUTO(arena_freep) Arena *scratch = NULL;
    uint32_t done = 0;

    TRY(arena_new((size_t)4 << 20, &scratch));
    TRY(run_script(driver, link, version_table, scratch));
    TRY(known_steps(driver, link, steps->list, steps->count, &done));
    while (done < steps->count) {
        TRY(driver->begin(link));
        Err error = run_together(driver, link, steps, &done, scratch);
        if (is_ok(error))
            error = driver->commit(link);
        if (!is_ok(error)) {
            driver->finish(link);
            Err undone = driver->step_tx(link, TX_ROLLBACK);
            return is_ok(undone) ? error : undone;
        }
    }
    if (driver->audit_guard)
        TRY(driver->script(link, driver->audit_guard));
    return driver->seal_schema(link);
}
