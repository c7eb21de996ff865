/* The side doors of a log: what the parts of the test share. A case is one installation with one log in one state, and everybody
 * who may come.
 * Must not be included by another test. */
#ifndef TESTS_SIDE_DOORS_H
#define TESTS_SIDE_DOORS_H

#include "support/test.h"

#include <stdio.h>

#include "base/calendar.h"
#include "domain/policy/policy.h"
#include "domain/procedures.h"
#include "service/reading/open.h"
#include "support/browser.h"
#include "web/call/route.h"

#define ABSENT "0123456789abcdef0123456789abcdef"

/* Everybody who may come, and how they stand to the log. */
typedef struct Asker {
    const char *name;
    Role role; /* ROLE_NONE: no session */
    Relation relation;
    Flags flags;
    Str cookie, token;
} Asker;

#define EVERYBODY 11
extern const Asker everybody[EVERYBODY];

/* What the log is when it is asked for. */
typedef struct Stand {
    const char *name;
    State state;
    Flags flags;      /* stored in its row */
    int64_t days;     /* that pass before; the consent ends after 200 */
    Flags follow;     /* what follows from them */
    Act done;         /* what was done in it last, by those who may; ACT_NONE: nothing */
} Stand;

typedef struct Case {
    Browser browser;
    Asker askers[EVERYBODY];
    const Stand *stand;
    char log[ID_TEXT + 1], consent[ID_TEXT + 1], guardian[ID_TEXT + 1], actor[ID_TEXT + 1], outside[ID_TEXT + 1], next[ID_TEXT + 1];
    char note[ID_TEXT + 1], measure[ID_TEXT + 1], meeting[ID_TEXT + 1];
    Str today, in_time; /* and a day on which a consent may end */
    unsigned asked, refused, wrong, told;
    Act opened;       /* of a control: the one act that is asked for, which this role may do and is expected to be refused */
    Role opened_to;
} Case;

/* One address with its placeholders filled in, and what is sent there. */
typedef struct Door {
    const Route *route;
    const char *word;
    const Kind *kind;           /* whose fields it takes; NULL: none */
    const Procedure *procedure;
    Act act;
    unsigned number;            /* among those of the same row */
} Door;

/* ---- askers.c: the log, and who comes ---- */

/* The log in this state, and everybody signed in. Declare it AUTO(case_end) Case it = {0}. */
void case_begin(Case *it, const Stand *stand);
void case_end(Case *it);
/* The log as its holder sees it. */
void case_open(Case *it, const Actor *holder, LogView *ret_view);
/* A day that lies so many from today, as 2026-11-30. */
Str case_day(Case *it, int days);

/* ---- states.c: what the log has lived ---- */

/* What a protected log must not tell a guardian or an actor, and the name of the school, which a guardian must not be told. */
#define ADDRESS_CANARY "Lonnveien 77"
#define PHONE_CANARY "90000077"
#define SCHOOL "Solbakken skole"
/* Brings the log, which its holder has just made, into the state of the case. */
void case_lives(Case *it, const Actor *holder);
/* How an asker stands to the log by what it has lived. */
Relation relation_now(const Case *it, const Asker *asker);

/* ---- sent.c ---- */

/* Asks one address for one log, as one of them. */
void door_ask(Case *it, const Door *door, const Asker *asker, const char *log);

/* ---- expected.c ---- */

typedef struct Answer {
    int status;
    Str page, location, given;
} Answer;
/* What the policy says of this asker at this door. */
Ask ask_of(const Case *it, const Asker *asker, Act act);
bool is_yes(Why why);
Why decide(const Case *it, const Asker *asker, const Door *door);
/* The log's own page shows the stub to those who may see no more. */
bool shows_stub(const Door *door, Why why);
bool leads_to_certificate(const Case *it, const Asker *asker, const Door *door);
/* A refusal that is no secret to this asker: they are asked why, told of a hold, or told why not. */
bool is_asked_why(const Case *it, const Asker *asker);
bool is_told_of_hold(const Case *it, const Asker *asker, const Door *door);
bool is_told_why_not(const Case *it, const Asker *asker, const Door *door);
/* Known, but no access: whoever takes part, or did, in a log that they cannot read now (rules: access 10). */
bool knows_it_is_shut(const Case *it, const Asker *asker);
bool says_it_is_shut(const Case *it);
/* The last answer, and that for a log that is not there, but for what differs each time. */
Answer answer(Case *it);
const Answer *absent_answer(Case *it, const Door *door, const Asker *asker);
bool same(const Answer *a, const Answer *b);
/* Counts what was wrong, and says it. */
void tell(Case *it, const Door *door, const Asker *asker, const char *what);
/* Where the child lives is told to no guardian and no actor, by whatever page, document or list. */
void expect_protected(Case *it, const Door *door, const Asker *asker);
/* The newest line; and that nothing but looking stands behind it. */
int64_t newest_line(Case *it);
void expect_only_looked(Case *it, const Door *door, const Asker *asker, int64_t before);

/* ---- doors.c ---- */

bool is_of_a_log(const Route *route);
/* All addresses of the case's log, as everybody; and the same of a case of its own, of which nothing may be wrong. */
void try_routes(Case *it);
void try_everything(const Stand *stand);
#define STATE_TEST(sentence, ...) \
    TEST(sentence) { try_everything(&(const Stand){__VA_ARGS__}); }

#endif
