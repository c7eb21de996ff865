/* Numbered steps that bring a database to this program's schema, forwards only.
 * Must not be edited after a release: add a step.
 * Called by writer.c when it opens a database. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/driver.h"

typedef struct Migration {
    const char *sql;   /* {BLOB} and {ID} stand for the database's own types */
    bool proves;       /* gives every proven row a proof, in one transaction with all steps after it: rows are read as they are
                        * today. A step after it adds only columns that a digest leaves out while they are 0, or new tables */
} Migration;

extern const Migration store_migrations[];
extern const uint32_t store_migration_count;

/* The steps, when they are run, and what rows of this database are proven with. */
typedef struct Steps {
    const Migration *list;
    uint32_t count;
    int64_t now;
    Prover prover;
    Id tenant;
} Steps;

/* Runs the missing ones, each in one transaction (one that proves together with those after it), and seals the schema.
 * Errors: E_SCHEMA when the database has a step unknown to us, or one with another text; the prover's. */
MUST_USE Err migrate(const Driver *driver, Link *link, const Steps *steps);

/* Changes nothing. Errors: E_SCHEMA also when steps are missing. */
MUST_USE Err migrate_check(const Driver *driver, Link *link, const Migration *list, uint32_t count);

#endif
