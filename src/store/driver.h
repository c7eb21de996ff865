/* What a database must be able to do: two tables of functions implement it, store/sqlite and store/postgres.
 * Must not know rows or verbs; must not be called outside store.
 * Called by writer.c, readers.c, tx.c, migrate.c. */
#ifndef STORE_DRIVER_H
#define STORE_DRIVER_H

#include "base/str.h"
#include "store/statements.h"
#include "store/store.h"

#define COLUMNS_MAX 40
#define DATABASE_NAME 48
#define QUEUE_MAX 16

enum value_type { VALUE_NULL = 0, VALUE_NUMBER, VALUE_BYTES, VALUE_TEXT };

typedef struct Value {
    enum value_type type;
    int64_t number;
    Str bytes;
} Value;

/* One connection. One statement at a time: query, step until *ret_row is false, or finish. Several at once: queue each, then
 * for each in the same order next, and step until *ret_row is false; finish drops those that are not answered yet. */
typedef struct Link Link;

enum link_use { LINK_READS, LINK_WRITES };

/* Takes every table and every row of it as they come; of a table that is not wanted no row is read. */
typedef struct CopyTable CopyTable; /* store/copy/rows.h */
typedef struct CopyOut {
    void *self;
    Err (*table)(void *self, const CopyTable *table, bool *ret_wanted);
    Err (*row)(void *self, const Value *values, uint32_t count);
} CopyOut;

/* Steps of a transaction, as constants that both databases read. */
enum tx_step { TX_SAVEPOINT, TX_RELEASE, TX_ROLLBACK_TO, TX_ROLLBACK, TX_STEP_COUNT };

struct Driver {
    const char *name;
    uint32_t writing_max;      /* writing connections open at once; the oldest is closed for the next */
    uint32_t reading_max;      /* the same of reading ones, of which warm_max keep their statements */
    uint32_t warm_max;
    const char *blob_type;     /* what {BLOB} in a migration means here */
    const char *id_type;       /* what {ID} means: a whole number that orders the table on disk */
    const char *by_key;        /* what {BY KEY} behind a table means: its rows lie in the order of their key */
    bool keeps_remains;        /* what a process deleted and left in its log is purged when the database is opened again */
    const char *audit_guard;   /* run after the migrations: what keeps audit append-only here, or NULL */
    const char *audit_open;    /* run in a step that gives lines a proof: takes that away until the guard is run again, or NULL */

    /* Makes an empty database. Errors: E_DUPLICATE. */
    Err (*create)(Str place, const char *database);
    /* Whether there is such a database; nothing of the question stays. Errors: E_NOT_FOUND. */
    Err (*find)(Str place, const char *database);
    /* Takes a database away with all that is in it; none is fine. Nobody may have it open. Errors: E_STORE, E_IO. */
    Err (*forget)(Str place, const char *database);
    /* Errors: E_NOT_FOUND when there is no such database. Only LINK_WRITES may ever change or checkpoint it. */
    Err (*connect)(Str place, const char *database, enum link_use use, Link **ret_link);
    void (*close)(Link *link);

    /* SQL constants of migrations; the writing connection only, before seal_schema. */
    Err (*script)(Link *link, const char *sql);
    /* Refuses a schema that holds what this program never makes there; NULL where nobody looks. Errors: E_SCHEMA. */
    Err (*check_schema)(Link *link);
    /* From now on this connection cannot change the schema or an audit line. */
    Err (*seal_schema)(Link *link);

    /* A snapshot for LINK_READS, the write lock for LINK_WRITES. What these do may be waited for later: their error is that of
     * a later call then, and TX_ROLLBACK_TO waits. */
    Err (*begin)(Link *link);
    Err (*step_tx)(Link *link, enum tx_step step);
    /* Of a snapshot of which nothing is read, or NULL where one process alone has a database: waits until no other server is here in
     * this database, and keeps it so until the snapshot ends. Errors: E_STORE, also when it takes too long. */
    Err (*alone)(Link *link);
    /* Of a snapshot, or NULL: what is asked next is its last question, which may end it. */
    void (*last)(Link *link);
    /* Errors: E_DISK_FULL, E_STORE: not committed. E_UNKNOWN_OUTCOME. */
    Err (*commit)(Link *link);

    /* Errors: E_DISK_FULL, E_STORE; E_DUPLICATE and E_INVALID for a constraint. Columns live until the next step. */
    Err (*query)(Link *link, enum sql id, const Value *parameters);
    /* At most QUEUE_MAX; parameters stay where they are until next has come to the statement. */
    Err (*queue)(Link *link, enum sql id, const Value *parameters);
    Err (*next)(Link *link);
    /* A statement whose answer nobody waits for: its error may be that of any later call, as E_STORE or E_DISK_FULL, and
     * then the transaction is lost. A commit that is good says that it was. */
    Err (*post)(Link *link, enum sql id, const Value *parameters);
    Err (*step)(Link *link, Value *columns, bool *ret_row);
    void (*finish)(Link *link);

    /* Between transactions, or NULL: gives back memory that only makes the next use faster. rest: what takes much of it, before
     * a connection lies idle. cool: every prepared statement too. */
    void (*rest)(Link *link);
    void (*cool)(Link *link);

    /* Of a LINK_READS that is used for nothing else: begins a snapshot that stands until the link is closed. */
    Err (*hold)(Link *link);
    /* In that snapshot: all tables in the order in which they were made, so that what a row refers to stands before it. */
    Err (*copy_out)(Link *link, const CopyOut *out);
    /* Of a LINK_WRITES to a new database: rows are put into one table after another as they are given. fill_table begins, and
     * fill_end makes what was put there durable. Errors: E_MALFORMED (no such table or column here), those of a statement. */
    Err (*fill_begin)(Link *link);
    Err (*fill_table)(Link *link, const CopyTable *table);
    Err (*fill_row)(Link *link, const Value *values);
    Err (*fill_end)(Link *link);

    /* After works are answered: idle means that nothing waits. */
    void (*tidy)(Link *link, bool idle);
    /* Errors: E_BUSY while a reader stands in the way. */
    Err (*purge)(Link *link);
    /* True after an error that makes the connection useless. */
    bool (*broken)(const Link *link);
};

#endif
