/* Gives every row of the proven tables its proof, when a database is brought forward.
 * Must not look whether a row is the one that was written: `verify` does, by the chain, before and after.
 * Called by migrate.c on the writer's thread. */
#include "store/proofs.h"

#include "store/tx.h"

#define PAGE 200
#define KEY_MAX 64 /* ids, hashes, names of settings */

typedef struct Given {
    Value key;
    Hash proof;
} Given;

/* What one table needs. */
typedef struct Table {
    enum table table;
    enum sql page, put;
} Table;

#define X(name) {TABLE_##name, SQL_PAGE_##name, SQL_PROOF_##name},
static const Table tables[] = {X(SETTING) X(UNIT) X(PERSON) X(ROLE) X(ENROLMENT) X(INBOX) X(MUNICIPALITY) X(SESSION) X(FORM_KEY)
                               X(DRAFT) X(BACKOFF)};
#undef X

typedef struct Making {
    const Driver *driver;
    Link *link;
    const RowsOf *of;
    Sha256 *sha;
    Arena *scratch;
} Making;

static Err give(const Making *making, const Table *of, const Value *columns, Given *given)
{
    Hash digest;

    if (columns[0].bytes.length > KEY_MAX)
        return fail(E_FORGED);
    given->key = columns[0];
    TRY(str_copy(making->scratch, columns[0].bytes, &given->key.bytes));
    TRY(row_digest(making->sha, of->table, columns, table_columns(of->table), &digest));
    return making->of->prover.prove(making->of->prover.self, making->of->tenant, &digest, &given->proof);
}

static Err read_page(const Making *making, const Table *of, Value after, Given *given, uint32_t *ret_count)
{
    const Value parameters[] = {after, {.type = VALUE_NUMBER, .number = PAGE}};
    Value columns[COLUMNS_MAX];
    uint32_t count = 0;
    bool row;

    TRY(making->driver->query(making->link, of->page, parameters));
    for (;;) {
        TRY(making->driver->step(making->link, columns, &row));
        if (!row)
            break;
        TRY(give(making, of, columns, &given[count++]));
    }
    *ret_count = count;
    return ok();
}

/* That it failed is an error of the commit. */
static Err put(const Making *making, const Table *of, const Given *given)
{
    const Value parameters[] = {given->key, value_hash(&given->proof)};

    return making->driver->post(making->link, of->put, parameters);
}

static Err make_table(const Making *making, const Table *of)
{
    Value after = of->table == TABLE_SETTING ? value_text(STR_NONE) : value_bytes(STR_NONE);
    uint32_t count = 0;
    Given *given = NULL;

    do {
        TRY(ARENA_NEW(making->scratch, Given, PAGE, &given));
        TRY(read_page(making, of, after, given, &count));
        for (uint32_t i = 0; i < count; i++)
            TRY(put(making, of, &given[i]));
        if (count > 0)
            after = given[count - 1].key;
    } while (count == PAGE);
    return ok();
}

Err proofs_make(const Driver *driver, Link *link, const RowsOf *of, Arena *scratch)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;

    TRY(sha256_new(&sha));
    const Making making = {.driver = driver, .link = link, .of = of, .sha = sha, .scratch = scratch};
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        TRY(make_table(&making, &tables[i]));
    return ok();
}
