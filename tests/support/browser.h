/* Somebody at a browser, without one: asks the pages of a whole installation, keeps cookie and hidden fields, fills in forms.
 * Must not be used outside tests. Knows two units ("Solbakken skole", the relay holder's, and "Helsestasjonen") and a
 * relay holder, "Klok Elv".
 * Used by tests of web: AUTO(browser_end) Browser browser = {0}; browser_begin(&browser); */
#ifndef TESTS_BROWSER_H
#define TESTS_BROWSER_H

#include "support/fixture.h"
#include "web/web.h"

#define BROWSER_ORIGIN STR("https://localhost")

typedef struct Browser {
    Fixture fixture;
    Web *web;
    Arena *arena;
    Id unit, other_unit;
    Str cookie;
    Str path;     /* where the page on the screen came from */
    int status;   /* of the last answer */
    Str page;     /* its body */
    Str location; /* of a redirect */
    Str given;    /* the cookie that the last answer set, with its rules */
    bool told_to_retry; /* by the last answer */
} Browser;

void browser_begin(Browser *browser);
void browser_end(Browser *browser);

/* Signs in as the first person who has this role, by the demo's way. */
void browser_become(Browser *browser, Role role);
/* The same as the person of this name; the actor is for calls of services. */
Actor browser_become_named(Browser *browser, Role role, const char *name);
/* Gives a role to somebody new, as an administrator or manager does. */
void browser_appoint(Browser *browser, const Actor *actor, Role role, Id unit, const char *name);
/* A visitor again. */
void browser_forget(Browser *browser);

/* One request as it is: nothing is added to it but cookie and origin. */
typedef struct BrowserRequest {
    enum method method;
    Str path, type, body;
    Str token, version; /* what a program sends in headers */
} BrowserRequest;
void browser_send(Browser *browser, const BrowserRequest *asked);

void browser_get(Browser *browser, const char *path);
/* Follows a redirect. */
void browser_follow(Browser *browser);
/* Sends names and values ("name", "Blid Bjørk", ...; NULL-ended) with the form token and the hidden fields state, number,
 * enrolment and version of the page on the screen. Values are sent as they are, to any depth of nonsense. */
void browser_post(Browser *browser, const char *path, ...) __attribute__((sentinel));
/* The same as multipart, with a file in the field "document" (NULL: none). */
void browser_upload(Browser *browser, const char *path, Str file, ...) __attribute__((sentinel));

bool browser_sees(const Browser *browser, const char *text);
/* Where a text begins on the page; its length when it does not stand there. */
size_t browser_finds(const Browser *browser, const char *text);
/* Value of a hidden field of the page on the screen; empty when there is none. */
Str browser_hidden(const Browser *browser, const char *name);
/* The page goes into the folder that the environment variable STAFETTLOGG_PAGES names, if any: for looking at it. */
void browser_keep(const Browser *browser, const char *name);

#endif
