/* The rows of statistics: facts before their publication and after it, and publications; rows.h has the rules.
 * Must not name a log or a person: what is under seal says nothing of them either, once it is published.
 * Included by rows.h. */
#ifndef STORE_ROWS_STATISTICS_H
#define STORE_ROWS_STATISTICS_H

#include "base/hash.h"
#include "base/id.h"
#include "base/str.h"
#include "store/list.h"

/* A fact before its publication. It names no log, and no column of it says when it was written. */
typedef struct FactRow {
    Id id;
    Id found;             /* HMAC(fact sub-key of the log, the entry) */
    uint16_t period;      /* the quarter in which it entered; 0 while it waits */
    uint8_t family;       /* FactFamily */
    bool waits;           /* a measure that goes on: it is no fact yet */
    Str sealed;
} FactRow;
STORE_LIST(FactRow, FactRows);

/* An attention or a measure of a log that is purged: its first version's id. */
typedef struct FactEntryRow {
    Id entry;
    uint16_t kind;
} FactEntryRow;
STORE_LIST(FactEntryRow, FactEntryRows);

/* A fact after its publication, under the hash of that: coarse, in no order, tied to nobody. */
typedef struct FrozenFactRow {
    Id id;
    uint32_t publication; /* its number */
    uint8_t family;
    uint16_t period;
    Id unit;
    uint16_t category, grade, attention;
    int64_t from, to, on; /* days (base/calendar.h), or the first day of the quarter; 0: none */
    Str actors;           /* service u16 | number u32, each */
} FrozenFactRow;
STORE_LIST(FrozenFactRow, FrozenFactRows);

typedef struct PublicationRow {
    Id id;
    uint32_t number;      /* 1, 2, ... */
    uint16_t first;       /* the first quarter of the first year that it counts: the same in all of them */
    uint16_t period;      /* the last quarter that it counts */
    int64_t published_at;
    int64_t facts;        /* that are new in it */
    Str units;            /* 16 bytes each, in the order of the cube */
    Str lists;            /* which codes the other places of the cube are (domain/statistics/counted.h) */
    Hash frozen;          /* of all facts that it counts (service/statistics/frozen.h) */
    Hash shown, ledger, certificates;
} PublicationRow;
STORE_LIST(PublicationRow, PublicationRows);

/* A part of what a publication shows, or of what stands behind it. */
typedef struct PublicationPartRow {
    Id id;
    Id publication;
    uint8_t kind;         /* PublicationPart */
    uint32_t part;        /* from 0 */
    Str bytes;
} PublicationPartRow;
STORE_LIST(PublicationPartRow, PublicationPartRows);

#endif
