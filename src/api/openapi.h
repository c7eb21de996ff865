/* The description of the API (OpenAPI 3.1), made from the table of routes and the field table.
 * Must not describe what no table says.
 * Printed by `stafettlogg openapi`; docs/openapi.json is held to it by a test. */
#ifndef API_OPENAPI_H
#define API_OPENAPI_H

#include "domain/fields.h"

/* What is answered when all goes well: name, schema. */
#define API_SHAPES(X)                 \
    X(SESSION, "session")             \
    X(LOGS, "logs")                   \
    X(LOG, "log")                     \
    X(INBOX, "inbox")                 \
    X(BLIND_REQUESTS, "blind_requests") \
    X(TRANSFERS, "transfers") \
    X(PASSIVE, "passive")             \
    X(DELETIONS, "deletions")         \
    X(CERTIFICATES, "certificates")   \
    X(ARCHIVE_REPORTS, "archive_reports") \
    X(SEEN, "seen_list")              \
    X(CONSENTS, "consents")           \
    X(HISTORY, "history")             \
    X(COPY, "copy")                   \
    X(WRITTEN, "written")             \
    X(CODE, "code")                   \
    X(INVITATIONS, "invitations")     \
    X(INVITATION_MADE, "invitation_made") \
    X(QUESTIONS, "questions")         \
    X(STATISTICS, "statistics")

#define X(name, schema) API_##name,
enum ApiShape { API_NONE = 0, API_SHAPES(X) API_SHAPE_COUNT };
#undef X

/* One row of the table of routes, as far as it is told. */
typedef struct ApiOperation {
    const char *method;   /* "get" */
    const char *path;     /* "/api/v1/logs/{id}/entries/{word}"; the first {id} is a log, the second an entry */
    const char *name;     /* of the operation */
    const char *summary;  /* one sentence */
    const char *query;    /* a parameter it takes, and another; NULL: none */
    const char *query_too;
    const char *const *queries; /* where there are more: all of them, NULL-ended, instead of both */
    enum ApiShape answer;
    const Kind *takes;    /* the document it takes; NULL: none */
    bool each_kind;       /* {word} is each kind that people write: takes is that kind */
    bool each_procedure;  /* {word} is each procedure about what the path names: takes is its form */
    bool creates;         /* 201 and not 200 */
    bool versioned;       /* If-Match */
} ApiOperation;

/* The whole document, indented. Kinds are those that is_written says. Errors: E_TOO_LARGE, E_NO_MEMORY. */
MUST_USE Err openapi_write(const ApiOperation *operations, size_t count, bool (*is_written)(KindId kind), Arena *keep,
                           Str *ret_text);

#endif
