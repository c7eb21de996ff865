/* What went wrong, as application/problem+json (RFC 9457) in words of the catalogue.
 * Must not tell more than its status: forbidden and absent are the same bytes.
 * Used by web for everything under /api/. */
#ifndef API_PROBLEM_H
#define API_PROBLEM_H

#include "api/read.h"
#include "service/log/view.h"
#include "text/text.h"

#define API_PROBLEM_TYPE STR("application/problem+json")

/* The status that the API answers an error with. As for pages, but: 401 without a session, 412 for a version that is not
 * the newest (rules: web 5). */
int problem_status(enum err_id error);

/* What is wrong with which field. */
typedef struct FieldFault {
    const Kind *kind;
    uint8_t at;     /* position of the field */
    Fault fault;
} FieldFault;

/* A fault in words, with the field's label. Errors: E_INTERNAL when the catalogue lacks it. */
MUST_USE Err fault_words(enum language language, FieldFault fault, Arena *keep, Str *ret_text);

/* A wrong field that no kind describes: of the address. */
typedef struct ProblemField {
    const char *name;
    const char *code;
    Str detail;
} ProblemField;

/* What a problem tells; what is left out is not told. */
typedef struct Problem {
    int status;
    bool held;                    /* the log that was asked for is closed; the service is not */
    bool shut;                    /* the caller knows of the log and has no access to it: refusal says whom to ask */
    Str refusal;                  /* why somebody who reads the log may not change it so; empty: no such thing */
    const ApiDocument *document;  /* its faults */
    ProblemField field;
    const LogEntry *newest;       /* the version that stands there now */
} Problem;

/* Each status has one meaning here, but for a held log's 503 and a refusal's 403, so `type` is about:blank. Errors: E_NO_MEMORY. */
MUST_USE Err problem_write(const Problem *problem, enum language language, Arena *keep, Str *ret_body);

#endif
