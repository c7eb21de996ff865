/* The units of a municipality: listed by name, and added.
 * Must not show a unit before its line is durable.
 * Called by web and api. */
#ifndef SERVICE_PEOPLE_UNITS_H
#define SERVICE_PEOPLE_UNITS_H

#include "service/service.h"
#include "store/beside.h"

typedef struct Unit {
    Id id;
    uint16_t service; /* service type code of domain/codes.h */
    Str name;
    Str number;       /* organisation number or empty */
    bool closed;
} Unit;

typedef struct Units {
    const Unit *items;
    uint32_t count;
} Units;

/* The units of the municipality, by name. Open to every staff role (names are needed for scope); one line "listed". */
MUST_USE Err people_units(Service *service, const Actor *actor, Arena *keep, Units *ret_units);
/* The same for the next page of one errand whose first page left the line: the wizard's. A refusal has its own. */
MUST_USE Err people_units_again(Service *service, const Actor *actor, Arena *keep, Units *ret_units);
/* The same in parts, for a page that shows more than this list: its caller writes the line. Whether this actor may see it (a
 * refusal's line is written); its rows, read in a snapshot; and the names, opened when that has ended. */
MUST_USE Err units_may_list(const Actor *actor);
MUST_USE Err unit_rows_read(Tx *tx, Arena *keep, UnitsFound *ret_rows);
MUST_USE Err unit_rows_open(Service *service, const Actor *actor, const UnitsFound *rows, Arena *keep, Units *ret_units);
/* In a work: the units are those that were read before, of whose names it was decided by. Errors: E_STALE. */
MUST_USE Err units_still_read(Tx *tx, const UnitRows *read, Arena *scratch);
/* A new unit (KA). values: KIND_ORGANISATION. Errors: E_DUPLICATE when a unit that is open has the name, as people read it, or the
 * number: the import finds units by either; *ret_taken says which. */
MUST_USE Err people_unit_add(Service *service, const Actor *actor, const Values *values, Id *ret_unit, FieldKey *ret_taken);
/* Whether this actor adds units and appoints managers; the refusal's line is written. Errors: E_FORBIDDEN. */
MUST_USE Err people_manages_units(const Actor *actor);

#endif
