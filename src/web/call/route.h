/* Every address that the server answers: what a row of the table says, and the look-up in it.
 * Must not say who may do what with a log: that is domain/policy.
 * Used by web, by the front's configuration, and by the description of the API (`stafettlogg openapi`). */
#ifndef WEB_CALL_ROUTE_H
#define WEB_CALL_ROUTE_H

#include "api/openapi.h"
#include "base/id.h"
#include "domain/acts.h"
#include "gateway/gateway.h"

#define ROUTE_IDS 2

#define ROUTE_FIELDS 24

#define API_PREFIX "/api/" /* under it everything is a document, also what is no address */

typedef struct Call Call; /* web/call/call.h */

/* How far somebody must have come before a handler is called. */
enum access {
    ACCESS_NONE = 0, /* a row left out: nobody */
    ACCESS_PUBLIC,   /* anybody */
    ACCESS_SESSION,  /* signed in, no role chosen yet */
    ACCESS_ROLE      /* signed in, acting in a role */
};

/* What names the act that an address is. */
enum act_from {
    ACT_FROM_ROW = 0,  /* the row itself */
    ACT_FROM_KIND,     /* {word} is a kind of entry, and the act is the one that writes it */
    ACT_FROM_PROCEDURE /* {word} is the code of a procedure's act */
};

/* What a row under /api/ says besides, for its description and its answers. */
typedef struct ApiRoute {
    const char *name;     /* of the operation */
    const char *summary;  /* one sentence */
    const char *query;    /* a parameter it takes, and another; NULL: none */
    const char *query_too;
    const char *const *queries; /* where there are more: all of them, NULL-ended, instead of both */
    enum ApiShape answer;
    const Kind *takes;    /* the document it takes; NULL: none, or that of the kind named by {word} */
    KindId takes_kind;    /* the same, a kind of the field table; KIND_NONE: see takes */
    bool versioned;       /* changes one version: If-Match */
} ApiRoute;

typedef struct Route {
    enum method method;
    const char *path;   /* segments; {id}: 32 hexadecimal digits, {word}: a-z, 0-9 and '_' , {number}: 4 digits */
    enum access access;
    Act act;            /* what somebody does here; ACT_NONE: no act of domain/acts.h, or the word's */
    enum act_from act_from;
    Err (*handle)(Call *call);
    const char *const *fields; /* names a POST may carry besides form_token, NULL-ended */
    bool may_prove;     /* and a code that proves anew who acts (web/form/prove.h) */
    bool entry_fields;  /* and the fields of the entry kind named by {word} */
    bool procedure;     /* and the fields of the procedure named by {word} */
    uint8_t body_mib;   /* limit of the body; 0 means 1 */
    uint8_t file_mib;   /* limit of the file that is answered; 0: a page is */
    const ApiRoute *api; /* NULL: pages and forms; else documents both ways */
} Route;

/* The table (web/routes.c) and its length. */
extern const Route routes[];
extern const size_t route_count;
/* The row for method and path, with what stood for the placeholders. HEAD finds the GET row.
 * Errors: E_NOT_FOUND; also when the path exists for another method, because its existence is nobody's business. */
MUST_USE Err route_find(enum method method, Str path, const Route **ret_route, Id ret_ids[static ROUTE_IDS], Str *ret_word);
/* What somebody does at an address of this row: the row's own act, or that of its word. ACT_NONE: a word that is none. */
Act route_act(const Route *route, Str word);
/* Bytes a body may have at this path (1, 10 or 64 MiB). */
size_t route_body_limit(enum method method, Str path);
/* Bytes that a file answered at this path may have; 0 where there is none. */
size_t route_file_limit(enum method method, Str path);

#endif
