/* One request on its way through web: what was asked, who asks, what was typed, and the answer being made.
 * Must not outlive its request.
 * Used inside web only. */
#ifndef WEB_CALL_CALL_H
#define WEB_CALL_CALL_H

#include "gateway/form.h"
#include "service/session/session.h"
#include "text/text.h"
#include "web/call/route.h"

typedef struct Web Web;

struct Web {
    Service *service;
    Arena *arena;
    Str origin;
    uint8_t visitor_secret[32]; /* for the forms of people who are not signed in; new at each start */
};

/* What was done a moment ago, for the page that comes. */
typedef struct Done {
    Str text;  /* one sentence; empty: nothing */
    Id entry;  /* beside which it stands; none: at the top */
    bool placed; /* the page shows it there */
} Done;

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
    uint32_t unread;          /* notices, where the page has asked for them */
    Done done;                /* brought by the layout */
    Str proof_fault;          /* why a code was not taken; empty while none was asked for */
    bool reason_said;         /* this request gives the reason in actor itself */
    bool draft_kept;          /* what was posted stands in a draft, though the session was idle too long */
};

#endif
