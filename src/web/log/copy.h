/* The family's own copy of a log: the page that asks for it, and the files.
 * Must not name a person in a file's name.
 * Called through the table of routes. Rule: deletion 1. */
#ifndef WEB_LOG_COPY_H
#define WEB_LOG_COPY_H

#include "html/html.h"
#include "service/log/view.h"
#include "web/call/call.h"

/* GET /logg/{id}/kopi */
MUST_USE Err log_copy_page(Call *call);
/* POST /logg/{id}/kopi format=document|data: a file. */
MUST_USE Err log_copy_send(Call *call);
/* Where the reader of a log, or of its stub, takes a copy of it; none where they may not. */
MUST_USE Err log_copy_url(const Call *call, const LogView *log, Url *ret_url);
/* Until when one is offered, in words; empty where it is not. */
MUST_USE Err log_copy_until(const Call *call, Day end, Str *ret_words);

#endif
