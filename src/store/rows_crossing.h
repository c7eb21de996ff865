/* Rows of logs on their way to another municipality, and of the municipalities of other installations, as rows.h has the others.
 * Must not hold anything opened.
 * Used through store/rows.h. */
#ifndef STORE_ROWS_CROSSING_H
#define STORE_ROWS_CROSSING_H

#include "base/hash.h"
#include "base/id.h"

/* A log on its way to another municipality: a row in both databases, under the id of its transfer (service/crossing/crossings.h). */
typedef struct CrossingRow {
    Id id;                /* the transfer's; the scope of what is sealed too */
    uint8_t way, step;    /* a CrossingWay, a CrossingStep (domain/transfer.h) */
    Id other, log, unit;  /* the other municipality; the log here, none until it has come; the unit that is asked */
    int64_t proposed_at, on_at;
    Str place;            /* the other unit and its municipality, as they are called: public names */
    Id decided_by;        /* the manager of the log */
    Id holder, taken_by;  /* there: the role rows of whoever holds it, and of the manager who took it */
    int64_t taken_at;
    Hash hash;            /* of the part that goes, over what is written and not over how it is sealed */
    Str done;             /* the entry that ends the part, as it will be stored: its id, and what is sealed */
    Str sealed;           /* the part, under a key of its own; empty when it has come */
    uint32_t version;
} CrossingRow;
typedef struct CrossingRows {
    CrossingRow *items;
    uint32_t count;
} CrossingRows;

/* A municipality of another installation, by its card, which two persons have compared. */
typedef struct PartnerRow {
    Id id;                /* the municipality's */
    Str card;             /* as it was signed (parcel/letter.h) */
    int64_t known_at;
    Id known_by;          /* the Unix user who brought it */
    uint32_t version;
} PartnerRow;
typedef struct PartnerRows {
    PartnerRow *items;
    uint32_t count;
} PartnerRows;

#endif
