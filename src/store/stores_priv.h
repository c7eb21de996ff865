/* The registry, the writer and the readers' pool, which are one thing in three files.
 * Must not be seen by verbs.
 * Used by stores.c, writer.c, readers.c. */
#ifndef STORE_STORES_PRIV_H
#define STORE_STORES_PRIV_H

#include "store/tx.h"
#include "sys/thread.h"

#define STORE_BUCKETS 512
#define READERS_MAX 512
#define BATCH_MAX 256
#define WAITING_MAX 4096
#define WRITER_RECENT 8
#define READER_WAIT_MS 10000

struct Store {
    Stores *stores;
    Store *next;              /* in its bucket */
    Id tenant;
    char database[DATABASE_NAME];
    bool ready;               /* opened and migrated once; under the registry's lock */
    uint64_t commits;         /* under the writer's lock, as what follows */
    bool remains;             /* what was deleted may still lie in the write-ahead log */
    bool recorded_seen;       /* the ledger was once known to have all that ended here */
    struct Reader *idle;      /* reading connections that wait for work; under the readers' lock */

    /* The writer's thread alone touches these. */
    Link *writing;
    uint64_t written_turn;
    bool untidy;
    bool recorded;            /* the ledger has all that ended here */
    bool cut_told;            /* that the chain is not where it was left */
    ChainHead left;           /* where this process left the chain; seq 0: it has written nothing there */
};

enum work_kind { WORK_RUN, WORK_OPEN, WORK_PURGE, WORK_RECORD };

/* One call of store_write that waits; lives on the caller's stack. */
typedef struct Work {
    enum work_kind kind;
    Store *store;
    Err (*run)(Tx *tx, void *context);
    void *context;
    Err result;
    Latch done;
    struct Work *next;
} Work;

typedef struct Writer {
    Stores *stores;
    Thread thread;
    bool running;
    Mutex lock;               /* of the queue, stop and figures */
    Condition filled;
    Work *first, **last;
    uint32_t waiting;
    bool stop;
    StoreFigures figures;

    /* The thread's own. */
    Tx tx;
    Arena *scratch;
    Sha256 *sha;
    uint64_t turn;
    uint32_t open_links;
    Store *recent[WRITER_RECENT];       /* whose connections keep their pages */
    uint32_t recent_next;
} Writer;

typedef struct Reader {
    Tx tx;
    Store *store;                       /* NULL: no connection */
    Link *link;
    Sha256 *sha;
    struct Reader *next;                /* idle too: of the same database, or without one */
    struct Reader *older, *newer;       /* idle too: of any database, by last use */
    uint32_t warm_place;                /* among the warm, from 1; 0: it has no statements */
} Reader;

typedef struct Readers {
    Mutex lock;
    Condition freed;
    Reader items[READERS_MAX];
    uint32_t count;                     /* places that may be used */
    uint32_t begun;                     /* places that were ever used */
    Reader *unconnected;
    uint32_t unconnected_count;
    Reader *oldest, *newest;            /* of those that are idle and connected */
    Reader *warm[READERS_MAX];
    uint32_t warm_count;
    uint64_t turn;
} Readers;

struct Stores {
    const Driver *driver;
    const World *world;
    Prover prover;
    Ledger *ledger;           /* NULL: there is none */
    uint16_t writer_id;
    bool reading_only;        /* there is no writer */
    uint32_t writing_max;     /* writing connections open at once; the oldest is closed for the next */
    Arena *arena;             /* place and the like */
    Str place;
    Mutex lock;               /* of buckets and ready */
    Store *buckets[STORE_BUCKETS];
    Store *host;
    Writer writer;
    Readers readers;
};

/* Starts and stops the writer's thread. The stop waits for the queue to empty and closes every writing connection. */
MUST_USE Err writer_start(Stores *stores);
void writer_stop(Stores *stores);
/* Hands a work over and waits for its end. */
MUST_USE Err writer_do(Store *store, enum work_kind kind, Err (*run)(Tx *tx, void *context), void *context);
/* Commits, and writes what waits for it into the ledger before anybody is answered. The writer's thread only. */
MUST_USE Err writer_commit(Tx *tx);
/* Purges a store where something remains. True where it remains still. */
bool writer_purge_waiting(Store *store);

#endif
