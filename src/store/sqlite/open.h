/* One connection to a file of SQLite: how it is made, what it may do, what its errors mean.
 * Must not run a statement of the program.
 * Used by sqlite.c. */
#ifndef STORE_SQLITE_OPEN_H
#define STORE_SQLITE_OPEN_H

#include <sqlite3.h>

#include "store/driver.h"

#define PARAMETERS_MAX 40
#define BUSY_MS 5000

/* The steps of a transaction: those of the driver's table, and its two ends. */
enum { STEP_BEGIN = TX_STEP_COUNT, STEP_COMMIT, STEP_COUNT };

typedef struct Prepared {
    sqlite3_stmt *statement;
    uint8_t place[PARAMETERS_MAX];   /* SQLite's index of $1, $2 ... */
} Prepared;

typedef struct Queued {
    enum sql id;
    const Value *parameters;
} Queued;

struct Link {
    sqlite3 *database;
    enum link_use use;
    bool sealed;                     /* the schema is done: the authorizer is strict now */
    bool broken;
    int log_pages;                   /* of the write-ahead log after the last commit */
    uint32_t prepared_count;
    const Statement *current;
    sqlite3_stmt *running;
    sqlite3_stmt *steps[STEP_COUNT];
    Prepared *prepared[SQL_COUNT];   /* each when it is first used */
    Queued queued[QUEUE_MAX];        /* run when next comes to them */
    uint32_t queued_first, queued_count;
    sqlite3_stmt *filling;           /* a copy's table: a row goes in by this */
    uint32_t filling_columns;
};

/* The driver's create, find, forget, connect, close, script and check_schema. */
MUST_USE Err sqlite_create(Str place, const char *database);
MUST_USE Err sqlite_find(Str place, const char *database);
MUST_USE Err sqlite_forget(Str place, const char *database);
MUST_USE Err sqlite_connect(Str place, const char *database, enum link_use use, Link **ret_link);
void sqlite_close_link(Link *link);
/* None may run. */
void sqlite_forget_statements(Link *link);
MUST_USE Err sqlite_script(Link *link, const char *sql);
/* Nothing planted ever runs; what stands there all the same is somebody's work, and told. */
MUST_USE Err sqlite_check_schema(Link *link);

/* A value into a statement's place, which it outlives; the code of SQLite. And a column out of the row that a statement stands at. */
int sqlite_bind(sqlite3_stmt *statement, int place, const Value *value);
void sqlite_column(sqlite3_stmt *statement, int place, Value *ret_value);

/* What SQLite's code means. One that is the database's own breaks the connection. */
MUST_USE Err sqlite_error(Link *link, int code);

#endif
