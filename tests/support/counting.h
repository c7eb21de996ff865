/* A driver that counts the statements that go to the database, by row of the table of statements.
 * Must not change what the driver beneath does.
 * Included by tests that compare two ways (rules: access 7): counting_driver() before the stores are opened. */
#ifndef TESTS_COUNTING_H
#define TESTS_COUNTING_H

#include <stdatomic.h>
#include <string.h>

#include "keys/scopes.h"
#include "store/driver.h"
#include "store/sqlite/sqlite.h"

#define COUNTING_MAX 1024

static _Atomic uint32_t counted[COUNTING_MAX];

static _Atomic uint32_t counted_snapshots;

static inline Err counting_begin(Link *link)
{
    atomic_fetch_add(&counted_snapshots, 1);
    return sqlite_driver()->begin(link);
}

static inline Err counting_query(Link *link, enum sql id, const Value *parameters)
{
    atomic_fetch_add(&counted[(unsigned)id % COUNTING_MAX], 1);
    return sqlite_driver()->query(link, id, parameters);
}

static inline Err counting_queue(Link *link, enum sql id, const Value *parameters)
{
    atomic_fetch_add(&counted[(unsigned)id % COUNTING_MAX], 1);
    return sqlite_driver()->queue(link, id, parameters);
}

static inline Err counting_post(Link *link, enum sql id, const Value *parameters)
{
    atomic_fetch_add(&counted[(unsigned)id % COUNTING_MAX], 1);
    return sqlite_driver()->post(link, id, parameters);
}

static inline const Driver *counting_driver(void)
{
    static Driver driver;

    driver = *sqlite_driver();
    driver.query = counting_query;
    driver.queue = counting_queue;
    driver.post = counting_post;
    driver.begin = counting_begin;
    return &driver;
}

/* What an act cost: statements by kind, transactions (snapshots and commits), messages to the agent. Compare with
 * cost_equal. */
typedef struct Cost {
    uint32_t transactions;
    uint32_t statements[COUNTING_MAX];
    uint64_t messages;
} Cost;

static inline void cost_begin(Cost *cost, const Keys *keys)
{
    for (size_t i = 0; i < COUNTING_MAX; i++)
        cost->statements[i] = atomic_load(&counted[i]);
    cost->transactions = atomic_load(&counted_snapshots);
    cost->messages = keys_messages(keys);
}

static inline void cost_end(Cost *cost, const Keys *keys)
{
    for (size_t i = 0; i < COUNTING_MAX; i++)
        cost->statements[i] = atomic_load(&counted[i]) - cost->statements[i];
    cost->transactions = atomic_load(&counted_snapshots) - cost->transactions;
    cost->messages = keys_messages(keys) - cost->messages;
}

static inline uint32_t cost_statements(const Cost *cost)
{
    uint32_t all = 0;

    for (size_t i = 0; i < COUNTING_MAX; i++)
        all += cost->statements[i];
    return all;
}

static inline bool cost_equal(const Cost *a, const Cost *b)
{
    return a->messages == b->messages && a->transactions == b->transactions &&
           memcmp(a->statements, b->statements, sizeof a->statements) == 0;
}

#endif
