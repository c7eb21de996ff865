/* What a municipality lets the others of this installation know of itself: its name and number, and the names of its open units.
 * Must not show a person or anything of a log, nor let a closed unit be chosen; nobody is signed in there.
 * Used by service/acts/transfer, service/crossing and web. Rule: transfer 6, docs/decisions/0022. */
#ifndef SERVICE_PEOPLE_ELSEWHERE_H
#define SERVICE_PEOPLE_ELSEWHERE_H

#include "service/municipality.h"
#include "service/people/units.h"

typedef struct Elsewhere {
    Municipality municipality;
    Units units; /* by name; closed ones are among them, and elsewhere_place does not know them */
} Elsewhere;

/* Another municipality than the actor's, by its number: of this installation, or of another whose card an operator has brought. No line:
 * these names are public, and are asked for by nobody's right. Each time is a grant there, counted to whoever asks: one person cannot keep
 * those of the other municipality from signing in. Errors: E_BUDGET for a person who has asked too often; E_NOT_FOUND (there is none such,
 * or it is one's own); those of keys and store. */
MUST_USE Err elsewhere_units(Service *service, const Actor *actor, Str number, Arena *keep, Elsewhere *ret_elsewhere);
/* The name of a unit there and of its municipality in one line. Errors: E_NOT_FOUND for one that is unknown or closed. */
MUST_USE Err elsewhere_place(const Elsewhere *elsewhere, Id unit, Arena *keep, Str *ret_place);
/* Those of other installations that are known here: number and name, and their ids as tenants that are not here. */
MUST_USE Err elsewhere_known(const Actor *actor, Arena *keep, Municipalities *ret_list);
/* The units of one's own municipality, for its card. nobody: serve's own actor there. */
MUST_USE Err elsewhere_own(Service *service, const Actor *nobody, Arena *keep, Units *ret_units);
/* Serve's own way into a municipality: nobody, with a grant of no person, which its caller ends. */
MUST_USE Err elsewhere_enter(Service *service, Id tenant, int64_t now, Actor *ret_nobody);
void elsewhere_leave(Service *service, const Actor *nobody);

#endif
