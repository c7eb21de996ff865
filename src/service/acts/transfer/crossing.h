/* A transfer to another municipality, as far as the log's own steps go: proposed, decided, called off.
 * Must not write into the other municipality's database: service/crossing does.
 * Called by the deeds of this room. Rule: transfer 6. */
#ifndef SERVICE_ACTS_TRANSFER_CROSSING_H
#define SERVICE_ACTS_TRANSFER_CROSSING_H

#include "service/acts/transfer/handshake.h"
#include "store/request/crossing.h"

/* The row of a transfer that goes to another municipality; zeros: it stays in this one. */
MUST_USE Err crossing_of(const Deed *deed, Id transfer, CrossingRow *ret_row);
/* How the unit of another municipality is called that a waiting transfer goes to; empty for one within this. */
MUST_USE Err crossing_place(const Actor *actor, Id transfer, Arena *keep, Str *ret_place);
/* The manager decides: what goes is gathered and sealed under a key of its own, and the other municipality is to be asked. Errors:
 * E_TOO_LARGE; those of keys. */
MUST_USE Err crossing_decide(const Deed *deed, const LogEntered *entered, const Handshake *handshake, const CrossingRow *row,
                             LogChange *change);

/* Under which key of its scope, and where, what goes is sealed. */
#define CROSSING_PLACE(id) \
    ((ScopedPlace){.table = SEAL_TABLE_CROSSING, .column = SEAL_COLUMN_BODY, .label = LABEL_DATA, .row = (id), .scope = (id), .version = 1})
/* Of the data alone: it becomes one document. */
#define CROSSING_DATA_MAX ((size_t)10 << 20)

#endif
