/* What waits for a unit, and what a unit has given away and reads still.
 * Must not tell whom a log is about, nor show what is not asked yet.
 * Called by web and api. Rules: transfer 1, 7, 9. */
#ifndef SERVICE_ACTS_TRANSFER_TRANSFERS_H
#define SERVICE_ACTS_TRANSFER_TRANSFERS_H

#include "service/log/view.h"
#include "service/service.h"

/* One log on its way to the unit, or that went from it. */
typedef struct TransferItem {
    Id log;
    uint32_t display; /* its number, of one that the unit has had */
    Id unit;          /* the other */
    Str unit_name;    /* of another municipality with that one's name */
    bool elsewhere;   /* it comes from another municipality: log is the id of its transfer, and nothing else is known here */
    int64_t at;       /* when it was proposed, or done */
    Day on;           /* for which it was proposed */
    Day until;        /* the last day on which it may be answered, or read */
} TransferItem;
typedef struct TransferItems {
    const TransferItem *items;
    uint32_t count;
} TransferItems;

typedef struct TransferLists {
    TransferItems asked; /* of a manager: what waits for their answer */
    TransferItems left;  /* of a manager and of those who had a part in it: what their unit reads still */
} TransferLists;

/* Whether this actor may see the lists. No line. */
bool transfers_may_list(const Actor *actor);
/* One line. Errors: E_FORBIDDEN, those of keys and store. */
MUST_USE Err transfers_list(Service *service, const Actor *actor, Arena *keep, TransferLists *ret_lists);
/* Whoever could hold the log in the manager's own unit, by name: `participant` is the role that is appointed. One line. */
MUST_USE Err transfer_holders(Service *service, const Actor *actor, Arena *keep, LogPeople *ret_people);

#endif
