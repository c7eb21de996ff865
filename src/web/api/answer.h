/* Documents as answers: what is well, what is wrong, and what was carried out before.
 * Must not decide anything.
 * Used by handlers.c, web/error.c and web/web.c. Rules: web 5; docs/decisions/0008. */
#ifndef WEB_API_ANSWER_H
#define WEB_API_ANSWER_H

#include "api/problem.h"
#include "web/call/call.h"

/* Whether this request wants documents and not pages; also for an address that is none. */
bool call_is_api(const Call *call);

/* 200 with a document. */
MUST_USE Err api_answer(Call *call, Str body);
/* Before an act on an entry: it will be answered with 201 or 200 and the entry's address, and so will its repetition. */
MUST_USE Err api_leads_to(Call *call, uint16_t status, Id entry);
/* The same for what has no address of its own: 201, and that of the list that it stands in. */
MUST_USE Err api_leads_to_list(Call *call, const char *list, Id made);
/* That answer, with the entry. */
MUST_USE Err api_written(Call *call, Id entry);
/* The same for an act about one thing: 200, and its address among those ("roles", "units"). */
MUST_USE Err api_leads_to_one(Call *call, const char *of, Id one);
/* Of the log itself. */
MUST_USE Err api_leads_to_log(Call *call);
/* That answer. */
MUST_USE Err api_acted(Call *call);
MUST_USE Err api_problem(Call *call, const Problem *problem);
/* The problem of an error; never tells more than its status does. */
MUST_USE Err api_error(Call *call, Err error, Str reason);
/* The first answer of a change that was carried out before; 409 when that answer is not known. */
MUST_USE Err api_repetition(Call *call);

/* The version that If-Match names: a number in quotation marks. Errors: E_NO_VERSION, E_MALFORMED. */
MUST_USE Err api_version(const Call *call, uint32_t *ret_version);

#endif
