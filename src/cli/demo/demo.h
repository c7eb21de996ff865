/* What the parts of the demo share: the made-up municipality on its way into an installation.
 * Must not hold anybody who exists; must not write but through the service's own functions, so that every line is real.
 * Used by the command demo. */
#ifndef CLI_DEMO_DEMO_H
#define CLI_DEMO_DEMO_H

#include "base/calendar.h"
#include "cli/control/installation.h"
#include "service/session/session.h"

#define DEMO_PASSWORD "rolige bølger bærer båten hjem"

/* The units: name in tables, as what it serves (domain/codes.h), what it is called. */
#define DEMO_UNITS(X)                                       \
    X(SCHOOL, "2", "Bjørkelia skole")                       \
    X(KINDERGARTEN, "1", "Regnbuen barnehage")              \
    X(SCHOOL_HEALTH, "6", "Nordvær skolehelsetjeneste")     \
    X(PPT, "4", "Nordvær PPT")                              \
    X(FAMILY_CENTRE, "9", "Nordvær familiesenter")          \
    X(CHILD_WELFARE, "7", "Nordvær barneverntjeneste")

#define X(name, service, text) DEMO_##name,
enum DemoUnit { DEMO_NO_UNIT, DEMO_UNITS(X) DEMO_UNIT_COUNT };
#undef X

/* The staff: name in tables, name, user name. */
#define DEMO_STAFF(X)                                       \
    X(ADMIN, "Klar Fjord", "klar.fjord")                    \
    X(SCHOOL_LEADER, "Bred Ås", "bred.as")                  \
    X(SERVICE_LEADER, "Mild Eng", "mild.eng")               \
    X(ELV, "Klok Elv", "klok.elv")                          \
    X(HAVN, "Trygg Havn", "trygg.havn")                     \
    X(SNOW, "Fersk Snø", "fersk.sno")                       \
    X(VIND, "Rolig Vind", "rolig.vind")                     \
    X(SJO, "Våken Sjø", "vaken.sjo")                        \
    X(MYR, "Modig Myr", "modig.myr")                        \
    X(SKOG, "Lett Skog", "lett.skog")                       \
    X(TOPP, "Fjern Topp", "fjern.topp")                     \
    X(SECOND_ADMIN, "Jevn Dal", "jevn.dal")

#define X(name, text, user) DEMO_##name,
enum DemoPerson { DEMO_STAFF(X) DEMO_STAFF_COUNT, DEMO_GUARDIAN_1 = DEMO_STAFF_COUNT, DEMO_GUARDIAN_2, DEMO_CHILD, DEMO_PEOPLE };
#undef X

/* Somebody who acts in the demo: signed in on first use, in one role at a time. */
typedef struct DemoActing {
    Id person;
    bool signed_in;
    SessionToken token;
    Actor actor;
} DemoActing;

typedef struct Demo {
    Service *service;
    Installation *installation; /* whose time is moved */
    Arena *keep;    /* for the whole run */
    Arena *scratch; /* rewound after each step */
    Id tenant;
    bool lives;     /* with logs at different points of their lives, and a second administrator for those that end */
    Day today;
    Str number, name;
    Id units[DEMO_UNIT_COUNT];
    unsigned days_left; /* until the day on which it is shown; what lies before is made with the clock moved */
    DemoActing people[DEMO_PEOPLE]; /* guardians and child are those of the log in hand */
} Demo;

typedef struct DemoWord {
    const char *key;
    const char *text;
} DemoWord;

/* One line of JSON on stdout: {"kind":{"key":"text",...}}. demo_say(demo, "units", {"name", name}, {"id", id}). */
MUST_USE Err demo_say_words(Demo *demo, const char *kind, const DemoWord *words, size_t count);
#define demo_say(demo, kind, ...) \
    demo_say_words(demo, kind, (const DemoWord[]){__VA_ARGS__}, COUNT_OF(((const DemoWord[]){__VA_ARGS__})))
/* 32 hexadecimal digits in scratch. */
const char *demo_id(Demo *demo, Id id);

#endif
