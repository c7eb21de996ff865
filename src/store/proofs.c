/* Gives every row of the proven tables and every line of the chain its proof, when a database is brought forward.
 * Must not look whether a row is the one that was written: `verify` does, by the chain, before and after.
 * Called by migrate.c on the writer's thread. */
#include "store/proofs.h"

#include <assert.h>
#include <string.h>

#include "store/rights.h"

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
static const Table tables[] = {X(SETTING) X(UNIT) X(ROLE) X(ENROLMENT) X(SCOPE_KEY) X(INBOX) X(MUNICIPALITY) X(SESSION)
                               X(FORM_KEY) X(DRAFT) X(BACKOFF)};
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

/* A page's memory is given back with it; the key that the next one begins behind stays in kept. */
static Err make_page(const Making *making, const Table *of, Value *after, char kept[static KEY_MAX], uint32_t *ret_count)
{
    const size_t mark = arena_mark(making->scratch);
    uint32_t count = 0;
    Given *given = NULL;

    TRY(ARENA_NEW(making->scratch, Given, PAGE, &given));
    TRY(read_page(making, of, *after, given, &count));
    for (uint32_t i = 0; i < count; i++)
        TRY(put(making, of, &given[i]));
    if (count > 0) {
        const Str last = given[count - 1].key.bytes;
        memcpy(kept, last.data, last.length);
        after->bytes = str_from_bytes(kept, last.length);
    }
    arena_rewind(making->scratch, mark);
    *ret_count = count;
    return ok();
}

static Err make_table(const Making *making, const Table *of)
{
    Value after = of->table == TABLE_SETTING ? value_text(STR_NONE) : value_bytes(STR_NONE);
    char kept[KEY_MAX];
    uint32_t count = 0;

    do {
        TRY(make_page(making, of, &after, kept, &count));
    } while (count == PAGE);
    return ok();
}

/* ---- persons: what their rights add up to ---- */

static Err sum_up(const Making *making, enum table table, enum sql sql, const Value *person, RightsAdding *adding)
{
    Value columns[COLUMNS_MAX];
    bool row;

    TRY(making->driver->query(making->link, sql, person));
    for (;;) {
        TRY(making->driver->step(making->link, columns, &row));
        if (!row)
            return ok();
        TRY(rights_add(adding, table, columns));
    }
}

/* The row as it stands, with what its person's rights add up to as they stand. */
static Err prove_person(const Making *making, const Value *person)
{
    RightsAdding adding = {.of = making->of, .sha = making->sha};
    const uint32_t proven = table_proven_columns(TABLE_PERSON);
    Value columns[COLUMNS_MAX];
    Hash digest, proof;
    bool row;

    TRY(sum_up(making, TABLE_ROLE, SQL_ROLES_OF_PERSON, person, &adding));
    TRY(sum_up(making, TABLE_PARTICIPANT, SQL_PARTICIPATIONS, person, &adding));
    TRY(making->driver->query(making->link, SQL_TRACK_PERSON, person));
    TRY(making->driver->step(making->link, columns, &row));
    if (!row)
        return fail(E_NOT_FOUND);
    columns[proven - 1] = value_hash(&adding.sum);
    TRY(row_digest(making->sha, TABLE_PERSON, columns, proven, &digest));
    TRY(making->of->prover.prove(making->of->prover.self, making->of->tenant, &digest, &proof));
    making->driver->finish(making->link);
    const Value parameters[] = {*person, value_hash(&adding.sum), value_hash(&proof)};
    return making->driver->post(making->link, SQL_PERSON_RIGHTS, parameters);
}

static Err read_persons(const Making *making, Id after, Id *persons, uint32_t *ret_count)
{
    const Value parameters[] = {value_id(&after), {.type = VALUE_NUMBER, .number = PAGE}};
    Value columns[COLUMNS_MAX];
    uint32_t count = 0;
    bool row;

    TRY(making->driver->query(making->link, SQL_PAGE_PERSON, parameters));
    for (;;) {
        TRY(making->driver->step(making->link, columns, &row));
        if (!row)
            break;
        TRY(id_from_bytes(columns[0].bytes, &persons[count++]));
    }
    *ret_count = count;
    return ok();
}

static Err prove_persons(const Making *making)
{
    Id persons[PAGE], after = {{0}};
    uint32_t count = 0;

    do {
        TRY(read_persons(making, after, persons, &count));
        for (uint32_t i = 0; i < count; i++)
            TRY(prove_person(making, &(Value){.type = VALUE_BYTES, .bytes = id_bytes(&persons[i])}));
        if (count > 0)
            after = persons[count - 1];
    } while (count == PAGE);
    return ok();
}

/* ---- lines: the proof of their hash ---- */

#define LINES_PAGE 1000

typedef struct LineProof {
    int64_t seq;
    Hash proof;
} LineProof;

/* Over the hash that stands there: one that is not its line's is nobody's proof of anything. */
static Err read_lines(const Making *making, int64_t after, LineProof *lines, uint32_t *ret_count)
{
    const Value parameters[] = {value_number(after), value_number(LINES_PAGE)};
    const Prover *prover = &making->of->prover;
    Value columns[COLUMNS_MAX];
    uint32_t count = 0;
    bool row;
    Hash hash;

    TRY(making->driver->query(making->link, SQL_AUDIT_HASHES, parameters));
    for (;;) {
        TRY(making->driver->step(making->link, columns, &row));
        if (!row)
            break;
        if (columns[1].bytes.length != HASH_BYTES)
            return fail(E_FORGED);
        memcpy(hash.bytes, columns[1].bytes.data, HASH_BYTES);
        lines[count].seq = columns[0].number;
        TRY(prover->prove(prover->self, making->of->tenant, &hash, &lines[count++].proof));
    }
    *ret_count = count;
    return ok();
}

static Err prove_lines(const Making *making)
{
    LineProof *lines = NULL;
    int64_t after = INT64_MIN;
    uint32_t count = 0;

    if (making->driver->audit_open)
        TRY(making->driver->script(making->link, making->driver->audit_open));
    TRY(ARENA_NEW(making->scratch, LineProof, LINES_PAGE, &lines));
    do {
        TRY(read_lines(making, after, lines, &count));
        for (uint32_t i = 0; i < count; i++) {
            const Value parameters[] = {value_number(lines[i].seq), value_hash(&lines[i].proof)};
            TRY(making->driver->post(making->link, SQL_AUDIT_PROOF, parameters));
        }
        if (count > 0)
            after = lines[count - 1].seq;
    } while (count == LINES_PAGE);
    return ok();
}

/* ---- logs: the proof of their standing ---- */

#define AT_PROOF_COLUMN 16 /* behind the plain columns of the log's own row */
#define COUNT_ONE(Row, type, field, column) +1
static_assert((0 LOG_PLAIN(COUNT_ONE, COUNT_ONE)) == AT_PROOF_COLUMN, "the proof follows the plain columns");

const StandingAsk standing_asks[STANDING_TABLES] = {
    {TABLE_LOG, SQL_LOG_BY_ID, STANDING_LOG_COLUMNS},
    {TABLE_PARTICIPANT, SQL_PARTICIPANTS_STANDING, 0 PARTICIPANT_PLAIN(COUNT_ONE, COUNT_ONE)},
    {TABLE_CONSENT, SQL_CONSENTS_STANDING, 0 CONSENT_PLAIN(COUNT_ONE, COUNT_ONE)},
    {TABLE_CONSENT_UNIT, SQL_CONSENT_UNITS_STANDING, 0 CONSENT_UNIT(COUNT_ONE, COUNT_ONE)},
};

Err standing_row(void *self, const Value *columns)
{
    const StandingPart *part = self;
    Standing *standing = part->standing;
    Hash row;

    if (part->ask->table == TABLE_LOG) {
        const Value *proof = &columns[AT_PROOF_COLUMN];
        standing->has_proof = proof->type == VALUE_BYTES && proof->bytes.length == HASH_BYTES;
        if (standing->has_proof)
            memcpy(standing->proof.bytes, proof->bytes.data, HASH_BYTES);
    }
    TRY(row_digest(standing->row_sha, part->ask->table, columns, part->ask->columns, &row));
    return sha256_add(standing->sha, str_from_bytes(row.bytes, HASH_BYTES));
}

typedef struct LogKey {
    Id id;
    int64_t no;
} LogKey;

static Err read_logs(const Making *making, Id after, LogKey *logs, uint32_t *ret_count)
{
    const Value parameters[] = {value_id(&after), {.type = VALUE_NUMBER, .number = PAGE}};
    Value columns[COLUMNS_MAX];
    uint32_t count = 0;
    bool row;

    TRY(making->driver->query(making->link, SQL_PAGE_LOG, parameters));
    for (;;) {
        TRY(making->driver->step(making->link, columns, &row));
        if (!row)
            break;
        TRY(id_from_bytes(columns[0].bytes, &logs[count].id));
        logs[count++].no = columns[1].number;
    }
    *ret_count = count;
    return ok();
}

static Err prove_log(const Making *making, const LogKey *log)
{
    AUTO(sha256_freep) Sha256 *sha = NULL;
    const Value key = value_id(&log->id);
    Value columns[COLUMNS_MAX];
    Hash digest, proof;
    bool row;

    TRY(sha256_new(&sha));
    Standing standing = {.row_sha = making->sha, .sha = sha};
    for (size_t i = 0; i < STANDING_TABLES; i++) {
        StandingPart part = {.standing = &standing, .ask = &standing_asks[i]};
        TRY(making->driver->query(making->link, standing_asks[i].sql, &key));
        for (;;) {
            TRY(making->driver->step(making->link, columns, &row));
            if (!row)
                break;
            TRY(standing_row(&part, columns));
        }
    }
    TRY(sha256_done(sha, digest.bytes));
    TRY(making->of->prover.prove(making->of->prover.self, making->of->tenant, &digest, &proof));
    const Value parameters[] = {value_number(log->no), value_hash(&proof)};
    return making->driver->post(making->link, SQL_LOG_PROOF, parameters);
}

static Err prove_logs(const Making *making)
{
    LogKey *logs = NULL;
    uint32_t count = 0;
    Id after = {{0}};

    TRY(ARENA_NEW(making->scratch, LogKey, PAGE, &logs));
    do {
        TRY(read_logs(making, after, logs, &count));
        for (uint32_t i = 0; i < count; i++)
            TRY(prove_log(making, &logs[i]));
        if (count > 0)
            after = logs[count - 1].id;
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
    TRY(prove_persons(&making));
    TRY(prove_logs(&making));
    return prove_lines(&making);
}
