/* The description of the API out of the table of routes.
 * Must not describe what the table does not hold.
 * Used by cli/openapi.c and tests. */
#ifndef WEB_API_DOCUMENT_H
#define WEB_API_DOCUMENT_H

#include "base/str.h"

/* OpenAPI 3.1 as indented JSON in keep. Errors: as openapi_write. */
MUST_USE Err api_document(Arena *keep, Str *ret_text);

#endif
