/* One request on its way through web: what was asked, who asks, what was typed, and the answer being made.
 * Must not outlive its request.
 * Used inside web only. */
#ifndef WEB_CALL_H
#define WEB_CALL_H

#include "domain/media.h"
#include "domain/signin.h"
#include "gateway/form.h"
#include "gateway/gateway.h"
#include "pages/pages.h"
#include "service/session/session.h"
#include "text/text.h"
#include "web/routes.h"
#include "web/web.h"

struct Web {
    Service *service;
    Arena *arena;
    Str origin;
    uint8_t visitor_secret[32]; /* for the forms of people who are not signed in; new at each start */
};

struct Call {
    Web *web;
    Service *service;
    const Route *route;
    const Request *request;
    Response *response;
    Arena *arena;             /* of the request: wiped at its end */
    enum language language;
    Id ids[ROUTE_IDS];        /* what stood for {id} in the path, in order */
    Str word;                 /* what stood for {word} */

    Id tenant;                /* none until a municipality is known */
    Str municipality;         /* its name */
    Str number;               /* its number, "0301" */
    bool signed_in;           /* a session is there; actor.role is ROLE_NONE until one is chosen */
    SessionToken token;
    Actor actor;
    uint8_t form_secret[32];  /* of the session, or of this browser before sign-in */
    Str user_name;            /* display name, for the header */

    Form query;               /* what stands behind '?' */
    Form form;                /* the fields of a POST, after the route's table let them pass */
    Str location;             /* where a redirect leads */
    Str proof_fault;          /* why a code was not taken; empty while none was asked for */
    bool draft_kept;          /* what was posted stands in a draft, though the session was idle too long */
};

/* Value of a posted field, empty when it was not sent. */
Str call_field(const Call *call, const char *name);
/* The same of the address's query. */
Str call_query(const Call *call, const char *name);

/* ---- answers; each fills the response ---- */

/* A page. */
MUST_USE Err call_page(Call *call, int status, const Html *html);
/* A file or a plain text, 200. */
MUST_USE Err call_bytes(Call *call, Str media_type, Str bytes);
/* 303 to a local address: the only answer to a POST that changed something. */
MUST_USE Err call_redirect(Call *call, Str location);
/* The page for an error; never tells more than its status does. */
MUST_USE Err call_error(Call *call, Err error);
/* An empty page to write into, in the reader's language. */
Html call_html(const Call *call);

/* ---- layout ---- */

/* What every page has. title is in the reader's language; current is the address of the navigation row to mark. */
LayoutView call_layout(Call *call, Str title, const char *current);
/* A text of the catalogue in the reader's language. */
Str call_text(const Call *call, enum msg id);

#endif
