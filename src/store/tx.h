/* A work's or a reader's hold on one connection, and what a work owes the chain.
 * Must not be seen outside store.
 * Used by the verbs, writer.c, readers.c, audit.c, verify.c. */
#ifndef STORE_TX_H
#define STORE_TX_H

#include "crypto/crypto.h"
#include "store/codec.h"
#include "store/endings.h"
#include "store/ledger/file.h"

#define DIGEST_BYTES 16
#define CHANGE_BYTES (1 + ID_BYTES + DIGEST_BYTES)
#define CHANGES_MAX 100000
#define LINES_MAX 5000
#define AUDIT_WRITER_SHIFT 40

/* One tracked row that a work touched; its digest is read back when the work ends. */
typedef struct Change {
    enum table table;
    Value key;
    struct Change *next;      /* in order of first touch */
    struct Change *bucket;
    bool told;                /* its digest is known: the statement that put the row gave it back, or that it is gone */
    Hash digest;
    bool ends;                /* of a log: its state, flags or owner were changed, whatever its columns say */
    LedgerFacts facts;        /* what the row as it stands now says for the ledger */
} Change;

typedef struct Line {
    AuditLine line;
    struct Line *next;
} Line;

#define CHANGE_BUCKETS 256

/* Where a database's chain stands. */
typedef struct ChainHead {
    int64_t seq;
    Hash hash;
} ChainHead;

struct Tx {
    const Driver *driver;
    Link *link;
    Store *store;
    bool writing;
    void *reader;             /* readers.c's own */

    /* The log that was read last, and its number, which it keeps for ever; no number: none. */
    Id log;
    int64_t log_no;

    /* A work's own; scratch is rewound after each work. */
    Arena *scratch;
    int64_t standing_no;      /* the log whose people, consents or state this work has changed; 0: none */
    bool standing_told;       /* what its standing is proven by was read with the log, and no row of it was touched since */
    Hash standing;            /* the digest of that (proofs.h) */
    Change *first_change, **last_change;
    Change *buckets[CHANGE_BUCKETS];
    uint32_t change_count;
    Line *first_line, **last_line;
    uint32_t line_count;
    ChainHead chain;
    bool chain_known;         /* read with the first statement of the batch, which then waits for both answers */
    bool chain_goes_on;       /* from where this process left it */
    bool saved;               /* the work has a savepoint: it has one before it changes anything */
    bool ending;              /* nothing but the work's lines is written any more */
    bool refused;             /* the database refused a statement: without a savepoint the batch cannot go on */
    Err storage;              /* the first error of the database itself: the whole batch is lost */
    Sha256 *sha;
};

/* Runs a statement. Errors of the database are kept in tx->storage. */
MUST_USE Err tx_query(Tx *tx, enum sql id, const Value *parameters);
MUST_USE Err tx_step(Tx *tx, Value *columns, bool *ret_row);

/* A statement with its parameters. */
typedef struct Question {
    enum sql id;
    const Value *parameters;
} Question;
#define ASKS(id_, parameters_) ((Question){.id = (id_), .parameters = (parameters_)})

/* Exactly one row into ret_row. Errors: E_NOT_FOUND. */
MUST_USE Err tx_row(Tx *tx, Question question, const Shape *shape, Arena *keep, void *ret_row);
/* One number. Errors: E_NOT_FOUND. */
MUST_USE Err tx_number(Tx *tx, enum sql id, const Value *parameters, int64_t *ret_number);
/* A statement that changes; *ret_any tells whether it gave a row back, *ret_number (may be NULL) its first column. */
MUST_USE Err tx_change(Tx *tx, enum sql id, const Value *parameters, bool *ret_any, int64_t *ret_number);
/* The same, where no row given back means this error. */
MUST_USE Err tx_change_or(Tx *tx, enum sql id, const Value *parameters, enum err_id otherwise);

/* tx->chain is known from here on. */
MUST_USE Err tx_know_chain(Tx *tx);
/* A statement whose answer nobody waits for: that it failed is the database's error, of a later call or of the commit. */
MUST_USE Err tx_post(Tx *tx, enum sql id, const Value *parameters);

/* A change that gives back an id and perhaps a number (ret_number may be NULL). No row given back means `otherwise`. */
MUST_USE Err tx_change_id(Tx *tx, Question question, enum err_id otherwise, Id *ret_id, int64_t *ret_number);

/* Looks at the columns of every row that is read. */
typedef struct RowWatch {
    void *self;
    Err (*row)(void *self, const Value *columns);
} RowWatch;

/* Looks at every row that is kept, and says when no more are wanted. */
typedef struct RowEnough {
    void *self;
    bool (*row)(void *self, const void *row);
} RowEnough;

/* A question whose rows are kept as an array, alone or as one of several that are asked at once. */
typedef struct TxAsk {
    enum sql id;
    const Value *parameters;
    const Shape *shape;       /* NULL: no row is kept */
    const RowWatch *watch;    /* or NULL */
    const RowEnough *enough;  /* or NULL: all rows */
    void **ret_items;
    uint32_t *ret_count;
} TxAsk;
/* All rows as an array in keep. */
MUST_USE Err tx_rows(Tx *tx, const TxAsk *ask, Arena *keep);
/* At most TX_ASKS_MAX, answered in their order; each as tx_rows would. */
#define TX_ASKS_MAX (QUEUE_MAX - 1)
MUST_USE Err tx_ask_all(Tx *tx, const TxAsk *asks, uint32_t count, Arena *keep);
/* TX_ASK(SQL_UNITS, NULL, &shape_unit, &rows) is a TxAsk. */
#define TX_ASK(id_, parameters_, shape_, ret_list) \
    ((TxAsk){.id = (id_), .parameters = (parameters_), .shape = (shape_), .ret_items = (void **)&(ret_list)->items, \
             .ret_count = &(ret_list)->count})

/* What a change gives back: an id, and perhaps a number. */
typedef struct TxKey {
    Id id;
    int64_t number;
} TxKey;
extern const Shape tx_key_shape, tx_id_shape;

#define TX_ROWS(tx, id, parameters, shape, keep, ret_list) \
    tx_rows((tx), &TX_ASK((id), (parameters), (shape), (ret_list)), (keep))

/* The work has touched this row. key is its first column. */
MUST_USE Err tx_touch(Tx *tx, enum table table, Value key);
/* The same of a row that the statement which put it gave back whole: it is not read again, unless it is touched once more. */
MUST_USE Err tx_touch_told(Tx *tx, enum table table, const Value *columns);
bool tx_has_touched(const Tx *tx, enum table table, const Id *key);
/* The work has deleted it, by a statement that gave its key back (tx_delete). */
bool tx_has_deleted(const Tx *tx, enum table table, const Id *key);
/* A change and its touch. */
MUST_USE Err tx_change_row(Tx *tx, Question question, enum err_id otherwise, enum table table, Value key);
/* The same by a statement that gives the row back whole, which is touched as told. */
MUST_USE Err tx_change_told(Tx *tx, Question question, enum err_id otherwise, enum table table);
/* Inserts row by a statement that gives it back (PUT), and touches it as told. Errors: E_DUPLICATE. */
MUST_USE Err tx_insert(Tx *tx, enum sql id, const Shape *shape, const void *row, enum table table);
/* Deletes rows of a tracked table by a statement that gives back the key of each, and touches them: that they are gone is known, and
 * is not asked for again. */
MUST_USE Err tx_delete(Tx *tx, Question question, enum table table, uint32_t *ret_count);
/* Puts row, which was read in this work by the same proven shape and changed since, in its own place, and touches it where its
 * table is tracked. Errors: E_STALE when it is gone. */
MUST_USE Err tx_replace(Tx *tx, enum sql id, const Shape *shape, const void *row);
/* The values of a row; of a proven one with a new proof behind them, which stands in proof. */
MUST_USE Err tx_values(Tx *tx, const Shape *shape, const void *row, Hash *proof, Value *ret_values);
/* Is the last column of the row the proof of those before it? count: how many the chain has, which may be fewer. Anything else is
 * a row that we did not write. Errors: E_FORGED, told in the log of the process; those of the prover. */
MUST_USE Err tx_proof_check(Tx *tx, enum table table, const Value *columns, uint32_t count);
/* Deletes rows that stand in no chain: the statement gives back one row for each, which is counted. */
MUST_USE Err tx_delete_plain(Tx *tx, Question question, uint32_t *ret_count);
/* The first columns (ids) of a query, each deleted with sql and touched. */
MUST_USE Err tx_delete_each(Tx *tx, Question list, enum sql sql, enum table table, uint32_t *ret_count);

/* A work begins and ends: the end reads back what was touched and writes the lines. audit.c */
void tx_work_begin(Tx *tx);
MUST_USE Err tx_work_end(Tx *tx);

/* The key under which a row stands in the chain: its first column, or half the hash of it when that is no id. */
MUST_USE Err change_key(const Value *first, Id *ret_key);
/* SHA-256 over a row's columns in canonical form: table, then type, length and bytes of each. digest.c */
MUST_USE Err row_digest(Sha256 *sha, enum table table, const Value *columns, uint32_t count, Hash *ret_digest);
uint32_t table_columns(enum table table);
/* Whether its rows carry a proof. */
bool table_is_proven(enum table table);
/* How many columns its proof is over: those of the chain, and of a person what the chain has elsewhere. */
uint32_t table_proven_columns(enum table table);
const char *table_name(enum table table);

/* The hash of one line. changes are CHANGE_BYTES each. audit.c */
MUST_USE Err audit_line_hash(Sha256 *sha, const AuditRow *row, Str changes, Hash *ret_hash);
/* What stands before the first line of a writer's chain in this database. */
MUST_USE Err audit_chain_start(const char *database, int64_t writer, Hash *ret_hash);
MUST_USE Err audit_chain_head(Tx *tx, ChainHead *ret_head);

/* The number of a log that was read here is not asked for again. */
static inline void tx_remember_log(Tx *tx, Id log, int64_t no)
{
    tx->log = log;
    tx->log_no = no;
}

/* store_of's and the Stores' own, for other files of store. */
const char *store_database(const Store *store);
uint16_t store_writer(const Store *store);
Id store_tenant(const Store *store);
Ledger *store_ledger(const Store *store); /* NULL: there is none */
Prover store_prover(const Store *store);
/* Where this process left the chain; the writer's thread only. False: it has written nothing there. */
bool store_left(const Store *store, ChainHead *ret_head);
/* True the first time. */
bool store_tells_cut(Store *store);
/* The proof of a row of this database, over its digest. */
MUST_USE Err store_prove(const Store *store, const Hash *digest, Hash *ret_proof);

/* A row's place in a permit: refuses a permit that is missing, not made by policy, or without a log. */
MUST_USE Err permit_log(const Permit *permit, Id *ret_log);

#endif
