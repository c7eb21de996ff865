/* The tables of the domain as Markdown, for `stafettlogg policy NAME` and docs/rules.
 * Must not print a copy: each printer walks the table that the program decides by.
 * Used by the command `policy`. */
#ifndef DOMAIN_TABLES_H
#define DOMAIN_TABLES_H

#include "base/buf.h"

/* A table by its name, what it tells, and its printer: a head, then one line for each row. Errors through buf. */
typedef struct DomainTable {
    const char *name;
    const char *help;
    void (*print)(Buf *buf);
} DomainTable;

/* Of the rights (policy_print.c). */
extern const DomainTable policy_tables[];
extern const size_t policy_table_count;

/* Of everything else (tables.c). */
extern const DomainTable domain_tables[];
extern const size_t domain_table_count;

#endif
