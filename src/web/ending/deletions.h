/* The list of orders to delete logs: those that wait for somebody, and those that are approved.
 * Must not show a name of whom a log is about.
 * Called through the table of routes, and by the API. */
#ifndef WEB_ENDING_DELETIONS_H
#define WEB_ENDING_DELETIONS_H

#include "service/reading/deletions.h"
#include "web/call/call.h"

/* The handler of the table of routes. */
MUST_USE Err deletions_page(Call *call);
/* What it shows, for the API: a page of the list, by the query; and the mark of the next one, empty where there is none. */
MUST_USE Err deletions_list(Call *call, DeletionItems *ret_items);
MUST_USE Err deletions_next(Call *call, const DeletionItems *items, Str *ret_before);
/* Behind which row a page of a list begins, as the query says, and the mark that says so. */
DeletionBehind deletions_behind(const Call *call);
MUST_USE Err deletions_mark(Call *call, int64_t at, Id id, Str *ret_before);

#endif
