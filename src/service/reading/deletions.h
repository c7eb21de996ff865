/* The orders to delete logs: those that wait or run, and those that were carried out.
 * Must not open a log, nor show what stood in one.
 * Called by web and api. Rules: deletion 2, 11. */
#ifndef SERVICE_READING_DELETIONS_H
#define SERVICE_READING_DELETIONS_H

#include "service/log/view.h"
#include "service/service.h"

#define DELETIONS_PAGE 50

typedef struct DeletionItem {
    DeletionRow row;
    Str unit_name;
    Str ordered_by;   /* a name */
    bool may_approve; /* whoever looks may, as it stands */
    bool stop_asked;  /* somebody of the family asks that it be stopped */
} DeletionItem;

typedef struct DeletionItems {
    const DeletionItem *items;
    uint32_t count;
    bool more;
} DeletionItems;

/* Behind which row a page begins; zeros: from the start. */
typedef struct DeletionBehind {
    int64_t at;
    Id id;
} DeletionBehind;

/* Those that wait for somebody or for the purge, the oldest first: all for an administrator; for a manager those of their unit that they
 * may approve; none for anybody else. One line "listed n". Errors: E_FORGED for a row that is not what was written. */
MUST_USE Err deletions_waiting(Service *service, const Actor *actor, DeletionBehind behind, Arena *keep, DeletionItems *ret_items);

#endif
